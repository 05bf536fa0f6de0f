"""Which join-ins fit what somebody wants to see. Asks nothing of the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from knotenpunkt.activities.campaigns.models import AimedAt, JoinIn
from knotenpunkt.activities.campaigns.rules.join_ins import end_of, is_over
from knotenpunkt.activities.campaigns.wishes import PAST, WEEK, WEEKEND, Wanted
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.registers.areas.distances import distance_km

SATURDAY = 5
MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A join-in, and how far it is from the place that was named."""

    join_in: JoinIn
    km: float | None = None


def find(rows: Iterable[JoinIn], wanted: Wanted, now: datetime) -> list[Found]:
    """Those that fit, by time; what is over with the latest first."""
    found = [one for row in rows if (one := _fitting(row, wanted, now))]
    return found[::-1] if wanted.when == PAST else found


def in_month(rows: Iterable[JoinIn], wanted: Wanted) -> list[Found]:
    """For a calendar: those that fit whenever they are, also when they are over."""
    return [one for row in rows if (one := _placed(row, wanted)) and _suits(row, wanted)]


def _fitting(row: JoinIn, wanted: Wanted, now: datetime) -> Found | None:
    if not _is_then(row, wanted.when, now) or not _suits(row, wanted):
        return None
    return _placed(row, wanted)


def _is_then(row: JoinIn, when: str, now: datetime) -> bool:
    if is_over(row, now) or when == PAST:
        return is_over(row, now) and when == PAST
    if when == WEEK:
        return row.starts_at < now + timedelta(days=7)
    if when == WEEKEND:
        today = timezone.localtime(now).date()
        return any(day.weekday() >= SATURDAY and day >= today for day in days_of(row))
    return True


def _suits(row: JoinIn, wanted: Wanted) -> bool:
    if wanted.open_only and not row.is_open:
        return False
    if wanted.aimed_at and row.aimed_at not in (wanted.aimed_at, AimedAt.EVERYBODY):
        return False
    if wanted.stretch is not None and not (row.place and wanted.stretch.holds(row.place)):
        return False
    told = fold(_text(row)) if wanted.words else ""
    return all(word in told for word in fold(wanted.words).split())


def _text(row: JoinIn) -> str:
    house = row.organisation.name if row.organisation else ""
    place = row.place.one_line if row.place else ""
    return " ".join((row.title, row.description, row.for_whom, house, place))


def _placed(row: JoinIn, wanted: Wanted) -> Found | None:
    if wanted.place is None:
        return Found(row)
    if row.place is None or not row.place.has_coordinates:
        return None
    km = distance_km(
        wanted.place.lat, wanted.place.lon, row.place.latitude or 0.0, row.place.longitude or 0.0
    )
    return Found(row, km) if km <= wanted.radius_km else None


def days_of(row: JoinIn) -> list[date]:
    """The days of the calendar on which it is; what ends at midnight is not on the next day."""
    first = timezone.localtime(row.starts_at).date()
    last = timezone.localtime(end_of(row) - timedelta(seconds=1)).date()
    length = min(max((last - first).days, 0), MOST_DAYS)
    return [first + timedelta(days=ahead) for ahead in range(length + 1)]


def next_change(rows: Iterable[JoinIn], now: datetime) -> datetime | None:
    """When the first of those that are not over will be: until then a page says the same."""
    return min(_ends_after(rows, now), default=None)


def _ends_after(rows: Iterable[JoinIn], now: datetime) -> Iterator[datetime]:
    yield from (end_of(one) for one in rows if end_of(one) > now)
