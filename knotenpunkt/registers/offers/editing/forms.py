"""The fields of an offer's sheet: what is asked, how it explains itself, how it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.areas.models import AccessFact, StepFree
from knotenpunkt.registers.offers.actions import TextDraft, TimeDraft
from knotenpunkt.registers.offers.editing.drafts import ADDRESS, HOUSE
from knotenpunkt.registers.offers.models import (
    Costs,
    Frequency,
    Kind,
    LifePhase,
    OfferText,
    Registration,
    Setting,
    TextState,
    Topic,
    Weekday,
)
from knotenpunkt.registers.offers.wording import NTH
from knotenpunkt.registers.partners.models import PartnerKind
from knotenpunkt.tools.imports.cleaning.contacts import telephones

MONTHS, YEARS = "monate", "jahre"
MONTHS_IN_A_YEAR = 12
OLDEST_YEARS = 27
# What families of a county most often speak; others come with the offers that have them.
LANGUAGES = (
    "de", "en", "ar", "uk", "ru", "tr", "fa", "prs", "ps", "ku", "pl", "ro", "bg", "sq", "sr",
    "vi", "fr", "es", "ti", "so", "cs", "gsg",
)  # fmt: skip
EASY = "de-x-leicht"
CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(?:uhr|h)?", re.IGNORECASE)


class LongText(forms.CharField):
    """Several lines, with line ends as they are stored."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class ClockTime(forms.TimeField):
    """A time of the day as people write it: 9, 9:30, 9.30, 9 Uhr."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": gettext_lazy("Please write the time like 9:30.")
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "text", "autocomplete": "off", "size": "8"}
        super().__init__(widget=forms.TimeInput(attrs=attrs, format="%H:%M"), **kwargs)

    def to_python(self, value: Any) -> Any:
        written = CLOCK.fullmatch(str(value or "").strip())
        return super().to_python(f"{written[1]}:{written[2] or '00'}" if written else value)


class WebAddress(forms.URLField):
    """A website, also without https:// in front of it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.URLInput(attrs={"inputmode": "url", "placeholder": "https://"})
        super().__init__(assume_scheme="https", widget=widget, **kwargs)


def _choices(options: Any) -> list[tuple[str, Any]]:
    return list(options.choices)


def _optional(label: Any, help_text: Any = "", **kwargs: Any) -> dict[str, Any]:
    return {"label": label, "help_text": help_text, "required": False, **kwargs}


