"""Opening hours: a plan where the text says it for certain, else the text itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.cleaning.single_times import Monthly, Once, monthly, once
from knotenpunkt.tools.imports.cleaning.texts import show, text
from knotenpunkt.tools.imports.names import fold
from knotenpunkt.tools.imports.remarks import Cleaned, Remark
from knotenpunkt.tools.imports.tables import Cell

_DAYS = {
    "mo": 0, "mon": 0, "montag": 0, "montags": 0, "monday": 0,
    "di": 1, "die": 1, "dienstag": 1, "dienstags": 1, "tuesday": 1, "tue": 1, "tu": 1,
    "mi": 2, "mittwoch": 2, "mittwochs": 2, "wednesday": 2, "wed": 2,
    "do": 3, "don": 3, "donnerstag": 3, "donnerstags": 3, "thursday": 3, "thu": 3, "th": 3,
    "fr": 4, "fre": 4, "freitag": 4, "freitags": 4, "friday": 4, "fri": 4,
    "sa": 5, "samstag": 5, "samstags": 5, "sonnabend": 5, "sonnabends": 5, "saturday": 5, "sat": 5,
    "so": 6, "sonntag": 6, "sonntags": 6, "sunday": 6, "sun": 6,
}  # fmt: skip
_SPANS = {"taeglich": range(7), "daily": range(7), "werktags": range(5), "wochentags": range(5),
          "weekdays": range(5), "wochenende": range(5, 7),
}  # fmt: skip
_CLOSED = {"geschlossen", "closed", "zu"}
_TOKEN = re.compile(
    r"(?P<time>\d{1,2}(?:[:.]\d{2})?\s?(?:uhr|h)?\s?-\s?\d{1,2}(?:[:.]\d{2})?(?:\s?(?:uhr|h)\b)?)(?![\d.:])"
    r"|(?P<dash>-)|(?P<sign>[,;/&+:|()\n])|(?P<word>[^\W\d_]+)\.?|(?P<blank>\s+)|(?P<other>.)"
)
_BY_ARRANGEMENT = re.compile(
    r"[,;]?\s*(?:(?:und|sowie|oder|bzw\.?)\s+)?\(?(?:(?:weitere )?termine\s+)?(?:nur\s+)?nach\s+"
    r"(?:(?:tel\.?|telefonischer|vorheriger|persönlicher)\s+)*(?:vereinbarung|absprache|anmeldung)\)?\.?\s*$",
    re.IGNORECASE,
)
WORKING_DAYS = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Slot:
    """One weekday (0 = Monday) and its hours."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Times:
    """`slots` hold what is certain; `note` is the text that is shown beside or instead.

    `monthly` and `dates` hold what is certain and is no week; a text is one of the three.
    """

    slots: tuple[Slot, ...] = ()
    note: str = ""
    monthly: tuple[Monthly, ...] = ()
    dates: tuple[Once, ...] = ()


class _Uncertain(Exception):
    """The text says more than weekdays and hours."""


def times(cell: Cell, *, days: tuple[int, ...] = (), limit: int = 400) -> Cleaned[Times]:
    """Weekdays and hours, a weekday of each month, or one date.

    `days` are the weekdays that are meant when the text names none; taking them is told.
    """
    cleaned = text(cell.replace("\n", "; ") if isinstance(cell, str) else cell, limit=limit)
    value = cleaned.value
    if not value:
        return Cleaned(Times(), cleaned.remarks)
    arrangement = _BY_ARRANGEMENT.search(value)
    rest = value[: arrangement.start()] if arrangement else value
    if arrangement and not rest.strip():
        return Cleaned(Times((), value), cleaned.remarks)
    note = _arranged(arrangement.group()) if arrangement else ""
    each_month, dates = monthly(rest.strip(" ,;("), _DAYS), once(rest.strip(" ,;("), _DAYS)
    if each_month or dates:
        return Cleaned(Times((), note, each_month, dates), cleaned.remarks)
    try:
        groups = _groups(_tokens(rest))
        slots = _slots(groups, days)
    except _Uncertain:
        reason = _("was not understood as weekdays and hours and was kept as text")
        return Cleaned(
            Times((), value), (*cleaned.remarks, Remark("times_as_text", reason, show(cell), value))
        )
    remarks = cleaned.remarks
    if slots and any(not named for named, _hours in groups):
        reason = _("names no weekday; taken as Monday to Friday")
        remarks = (*remarks, Remark("weekdays_assumed", reason, show(cell), value))
    return Cleaned(Times(slots, note), remarks)


