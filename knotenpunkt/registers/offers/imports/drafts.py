"""One row, cleaned: what it says about body, facility, place, contact and offer.

All values are plain JSON values, because they are compared with what was last imported.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.areas.distances import distance_km
from knotenpunkt.registers.areas.models import StepFree
from knotenpunkt.registers.offers.imports import childcare, words
from knotenpunkt.registers.offers.imports.cells import Cells
from knotenpunkt.registers.offers.imports.fields import FACILITY_ID, HOURS
from knotenpunkt.registers.offers.imports.topics import TopicIndex
from knotenpunkt.registers.offers.models import Costs, Kind, Registration, Setting
from knotenpunkt.registers.partners.models import PartnerKind
from knotenpunkt.tools.imports.cleaning import addresses, contacts
from knotenpunkt.tools.imports.cleaning.ages import Ages, age, ages
from knotenpunkt.tools.imports.cleaning.costs import Price, price
from knotenpunkt.tools.imports.cleaning.dates import day
from knotenpunkt.tools.imports.cleaning.languages import languages
from knotenpunkt.tools.imports.cleaning.numbers import choice, number, whole, yes_no
from knotenpunkt.tools.imports.cleaning.texts import joined, show, text
from knotenpunkt.tools.imports.cleaning.times import WORKING_DAYS, times
from knotenpunkt.tools.imports.columns import Mapping
from knotenpunkt.tools.imports.remarks import Remark
from knotenpunkt.tools.imports.tables import Cell, Row

Values = dict[str, Any]

LONGEST_DESCRIPTION = 20_000
# A precise point that far from its postal code belongs to another address.
TOO_FAR_KM = 40.0
_SETTINGS = {
    Kind.ONLINE: Setting.ONLINE,
    Kind.TELEPHONE: Setting.TELEPHONE,
    Kind.HOME_VISIT: Setting.AT_HOME,
}
_LEAD_INS = (
    ("target_group", gettext_noop("For: %(text)s")),
    ("conditions", gettext_noop("Conditions: %(text)s")),
)
_CLOSED_STATES = {"inactive", "defunct", "temporarily closed", "inaktiv", "geschlossen", "beendet"}


class Rejected(Exception):
    """The row cannot become an offer; the text says why."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is the same for all rows of a table."""

    mapping: Mapping
    topics: TopicIndex
    has_ids: bool
    is_childcare: bool
    id_column: str = ""
    hint: str = ""


@dataclass(slots=True)
class BodyDraft:
    """The legal body above; `values` are told only where the list says more than its name."""

    name: str
    external_id: str = ""
    kind: str = PartnerKind.OTHER.value
    values: Values = field(default_factory=dict)


@dataclass(slots=True)
class RowDraft:
    """Everything one row says. `owns_facility`: the row is the facility, not only held in it."""

    number: int
    sheet: str
    external_id: str
    original: dict[str, Cell]
    remarks: list[Remark]
    body: BodyDraft | None
    facility: Values | None
    facility_id: str
    owns_facility: bool
    offer: Values
    place: Values
    contact: Values
    is_active: bool = True

    @property
    def title(self) -> str:
        """The offer's title."""
        return str(self.offer["title"])


def draft(row: Row, sheet: Sheet) -> RowDraft:
    """Clean one row. Raises `Rejected` when it has no title."""
    cells = Cells(row, sheet.mapping)
    kind_text = cells.text("kind")
    is_care = sheet.is_childcare or childcare.is_childcare_kind(kind_text)
    title, facility = _names(cells, is_childcare=is_care)
    owns = facility is not None and (is_care or facility["name"] == title)
    offer = _offer(cells, sheet, title, kind_text, is_childcare=is_care)
    if facility is not None and owns:
        facility["website"] = offer["website"]
        facility["kind"] = (PartnerKind.CHILDCARE if is_care else PartnerKind.OTHER).value
    return RowDraft(
        number=row.number,
        sheet=sheet.mapping.table,
        external_id=external_id(row, sheet),
        original=dict(row.values),
        remarks=cells.remarks,
        body=body_of(cells, is_childcare=is_care),
        facility=facility,
        facility_id=cells.text(FACILITY_ID, 200),
        owns_facility=owns,
        offer=offer,
        place=place_values(cells, offer["setting"]),
        contact=contact_values(cells),
        is_active=_is_active(cells),
    )