class OfferForm(forms.Form):
    """All single fields of an offer; what comes in rows is asked by the forms below."""

    required_css_class = ""
    error_css_class = ""

    title = forms.CharField(
        label=gettext_lazy("Name of the offer"),
        help_text=gettext_lazy("As families would call it. Example: “Breakfast for parents”."),
        max_length=300,
        error_messages={"required": gettext_lazy("Please give the offer a name.")},
    )
    sort = forms.CharField(
        **_optional(
            gettext_lazy("What it is, in one word"),
            gettext_lazy("Stands small above the name. Example: “Breastfeeding café”."),
            max_length=80,
        )
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Form"),
        help_text=gettext_lazy("The closest one is enough. It helps the search."),
        choices=_choices(Kind),
    )
    summary = LongText(
        **_optional(
            gettext_lazy("In one sentence"),
            gettext_lazy(
                "What does a family get out of it? Example: “Every Tuesday we have breakfast "
                "together while the children play.”"
            ),
            max_length=400,
            rows=3,
        )
    )
    description = LongText(
        **_optional(
            gettext_lazy("Description"),
            gettext_lazy(
                "Write as you would tell it on the telephone. An empty line begins a new paragraph."
            ),
            max_length=20_000,
            rows=8,
        )
    )
    topics = forms.MultipleChoiceField(
        **_optional(
            gettext_lazy("Topics"),
            gettext_lazy("What brings families here? Two or three are enough."),
            widget=forms.CheckboxSelectMultiple,
        )
    )
    website = WebAddress(
        **_optional(
            gettext_lazy("Website of the offer"),
            gettext_lazy("Leave it empty if the provider's own website is the right one."),
            max_length=500,
        )
    )
    age_from = forms.IntegerField(
        **_optional(
            gettext_lazy("Children from"),
            gettext_lazy("Empty means: from birth on."),
            min_value=0,
            max_value=OLDEST_YEARS * MONTHS_IN_A_YEAR,
        )
    )
    age_from_unit = forms.ChoiceField(
        **_optional(gettext_lazy("Months or years (from)"), choices=())
    )
    age_to = forms.IntegerField(
        **_optional(
            gettext_lazy("Children up to"),
            gettext_lazy("Empty means: no upper limit. Example: up to 3 years."),
            min_value=0,
            max_value=OLDEST_YEARS * MONTHS_IN_A_YEAR,
        )
    )
    age_to_unit = forms.ChoiceField(
        **_optional(gettext_lazy("Months or years (up to)"), choices=())
    )
    phases = forms.MultipleChoiceField(
        **_optional(
            gettext_lazy("Phases of life"),
            gettext_lazy(
                "Only where the age does not say it already. Example: “Pregnancy” for a birth "
                "preparation course."
            ),
            choices=_choices(LifePhase),
            widget=forms.CheckboxSelectMultiple,
        )
    )
    times_note = forms.CharField(
        **_optional(
            gettext_lazy("Times in words"),
            gettext_lazy(
                "For what does not fit into days and hours. Example: “by arrangement, also in "
                "the evening”."
            ),
            max_length=400,
        )
    )
    setting = forms.ChoiceField(
        label=gettext_lazy("Does the family have a way to go?"),
        choices=_choices(Setting),
        widget=forms.RadioSelect,
    )
    costs = forms.ChoiceField(label=gettext_lazy("What does it cost?"), choices=_choices(Costs))
    costs_note = forms.CharField(
        **_optional(
            gettext_lazy("More about the costs"),
            gettext_lazy("Example: “3 euros for breakfast, siblings free”."),
            max_length=200,
        )
    )
    registration = forms.ChoiceField(
        label=gettext_lazy("Can families simply come?"), choices=_choices(Registration)
    )
    registration_note = forms.CharField(
        **_optional(
            gettext_lazy("More about the registration"),
            gettext_lazy("Example: “by telephone until the day before”."),
            max_length=300,
        )
    )
    free_places = forms.IntegerField(
        **_optional(
            gettext_lazy("Free places"),
            gettext_lazy("Only if you keep it up to date. 0 means: none at the moment."),
            min_value=0,
            max_value=10_000,
        )
    )
    capacity = forms.IntegerField(
        **_optional(
            gettext_lazy("Places altogether"),
            gettext_lazy("Only seen by members of the network."),
            min_value=0,
            max_value=10_000,
        )
    )
    waiting_time = forms.CharField(
        **_optional(
            gettext_lazy("Waiting time"),
            gettext_lazy("Example: “about four weeks”."),
            max_length=120,
        )
    )
    other_contacts = forms.MultipleChoiceField(
        **_optional(
            gettext_lazy("Other contacts of this provider"),
            gettext_lazy("Tick who else answers for this offer."),
            widget=forms.CheckboxSelectMultiple,
        )
    )
    languages = forms.MultipleChoiceField(
        **_optional(
            gettext_lazy("Spoken languages"),
            gettext_lazy("In which languages can a family take part? German is always assumed."),
            widget=forms.CheckboxSelectMultiple,
        )
    )
    checked_today = forms.BooleanField(
        **_optional(
            gettext_lazy("I have checked today that all of this is right"),
            gettext_lazy("Families see the date as “Last checked on …”."),
        )
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        topics: Iterable[Topic],
        contacts: Iterable[tuple[str, str]],
        languages: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, use_required_attribute=False, **kwargs)
        units = [(MONTHS, _("months")), (YEARS, _("years"))]
        self._offer("age_from_unit", units)
        self._offer("age_to_unit", units)
        self._offer("topics", [(topic.key, topic.name) for topic in topics])
        self._offer("other_contacts", contacts)
        known = dict.fromkeys([*LANGUAGES, *languages])
        self._offer("languages", [(code, spoken.language_name(code)) for code in known])

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("age_from", "age_to"):
            cleaned[name] = in_months(cleaned.get(name), cleaned.pop(f"{name}_unit", ""))
        youngest, oldest = cleaned["age_from"], cleaned["age_to"]
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("age_to", _("The oldest age is below the youngest one."))
        return cleaned


