"""Times that are no week: one date with its hours, or a weekday that comes once a month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from knotenpunkt.tools.imports.cleaning.dates import day
from knotenpunkt.tools.imports.names import fold

_CLOCK = r"(?:\d{1,2}(?:[:.]\d{2}(?::\d{2})?)?)"
_HOURS = (
    rf"(?:um|ab|von)?\s*(?P<start>{_CLOCK})\s*(?:uhr|h)?"
    rf"(?:\s*(?:-|–|bis)\s*(?P<end>{_CLOCK})\s*(?:uhr|h)?)?\.?"
)
_DATE = re.compile(
    r"(?:am\s+)?(?:(?P<day>[^\W\d_]+)\.?,?\s+(?:den\s+)?)?"
    r"(?P<date>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})(?!\d)"
    r"|\d{1,2}\.?\s+[^\W\d_]+\.?\s+\d{4})"
    rf"(?:T|[\s,;:]+){_HOURS}",
    re.IGNORECASE,
)
_ORDINALS = {"erst": 1, "zweit": 2, "dritt": 3, "viert": 4, "fuenft": 5, "letzt": -1}
_ORDINAL = r"(?:[1-5]\.|(?:erst|zweit|dritt|viert|fünft|letzt)e[rnms]?)"
_MONTHLY = re.compile(
    r"(?:immer\s+)?(?:(?:jeweils\s+)?(?:an\s+)?(?:jede[rnm]?|am|der|den|jeweils)\s+)?(?:am\s+)?"
    rf"(?P<nth>{_ORDINAL}(?:\s*(?:und|u\.|,|/|\+|&)\s*{_ORDINAL})*)\s*"
    r"(?P<day>[^\W\d_]+)\.?,?\s+(?:im|des|eines|pro|in\s+jedem|jeden|eines\s+jeden)\s+monats?"
    rf"(?:\s*[,:;]\s*|\s+){_HOURS}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Once:
    """One date and its hours; the end may be open."""

    day: date
    opens: time
    closes: time | None


@dataclass(frozen=True, slots=True)
class Monthly:
    """The n-th weekday of every month (0 = Monday; -1 is the last) and its hours."""

    weekday: int
    nth: int
    opens: time
    closes: time | None


def once(value: str, weekdays: dict[str, int]) -> tuple[Once, ...]:
    """The date that the whole text names, if it does and its weekday fits."""
    match = _DATE.fullmatch(value.strip())
    found = day(match["date"]).value if match else None
    hours = _hours(match) if match else None
    if match is None or found is None or hours is None:
        return ()
    if match["day"] and weekdays.get(fold(match["day"])) != found.weekday():
        return ()
    return (Once(found, *hours),)


def monthly(value: str, weekdays: dict[str, int]) -> tuple[Monthly, ...]:
    """The weekdays of each month that the whole text names, if it does."""
    match = _MONTHLY.fullmatch(value.strip())
    weekday = weekdays.get(fold(match["day"])) if match else None
    hours = _hours(match) if match else None
    if match is None or weekday is None or hours is None:
        return ()
    told = re.findall(_ORDINAL, match["nth"], re.IGNORECASE)
    return tuple(Monthly(weekday, nth, *hours) for nth in dict.fromkeys(map(_number, told)))


def _number(ordinal: str) -> int:
    if ordinal[0].isdigit():
        return int(ordinal[0])
    folded = fold(ordinal)
    return next(number for start, number in _ORDINALS.items() if folded.startswith(start))


def _hours(match: re.Match[str]) -> tuple[time, time | None] | None:
    start = _clock(match["start"])
    end = _clock(match["end"]) if match["end"] else None
    if start is None or (match["end"] and (end is None or end <= start)):
        return None
    return start, end


def _clock(written: str) -> time | None:
    hours, minutes, *_seconds = (*written.replace(".", ":").split(":"), "0")
    if (int(hours), int(minutes)) == (24, 0):
        return time(23, 59)
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        return None
