"""Dates as an iCalendar file (RFC 5545): what every app that hands out dates has in common."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

BERLIN = ZoneInfo("Europe/Berlin")
USUAL_LENGTH = timedelta(hours=1)
# All that a reader could take for the end of a line, and then the signs that nobody writes.
LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def new_calendar(name: str = "") -> Calendar:
    """An empty calendar in Europe/Berlin; with a name for whoever subscribes to it."""
    file = Calendar()
    file.add("prodid", "-//knotenpunkt//DE")
    file.add("version", "2.0")
    if name:
        file.add("method", "PUBLISH")
        file.add("name", in_lines(name))
        file.add("x-wr-calname", in_lines(name))
        file.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    file.add_component(_berlin())
    return file


def new_event(
    *,
    uid: str,
    changed_at: datetime,
    starts: datetime,
    ends: datetime | None,
    title: str,
    text: str,
    url: str,
    location: str = "",
) -> Event:
    """One date. The same `uid` over every download, so that no calendar shows it twice."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("sequence", int(changed_at.timestamp()) // 60)
    event.add("dtstart", starts.astimezone(BERLIN))
    event.add("dtend", (ends or starts + USUAL_LENGTH).astimezone(BERLIN))
    event.add("summary", in_lines(title))
    event.add("description", in_lines(text))
    event.add("url", url)
    if location:
        event.add("location", in_lines(location))
    return event


def written(calendar: Calendar, events: Iterable[Event]) -> bytes:
    """The file with these dates."""
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def in_lines(text: str) -> str:
    """With one kind of line break and no other control character."""
    return CONTROL.sub("", LINE_BREAK.sub("\n", text))


def _berlin() -> Timezone:
    """The two rules of Europe/Berlin since 1996."""
    zone = Timezone()
    zone.add("tzid", "Europe/Berlin")
    for part, name, before, after, month in (
        (TimezoneDaylight(), "CEST", 1, 2, 3),
        (TimezoneStandard(), "CET", 2, 1, 10),
    ):
        part.add("tzname", name)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("dtstart", datetime(1996, month, 31 if month == 3 else 27, before + 1))
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone
