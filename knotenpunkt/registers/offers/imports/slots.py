"""Times as plain values, so that a file, the last import and the register can be compared."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from knotenpunkt.registers.offers.actions import TimeDraft
from knotenpunkt.registers.offers.models import Frequency, Schedule

Plain = list[Any]


def weekly(weekday: int | None, opens: time, closes: time | None) -> Plain:
    """`[0, "09:00", "11:00"]`; an open end is ""."""
    return [weekday, *_hours(opens, closes)]


def monthly(weekday: int | None, nth: int | None, opens: time, closes: time | None) -> Plain:
    """`[0, "09:00", "11:00", -1]`: the last Monday of every month."""
    return [weekday, *_hours(opens, closes), nth]


def once(on: date | None, opens: time, closes: time | None) -> Plain:
    """`["2026-03-12", "15:00", ""]`."""
    return [on.isoformat() if on else "", *_hours(opens, closes)]


def plain(row: Schedule) -> Plain:
    """A time of the register."""
    if row.frequency == Frequency.ONCE:
        return once(row.day, row.starts_at, row.ends_at)
    if row.frequency == Frequency.MONTHLY:
        return monthly(row.weekday, row.nth, row.starts_at, row.ends_at)
    return weekly(row.weekday, row.starts_at, row.ends_at)


def time_draft(slot: Plain) -> TimeDraft:
    """The time that a plain value means."""
    on, opens, closes, *nth = slot
    hours = time.fromisoformat(opens), time.fromisoformat(closes) if closes else None
    if isinstance(on, str):
        return TimeDraft(Frequency.ONCE.value, *hours, day=date.fromisoformat(on))
    if nth:
        return TimeDraft(Frequency.MONTHLY.value, *hours, weekday=on, nth=nth[0])
    return TimeDraft(Frequency.WEEKLY.value, *hours, weekday=on)


def _hours(opens: time, closes: time | None) -> list[str]:
    return [f"{opens:%H:%M}", f"{closes:%H:%M}" if closes else ""]
