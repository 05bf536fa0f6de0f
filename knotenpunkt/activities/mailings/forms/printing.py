"""Forms by which letters and labels are printed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.activities.mailings.actions.printing import LABELS, LETTERS, Wish
from knotenpunkt.activities.mailings.printing.labels import SHEETS, sheet_of
from knotenpunkt.foundation.core.controls import Day, optional

OPEN, ALL = "offen", "alle"
WHOSE = [
    (OPEN, gettext_lazy("only those that were not posted yet")),
    (ALL, gettext_lazy("all letters of this circular")),
]
MOST_PLACES = max(one.places for one in SHEETS)


class LettersForm(forms.Form):
    """Which letters, of which day, for which printer."""

    whose = forms.ChoiceField(
        label=gettext_lazy("Which letters?"), choices=WHOSE, initial=OPEN, widget=forms.RadioSelect
    )
    day = Day(label=gettext_lazy("Date in the letter"), initial=timezone.localdate)
    duplex = forms.BooleanField(
        **optional(
            gettext_lazy("for printing on both sides"),
            gettext_lazy("Each letter then begins on a sheet of its own."),
        )
    )

    def wish(self) -> Wish:
        """What was asked for."""
        told = self.cleaned_data
        return Wish(LETTERS, told["whose"] == OPEN, told["day"], told["duplex"])


class LabelsForm(forms.Form):
    """Whose labels, on which sheet, from which label on."""

    whose = forms.ChoiceField(
        label=gettext_lazy("Whose labels?"), choices=WHOSE, initial=OPEN, widget=forms.RadioSelect
    )
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet of labels"))
    start = forms.IntegerField(
        label=gettext_lazy("First free label"), initial=1, min_value=1, max_value=MOST_PLACES,
        help_text=gettext_lazy("1 is the label at the top left; count row by row."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(one.key, sheet_label(one.key)) for one in SHEETS]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A sheet has no more labels than it has."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("sheet") and told.get("start"):
            places = sheet_of(told["sheet"]).places
            if told["start"] > places:
                self.add_error("start", _only(places))
        return told

    def wish(self) -> Wish:
        """What was asked for."""
        told = self.cleaned_data
        return Wish(LABELS, told["whose"] == OPEN, sheet=told["sheet"], start=told["start"])


def sheet_label(key: str) -> str:
    """ "70 × 36 mm, 24 auf einem Blatt (Avery Zweckform 3490)"."""
    one = sheet_of(key)
    told = _("%(width)s × %(height)s mm, %(count)s on a sheet") % {
        "width": number_format(one.width, use_l10n=True),
        "height": number_format(one.height, use_l10n=True),
        "count": one.places,
    }
    return f"{told} ({one.products})" if one.products else told


def _only(places: int) -> str:
    return _("This sheet has %(count)s labels.") % {"count": places}


class PostedForm(forms.Form):
    """When letters were posted."""

    day = Day(label=gettext_lazy("Posted on"), initial=timezone.localdate)

    @property
    def on(self) -> date:
        """The day."""
        found: date = self.cleaned_data["day"]
        return found
