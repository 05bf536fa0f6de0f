"""What a list page consists of: columns, tabs, filters. Each list declares its own as values.

Listing(
    name="offers",
    columns=(Column(_("Offer"), title_cell, [Order("titel", _("Offer"), ["title"])]), …),
    tabs=(Tab("alle", _("All"), Q()), …),
    filters=(text("q", …), choice("art", …), tick("ohne-telefon", …)),
)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from knotenpunkt.foundation.core.tables import Cell

PAGE = 50
YES = "ja"
LONGEST_TEXT = 200

Cleaned = Mapping[str, Any]
Options = Sequence[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Order:
    """One way to sort: its word in the address, its name, and what it sorts by, upwards."""

    key: str
    label: str
    by: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Its first order is that of its head, a second one that of its second lines."""

    label: str
    cell: Callable[[Any], Cell]
    orders: Sequence[Order] = ()
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the list that people come for again and again."""

    key: str
    label: str
    keeps: Q


@dataclass(frozen=True, slots=True)
class Wider:
    """A weaker setting of a filter, offered when nothing is left: "25 km nehmen".

    `told` is a sentence with a place for `{count}`, `changes` are those of the address.
    """

    action: str
    told: str
    changes: Mapping[str, str]
    keeps: Q


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow the list.

    `fields` are entered; the first one names the filter, further ones only say how it is meant.
    `keeps` says what is left of the list, `says` how the filter is told once it is set.
    """

    fields: Mapping[str, forms.Field]
    keeps: Callable[[Cleaned], Q]
    says: Callable[[Cleaned], str]
    wider: Callable[[Cleaned], Wider | None] = lambda _cleaned: None

    @property
    def name(self) -> str:
        """Its word in the address."""
        return next(iter(self.fields))


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole list page. `sort` is the order at first, with "-" downwards; `search` names the
    filter that stands above the others; `count` says how many there are.

    `completed` adds to the rows of one page what their cells show, in a fixed number of queries.
    """

    name: str
    columns: Sequence[Column]
    tabs: Sequence[Tab]
    filters: Sequence[Filter]
    completed: Callable[[QuerySet[Any]], QuerySet[Any]]
    sort: str
    count: Callable[[int], str]
    search: str = "q"
    page: int = PAGE

    @property
    def orders(self) -> list[Order]:
        """All ways to sort, in the order of the columns."""
        return [order for column in self.columns for order in column.orders]


def text(name: str, label: str, keeps: Callable[[str], Q], *, said: str = "") -> Filter:
    """A filter by typed words; `said` is how it is told where the label would be too long."""
    control = forms.CharField(label=label, required=False, max_length=LONGEST_TEXT)
    return Filter(
        {name: control},
        keeps=lambda cleaned: keeps(cleaned[name]),
        says=lambda cleaned: (
            _("%(label)s: %(value)s") % {"label": said or label, "value": cleaned[name]}
        ),
    )


def choice(name: str, label: str, options: Options, keeps: Callable[[str], Q]) -> Filter:
    """A filter by one of several values; `options` may be grouped as Django groups them."""
    control = forms.ChoiceField(label=label, required=False, choices=[("", _("any")), *options])
    names = dict(_flat(options))
    return Filter(
        {name: control},
        keeps=lambda cleaned: keeps(cleaned[name]),
        says=lambda cleaned: (
            _("%(label)s: %(value)s") % {"label": label, "value": names[cleaned[name]]}
        ),
    )


def tick(name: str, label: str, keeps: Q) -> Filter:
    """A filter that is set or not."""
    control = forms.BooleanField(
        label=label, required=False, widget=forms.CheckboxInput(attrs={"value": YES})
    )
    return Filter({name: control}, keeps=lambda _cleaned: keeps, says=lambda _cleaned: label)


def _flat(options: Options) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for value, label in options:
        found += _flat(label) if isinstance(label, list | tuple) else [(value, label)]
    return found
