"""What a row says about the offer itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from knotenpunkt.registers.offers.imports import childcare, words
from knotenpunkt.registers.offers.imports.cells import Cells
from knotenpunkt.registers.offers.imports.drafts.shapes import LONGEST_DESCRIPTION, Sheet, Values
from knotenpunkt.registers.offers.imports.fields import HOURS
from knotenpunkt.registers.offers.imports.slots import monthly, once, weekly
from knotenpunkt.registers.offers.imports.topics import TopicIndex
from knotenpunkt.registers.offers.imports.words import german
from knotenpunkt.registers.offers.models import Costs, Kind, Registration, Setting
from knotenpunkt.tools.imports.cleaning import contacts
from knotenpunkt.tools.imports.cleaning.ages import Ages, age, ages
from knotenpunkt.tools.imports.cleaning.costs import Price, price
from knotenpunkt.tools.imports.cleaning.dates import day
from knotenpunkt.tools.imports.cleaning.languages import languages
from knotenpunkt.tools.imports.cleaning.numbers import whole, yes_no
from knotenpunkt.tools.imports.cleaning.texts import joined, show
from knotenpunkt.tools.imports.cleaning.times import WORKING_DAYS, Times, times
from knotenpunkt.tools.imports.remarks import Cleaned

_SETTINGS = {
    Kind.ONLINE: Setting.ONLINE,
    Kind.TELEPHONE: Setting.TELEPHONE,
    Kind.HOME_VISIT: Setting.AT_HOME,
}
_LEAD_INS = (
    ("target_group", gettext_noop("For: %(text)s")),
    ("conditions", gettext_noop("Conditions: %(text)s")),
)


def offer_values(
    cells: Cells, sheet: Sheet, title: str, kind_text: str, *, is_childcare: bool
) -> Values:
    names = (title, kind_text, show(cells.raw("facility")))
    care = childcare.care(cells, *names, hint=sheet.hint) if is_childcare else None
    kind = Kind.CHILDCARE.value if care else words.kind_of(kind_text, title)
    span = _ages(cells)
    if care and span == Ages():
        span = Ages(care.age_from, care.age_to)
    cost, registration = _costs(cells), _registration(cells)
    plan = _times(cells, days=WORKING_DAYS if is_childcare else ())
    return {
        "title": title,
        "sort": (care.sort if care and not kind_text else kind_text)[:80],
        "kind": kind,
        "summary": cells.text("summary", 400),
        "description": _description(cells),
        "website": cells.take("website", contacts.web),
        "setting": _setting(cells, kind),
        "age_from": span.start,
        "age_to": span.end,
        "languages": list(dict.fromkeys(_languages(cells))),
        "costs": cost.code or Costs.UNKNOWN.value,
        "costs_note": cost.note,
        "registration": registration[0],
        "registration_note": registration[1],
        "free_places": cells.take("free_places", whole),
        "capacity": cells.take("care_places" if cells.has("care_places") else "capacity", whole),
        "waiting_time": cells.text("waiting_time", 120),
        "times": plan[0],
        "times_note": plan[1],
        "checked_on": _checked(cells),
        "topics": _topics(cells, sheet.topics, kind_text, care),
        "easy_text": joined(*cells.lines("easy_text", LONGEST_DESCRIPTION)),
    }


def _topics(
    cells: Cells, index: TopicIndex, kind_text: str, care: childcare.Care | None
) -> list[str]:
    keys = list(care.topics) if care else []
    keys += index.read(kind_text)[0] if kind_text else []
    for told in cells.lines("topics", LONGEST_DESCRIPTION):
        found, unknown = index.read(told)
        keys += found
        if unknown:
            reason = _("names topics that the network does not have: %(names)s")
            cells.remark("topics", "unknown_topic", reason % {"names": ", ".join(unknown)}, told)
    return [key for key in dict.fromkeys(keys) if key in index.by_key]


def _description(cells: Cells) -> str:
    """The texts of all describing columns, then single facts that families ask for."""
    parts = cells.lines("description", LONGEST_DESCRIPTION)
    for key, lead_in in _LEAD_INS:
        told = cells.text(key, 2000)
        if told:
            parts.append(german(lead_in) % {"text": told})
    if cells.is_set("inclusive"):
        parts.append(
            german(gettext_noop("Children with and without disabilities come together here."))
        )
    if cells.is_set("lunch"):
        parts.append(german(gettext_noop("There is lunch.")))
    district = cells.text("district", 120)
    if district:
        parts.append(german(gettext_noop("District: %(text)s")) % {"text": district})
    return joined(*dict.fromkeys(parts))


def _setting(cells: Cells, kind: str) -> str:
    if cells.is_set("online"):
        return Setting.ONLINE.value
    return _SETTINGS.get(Kind(kind), Setting.ON_SITE).value


def _ages(cells: Cells) -> Ages:
    span = cells.take("ages", ages)
    start, end = cells.raw("age_from"), cells.raw("age_to")
    if start is None and end is None:
        if span == Ages() and cells.has("target_group"):
            span = ages(cells.raw("target_group")).value
        return span
    in_months = _in_months(cells, "age_from") or _in_months(cells, "age_to")
    low = cells.keep("age_from", age(start, months=in_months))
    high = cells.keep("age_to", age(end, months=in_months, last=True))
    if low is not None and high is not None and low > high:
        reason = _("lies below the age from which it begins; both were not taken")
        cells.remark("age_to", "ages_exchanged", reason, f"{show(start)}–{show(end)}")
        return span
    return Ages(low if low is not None else span.start, high if high is not None else span.end)


def _in_months(cells: Cells, key: str) -> bool:
    return any(
        "monat" in name.lower() or "month" in name.lower()
        for name in cells.mapping.columns.get(key, ())
    )


def _languages(cells: Cells) -> list[str]:
    told = [
        cells.keep("languages", languages(cell))
        for _n, cell in cells.mapping.cells(cells.row, "languages")
    ]
    return [code for codes in told for code in codes]


def _costs(cells: Cells) -> Price:
    told = cells.take("costs", price)
    free = cells.take("free", yes_no)
    if free is None or told.code:
        return told
    return Price((Costs.FREE if free else Costs.FEE).value, told.note)


def _registration(cells: Cells) -> tuple[str, str]:
    """The code, and the words where they say more than yes or no."""
    told = cells.text("registration", 300)
    if not told:
        return Registration.UNKNOWN.value, ""
    for code, pattern in words.REGISTRATIONS:
        if pattern.search(told):
            return code.value, told if len(told.split()) > 1 else ""
    return Registration.UNKNOWN.value, told


def _times(cells: Cells, *, days: tuple[int, ...]) -> tuple[list[list[Any]], str]:
    """The times as `slots.py` writes them, and what stays text."""
    plan = cells.keep("times", _plan(cells, days=days))
    found = [weekly(s.weekday, s.opens, s.closes) for s in plan.slots]
    found += [monthly(m.weekday, m.nth, m.opens, m.closes) for m in plan.monthly]
    found += [once(o.day, o.opens, o.closes) for o in plan.dates]
    return sorted(found, key=str), plan.note


def _plan(cells: Cells, *, days: tuple[int, ...]) -> Cleaned[Times]:
    """The plan of the times; a date beside them makes them one date, where both say enough."""
    told, on = _times_text(cells), show(cells.raw("date")).strip()
    if not on:
        return times(told, days=days)
    single = times(_on_date(on, told))
    if single.value.dates or not told:
        return single
    reason = _("does not fit the times beside it and was not taken")
    cells.remark("date", "date_not_taken", reason, on)
    return times(told, days=days)


def _on_date(on: str, told: str) -> str:
    """A cell may hold its time itself, and the times may repeat the date."""
    start = on.split()[0]
    return f"{on} {told.replace(start, '').strip()}".strip()


def _times_text(cells: Cells) -> str:
    """One text out of the ways in which lists spread times over columns."""
    by_day = [f"{key[-2:].title()} {show(cells.raw(key))}" for key in HOURS if cells.has(key)]
    if by_day:
        return "; ".join(by_day)
    told, weekday = show(cells.raw("times")), show(cells.raw("weekday"))
    starts, ends = show(cells.raw("starts")), show(cells.raw("ends"))
    if told and not ends and day(starts).value is not None:
        told = f"{starts} {told}"
    elif not told and starts:
        told = "-".join(filter(None, (starts, _without_date_of(starts, ends))))
    return f"{weekday} {told}".strip()


def _without_date_of(starts: str, ends: str) -> str:
    """The end of "2026-03-12 15:00" to "2026-03-12 17:00" is 17:00."""
    on = starts.split()[0]
    return ends.removeprefix(on).strip() if day(on).value is not None else ends


def _checked(cells: Cells) -> str | None:
    found = cells.take("checked_on", day)
    if found is not None and found > date.today():
        cells.remark(
            "checked_on",
            "future_date",
            _("lies in the future and was not taken"),
            found.isoformat(),
        )
        return None
    return found.isoformat() if found else None
