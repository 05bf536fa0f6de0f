"""Rows of a sheet: how many were sent, what they were filled with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django import forms

from knotenpunkt.registers.offers.editing.forms.rows import (
    ContactRow,
    PlaceRow,
    Row,
    TextRow,
    TimeRow,
)

MOST_ROWS = 60
TIMES, PLACES, CONTACTS, TEXTS = "zeiten", "orte", "kontakte", "texte"
ROWS: dict[str, type[Row]] = {
    TIMES: TimeRow,
    PLACES: PlaceRow,
    CONTACTS: ContactRow,
    TEXTS: TextRow,
}

AnyRow = TypeVar("AnyRow", bound=Row)


class Rows(Generic[AnyRow]):
    """All rows of one kind. `count` of them were sent, or come from what is stored."""

    def __init__(
        self,
        prefix: str,
        form: type[AnyRow],
        data: Mapping[str, Any] | None,
        initial: Sequence[Mapping[str, Any]],
    ) -> None:
        self.prefix = prefix
        count = row_count(data, prefix) if data is not None else len(initial)
        self.forms: list[AnyRow] = [
            form(data, prefix=f"{prefix}-{at}", use_required_attribute=False)
            if data is not None
            else form(
                initial=dict(initial[at]), prefix=f"{prefix}-{at}", use_required_attribute=False
            )
            for at in range(count)
        ]

    def __iter__(self) -> Iterator[AnyRow]:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    @property
    def count_name(self) -> str:
        """The field that says how many rows there are."""
        return f"{self.prefix}-zahl"

    @property
    def filled(self) -> list[AnyRow]:
        """The rows in which something was entered."""
        return [one for one in self.forms if not one.is_blank()]


def row_count(data: Mapping[str, Any], prefix: str) -> int:
    """How many rows somebody sent; nobody sends more than a page can hold."""
    told = str(data.get(f"{prefix}-zahl", "0"))
    return min(int(told), MOST_ROWS) if told.isdecimal() else 0


def raw_values(form: forms.Form) -> dict[str, Any]:
    """What was typed, unjudged, to be shown again."""
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }
