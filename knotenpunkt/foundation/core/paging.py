"""The pages of a list as `design/components/_pagination.html` shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.utils.translation import gettext as _

from knotenpunkt.foundation.core import spoken


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page; a gap has no address."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Paging:
    """All that stands below a list. Nothing needs to be shown when there is only one page."""

    summary: str
    pages: Sequence[PageLink]
    previous_url: str
    next_url: str

    @property
    def is_needed(self) -> bool:
        """Whether there is another page."""
        return len(self.pages) > 1


def paging(page: Page[Any], url: Callable[[int], str]) -> Paging:
    """`url` gives the address of a page by its number."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return Paging(
        summary=_summary(page),
        pages=[
            PageLink(str(one), url(one) if isinstance(one, int) else "", one == page.number)
            for one in shown
        ],
        previous_url=url(page.number - 1) if page.has_previous() else "",
        next_url=url(page.number + 1) if page.has_next() else "",
    )


def _summary(page: Page[Any]) -> str:
    """ "51 bis 100 von 1.284"."""
    return _("%(first)s to %(last)s of %(count)s") % {
        "first": spoken.number(page.start_index()),
        "last": spoken.number(page.end_index()),
        "count": spoken.number(page.paginator.count),
    }
