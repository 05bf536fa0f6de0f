"""The form of a station."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.activities.campaigns.actions.stations import ADDRESS, StationDraft
from knotenpunkt.activities.campaigns.models import Station
from knotenpunkt.foundation.core.controls import optional

BEGINNING = re.compile(r"\d{1,5}")
KINDS = [
    ("", gettext_lazy("It is fetched here")),
    ("ja", gettext_lazy("It is brought on a round")),
]


class StationForm(forms.Form):
    """A pick-up point or a round."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("For example Rathaus Freiberg, or Tour Nord"),
    )
    is_round = forms.ChoiceField(
        label=gettext_lazy("How do packs get there?"),
        choices=KINDS,
        required=False,
        widget=forms.RadioSelect,
    )
    venue = forms.CharField(**optional(gettext_lazy("House")), max_length=200)
    street = forms.CharField(**optional(gettext_lazy("Street and number")), max_length=200)
    postal_code = forms.RegexField(
        r"^\d{5}$",
        **optional(gettext_lazy("Postal code")),
        error_messages={"invalid": gettext_lazy("Please write five digits, such as 09599.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    town = forms.CharField(**optional(gettext_lazy("Town")), max_length=120)
    hours = forms.CharField(
        **optional(
            gettext_lazy("When"),
            gettext_lazy("For example 18 to 29 May, Monday to Friday, 9 to 15"),
        ),
        max_length=200,
    )
    postal_codes = forms.CharField(
        **optional(
            gettext_lazy("Proposed for postal codes that begin with"),
            gettext_lazy("For example 095, 0966. The longest beginning decides."),
        ),
        max_length=500,
    )

    def clean_postal_codes(self) -> list[str]:
        """One to five digits each, parted by anything."""
        found = [one for one in re.split(r"[\s,;]+", self.cleaned_data["postal_codes"]) if one]
        wrong = [one for one in found if not BEGINNING.fullmatch(one)]
        if wrong:
            told = {"wrong": ", ".join(wrong)}
            raise ValidationError(_("Please write one to five digits each, not: %(wrong)s") % told)
        return list(dict.fromkeys(found))

    def draft(self) -> StationDraft:
        """What was entered."""
        told: dict[str, Any] = {**self.cleaned_data}
        told["is_round"] = bool(told["is_round"])
        return StationDraft(**told)


def entered(station: Station) -> dict[str, Any]:
    """What the form shows of a station."""
    place = {name: getattr(station.place, name, "") if station.place else "" for name in ADDRESS}
    return place | {
        "name": station.name,
        "is_round": "ja" if station.is_round else "",
        "hours": station.hours,
        "postal_codes": ", ".join(station.postal_codes),
    }
