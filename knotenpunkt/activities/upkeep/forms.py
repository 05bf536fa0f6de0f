"""Forms by which entries are changed, calls noted, changes decided, and the rhythm set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.activities.upkeep.models import Outcome, Rhythm
from knotenpunkt.activities.upkeep.wording import AUDIENCES, FIELDS
from knotenpunkt.foundation.core.controls import LongText, WebAddress, optional, optional_day
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.editing.reading import phone_drafts
from knotenpunkt.registers.offers.models import Costs, Offer, Registration
from knotenpunkt.registers.partners.models import Audience, Contact

PHONES = 3
LATEST_CALL = timedelta(days=180)
CHANGED_ADDRESS = gettext_lazy("Please write five digits, such as 09599.")


class EntryForm(forms.Form):
    """A form about one entry. `wanted` is what shall stand there."""

    def clean(self) -> dict[str, Any]:
        """What has one line stays one line, also where no browser sent it."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in told.items():
            if isinstance(value, str) and not isinstance(self.fields[name], LongText):
                told[name] = " ".join(value.split())
        return told

    def wanted(self) -> dict[str, Any]:
        """The values as `upkeep.queries.entries` knows them."""
        return {name: self.cleaned_data[name] or "" for name in self.fields}


class OrganisationForm(EntryForm):
    """What is stored of an organisation."""

    name = forms.CharField(label=FIELDS["organisation.name"], max_length=300)
    description = LongText(**optional(FIELDS["description"]), rows=4, max_length=2000)
    street = forms.CharField(
        **optional(FIELDS["street"]), max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip
    postal_code = forms.RegexField(
        r"^\d{5}$", **optional(FIELDS["postal_code"]), error_messages={"invalid": CHANGED_ADDRESS},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )  # fmt: skip
    town = forms.CharField(**optional(FIELDS["town"]), max_length=120)
    website = WebAddress(**optional(FIELDS["website"]), max_length=500)


class OfferForm(EntryForm):
    """The main fields of an offer."""

    title = forms.CharField(label=FIELDS["title"], max_length=300)
    summary = LongText(**optional(FIELDS["summary"]), rows=2, max_length=400)
    description = LongText(**optional(FIELDS["description"]), rows=6, max_length=6000)
    times_note = LongText(
        **optional(FIELDS["times_note"], gettext_lazy("For example: “Tuesdays 9:30 to 11”.")),
        rows=2, max_length=400,
    )  # fmt: skip
    costs = forms.ChoiceField(label=FIELDS["costs"], choices=Costs.choices)
    costs_note = forms.CharField(
        **optional(FIELDS["costs_note"], gettext_lazy("For example: “3 euros each time”.")),
        max_length=200,
    )
    registration = forms.ChoiceField(label=FIELDS["registration"], choices=Registration.choices)
    registration_note = forms.CharField(**optional(FIELDS["registration_note"]), max_length=300)
    website = WebAddress(**optional(FIELDS["website"]), max_length=500)
    contact = forms.ChoiceField(**optional(FIELDS["contacts"]))

    def __init__(self, *args: Any, offer: Offer, contacts: Sequence[Contact], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.linked = [str(link.contact_id) for link in offer.contact_links.order_by("position")]
        choice = cast(forms.ChoiceField, self.fields["contact"])
        named = {str(one.pk): contact_label(one) for one in contacts}
        if self.linked and self.linked[0] not in named:
            named[self.linked[0]] = _("as it is now")
        choice.choices = [("", _("nobody named")), *named.items()]
        choice.initial = self.linked[0] if self.linked else ""

    def wanted(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] or "" for name in self.fields if name != "contact"}
        first = self.cleaned_data["contact"]
        others = [one for one in self.linked[1:] if one != first]
        return told | {"contacts": [*([first] if first else []), *others]}


def contact_label(contact: Contact) -> str:
    """ "Mira Beispiel, Leitung"."""
    parts = (contact.name or contact.organisation.name, contact.function)
    return ", ".join(filter(None, parts))


class ContactForm(EntryForm):
    """Somebody's role and ways. Only they themselves say who may see them (`is_own`).

    What somebody told the coordination only, no colleague reads or changes: it stays as it is.
    """

    name = forms.CharField(
        **optional(FIELDS["contact.name"]), max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    function = forms.CharField(
        **optional(FIELDS["function"], gettext_lazy("For example: head, counsellor.")),
        max_length=200,
    )
    email = forms.EmailField(
        **optional(FIELDS["email"]), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def __init__(self, *args: Any, contact: Contact, is_own: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.contact, self.is_own = contact, is_own
        shown = [one for one in contact.phones.all() if is_own or one.audience != Audience.INTERNAL]
        known = shown[:PHONES]
        self.places = {phone.pk: place for place, phone in enumerate(known)}
        if not is_own and contact.email and contact.email_audience == Audience.INTERNAL:
            del self.fields["email"]
        self._add_audience("name", contact.name_audience)
        self._add_audience("email", contact.email_audience)
        for place in range(PHONES):
            phone = known[place] if place < len(known) else None
            self._add_phone(place, _line(phone) if phone else "")
            self._add_audience(f"phone{place}", phone.audience if phone else "internal")

    def _add_phone(self, place: int, initial: str) -> None:
        self.fields[f"phone{place}"] = forms.CharField(
            label=_("Telephone number") if place == 0 else _("Another telephone number"),
            required=False, max_length=60, initial=initial,
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        )  # fmt: skip

    def _add_audience(self, way: str, initial: str) -> None:
        if self.is_own:
            self.fields[f"{way}_audience"] = forms.ChoiceField(
                label=_("Who may see it?"), choices=list(AUDIENCES.items()), initial=initial
            )

    def ways(self) -> list[dict[str, Any]]:
        """Each way with the question who may see it, in the order of the page."""
        names = ("name", "function", "email", *(f"phone{place}" for place in range(PHONES)))
        return [
            {"field": self[name], "audience": self[f"{name}_audience"]}
            if f"{name}_audience" in self.fields
            else {"field": self[name], "audience": None}
            for name in names
            if name in self.fields
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for place in range(PHONES):
            written = cleaned.get(f"phone{place}", "")
            if written and len(phone_drafts(written)) != 1:
                self.add_error(f"phone{place}", _("Please write one telephone number in digits."))
        return cleaned

    def wanted(self) -> dict[str, Any]:
        asked = [name for name in ("name", "function", "email") if name in self.fields]
        told: dict[str, Any] = {name: self.cleaned_data[name] or "" for name in asked}
        told["phones"] = list(dict.fromkeys(filter(None, self._lines())))
        known = {phone.shown for phone in self.contact.phones.all()}
        told["audiences"] = {way: who for way, who in self._numbers().items() if way not in known}
        return told

    def _lines(self) -> Iterator[str]:
        """All numbers in their order: those that were asked for as typed, the others as stored."""
        typed = [self.cleaned_data[f"phone{place}"] for place in range(PHONES)]
        told = [_as_stored(one) if one else "" for one in typed]
        for phone in self.contact.phones.all():
            yield told[self.places[phone.pk]] if phone.pk in self.places else _line(phone)
        yield from told[len(self.places) :]

    def audiences(self) -> dict[str, str]:
        """Who may see what is there already; it holds at once."""
        if not self.is_own:
            return {}
        told = {way: self.cleaned_data[f"{way}_audience"] for way in ("name", "email")}
        return told | self._numbers()

    def _numbers(self) -> dict[str, str]:
        if not self.is_own:
            return {}
        return {
            phone_drafts(self.cleaned_data[f"phone{place}"])[0].shown: self.cleaned_data[
                f"phone{place}_audience"
            ]
            for place in range(PHONES)
            if self.cleaned_data[f"phone{place}"]
        }


def _line(phone: Any) -> str:
    return f"{phone.shown} ({phone.note})" if phone.note else str(phone.shown)


def _as_stored(written: str) -> str:
    return _line(phone_drafts(written)[0])


class SuccessorForm(forms.Form):
    """ "Ich bin nicht mehr zuständig": who is, as far as somebody knows."""

    name = forms.CharField(**optional(gettext_lazy("Name")), max_length=200)
    function = forms.CharField(**optional(gettext_lazy("Function")), max_length=200)
    email = forms.EmailField(**optional(gettext_lazy("E-mail address")))
    phone = forms.CharField(
        **optional(gettext_lazy("Telephone number")), max_length=60,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )  # fmt: skip
    note = LongText(**optional(gettext_lazy("What else shall we know?")), rows=2, max_length=600)
    knows_nobody = forms.BooleanField(**optional(gettext_lazy("I do not know anybody")))

    def clean(self) -> dict[str, Any]:
        """Nobody hands over by mistake: somebody is named, or it is said that nobody is known."""
        told = super().clean() or self.cleaned_data
        wanted = [told.get(name) for name in ("name", "function", "email", "phone", "knows_nobody")]
        if not any(wanted) and not self.errors:
            self.add_error("name", _(
                "Please name somebody whom we may ask, or tick that you do not know anybody."
            ))  # fmt: skip
        return told

    def clean_phone(self) -> str:
        """One number that can be read."""
        written: str = self.cleaned_data["phone"]
        if written and len(phone_drafts(written)) != 1:
            raise ValidationError(_("Please write one telephone number in digits."))
        return written


class CallForm(forms.Form):
    """How a call from the telephone list went."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("How did the call go?"),
        widget=forms.RadioSelect,
        choices=[
            (Outcome.TRUE, gettext_lazy("Reached: everything is still true")),
            (Outcome.CHANGED, gettext_lazy("Reached: something changed, and I have entered it")),
            (Outcome.WRITTEN, gettext_lazy("Reached: please send the mail once more")),
            (Outcome.NOT_REACHED, gettext_lazy("Not reached")),
        ],
        error_messages={"required": gettext_lazy("Please choose how the call went.")},
    )
    again_on = optional_day(
        gettext_lazy("Call again on"), gettext_lazy("Empty: in two days, if nobody answered.")
    )
    note = LongText(
        **optional(
            gettext_lazy("What was said"),
            gettext_lazy("Only what helps at the next call, nothing about families."),
        ),
        rows=3, max_length=1000,
    )  # fmt: skip

    def __init__(self, *args: Any, has_mail: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not has_mail:
            choice = cast(forms.ChoiceField, self.fields["outcome"])
            told = cast("list[tuple[str, Any]]", choice.choices)
            choice.choices = [one for one in told if one[0] != Outcome.WRITTEN]

    def clean_again_on(self) -> Any:
        """A day that is still to come."""
        day, today = self.cleaned_data["again_on"], timezone.localdate()
        if day and not today < day <= today + LATEST_CALL:
            raise ValidationError(_("Please choose a day in the coming six months."))
        return day


class DecisionForm(forms.Form):
    """What is taken over of a change, and what its author reads."""

    answer = LongText(
        **optional(
            gettext_lazy("Your answer"),
            gettext_lazy("One or two kind sentences. It is sent by mail with your decision."),
        ),
        rows=3, max_length=1500,
    )  # fmt: skip

    def __init__(self, *args: Any, fields: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.known = list(fields)

    def accepted(self) -> list[str]:
        """The ticked fields."""
        data = cast(Any, self.data)
        return [name for name in self.known if name in data.getlist("nehmen")]


class RhythmForm(forms.ModelForm):  # type: ignore[type-arg]
    """When partners are asked, reminded and called."""

    confirm_months = forms.IntegerField(
        label=gettext_lazy("Ask again after so many months"), min_value=1, max_value=60
    )
    approves_changes = forms.BooleanField(
        label=gettext_lazy("Changes by partners wait until somebody approves them"), required=False
    )

    class Meta:
        model = Rhythm
        fields = (
            "is_on", "mails_a_day", "first_reminder_days", "second_reminder_days", "call_days",
            "grey_months", "leave_months", "notice_days",
        )  # fmt: skip
        help_texts = {"is_on": ""}
        labels = {
            "is_on": gettext_lazy("The network asks by itself, each night"),
            "mails_a_day": gettext_lazy("At most so many mails a day"),
            "first_reminder_days": gettext_lazy("First reminder after so many days"),
            "second_reminder_days": gettext_lazy("Second reminder after so many days"),
            "call_days": gettext_lazy("On the telephone list after so many days"),
            "grey_months": gettext_lazy("Offers step back after so many months of silence"),
            "leave_months": gettext_lazy("They leave the finder after so many months more"),
            "notice_days": gettext_lazy("So many days before, we say that by mail"),
        }

    def __init__(self, *args: Any, network: Network, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["confirm_months"].initial = network.confirm_months
        self.fields["approves_changes"].initial = network.approves_changes

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        order = ("first_reminder_days", "second_reminder_days", "call_days")
        days = [told.get(name) for name in order]
        if all(days) and days != sorted(set(days)):  # type: ignore[type-var]
            self.add_error("call_days", _("First the reminders, then the telephone list: each "
                                          "later than the one before."))  # fmt: skip
        return told


class RuleForm(forms.Form):
    """How one organisation is asked, and whether its changes wait."""

    confirm_months = forms.IntegerField(
        **optional(
            gettext_lazy("Ask again after so many months"),
            gettext_lazy("Empty: as the network does."),
        ),
        min_value=1, max_value=60,
    )  # fmt: skip
    approves_changes = forms.ChoiceField(
        label=gettext_lazy("Changes by these people"),
        required=False,
        choices=[
            ("", gettext_lazy("as the network does")),
            ("warten", gettext_lazy("wait for approval")),
            ("sofort", gettext_lazy("go live at once")),
        ],
        widget=forms.RadioSelect,
    )

    def waits(self) -> bool | None:
        """The choice as it is stored."""
        return {"warten": True, "sofort": False}.get(self.cleaned_data["approves_changes"])
