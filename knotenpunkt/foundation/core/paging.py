"""The pages of a list as `design/components/_pagination.html` shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page; a gap has no address."""

    label: int | str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Paging:
    """All that stands below a list. Nothing needs to be shown when there is only one page."""

    summary: str
    pages: Sequence[PageLink]
    previous_url: str
    next_url: str


def paging(page: Page[Any], url: Callable[[int], str]) -> Paging:
    """`url` gives the address of a page by its number."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    told = {"first": page.start_index(), "last": page.end_index(), "total": page.paginator.count}
    return Paging(
        summary=_("%(first)d to %(last)d of %(total)d") % told,
        pages=[
            PageLink(one, url(one) if isinstance(one, int) else "", one == page.number)
            for one in shown
        ],
        previous_url=url(page.number - 1) if page.has_previous() else "",
        next_url=url(page.number + 1) if page.has_next() else "",
    )
