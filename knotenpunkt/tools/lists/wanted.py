"""What somebody wants to see of a list, as it stands in the address.

The address is the only memory of a list: it can be bookmarked, sent to a colleague and kept as a
view, and nothing of it is stored on the device. Reading it never fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.db.models import Q

from knotenpunkt.tools.lists.listing import Filter, Listing, Order, Tab, Wider

TAB, SORT, PAGE, EVERYTHING = "stand", "sort", "seite", "alle"
LONGEST_ADDRESS = 1500
MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Active:
    """A filter that is set: how it is told, what it keeps, and the words it has in the address."""

    label: str
    keeps: Q
    words: tuple[str, ...]
    wider: Wider | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One state of a list page. `values` are the words of the filters as they were given.

    `everything`: all that the filters leave is picked, on all pages.
    """

    tab: Tab
    active: tuple[Active, ...]
    order: Order
    descending: bool
    page: int
    values: Mapping[str, str]
    is_sorted_as_ever: bool
    is_first_tab: bool
    everything: bool = False

    @property
    def narrowed(self) -> Q:
        """What all filters keep together, whatever the tab."""
        return all_of(self.active)

    def address(self, **changes: str) -> str:
        """The query string with these changes; every change but that of the page begins anew."""
        told = self._told() | changes
        if PAGE not in changes:
            told.pop(PAGE, None)
        kept = {word: value for word, value in told.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"

    @property
    def view(self) -> str:
        """What a saved view keeps: everything but the page; "" when nothing is narrowed."""
        told = dict(self._told())
        told.pop(PAGE, None)
        return urlencode(told)

    def without(self, active: Active) -> str:
        """The query string without one filter."""
        return self.address(**dict.fromkeys(active.words, ""))

    def sorted_by(self, order: Order, *, descending: bool) -> str:
        """The query string of the same list in another order."""
        return self.address(**{SORT: sort_word(order, descending)})

    def bare(self) -> str:
        """The query string of the same tab without any filter."""
        return self.address(**dict.fromkeys(self.values, ""))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a new set of filters leaves as it is: the tab and the order."""
        sort = sort_word(self.order, self.descending)
        told = ((TAB, "" if self.is_first_tab else self.tab.key),
                (SORT, "" if self.is_sorted_as_ever else sort))  # fmt: skip
        return [(word, value) for word, value in told if value]

    def _told(self) -> dict[str, str]:
        page = {PAGE: str(self.page)} if self.page > 1 else {}
        return {**self.values, **dict(self.kept), **page}


def sort_word(order: Order, descending: bool) -> str:
    """ "titel", or "-titel" downwards."""
    return f"{'-' if descending else ''}{order.key}"


def all_of(active: tuple[Active, ...]) -> Q:
    """What several filters keep together."""
    kept = Q()
    for one in active:
        kept &= one.keeps
    return kept


class FilterForm(forms.Form):
    """The fields of all filters of a list. What cannot be read is told at its field."""

    use_required_attribute = False

    def __init__(self, filters: tuple[Filter, ...], data: Mapping[str, str]) -> None:
        super().__init__(data, auto_id="filter-%s")
        for one in filters:
            self.fields.update(one.fields)


def read(listing: Listing, given: Mapping[str, str]) -> tuple[Wanted, FilterForm]:
    """The wanted state of a list, and the form that shows its filters."""
    values = {word: _plain(given.get(word, "")) for word in _words(listing)}
    form = FilterForm(tuple(listing.filters), values)
    form.is_valid()
    cleaned = form.cleaned_data
    active = tuple(_active(one, cleaned) for one in listing.filters if cleaned.get(one.name))
    used = {word for one in active for word in one.words}
    order, descending = _sorting(listing, given.get(SORT, "") or listing.sort)
    tab = next((one for one in listing.tabs if one.key == given.get(TAB)), listing.tabs[0])
    wanted = Wanted(
        tab=tab,
        active=active,
        order=order,
        descending=descending,
        page=page_number(given.get(PAGE, "")),
        values={word: value for word, value in values.items() if word in used and value},
        is_sorted_as_ever=sort_word(order, descending) == listing.sort,
        is_first_tab=tab is listing.tabs[0],
        everything=bool(given.get(EVERYTHING)),
    )
    return wanted, form


def _words(listing: Listing) -> Iterator[str]:
    for one in listing.filters:
        yield from one.fields


def _active(one: Filter, cleaned: Mapping[str, object]) -> Active:
    return Active(str(one.says(cleaned)), one.keeps(cleaned), tuple(one.fields), one.wider(cleaned))


def _plain(value: str) -> str:
    """No database takes a NUL, and no filter needs a long text."""
    return value.replace("\0", "")[:LONGEST_ADDRESS]


def _sorting(listing: Listing, told: str) -> tuple[Order, bool]:
    by_key = {order.key: order for order in listing.orders}
    for wish in (told, listing.sort):
        if wish.removeprefix("-") in by_key:
            return by_key[wish.removeprefix("-")], wish.startswith("-")
    raise LookupError(f"The list “{listing.name}” cannot be sorted by “{listing.sort}”.")


def page_number(told: str) -> int:
    """The number of a page; what is no number is the first."""
    digits = told[:MOST_DIGITS]
    return max(int(digits), 1) if digits.isascii() and digits.isdecimal() else 1