def in_months(count: int | None, unit: str) -> int | None:
    """An age as it is stored."""
    if count is None:
        return None
    return count * MONTHS_IN_A_YEAR if unit == YEARS else count


def age_and_unit(months: int | None) -> tuple[int | str, str]:
    """An age as it is asked: 18 months, 3 years."""
    if months is None:
        return "", YEARS
    if months and months % MONTHS_IN_A_YEAR == 0:
        return months // MONTHS_IN_A_YEAR, YEARS
    return months, MONTHS


class ProviderForm(forms.Form):
    """Who offers it: found by typing, or new."""

    provider = forms.CharField(
        label=gettext_lazy("Who offers this?"),
        help_text=gettext_lazy(
            "Type a part of the name and choose. Example: “Lindenbrücke Döbeln”."
        ),
        max_length=700,
        error_messages={"required": gettext_lazy("Please say who offers this.")},
    )
    provider_id = forms.CharField(required=False, widget=forms.HiddenInput, max_length=36)
    provider_pick = forms.ChoiceField(
        **_optional(gettext_lazy("Which one do you mean?"), widget=forms.RadioSelect)
    )
    provider_new = forms.BooleanField(
        **_optional(
            gettext_lazy("Add this as a new provider"),
            gettext_lazy("The name is taken from the field above."),
        )
    )
    provider_kind = forms.ChoiceField(
        **_optional(
            gettext_lazy("What kind of provider is it?"),
            choices=_choices(PartnerKind),
            initial=PartnerKind.OTHER,
        )
    )
    provider_body = forms.CharField(
        **_optional(
            gettext_lazy("Who runs it?"),
            gettext_lazy("Only if another body stands behind it. Example: “Caritas Döbeln”."),
            max_length=300,
        )
    )


class Row(forms.Form):
    """One of several: a row in which nothing was entered does not count."""

    telling: tuple[str, ...] = ()

    def is_blank(self) -> bool:
        """Whether nothing was entered that tells anything."""
        return not any(self._raw(name) for name in self.telling)

    def _raw(self, name: str) -> Any:
        if not self.is_bound:
            return self.get_initial_for_field(self.fields[name], name)
        widget = self.fields[name].widget
        return widget.value_from_datadict(self.data, self.files, self.add_prefix(name))


