"""People to ask who are no contacts: typed for the page of a campaign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from knotenpunkt.activities.campaigns.actions.hosts import PersonDraft
from knotenpunkt.foundation.core.controls import optional
from knotenpunkt.foundation.core.form_rows import ADD, Row, Rows, raw_values, rearranged, row_count

PEOPLE = "personen"
MYSELF = f"{PEOPLE}-ich"
FEWEST_DIGITS = 5


def telephone(typed: str) -> str:
    """As it was written; ValidationError for something without the digits of a number."""
    told = typed.strip()
    if told and sum(sign.isdigit() for sign in told) < FEWEST_DIGITS:
        raise ValidationError(_("Some digits seem to be missing. Please check the number."))
    return told


class PersonRow(Row):
    """One of them; they can be reached by telephone or mail."""

    telling = ("name", "function", "phone", "email")

    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=120,
        error_messages={"required": gettext_lazy("Please write the name.")},
    )
    function = forms.CharField(
        **optional(gettext_lazy("Function"), gettext_lazy("Example: “Netzwerkkoordination”")),
        max_length=120,
    )
    phone = forms.CharField(
        **optional(gettext_lazy("Telephone")),
        max_length=60,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        **optional(gettext_lazy("E-mail address")),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Please check the e-mail address. Example: name@example.org")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_permitted = True

    def clean_phone(self) -> str:
        """A number that could be one."""
        return telephone(str(self.cleaned_data["phone"]))

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (told["phone"] or told["email"]):
            self.add_error("phone", _("Please write a telephone number or an e-mail address."))
        return told

    def draft(self) -> PersonDraft:
        """As the page shows them."""
        told = self.cleaned_data
        return PersonDraft(**{name: " ".join(told[name].split()) for name in self.telling})


class PeopleSheet:
    """All rows: as stored, as typed, or, after a button that adds one, as typed and unjudged."""

    def __init__(
        self, data: Mapping[str, Any] | None, stored: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        self.rows = Rows(PEOPLE, PersonRow, data, stored)

    def unjudged(self) -> PeopleSheet:
        """The same with nothing said to be wrong, because nobody wants to save it yet."""
        return PeopleSheet(None, [raw_values(one) for one in self.rows])

    def is_valid(self) -> bool:
        """Whether every row that says something is sound; all of them are told."""
        judged = [one.is_valid() for one in self.rows.filled]
        return all(judged)

    @property
    def drafts(self) -> list[PersonDraft]:
        """Those who were typed."""
        return [one.draft() for one in self.rows.filled]


def with_other_rows(data: QueryDict, deed: str, myself: Mapping[str, str]) -> QueryDict:
    """What was typed with a row more or less; "ich" fills the new one with who is signed in."""
    if deed != MYSELF:
        return rearranged(data, deed, {PEOPLE: PersonRow})
    at = row_count(data, PEOPLE)
    changed = rearranged(data, f"{PEOPLE}-{ADD}", {PEOPLE: PersonRow})
    for name, value in myself.items():
        changed[f"{PEOPLE}-{at}-{name}"] = value
    return changed