def external_id(row: Row, sheet: Sheet) -> str:
    """The id in the source, or "" when the table has none."""
    if not sheet.has_ids:
        return ""
    return text(row.values.get(sheet.id_column), limit=200).value


def german(message: str) -> str:
    """Words that become part of a German text, whatever language the person at work speaks."""
    with override("de"):
        return _(message)


def no_title() -> str:
    """Why a row cannot arrive."""
    return _("has no title")


def _names(cells: Cells, *, is_childcare: bool) -> tuple[str, Values | None]:
    """Title and facility. A row that names only one of both is that facility, where it is one."""
    title, facility = cells.text("title", 300), cells.text("facility", 300)
    only_facilities = "title" not in cells.mapping.columns
    if not title and (is_childcare or only_facilities):
        title = facility
    if not title:
        raise Rejected(no_title())
    if not facility and is_childcare:
        facility = title
    return title, {"name": facility} if facility else None


def body_of(cells: Cells, *, is_childcare: bool) -> BodyDraft | None:
    name, number_ = cells.text("body", 300), cells.text("body_id", 200)
    if not name and not number_:
        return None
    told = {
        "website": cells.take("body_website", contacts.web),
        "description": cells.text("body_description", LONGEST_DESCRIPTION),
    }
    kind = words.body_kind(name, childcare=is_childcare)
    return BodyDraft(name, number_, kind, {key: value for key, value in told.items() if value})


def _offer(cells: Cells, sheet: Sheet, title: str, kind_text: str, *, is_childcare: bool) -> Values:
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
    if _is_set(cells, "inclusive"):
        parts.append(
            german(gettext_noop("Children with and without disabilities come together here."))
        )
    if _is_set(cells, "lunch"):
        parts.append(german(gettext_noop("There is lunch.")))
    district = cells.text("district", 120)
    if district:
        parts.append(german(gettext_noop("District: %(text)s")) % {"text": district})
    return joined(*dict.fromkeys(parts))


def _is_set(cells: Cells, key: str) -> bool:
    """Yes, or a count above zero."""
    cell = cells.raw(key)
    return bool(yes_no(cell).value) or (number(cell).value or 0) > 0


def _setting(cells: Cells, kind: str) -> str:
    if _is_set(cells, "online"):
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
    """[[weekday, "HH:MM", "HH:MM"], …] and what stays text."""
    plan = cells.keep("times", times(_times_text(cells), days=days))
    slots = [[s.weekday, f"{s.opens:%H:%M}", f"{s.closes:%H:%M}"] for s in plan.slots]
    return sorted(slots, key=str), plan.note


def _times_text(cells: Cells) -> Cell:
    """One text out of the ways in which lists spread times over columns."""
    by_day = [f"{key[-2:].title()} {show(cells.raw(key))}" for key in HOURS if cells.has(key)]
    if by_day:
        return "; ".join(by_day)
    told, weekday = show(cells.raw("times")), show(cells.raw("weekday"))
    if not told and cells.has("starts"):
        told = "-".join(filter(None, (show(cells.raw("starts")), show(cells.raw("ends")))))
    return f"{weekday} {told}".strip()


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


def _is_active(cells: Cells) -> bool:
    status = cells.text("status").lower()
    if status in _CLOSED_STATES:
        cells.remark("status", "not_active", _("is not active and was taken as a draft"), status)
        return False
    return True