def _arranged(words: str) -> str:
    """ ", und nach Vereinbarung" → "nach Vereinbarung"."""
    return re.sub(r"^(?:und|sowie|oder|bzw\.?)\s+", "", words.strip(" ,;()"), flags=re.IGNORECASE)


def _tokens(value: str) -> list[tuple[str, str]]:
    lowered = re.sub(r"[–—−]|\bbis\b", "-", value.lower())
    lowered = re.sub(
        r"\b(?:von|jeweils|jeden|öffnungszeiten|sprechzeiten|geöffnet|from|open)\b:?", " ", lowered
    )
    lowered = re.sub(r"(?<=\d)\s*uhr\s*-", "-", lowered)
    found = []
    for match in _TOKEN.finditer(lowered):
        kind = str(match.lastgroup)
        if kind == "other":
            raise _Uncertain
        if kind != "blank":
            found.append((kind, match.group().strip(" .") if kind != "sign" else match.group()))
    return found


def _groups(tokens: list[tuple[str, str]]) -> list[tuple[tuple[int, ...], list[tuple[time, time]]]]:
    """Weekdays followed by their hours; hours may also stand before their days, once."""
    groups: list[tuple[list[int], list[tuple[time, time]]]] = []
    days: list[int] = []
    until = False
    for kind, token in tokens:
        if kind == "time":
            if days or not groups:
                groups.append((days, []))
                days = []
            groups[-1][1].append(_hours(token))
        elif kind == "dash":
            until = bool(days) or _refuse()
            continue
        elif kind == "word":
            days = _with_day(days, token, until=until)
        until = False
    if days and len(groups) == 1 and not groups[0][0]:
        groups[0] = (days, groups[0][1])
        days = []
    if days or until or not groups:
        raise _Uncertain
    return [(tuple(sorted(set(named))), hours) for named, hours in groups]


def _refuse() -> bool:
    raise _Uncertain


def _with_day(days: list[int], word: str, *, until: bool) -> list[int]:
    folded = fold(word)
    if folded in {"und", "u", "uhr", "and", "h"}:
        return days
    if folded in _SPANS:
        return [*days, *_SPANS[folded]]
    if folded in _CLOSED and days and not until:
        return []
    if folded not in _DAYS:
        raise _Uncertain
    number = _DAYS[folded]
    if until and days[-1] < number:
        return [*days, *range(days[-1] + 1, number + 1)]
    if until:
        raise _Uncertain
    return [*days, number]


def _hours(token: str) -> tuple[time, time]:
    start, end = (_clock(part) for part in token.split("-"))
    if start >= end:
        raise _Uncertain
    return start, end


def _clock(part: str) -> time:
    digits = re.sub(r"[^\d:.]", "", part).strip(".")
    hours, _sign, minutes = digits.replace(".", ":").partition(":")
    if (int(hours), int(minutes or 0)) == (24, 0):
        return time(23, 59)
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError as error:
        raise _Uncertain from error


def _slots(
    groups: list[tuple[tuple[int, ...], list[tuple[time, time]]]], days: tuple[int, ...]
) -> tuple[Slot, ...]:
    found = set()
    for named, hours in groups:
        if not named and not days:
            raise _Uncertain
        found |= {Slot(weekday, start, end) for weekday in named or days for start, end in hours}
    return tuple(sorted(found, key=lambda slot: (slot.weekday, slot.opens, slot.closes)))
