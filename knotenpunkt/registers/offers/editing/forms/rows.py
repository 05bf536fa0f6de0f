"""What is asked in rows: times, places, contacts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.foundation.core.controls import (
    ClockTime,
    Day,
    LongText,
    choices,
    optional,
    optional_day,
)
from knotenpunkt.foundation.core.form_rows import Row
from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.areas.models import AccessFact, StepFree
from knotenpunkt.registers.offers.actions import TimeDraft
from knotenpunkt.registers.offers.editing.drafts import ADDRESS, HOUSE
from knotenpunkt.registers.offers.models import (
    Frequency,
    Weekday,
)
from knotenpunkt.registers.offers.wording import NTH
from knotenpunkt.tools.imports.cleaning.contacts import telephones


class TimeRow(Row):
    """One recurring or single time."""

    telling = ("day", "starts_at", "ends_at")

    frequency = forms.ChoiceField(label=gettext_lazy("How often?"), choices=choices(Frequency))
    nth = forms.TypedChoiceField(
        label=gettext_lazy("Which one in the month?"), choices=list(NTH.items()), coerce=int
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Weekday"), choices=choices(Weekday), coerce=int
    )
    day = Day(
        label=gettext_lazy("Day"),
        error_messages={"required": gettext_lazy("Please choose the day.")},
    )
    starts_at = ClockTime(
        label=gettext_lazy("Begins at"),
        help_text=gettext_lazy("Example: 9:30"),
        error_messages={"required": gettext_lazy("Please say when it begins.")},
    )
    ends_at = ClockTime(
        **optional(gettext_lazy("Ends at"), gettext_lazy("Example: 11:00")),
    )
    pauses_in_school_holidays = forms.BooleanField(
        **optional(gettext_lazy("not in the school holidays"))
    )
    pauses_on_public_holidays = forms.BooleanField(
        **optional(gettext_lazy("not on public holidays"), initial=True)
    )
    valid_from = optional_day(
        gettext_lazy("First day"), gettext_lazy("Only if it has not begun yet.")
    )
    valid_to = optional_day(gettext_lazy("Last day"), gettext_lazy("Only if it ends one day."))
    note = forms.CharField(
        **optional(
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
        **optional(
            gettext_lazy("House"),
            gettext_lazy("Example: “Family house Lindenbrücke, 2nd floor”."),
            max_length=200,
        )
    )
    street = forms.CharField(
        **optional(
            gettext_lazy("Street and number"), gettext_lazy("Example: “Uferweg 4”."), max_length=200
        )
    )
    postal_code = forms.CharField(
        **optional(
            gettext_lazy("Postal code"),
            gettext_lazy("Five digits. The map pin comes from here."),
            max_length=5,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )
    )
    town = forms.CharField(
        **optional(
            gettext_lazy("Town"),
            gettext_lazy("May stay empty: the postal code tells it."),
            max_length=120,
        )
    )
    step_free = forms.ChoiceField(
        label=gettext_lazy("Does one get in without a step?"), choices=choices(StepFree),
        initial=StepFree.UNKNOWN,
    )  # fmt: skip
    access = forms.MultipleChoiceField(
        **optional(
            gettext_lazy("There is"),
            choices=choices(AccessFact),
            widget=forms.CheckboxSelectMultiple,
        )
    )
    access_note = forms.CharField(
        **optional(
            gettext_lazy("More about getting in"),
            gettext_lazy("Example: “bell at the side entrance”."),
            max_length=300,
        )
    )
    transit_note = forms.CharField(
        **optional(
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
    """Whom a family calls: a person or an office.

    `kept_by_others` says in one line whom somebody may take off the offer, but not change.
    """

    telling = ("name", "function", "email", "phones")
    kept_by_others = ""

    contact = forms.CharField(required=False, widget=forms.HiddenInput, max_length=36)
    name = forms.CharField(
        **optional(
            gettext_lazy("Name"),
            gettext_lazy("Empty if it is an office. Example: “Jana Wiesner”."),
            max_length=200,
        )
    )
    function = forms.CharField(
        **optional(
            gettext_lazy("Task"),
            gettext_lazy("Example: “head of the family house”."),
            max_length=200,
        )
    )
    phones = LongText(
        **optional(
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
        **optional(
            gettext_lazy("E-mail address"),
            widget=forms.EmailInput(attrs={"autocomplete": "off"}),
            error_messages={"invalid": gettext_lazy("Please check the e-mail address.")},
        )
    )

    def is_blank(self) -> bool:
        return not self.kept_by_others and super().is_blank()

    def clean_phones(self) -> str:
        """Each line has to be a number."""
        text = str(self.cleaned_data["phones"]).strip()
        for line in filter(str.strip, text.split("\n")):
            found = telephones(line)
            if not found.value:
                raise ValidationError(
                    _("“%(line)s” is no telephone number that can be called.")
                    % {"line": line.strip()}
                )
        return text
