"""How one row of a file would look as an offer, while its columns are being assigned."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.offers.imports.drafts.rows import draft
from knotenpunkt.registers.offers.imports.drafts.shapes import Rejected, RowDraft, Values
from knotenpunkt.registers.offers.imports.plans import sheet_of
from knotenpunkt.registers.offers.imports.slots import time_draft
from knotenpunkt.registers.offers.imports.topics import TopicIndex
from knotenpunkt.registers.offers.models import Costs, Registration, Schedule
from knotenpunkt.registers.offers.queries import topics as all_topics
from knotenpunkt.registers.offers.wording import repeats
from knotenpunkt.tools.imports.columns import Mapping
from knotenpunkt.tools.imports.desk.registers import Fact, Preview
from knotenpunkt.tools.imports.tables import Row, Table


def preview(table: Table, mapping: Mapping, file_name: str, place: int) -> Preview | None:
    """The row at this place, from 1; None of an empty table."""
    topics = TopicIndex(all_topics())
    total = len(table.rows)
    if not total:
        return None
    place = min(max(place, 1), total)
    row = table.rows[place - 1]
    try:
        told = draft(row, sheet_of(table, mapping, topics, Path(file_name)))
    except Rejected as reason:
        return Preview(row.number, place, total, reason=str(reason))
    return _of(told, row, place, total, topics)


def _of(told: RowDraft, row: Row, place: int, total: int, topics: TopicIndex) -> Preview:
    return Preview(
        number=row.number,
        place=place,
        total=total,
        title=told.title,
        provider=_provider(told),
        facts=_facts(told, topics),
        remarks=len(told.remarks),
    )


def _provider(told: RowDraft) -> str:
    facility = str(told.facility["name"]) if told.facility else ""
    body = told.body.name if told.body else ""
    names = [name for name in (facility, body) if name and name != told.title]
    return ", ".join(dict.fromkeys(names))


def _facts(told: RowDraft, topics: TopicIndex) -> list[Fact]:
    offer, place, contact = told.offer, told.place, told.contact
    town = _town(place.get("postal_code", ""), place.get("town", ""))
    phones = [phone[0] for phone in contact.get("phones", ())]
    facts = [
        Fact(_("Place"), _told(place.get("venue", ""), place.get("street", ""), town), True),
        Fact(_("Age"), _told(spoken.ages(offer["age_from"], offer["age_to"])), True),
        Fact(_("Times"), [*_times(offer), *_told(offer["times_note"])], True),
        Fact(_("Telephone"), phones, True),
        Fact(_("E-mail"), _told(contact.get("email", ""))),
        Fact(_("Contact"), _told(contact.get("name", ""))),
        Fact(_("Costs"), _costs(offer), True),
        Fact(_("Registration"), _registration(offer)),
        Fact(_("Topics"), [topic.name for topic in topics.rows(offer["topics"])]),
        Fact(_("Text"), _told(_short(offer["summary"] or offer["description"]))),
    ]
    return [fact for fact in facts if fact.lines or fact.expected]


def _town(code: str, town: str) -> str:
    """A postal code alone tells its town, as it will when the place is saved."""
    row = postal_codes.find(code) if code and not town else None
    return " ".join(filter(None, (code, town or (row.town if row else ""))))


def _told(*lines: str) -> list[str]:
    return [line for line in lines if line]


def _times(offer: Values) -> list[str]:
    drafts = [time_draft(slot) for slot in offer["times"]]
    rows = [
        Schedule(
            frequency=one.frequency,
            weekday=one.weekday,
            nth=one.nth,
            day=one.day,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
        )
        for one in drafts
    ]
    return [repeats(row) for row in rows[:7]]


def _costs(offer: Values) -> list[str]:
    known = offer["costs"] != Costs.UNKNOWN
    return _told(str(Costs(offer["costs"]).label) if known else "", offer["costs_note"])


def _registration(offer: Values) -> list[str]:
    known = offer["registration"] != Registration.UNKNOWN
    word = str(Registration(offer["registration"]).label) if known else ""
    return _told(word, offer["registration_note"])


def _short(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:159].rsplit(' ', 1)[0]}…"
