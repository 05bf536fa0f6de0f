"""Dates of a campaign: proposals, a year on, and the words of an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.text import slugify

from knotenpunkt.activities.campaigns.rules.deadlines import end_of_day

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
WEEK = timedelta(weeks=1)
LONGEST_SLUG = 60
CENTURY = date(2000, 1, 1)
AHEAD, LONGEST = timedelta(days=6 * 366), timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True)
class Dates:
    """Every day of a campaign that follows from its period."""

    writes_on: date
    order_until: datetime
    gives_from: date
    gives_until: date
    join_in_until: datetime


def is_far(day: date, today: date) -> bool:
    """Whether the year must be a slip: before this century, or more than six years ahead."""
    return day < CENTURY or day > today + AHEAD


def is_too_long(starts_on: date, ends_on: date) -> bool:
    """Whether a campaign would outlive two years."""
    return ends_on - starts_on > LONGEST


def proposed(starts_on: date, ends_on: date) -> Dates:
    """Writing eight weeks before, three weeks for orders to come, packs out before it begins."""
    writes_on = _working_day(starts_on - 8 * WEEK)
    deadline = _working_day(starts_on - 3 * WEEK)
    return Dates(
        writes_on=writes_on,
        order_until=end_of_day(deadline),
        gives_from=_working_day(starts_on - 2 * WEEK),
        gives_until=_working_day(starts_on - timedelta(days=3)),
        join_in_until=end_of_day(ends_on),
    )


def _working_day(day: date) -> date:
    """That day, or the Friday before its weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def years_on(first: date, today: date) -> int:
    """How many years later the next one may begin: one at least, and not in the past."""
    years = 1
    while moved(first, years) <= today:
        years += 1
    return years


def moved(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def moved_moment(at: datetime, years: int) -> datetime:
    """The same time on the wall, that day of another year."""
    local = timezone.localtime(at)
    day = moved(local.date(), years)
    return datetime.combine(day, local.time(), timezone.get_default_timezone())


def word_of(title: str) -> str:
    """A word for the address: "Danke für alle" becomes "danke-fuer-alle"."""
    return slugify(title.lower().translate(GERMAN))[:LONGEST_SLUG].strip("-") or "kampagne"
