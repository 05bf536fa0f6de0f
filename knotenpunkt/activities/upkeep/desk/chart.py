"""Where the entries stood over time, as bars for each month. Whole numbers only: it is an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from knotenpunkt.activities.upkeep.models import Standing
from knotenpunkt.foundation.core.spoken import number

PARTS = ("confirmed", "asked", "due", "silent")
WIDTH, HEIGHT, FOOT = 48, 160, 24
BAR = 32


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a bar."""

    part: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One month."""

    x: int
    middle: int
    label: str
    year: str
    pieces: Sequence[Piece]
    counts: Sequence[str]
    told: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All months with their legend; `told` is what it says in one sentence."""

    width: int
    height: int
    foot: int
    bars: Sequence[Bar]
    legend: Sequence[tuple[str, str]]
    told: str


def chart(rows: Sequence[Standing]) -> Chart | None:
    """None before there are two months to compare."""
    if len(rows) < 2:
        return None
    highest = max(sum(_counts(row)) for row in rows) or 1
    bars = [_bar(place, row, highest) for place, row in enumerate(rows)]
    return Chart(
        width=WIDTH * len(bars), height=HEIGHT + 2 * FOOT, foot=HEIGHT + FOOT - 6, bars=bars,
        legend=[(part, label(part)) for part in PARTS], told=_told(rows),
    )  # fmt: skip


def label(part: str) -> str:
    """What a part of a bar is called."""
    return {
        "confirmed": pgettext("entries", "Confirmed"),
        "asked": pgettext("entries", "Asked"),
        "due": pgettext("entries", "Due"),
        "silent": pgettext("entries", "To be called"),
    }[part]


def _counts(row: Standing) -> list[int]:
    return [int(getattr(row, part)) for part in PARTS]


def _bar(place: int, row: Standing, highest: int) -> Bar:
    counts = _counts(row)
    pieces, bottom = [], HEIGHT
    for part, count in zip(PARTS, counts, strict=True):
        height = max(round(count * (HEIGHT - 10) / highest), 3 if count else 0)
        bottom -= height
        pieces.append(Piece(part, bottom, height))
    return Bar(
        x=place * WIDTH + (WIDTH - BAR) // 2, middle=place * WIDTH + WIDTH // 2,
        label=date_format(row.month, "M"), year=str(row.month.year), pieces=pieces,
        counts=[number(one) for one in counts], told=date_format(row.month, "F Y"),
    )  # fmt: skip


def _told(rows: Sequence[Standing]) -> str:
    """ "Bestätigt: 61 % im November 2025, 84 % im November 2026."."""
    first, last = rows[0], rows[-1]
    return _("Confirmed: %(first)d %% in %(then)s, %(last)d %% in %(now)s.") % {
        "first": share(first), "then": date_format(first.month, "F Y"),
        "last": share(last), "now": date_format(last.month, "F Y"),
    }  # fmt: skip


def share(row: Standing) -> int:
    """How much of a hundred was confirmed."""
    total = sum(_counts(row))
    return round(100 * row.confirmed / total) if total else 0
