"""A list page put together: counted, sorted, cut into pages, worded.

Whatever is wanted, the database is asked twice (how many in each tab; the rows of the page), and
once more when nothing is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _

from knotenpunkt.foundation.core.paging import Paging, paging
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.core.tables import Head, Row
from knotenpunkt.tools.lists.listing import YES, Column, Listing, Order, Tab
from knotenpunkt.tools.lists.wanted import (
    EVERYTHING,
    PAGE,
    SORT,
    TAB,
    Active,
    FilterForm,
    Wanted,
    all_of,
    sort_word,
)

MOST_WAYS = 3


@dataclass(frozen=True, slots=True)
class Link:
    """A tab, a chip, a page number, a way out."""

    label: str
    url: str
    count: str = ""
    current: bool = False
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing is left: why, and the ways out."""

    title: str
    text: str
    actions: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Shown:
    """What `lists/list.html` shows."""

    form: FilterForm
    search: Any
    fields: Sequence[Any]
    tabs: Sequence[Link]
    chips: Sequence[Link]
    columns: Sequence[Head]
    rows: Sequence[Row]
    total: int
    result: str
    page: Paging
    address: str
    filters_open: bool
    is_everything: bool
    kept: Sequence[tuple[str, str]]
    query: Sequence[tuple[str, str]]
    everything: bool
    everything_url: str
    total_told: str
    sorting: Sequence[Link]
    records: Sequence[Any] = field(default=(), repr=False)
    empty: Empty | None = None


def show(listing: Listing, wanted: Wanted, form: FilterForm, rows: QuerySet[Any]) -> Shown:
    """The page of a list; `rows` is everything that the reader may see."""
    narrowed = rows.filter(wanted.narrowed)
    counts = _counts(narrowed, {tab.key: tab.keeps for tab in listing.tabs})
    total = counts[wanted.tab.key]
    page = Paginator(range(total), listing.page).get_page(wanted.page)
    records = _records(listing, wanted, narrowed, page) if total else []
    others = [name for name in form.fields if name != listing.search]
    return Shown(
        form=form,
        search=form[listing.search],
        fields=[form[name] for name in others],
        tabs=[_tab(tab, listing, wanted, counts[tab.key]) for tab in listing.tabs],
        chips=[Link(one.label, wanted.without(one)) for one in wanted.active],
        columns=[_head(column, wanted) for column in listing.columns],
        rows=[_row(listing.columns, record, wanted.everything) for record in records],
        total=total,
        result=listing.count(total),
        page=paging(page, lambda at: wanted.address(**{PAGE: str(at) if at > 1 else ""})),
        address=wanted.address(),
        filters_open=bool(form.errors),
        is_everything=wanted.is_first_tab and not wanted.active,
        kept=[(word, value) for word, value in wanted.kept if word != SORT],
        query=[*wanted.values.items(), *wanted.kept],
        everything=wanted.everything,
        everything_url=wanted.address(**{EVERYTHING: YES}),
        total_told=number(total),
        sorting=list(_sorting(listing, wanted)),
        records=records,
        empty=None if total else _empty(wanted, rows),
    )


def ordered(listing: Listing, wanted: Wanted, rows: QuerySet[Any]) -> QuerySet[Any]:
    """All rows of the wanted tab in the wanted order, not cut into pages."""
    by = [_term(one, wanted.descending) for one in wanted.order.by]
    return rows.filter(wanted.tab.keeps).order_by(*by, "pk")


def _term(told: Any, descending: bool) -> OrderBy:
    if isinstance(told, OrderBy):
        term: OrderBy = told.copy()
    else:
        term = OrderBy(F(told) if isinstance(told, str) else told)
    if descending:
        term.reverse_ordering()
    return term


def _records(
    listing: Listing, wanted: Wanted, narrowed: QuerySet[Any], page: Page[int]
) -> list[Any]:
    first = page.start_index() - 1
    rows = ordered(listing, wanted, narrowed)
    return list(listing.completed(rows[first : first + listing.page]))


