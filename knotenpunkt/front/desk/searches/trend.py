"""How much was searched month by month, and how much of it found nothing, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from knotenpunkt.foundation.core import spoken
from knotenpunkt.tools.search.searched import MonthOfSearches

WIDTH, BAR, HEIGHT, HEAD, FOOT = 56, 34, 120, 22, 26
SMALLEST = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: `all_*` for everything, `none_*` for what found nothing, within it."""

    x: int
    middle: int
    all_y: int
    all_height: int
    none_y: int
    none_height: int
    label: str
    month: str
    count: str
    without: str
    share: str


@dataclass(frozen=True, slots=True)
class Trend:
    """All months; `told` is what they say in one sentence."""

    width: int
    height: int
    foot: int
    bars: Sequence[Bar]
    told: str


def trend(months: Sequence[MonthOfSearches]) -> Trend | None:
    """None before anything was searched."""
    highest = max((month.count for month in months), default=0)
    if not highest:
        return None
    bars = [_bar(place, month, highest) for place, month in enumerate(months)]
    return Trend(
        width=WIDTH * len(bars), height=HEAD + HEIGHT + FOOT, foot=HEAD + HEIGHT + FOOT - 6,
        bars=bars, told=_told(months),
    )  # fmt: skip


def _bar(place: int, month: MonthOfSearches, highest: int) -> Bar:
    whole, none = (_height(count, highest) for count in (month.count, month.without_result))
    bottom = HEAD + HEIGHT
    return Bar(
        x=place * WIDTH + (WIDTH - BAR) // 2, middle=place * WIDTH + WIDTH // 2,
        all_y=bottom - whole, all_height=whole, none_y=bottom - none, none_height=none,
        label=date_format(month.month, "M"), month=date_format(month.month, "F Y"),
        count=spoken.number(month.count), without=spoken.number(month.without_result),
        share=_("%(share)d %%") % {"share": _share(month)} if month.count else "–",
    )  # fmt: skip


def _height(count: int, highest: int) -> int:
    return max(round(count * HEIGHT / highest), SMALLEST if count else 0)


def _share(month: MonthOfSearches) -> int:
    return round(100 * month.without_result / month.count) if month.count else 0


def _told(months: Sequence[MonthOfSearches]) -> str:
    searched = [month for month in months if month.count]
    first, last = searched[0], searched[-1]
    if first is last:
        return _("In %(month)s %(share)d %% of the searches had no result.") % {
            "month": date_format(last.month, "F Y"), "share": _share(last),
        }  # fmt: skip
    return _("Without a result: %(first)d %% in %(then)s, %(last)d %% in %(now)s.") % {
        "first": _share(first), "then": date_format(first.month, "F Y"),
        "last": _share(last), "now": date_format(last.month, "F Y"),
    }  # fmt: skip
