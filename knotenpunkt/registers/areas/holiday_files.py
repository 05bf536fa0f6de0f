"""Reads school holidays from the files that are published: OpenHolidays CSV and iCalendar."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from icalendar import Calendar

from knotenpunkt.registers.areas.postal_codes import GERMAN_LANDS

NEEDED_COLUMNS = {"StartDate", "EndDate", "Name", "Subdivisions"}
# Longer than any holidays: a mistyped year.
LONGEST_DAYS = 70
NAME_LENGTH = 120
YEARS = re.compile(r"\s*\b(?:19|20)\d\d(?:\s*/\s*(?:\d{4}|\d{2}))?\b")


class UnreadableHolidays(Exception):
    """A file that cannot be used; the text says where and why, for the person who loads it."""


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Holidays from the first to the last free day."""

    starts: datetime.date
    ends: datetime.date
    name: str


def read_holidays(path: Path, land: str) -> list[Stretch]:
    """The school holidays of a Land in a file, in order, each once."""
    text = _text_of(path)
    read = _from_calendar if text.lstrip().startswith("BEGIN:VCALENDAR") else _from_csv
    stretches = sorted(set(read(text, land)))
    if not stretches:
        raise UnreadableHolidays(
            _("“%(file)s” holds no school holidays for %(land)s.")
            % {"file": path.name, "land": land}
        )
    return stretches


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableHolidays(
            _("“%(file)s” could not be read as text.") % {"file": path.name}
        ) from error


def _from_csv(text: str, land: str) -> Iterator[Stretch]:
    reader = csv.DictReader(io.StringIO(text), delimiter=";")
    missing = NEEDED_COLUMNS - set(reader.fieldnames or ())
    if missing:
        raise UnreadableHolidays(
            _("These columns are missing: %(columns)s.") % {"columns": ", ".join(sorted(missing))}
        )
    for row in reader:
        if _concerns(row, land):
            yield _row_stretch(row, reader.line_num)


def _concerns(row: Mapping[str, str | None], land: str) -> bool:
    """Rows for other Länder, and other kinds of holidays, are left out."""
    lands = {code.strip().removeprefix("DE-") for code in (row["Subdivisions"] or "").split(",")}
    return land in lands and (row.get("Type") or "School") == "School"


def _row_stretch(row: Mapping[str, str | None], line: int) -> Stretch:
    try:
        starts = datetime.date.fromisoformat((row["StartDate"] or "").strip())
        # A single free day has no last day of its own.
        ends = datetime.date.fromisoformat((row["EndDate"] or "").strip() or starts.isoformat())
    except ValueError as error:
        raise UnreadableHolidays(
            _("Line %(line)d: a date is written like 2026-02-09.") % {"line": line}
        ) from error
    return _checked(starts, ends, _german(row["Name"] or ""), _("Line %d") % line)


def _german(names: str) -> str:
    """ "DE Winterferien,EN Winter Holidays" → "Winterferien"; a plain name stays."""
    for name in names.split(","):
        if name.strip().startswith("DE "):
            return name.strip()[3:].strip()
    return names.strip()


def _from_calendar(text: str, land: str) -> Iterator[Stretch]:
    try:
        events = Calendar.from_ical(text).walk("VEVENT")
    except ValueError as error:
        raise UnreadableHolidays(_("The calendar file is damaged.")) from error
    for number, event in enumerate(events, start=1):
        yield _event_stretch(event, land, _("Entry %d") % number)


def _event_stretch(event: Mapping[str, object], land: str, where: str) -> Stretch:
    starts = _day(event, "DTSTART", where)
    # An iCalendar entry ends before its DTEND.
    after = _day(event, "DTEND", where) if "DTEND" in event else None
    ends = max(after - datetime.timedelta(days=1), starts) if after else starts
    if after and after < starts:
        ends = after
    return _checked(starts, ends, _short_name(str(event.get("SUMMARY", "")), land), where)


def _day(event: Mapping[str, object], field: str, where: str) -> datetime.date:
    value = getattr(event.get(field), "dt", None)
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    raise UnreadableHolidays(_("%(where)s: the date is missing.") % {"where": where})


def _short_name(summary: str, land: str) -> str:
    """ "Winterferien Sachsen 2026" → "Winterferien"."""
    name = YEARS.sub("", summary).replace(GERMAN_LANDS.get(land, land), "")
    return " ".join(name.split()).strip(" -–,()")


def _checked(starts: datetime.date, ends: datetime.date, name: str, where: str) -> Stretch:
    if not name:
        raise UnreadableHolidays(_("%(where)s: the name is missing.") % {"where": where})
    if not 0 <= (ends - starts).days <= LONGEST_DAYS:
        raise UnreadableHolidays(
            _("%(where)s: “%(name)s” from %(starts)s to %(ends)s cannot be right.")
            % {"where": where, "name": name, "starts": starts, "ends": ends}
        )
    return Stretch(starts, ends, name[:NAME_LENGTH])