def _counts(rows: QuerySet[Any], parts: dict[str, Q]) -> dict[str, int]:
    """How many rows each part keeps, in one query."""
    told = {f"part_{place}": Count("pk", filter=kept) if kept else Count("pk")
            for place, kept in enumerate(parts.values())}  # fmt: skip
    found = rows.order_by().aggregate(**told)
    return dict(zip(parts, found.values(), strict=True))


def _tab(tab: Tab, listing: Listing, wanted: Wanted, count: int) -> Link:
    url = wanted.address(**{TAB: "" if tab is listing.tabs[0] else tab.key})
    return Link(tab.label, url, number(count), current=tab.key == wanted.tab.key)


def _head(column: Column, wanted: Wanted) -> Head:
    if not column.orders:
        return Head(column.label, column.numeric)
    first, *others = [_sort_link(order, wanted) for order in column.orders]
    return replace(first, numeric=column.numeric, more=others)


def _sort_link(order: Order, wanted: Wanted) -> Head:
    """Once sorted by, a further click turns it round."""
    is_sorted = order.key == wanted.order.key
    url = wanted.sorted_by(order, descending=is_sorted and not wanted.descending)
    told = "descending" if wanted.descending else "ascending"
    return Head(order.label, sort_url=url, sorted=told if is_sorted else "")


def _sorting(listing: Listing, wanted: Wanted) -> Iterator[Link]:
    """Every way to sort, up and down: on the phone the heads of the columns are not shown."""
    now = sort_word(wanted.order, wanted.descending)
    for order in listing.orders:
        for descending, told in ((False, _("%(name)s, upwards")), (True, _("%(name)s, downwards"))):
            word = sort_word(order, descending)
            yield Link(told % {"name": order.label}, word, current=word == now)


def _row(columns: Sequence[Column], record: Any, picked: bool) -> Row:
    cells = [replace(column.cell(record), numeric=column.numeric) for column in columns]
    return Row(cells, value=str(record.pk), name=cells[0].text, picked=picked)


def _empty(wanted: Wanted, rows: QuerySet[Any]) -> Empty:
    """Which filter costs the hits, and the ways out."""
    if not wanted.active:
        return Empty(_("Nothing is here"), _("This part of the list is empty."), ())
    every = Link(_("Remove all filters"), wanted.bare(), variant="quiet")
    ways = list(_ways_out(wanted))
    if not ways:
        return Empty(_("Nothing fits"), _("Please check whether it is spelled right."), [every])
    counts = _counts(rows.filter(wanted.tab.keeps), {way.url: way.keeps for way in ways})
    told = [way for way in ways if counts[way.url]]
    actions = [Link(way.action, way.url, variant="secondary") for way in told[:MOST_WAYS]]
    return Empty(
        title=_("Nothing fits all filters"),
        text=" ".join(way.sentence(counts[way.url]) for way in told[:MOST_WAYS])
        or _("Only together with the others does none of your filters leave anything."),
        actions=[*actions, every],
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """The list with one filter less, or with a weaker one."""

    label: str
    action: str
    url: str
    keeps: Q
    told: str

    def sentence(self, count: int) -> str:
        return self.told.format(filter=self.label, count=number(count))


def _ways_out(wanted: Wanted) -> Iterator[_Way]:
    """Weaker settings first: they leave most of what somebody wished for."""
    for one in wanted.active:
        if one.wider:
            keeps = _others(wanted, one) & one.wider.keeps
            url = wanted.address(**one.wider.changes)
            yield _Way(one.label, one.wider.action, url, keeps, one.wider.told)
    if len(wanted.active) == 1:
        return
    for one in wanted.active:
        yield _Way(
            label=one.label,
            action=_("Without “%(filter)s”") % {"filter": one.label},
            url=wanted.without(one),
            keeps=_others(wanted, one),
            told=_("Without “{filter}” there would be {count}."),
        )


def _others(wanted: Wanted, active: Active) -> Q:
    return all_of(tuple(one for one in wanted.active if one is not active))