class TimeRow(Row):
    """One recurring or single time."""

    telling = ("day", "starts_at", "ends_at")

    frequency = forms.ChoiceField(label=gettext_lazy("How often?"), choices=_choices(Frequency))
    nth = forms.TypedChoiceField(
        label=gettext_lazy("Which one in the month?"), choices=list(NTH.items()), coerce=int
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Weekday"), choices=_choices(Weekday), coerce=int
    )
    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Please choose the day.")},
    )
    starts_at = ClockTime(
        label=gettext_lazy("Begins at"),
        help_text=gettext_lazy("Example: 9:30"),
        error_messages={"required": gettext_lazy("Please say when it begins.")},
    )
    ends_at = ClockTime(
        **_optional(gettext_lazy("Ends at"), gettext_lazy("Example: 11:00")),
    )
    pauses_in_school_holidays = forms.BooleanField(
        **_optional(gettext_lazy("not in the school holidays"))
    )
    pauses_on_public_holidays = forms.BooleanField(
        **_optional(gettext_lazy("not on public holidays"), initial=True)
    )
    valid_from = forms.DateField(
        **_optional(
            gettext_lazy("First day"),
            gettext_lazy("Only if it has not begun yet."),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
    )
    valid_to = forms.DateField(
        **_optional(
            gettext_lazy("Last day"),
            gettext_lazy("Only if it ends one day."),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
    )
    note = forms.CharField(
        **_optional(
            gettext_lazy("Note on this time"),
            gettext_lazy("Example: “for mothers with babies”."),
            max_length=200,
        )
    )

    def full_clean(self) -> None:
        """What the chosen rhythm does not ask for may be missing."""
        told = self._raw("frequency")
        self.fields["day"].required = told == Frequency.ONCE
        self.fields["weekday"].required = told != Frequency.ONCE
        self.fields["nth"].required = told == Frequency.MONTHLY
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("frequency") == Frequency.ONCE:
            cleaned["weekday"] = cleaned["nth"] = None
        else:
            cleaned["day"] = None
            if cleaned.get("frequency") == Frequency.WEEKLY:
                cleaned["nth"] = None
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day lies before the first one."))
        return cleaned

    def draft(self) -> TimeDraft:
        """The time that this row says."""
        return TimeDraft(**{name: self.cleaned_data[name] for name in self.fields})


def time_initial(draft: TimeDraft) -> dict[str, Any]:
    """A time as the row has it."""
    return {name: getattr(draft, name) for name in TimeDraft.__dataclass_fields__}


class PlaceRow(Row):
    """One place, known already or new."""

    telling = ADDRESS

    place = forms.CharField(required=False, widget=forms.HiddenInput, max_length=36)
    venue = forms.CharField(
        **_optional(
            gettext_lazy("House"),
            gettext_lazy("Example: “Family house Lindenbrücke, 2nd floor”."),
            max_length=200,
        )
    )
    street = forms.CharField(
        **_optional(
            gettext_lazy("Street and number"), gettext_lazy("Example: “Uferweg 4”."), max_length=200
        )
    )
    postal_code = forms.CharField(
        **_optional(
            gettext_lazy("Postal code"),
            gettext_lazy("Five digits. The map pin comes from here."),
            max_length=5,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )
    )
    town = forms.CharField(
        **_optional(
            gettext_lazy("Town"),
            gettext_lazy("May stay empty: the postal code tells it."),
            max_length=120,
        )
    )
    step_free = forms.ChoiceField(
        label=gettext_lazy("Does one get in without a step?"), choices=_choices(StepFree),
        initial=StepFree.UNKNOWN,
    )  # fmt: skip
    access = forms.MultipleChoiceField(
        **_optional(
            gettext_lazy("There is"),
            choices=_choices(AccessFact),
            widget=forms.CheckboxSelectMultiple,
        )
    )
    access_note = forms.CharField(
        **_optional(
            gettext_lazy("More about getting in"),
            gettext_lazy("Example: “bell at the side entrance”."),
            max_length=300,
        )
    )
    transit_note = forms.CharField(
        **_optional(
            gettext_lazy("How to get there"),
            gettext_lazy("Example: “bus A, stop Marktplatz, then 3 minutes on foot”."),
            max_length=300,
        )
    )

    def clean_postal_code(self) -> str:
        """Only codes that exist: a wrong digit sends a family to another town."""
        code = str(self.cleaned_data["postal_code"]).strip()
        if code and postal_codes.find(code) is None:
            raise ValidationError(_("This postal code does not exist. Please check the digits."))
        return code

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        row = postal_codes.find(cleaned.get("postal_code") or "")
        if row is not None and not cleaned.get("town"):
            cleaned["town"] = row.town
        if not cleaned.get("town") and "postal_code" not in self.errors:
            self.add_error("postal_code", _("Please enter the postal code or the town."))
        return cleaned

    @property
    def town_told(self) -> str:
        """What the postal code says: "09599 Freiberg, Mittelsachsen"; "" while there is none."""
        code = str(self["postal_code"].value() or "").strip()
        row = postal_codes.find(code)
        return f"{row.postal_code} {row.town}, {row.county}" if row else ""


def place_initial(place: Any) -> dict[str, Any]:
    """A place as the row has it."""
    return {"place": str(place.pk), **{name: getattr(place, name) for name in (*ADDRESS, *HOUSE)}}


class ContactRow(Row):
    """Whom a family calls: a person or an office."""

    telling = ("name", "function", "email", "phones")

    contact = forms.CharField(required=False, widget=forms.HiddenInput, max_length=36)
    name = forms.CharField(
        **_optional(
            gettext_lazy("Name"),
            gettext_lazy("Empty if it is an office. Example: “Jana Wiesner”."),
            max_length=200,
        )
    )
    function = forms.CharField(
        **_optional(
            gettext_lazy("Task"),
            gettext_lazy("Example: “head of the family house”."),
            max_length=200,
        )
    )
    phones = LongText(
        **_optional(
            gettext_lazy("Telephone"),
            gettext_lazy(
                "One number a line, with area code. A note may follow in brackets. Example: "
                "“03431 12345 (Mon to Fri 9 to 12)”."
            ),
            max_length=600,
            rows=2,
        )
    )
    email = forms.EmailField(
        **_optional(
            gettext_lazy("E-mail address"),
            widget=forms.EmailInput(attrs={"autocomplete": "off"}),
            error_messages={"invalid": gettext_lazy("Please check the e-mail address.")},
        )
    )

    def clean_phones(self) -> str:
        """Each line has to be a number."""
        text = str(self.cleaned_data["phones"]).strip()
        for line in filter(str.strip, text.split("\n")):
            found = telephones(line)
            if not found.value:
                reason = found.remarks[0].reason if found.remarks else _("is no telephone number")
                raise ValidationError(
                    _("“%(line)s” %(reason)s.") % {"line": line.strip(), "reason": reason}
                )
        return text


class TextRow(Row):
    """The offer in another language."""

    telling = ("title_text", "summary", "description")

    language = forms.ChoiceField(label=gettext_lazy("Language"))
    title_text = forms.CharField(**_optional(gettext_lazy("Name of the offer"), max_length=300))
    summary = LongText(**_optional(gettext_lazy("In one sentence"), max_length=400, rows=2))
    description = LongText(
        **_optional(
            gettext_lazy("Text"),
            gettext_lazy("In easy language: one sentence a line."),
            max_length=20_000,
            rows=6,
        )
    )
    checked = forms.BooleanField(
        **_optional(
            gettext_lazy("Somebody who speaks the language has checked it"),
        )
    )
    state = forms.CharField(required=False, widget=forms.HiddenInput, max_length=10)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [EASY, *(code for code in LANGUAGES if code != "de")]
        field: Any = self.fields["language"]
        own = self._raw("language")
        known = dict.fromkeys([*codes, *([str(own)] if own else [])])
        field.choices = [(code, text_language(code)) for code in known]

    def draft(self) -> TextDraft:
        """The text that this row says. Ticked it is checked; without the tick it is not."""
        told = self.cleaned_data
        before = told["state"] if told["state"] in TextState.values else TextState.IMPORTED.value
        unchecked = TextState.IMPORTED.value if before == TextState.CHECKED else before
        return TextDraft(
            language=told["language"],
            title=told["title_text"],
            summary=told["summary"],
            description=told["description"],
            state=TextState.CHECKED.value if told["checked"] else unchecked,
        )


def text_language(code: str) -> str:
    """ "Leichte Sprache", "Arabisch"."""
    return _("Easy language (German)") if code == EASY else spoken.language_name(code)


def text_initial(text: OfferText | TextDraft) -> dict[str, Any]:
    """A text as the row has it."""
    return {
        "language": text.language,
        "title_text": text.title,
        "summary": text.summary,
        "description": text.description,
        "state": text.state,
        "checked": text.state == TextState.CHECKED,
    }
