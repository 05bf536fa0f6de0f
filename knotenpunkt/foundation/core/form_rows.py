"""Rows of a form: how many were sent, what they were filled with, one more, one less.

Rows come and go by buttons that send the whole form, so that it works without a script.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django import forms
from django.http import QueryDict

MOST_ROWS = 60
ADD, REMOVE = "dazu", "weg"


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


def rearranged(data: QueryDict, deed: str, rows: Mapping[str, type[Row]]) -> QueryDict:
    """The sent fields with a row more or less: "zeiten-dazu", "zeiten-weg-2"."""
    changed = data.copy()
    prefix, _dash, what = deed.partition("-")
    if prefix in rows and what == ADD:
        changed[f"{prefix}-zahl"] = str(min(row_count(data, prefix) + 1, MOST_ROWS))
    elif prefix in rows and what.startswith(f"{REMOVE}-"):
        gone = what.removeprefix(f"{REMOVE}-")
        _remove(changed, prefix, rows[prefix], int(gone) if gone.isdecimal() else MOST_ROWS)
    return changed


def _remove(data: QueryDict, prefix: str, form: type[Row], gone: int) -> None:
    """Take a row out; those behind it move up."""
    count = row_count(data, prefix)
    if gone >= count:
        return
    for name in form.base_fields:
        kept = [data.getlist(f"{prefix}-{at}-{name}") for at in range(count) if at != gone]
        for at in range(count):
            data.pop(f"{prefix}-{at}-{name}", None)
        for at, values in enumerate(kept):
            data.setlist(f"{prefix}-{at}-{name}", values)
    data[f"{prefix}-zahl"] = str(count - 1)