def place_values(cells: Cells, setting: str) -> Values:
    """The place's values; empty when the row names none."""
    told = _address(cells)
    point = _point(cells)
    venue = cells.text("venue", 200)
    step_free = _step_free(cells)
    if not (told.postal_code or told.town or told.street or point):
        if setting == Setting.ON_SITE:
            cells.remark(
                "address", "no_address", _("is missing: families will not find it by place")
            )
        return {"venue": venue} if venue else {}
    _check_place(cells, told, point)
    return {
        "venue": venue,
        "street": f"{told.street} {told.house_number}".strip()[:200],
        "postal_code": told.postal_code,
        "town": told.town[:120],
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "step_free": step_free[0],
        "access_note": step_free[1],
    }


def _address(cells: Cells) -> addresses.Address:
    line = cells.take("address", addresses.address)
    town_line = cells.take("town_line", addresses.town_with_code)
    street, house = cells.text("street", 180), cells.take("house_number", addresses.house_number)
    extra = cells.text("address_extra", 60)
    code = cells.take("postal_code", addresses.postal_code)
    town = cells.keep("town", addresses.town_with_code(cells.raw("town")))
    if not street:
        street, house = line.street, house or line.house_number
    return addresses.Address(
        street=street,
        house_number=", ".join(filter(None, (house, extra))),
        postal_code=code or town_line.postal_code or town.postal_code or line.postal_code,
        town=town.town or town_line.town or line.town,
    )


def _point(cells: Cells) -> addresses.Point | None:
    latitude, longitude = cells.raw("latitude"), cells.raw("longitude")
    told = show(cells.raw("coordinates"))
    if latitude is None and longitude is None and told:
        parts = told.split(";") if ";" in told else told.split()
        if len(parts) != 2:
            parts = told.split(",")
        latitude, longitude = (
            (parts[0].strip(" ,"), parts[1].strip(" ,")) if len(parts) == 2 else (told, "")
        )
    return cells.keep("coordinates", addresses.point(latitude, longitude))


def _check_place(cells: Cells, told: addresses.Address, point: addresses.Point | None) -> None:
    if not told.postal_code:
        return
    row = postal_codes.find(told.postal_code)
    if row is None:
        reason = _("is not a known postal code")
        cells.remark("postal_code", "unknown_postal_code", reason, told.postal_code)
    elif (
        point
        and distance_km(point.latitude, point.longitude, row.latitude, row.longitude) > TOO_FAR_KM
    ):
        reason = _("lie far away from the postal code; please check")
        cells.remark("coordinates", "far_away", reason, f"{point.latitude}, {point.longitude}")


def _step_free(cells: Cells) -> tuple[str, str]:
    """The code, and words that say more than a code."""
    told = cells.raw("step_free")
    value = text(told, limit=300).value
    found = choice(told, words.STEP_FREE)
    if found.value:
        return found.value, ""
    return StepFree.UNKNOWN.value, value


def contact_values(cells: Cells) -> Values:
    """How to reach the offer; empty when the row names nothing."""
    phones = [
        [phone.shown, phone.dialled, phone.note]
        for _name, cell in cells.mapping.cells(cells.row, "phones")
        for phone in cells.keep("phones", contacts.telephones(cell))
    ]
    emails = [
        mail
        for _name, cell in cells.mapping.cells(cells.row, "emails")
        for mail in cells.keep("emails", contacts.mails(cell))
    ]
    told = {
        "name": cells.text("contact_name", 200),
        "function": cells.text("contact_function", 200),
        "email": _only_mail(cells, list(dict.fromkeys(emails))),
        "phones": _distinct(phones),
    }
    return told if any(told.values()) else {}


def _only_mail(cells: Cells, emails: list[str]) -> str:
    if len(emails) > 1:
        reason = _("holds more than one mail address; the first one was taken")
        cells.remark("emails", "more_mails", reason, "; ".join(emails), emails[0])
    return emails[0] if emails else ""


def _distinct(phones: list[list[str]]) -> list[list[str]]:
    """Each number once, also when it is written in two ways."""
    return list({phone[1] or phone[0]: phone for phone in reversed(phones)}.values())[::-1]
