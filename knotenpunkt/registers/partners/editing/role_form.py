"""The form of a role: who, what they do there, and each way to reach them with its circle."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from knotenpunkt.foundation.core.controls import LongText, optional, optional_day
from knotenpunkt.foundation.core.form_rows import Row, Rows, raw_values
from knotenpunkt.registers.partners.actions import PhoneDraft
from knotenpunkt.registers.partners.editing.controls import form_of
from knotenpunkt.registers.partners.editing.people import SALUTATIONS
from knotenpunkt.registers.partners.models import Audience, Given, Purpose, WayForm
from knotenpunkt.tools.imports.cleaning.contacts import telephones

PHONES = "nummern"
ROWS: dict[str, type[Row]] = {}
TASK, CONSENT = "task", "consent:"
KNOWN, NEW, OFFICE = "bekannt", "neu", "stelle"
WHO = [
    (KNOWN, gettext_lazy("a person who is kept here already")),
    (NEW, gettext_lazy("a new person")),
    (OFFICE, gettext_lazy("an office without a name, such as the reception")),
]
AUDIENCES = [
    (Audience.PUBLIC, gettext_lazy("everybody, families, too")),
    (Audience.PROFESSIONALS, gettext_lazy("professionals of the network")),
    (Audience.INTERNAL, gettext_lazy("only the coordination")),
]
GROUNDS = [
    (TASK, gettext_lazy("it belongs to their work (public task)")),
    (f"{CONSENT}{Given.WRITING}", gettext_lazy("they agreed in writing")),
    (f"{CONSENT}{Given.TELEPHONE}", gettext_lazy("they agreed on the telephone")),
    (f"{CONSENT}{Given.LINK}", gettext_lazy("they agreed on their personal page")),
    (f"{CONSENT}{Given.IMPORT}", gettext_lazy("the agreement came with a list")),
]


def audience_field(label: Any) -> forms.ChoiceField:
    """Who may see a way. Nobody is shown to everybody by default."""
    return forms.ChoiceField(label=label, choices=AUDIENCES, initial=Audience.PROFESSIONALS)


def ground_field(label: Any) -> forms.ChoiceField:
    """Why it may be shown to them."""
    return forms.ChoiceField(label=label, choices=GROUNDS, initial=TASK)


class PhoneRow(Row):
    """One number: what it is, what for, and for whom."""

    telling = ("shown",)

    shown = forms.CharField(
        label=gettext_lazy("Number"),
        help_text=gettext_lazy("With area code. Example: “03431 12345”."),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    form = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=WayForm.choices)
    purpose = forms.ChoiceField(label=gettext_lazy("What for?"), choices=Purpose.choices)
    note = forms.CharField(
        **optional(
            gettext_lazy("Note"), gettext_lazy("Example: “Mon to Fri 9 to 12”."), max_length=100
        )
    )
    audience = audience_field(gettext_lazy("Who may see this number?"))
    ground = ground_field(gettext_lazy("Why may they?"))

    def clean_shown(self) -> str:
        """One number that can be called."""
        typed = str(self.cleaned_data["shown"]).strip()
        found = telephones(typed).value
        if len(found) != 1:
            raise ValidationError(
                _("“%(line)s” is no telephone number that can be called.") % {"line": typed}
            )
        return typed

    def draft(self) -> PhoneDraft:
        """The number that this row says."""
        told = self.cleaned_data
        number = telephones(told["shown"]).value[0]
        return PhoneDraft(
            shown=number.shown,
            dialled=number.dialled,
            note=told["note"] or number.note,
            form=WayForm(told["form"]),
            purpose=Purpose(told["purpose"]),
            audience=Audience(told["audience"]),
        )


ROWS[PHONES] = PhoneRow


class RoleForm(forms.Form):
    """Who does what at an organisation, and how they are written to."""

    who = forms.ChoiceField(
        label=gettext_lazy("Who is it?"), choices=WHO, widget=forms.RadioSelect, initial=KNOWN
    )
    person = forms.CharField(
        **optional(
            gettext_lazy("Person"),
            gettext_lazy("Begin to type the name and choose."),
            max_length=300,
            widget=forms.TextInput(attrs={"autocomplete": "off", "list": "personen"}),
        )
    )
    person_pick = forms.ChoiceField(
        **optional(gettext_lazy("Which of them?"), widget=forms.RadioSelect)
    )
    salutation = forms.ChoiceField(**optional(gettext_lazy("Salutation"), choices=SALUTATIONS))
    title = forms.CharField(
        **optional(gettext_lazy("Title"), gettext_lazy("Example: “Dr. med.”."), max_length=60)
    )
    given_name = forms.CharField(**optional(gettext_lazy("Given name"), max_length=120))
    family_name = forms.CharField(**optional(gettext_lazy("Family name"), max_length=120))
    function = forms.CharField(
        **optional(
            gettext_lazy("Task"),
            gettext_lazy("Example: “head of the family house”."),
            max_length=200,
        )
    )
    since = optional_day(pgettext_lazy("of a role", "Since"))
    until = optional_day(
        gettext_lazy("Last day"), gettext_lazy("Only if it ends one day, or has ended.")
    )
    name = forms.CharField(
        **optional(
            gettext_lazy("Name as it is shown here"),
            gettext_lazy("Empty: as the person is called."),
            max_length=200,
        )
    )
    name_audience = audience_field(gettext_lazy("Who may see the name?"))
    name_ground = ground_field(gettext_lazy("Why may they?"))
    email = forms.EmailField(
        **optional(
            gettext_lazy("E-mail address"),
            widget=forms.EmailInput(attrs={"autocomplete": "off"}),
            error_messages={"invalid": gettext_lazy("Please check the e-mail address.")},
        )
    )
    email_purpose = forms.ChoiceField(label=gettext_lazy("What for?"), choices=Purpose.choices)
    email_audience = audience_field(gettext_lazy("Who may see the address?"))
    email_ground = ground_field(gettext_lazy("Why may they?"))
    wording = LongText(
        **optional(
            gettext_lazy("What did they agree to?"),
            gettext_lazy(
                "Only where somebody agreed: a sentence, or where the paper lies. It is the proof."
            ),
            max_length=2_000,
            rows=2,
        )
    )
    answers_inquiries = forms.BooleanField(
        **optional(
            gettext_lazy("Is asked whether the entries of this organisation are still true"),
            gettext_lazy("Gets the mail “Stimmt das noch?”. One person is enough."),
        )
    )
    is_internal = forms.BooleanField(
        **optional(
            gettext_lazy("Never show to families, whatever they answer for"),
        )
    )

    def __init__(
        self, *args: Any, is_new: bool = True, may_link: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not is_new or not may_link:
            for name in ("who", "person", "person_pick", "salutation", "title", "given_name",
                         "family_name"):  # fmt: skip
                del self.fields[name]
        if is_new:
            del self.fields["until"]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        who = told.get("who")
        if who == KNOWN and not told.get("person"):
            self.add_error("person", _("Please write the name and choose the person."))
        if who == NEW and not told.get("family_name"):
            self.add_error("family_name", _("Please write the family name."))
        since, until = told.get("since"), told.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first one."))
        return told


class RoleSheet:
    """The whole form. With `data` it was sent; else it shows what is stored."""

    def __init__(
        self,
        data: QueryDict | None,
        stored: dict[str, Any],
        phones: list[dict[str, Any]],
        *,
        as_typed: bool = False,
        is_new: bool = True,
        may_link: bool = True,
    ) -> None:
        self.data, self.is_bound = data, data is not None and not as_typed
        self.form = form_of(
            RoleForm, data, stored, as_typed=as_typed, is_new=is_new, may_link=may_link
        )
        self.phones = self._rows(data, phones, as_typed)

    def _rows(
        self, data: QueryDict | None, phones: list[dict[str, Any]], as_typed: bool
    ) -> Rows[PhoneRow]:
        if data is not None and as_typed:
            typed = [raw_values(one) for one in Rows(PHONES, PhoneRow, data, ())]
            return Rows(PHONES, PhoneRow, None, typed)
        return Rows(PHONES, PhoneRow, data, phones)

    def is_valid(self) -> bool:
        """All of it is judged, so that everything that is wrong is told at once."""
        wrong = [form for form in self.judged if not form.is_valid()]
        return self.is_bound and not wrong

    @property
    def judged(self) -> list[forms.Form]:
        """The forms that count."""
        return [self.form, *self.phones.filled] if self.is_bound else []
