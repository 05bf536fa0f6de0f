"""Sheets that list organisations beside a sheet of offers that refers to them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.imports import keys, words
from knotenpunkt.registers.offers.imports.cells import Cells
from knotenpunkt.registers.offers.imports.drafts.contacts import contact_values
from knotenpunkt.registers.offers.imports.drafts.places import place_values
from knotenpunkt.registers.offers.imports.drafts.rows import (
    body_of,
    external_id,
    no_title,
    refuse_total,
)
from knotenpunkt.registers.offers.imports.drafts.shapes import (
    LONGEST_DESCRIPTION,
    BodyDraft,
    Rejected,
    Sheet,
    Values,
)
from knotenpunkt.registers.offers.imports.places import changed_place
from knotenpunkt.registers.offers.imports.providers import Providers
from knotenpunkt.registers.offers.imports.remarking import kept_by_hand
from knotenpunkt.registers.offers.imports.states import (
    contact_state,
    organisation_state,
    part,
    place_state,
    prefixed,
)
from knotenpunkt.registers.partners.actions import PhoneDraft, save_contact, save_organisation
from knotenpunkt.registers.partners.models import Contact, Level, Organisation
from knotenpunkt.tools.imports.cleaning import contacts
from knotenpunkt.tools.imports.cleaning.texts import joined
from knotenpunkt.tools.imports.columns import Mapping
from knotenpunkt.tools.imports.merging import merge
from knotenpunkt.tools.imports.names import fold
from knotenpunkt.tools.imports.remarks import Remark
from knotenpunkt.tools.imports.report import Outcome, RowReport
from knotenpunkt.tools.imports.tables import Cell, Row

_LISTS = re.compile(
    r"(?:liste der |alle |unsere )?(?:organisation(?:en|s)?|organizations?|traeger|anbieter"
    r"|einrichtung(?:en)?|institutionen|partner|providers?|facilities)"
)
_REFERENCES = {"body", "body_id", "facility", "facility_id"}
_OFFERED = re.compile(r"angebot|titel|kurs|leistung|offer|service|veranstaltung")


def is_listing(mapping: Mapping, others: list[Mapping]) -> bool:
    """Whether a sheet is called like a list of organisations and another refers to some."""
    title = " ".join(mapping.columns.get("title", ()))
    called_so = _LISTS.fullmatch(fold(mapping.table)) and not _OFFERED.search(fold(title))
    return bool(called_so) and any(
        _REFERENCES & other.columns.keys() and not _LISTS.fullmatch(fold(other.table))
        for other in others
        if other is not mapping
    )


@dataclass(slots=True)
class ListedDraft:
    """One organisation of such a sheet; with a body above it, it is a facility."""

    number: int
    sheet: str
    external_id: str
    original: dict[str, Cell]
    remarks: list[Remark]
    name: str
    kind: str
    body: BodyDraft | None
    values: Values


def listed(row: Row, sheet: Sheet) -> ListedDraft:
    """Clean one row. Raises `Rejected` when it has no name or only adds up the others."""
    cells = Cells(row, sheet.mapping)
    refuse_total(cells)
    name = cells.text("title", 300) or cells.text("facility", 300)
    body = body_of(cells, is_childcare=False) if name else None
    name = name or cells.text("body", 300)
    if not name:
        raise Rejected(no_title())
    values: Values = {
        "name": name,
        "website": cells.take("website", contacts.web),
        "description": joined(*cells.lines("description", LONGEST_DESCRIPTION)),
        **prefixed("place", place_values(cells, setting="")),
        **prefixed("contact", contact_values(cells)),
    }
    return ListedDraft(
        number=row.number,
        sheet=sheet.mapping.table,
        external_id=external_id(row, sheet),
        original=dict(row.values),
        remarks=cells.remarks,
        name=name,
        kind=words.body_kind(name, childcare=False),
        body=body,
        values=values,
    )


class Listing:
    """Writes listed organisations, so that the offers of the file find them."""

    def __init__(self, *, actor: Actor, providers: Providers) -> None:
        self.actor, self.providers, self.trail = actor, providers, providers.trail

    def write(self, row: ListedDraft, identity: str) -> RowReport:
        """Create or update one organisation."""
        remarks = list(row.remarks)
        body = self.providers.body(row.body, remarks, expected=True)[0] if row.body else None
        level = Level.FACILITY if body else Level.BODY
        links = self.providers.facility_links if body else self.providers.body_links
        key = keys.listed_key(row.name, body.name) if body else keys.body_key(row.name)
        link = links.find(identity, key)
        record = self.providers.linked(link) if link else None
        record = record or (None if body else self.providers.named(row.name))
        values = row.values | ({"body": str(body.pk)} if body else {})
        outcome = Outcome.CREATED
        if record is None:
            record = self._create(row, level, body)
            link = link or links.add(record.pk, identity, key)
            link.values = values
        else:
            link = link or links.add(record.pk, identity, key)
            current = _state(record)
            found = merge(incoming=values, imported=link.values, current=current)
            remarks += kept_by_hand(found.kept, values, current)
            self._change(record, found.write, body, part("place", values))
            link.values = found.values
            outcome = Outcome.UPDATED if found.write else Outcome.UNCHANGED
        link.object_id, link.original = record.pk, row.original
        links.change(link)
        links.met(link, identity, key)
        self.providers.remember(record, row.external_id, row.name)
        return RowReport(row.number, row.sheet, row.name, outcome, tuple(remarks))

    def _create(self, row: ListedDraft, level: Level, body: Organisation | None) -> Organisation:
        told = part("place", row.values)
        place = save_place(actor=self.actor, **told) if told else None
        record = save_organisation(
            actor=self.actor,
            level=level.value,
            body=body,
            kind=row.kind,
            is_public=self.providers.is_public,
            place=place,
            **_own(row.values),
        )
        for made in filter(None, (record, place)):
            self.trail.created(made)
        self._save_contact(record, None, part("contact", row.values))
        return record

    def _change(
        self, record: Organisation, write: Values, body: Organisation | None, place: Values
    ) -> None:
        if not write:
            return
        self.trail.changing(record)
        own, told = _own(write), part("place", write)
        if "body" in write:
            own["body"] = body
        if told:
            own["place"] = self._saved_place(record.place, told, place)
        save_organisation(actor=self.actor, organisation=record, **own)
        self._save_contact(record, _first_contact(record), part("contact", write))

    def _saved_place(self, place: Place | None, told: Values, whole: Values) -> Place:
        if place is None:
            made = save_place(actor=self.actor, **told)
            self.trail.created(made)
            return made
        self.trail.changing(place)
        return save_place(actor=self.actor, place=place, **changed_place(place, told, whole))

    def _save_contact(self, record: Organisation, contact: Contact | None, told: Values) -> None:
        if not told:
            return
        plain = {name: value for name, value in told.items() if name != "phones"}
        phones = [PhoneDraft(*phone) for phone in told["phones"]] if "phones" in told else None
        if contact is None:
            plain["is_public"] = self.providers.is_public
        else:
            self.trail.changing(contact)
        saved = save_contact(
            actor=self.actor, organisation=record, contact=contact, phones=phones, **plain
        )
        if contact is None:
            self.trail.created(saved)


def _own(values: Values) -> Values:
    return {name: values[name] for name in ("name", "website", "description") if name in values}


def _first_contact(record: Organisation) -> Contact | None:
    return record.contacts.prefetch_related("phones").first()


def _state(record: Organisation) -> Values:
    return (
        organisation_state(record)
        | prefixed("place", place_state(record.place))
        | prefixed("contact", contact_state(_first_contact(record)))
    )
