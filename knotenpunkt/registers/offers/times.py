"""When an offer takes place: from repeating times to dates in the calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from knotenpunkt.registers.offers.models import Frequency, Schedule

BERLIN = ZoneInfo("Europe/Berlin")
Closed = Callable[[Schedule, date], bool]

# From when to when people speak of it: the first hour included, the last one not.
DAYTIMES = {"morning": (time(0), time(12)), "afternoon": (time(12), time(17)),
            "evening": (time(17), time(23, 59))}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One date of an offer, in Europe/Berlin."""

    starts: datetime
    ends: datetime | None = field(compare=False)
    schedule: Schedule = field(compare=False)

    @property
    def day(self) -> date:
        """The day in the calendar."""
        return self.starts.date()

    @property
    def over(self) -> datetime:
        """From when on it is no coming date any more."""
        return self.ends or self.starts


def never_closed(schedule: Schedule, day: date) -> bool:
    """For times without pauses."""
    return False


def occurrences(
    schedules: Iterable[Schedule],
    *,
    after: datetime,
    days: int = 70,
    closed: Closed = never_closed,
) -> list[Occurrence]:
    """All dates that end after `after` within that many days, in order."""
    first = after.astimezone(BERLIN).date()
    last = first + timedelta(days=days)
    found = (
        _occurrence(schedule, day)
        for schedule in schedules
        for day in _days(schedule, first, last)
        if not closed(schedule, day)
    )
    return sorted(one for one in found if one.over > after)


def next_occurrences(
    schedules: Iterable[Schedule],
    *,
    after: datetime,
    limit: int,
    closed: Closed = never_closed,
) -> list[Occurrence]:
    """The next `limit` dates within a year; near ones are tried first because they are usual."""
    kept = list(schedules)
    for days in (35, 366):
        found = occurrences(kept, after=after, days=days, closed=closed)
        if len(found) >= limit:
            break
    return list(islice(found, limit))


def _days(schedule: Schedule, first: date, last: date) -> Iterator[date]:
    first = max(first, schedule.valid_from or first)
    last = min(last, schedule.valid_to or last)
    match schedule.frequency:
        case Frequency.ONCE:
            return (day for day in [schedule.day] if day and first <= day <= last)
        case Frequency.WEEKLY:
            return _weekly(schedule.weekday or 0, first, last)
        case _:
            return _monthly(schedule.weekday or 0, schedule.nth or 1, first, last)


def _weekly(weekday: int, first: date, last: date) -> Iterator[date]:
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    while day <= last:
        yield day
        day += timedelta(weeks=1)


def _monthly(weekday: int, nth: int, first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        day = nth_weekday(month.year, month.month, weekday, nth)
        if day and first <= day <= last:
            yield day
        month = (month + timedelta(days=31)).replace(day=1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth (1–5, -1 = last) weekday of a month; None when the month has no fifth one."""
    length = monthrange(year, month)[1]
    first = 1 + (weekday - date(year, month, 1).weekday()) % 7
    days = range(first, length + 1, 7)
    try:
        return date(year, month, days[nth - 1 if nth > 0 else nth])
    except IndexError:
        return None


def _occurrence(schedule: Schedule, day: date) -> Occurrence:
    starts = datetime.combine(day, schedule.starts_at, tzinfo=BERLIN)
    if schedule.ends_at is None:
        return Occurrence(starts, None, schedule)
    # An evening may end after midnight.
    end_day = day if schedule.ends_at > schedule.starts_at else day + timedelta(days=1)
    return Occurrence(starts, datetime.combine(end_day, schedule.ends_at, tzinfo=BERLIN), schedule)


def daytimes(schedule: Schedule) -> list[str]:
    """In which parts of the day a time lies: half past eleven to one is morning and afternoon."""
    ends = schedule.ends_at or schedule.starts_at
    return [
        name
        for name, (begin, end) in DAYTIMES.items()
        if schedule.starts_at < end and (ends > begin or schedule.starts_at >= begin)
    ]
