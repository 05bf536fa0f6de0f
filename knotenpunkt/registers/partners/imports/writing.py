"""From drafts to partners, through the same actions that pages use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.areas.models import Place, Region
from knotenpunkt.registers.partners.actions import (
    PhoneDraft,
    save_contact,
    save_organisation,
    save_person,
    save_profession,
    set_regions,
    set_tags,
)
from knotenpunkt.registers.partners.imports import keys
from knotenpunkt.registers.partners.imports.drafts.shapes import ContactDraft, RowDraft, Values
from knotenpunkt.registers.partners.imports.fields import OF_PEOPLE, VOCABULARY
from knotenpunkt.registers.partners.imports.kinds import kind_of
from knotenpunkt.registers.partners.imports.known import (
    KnownOrganisations,
    KnownPeople,
    KnownWords,
)
from knotenpunkt.registers.partners.imports.sealing import ContactLinks
from knotenpunkt.registers.partners.imports.states import (
    PERSON,
    PLACE,
    contact_state,
    organisation_state,
    part,
    prefixed,
    rest,
)
from knotenpunkt.registers.partners.models import (
    Audience,
    Contact,
    Level,
    Organisation,
    PartnerKind,
    WayForm,
)
from knotenpunkt.tools.imports.columns import Mapping
from knotenpunkt.tools.imports.linkbook import LinkBook
from knotenpunkt.tools.imports.merging import merge
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.remarks import Remark
from knotenpunkt.tools.imports.report import Outcome
from knotenpunkt.tools.imports.trail import Trail

ORGANISATION, CONTACT = "organisation", "contact"
NEW = ""


@dataclass(slots=True)
class Written:
    """What became of one row."""

    outcome: Outcome
    record: UUID
    remarks: list[Remark] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """One row on its way, with what it is found again by.

    `decision`: the id of the organisation that somebody said it is, `NEW`, or None.
    """

    row: RowDraft
    identity: str
    key: str
    mapping: Mapping
    decision: str | None = None


class Writer:
    """Writes the rows of one file; knows what the source has brought before."""

    def __init__(self, *, actor: Actor, run: Run, trail: Trail) -> None:
        self.actor, self.trail = actor, trail
        self.links = LinkBook(actor=actor, run=run, kind=ORGANISATION, steps=trail.steps)
        self.contacts = ContactLinks(
            LinkBook(actor=actor, run=run, kind=CONTACT, steps=trail.steps)
        )
        self.known, self.people = KnownOrganisations(), KnownPeople()
        self.words = KnownWords(actor)
        self._met: dict[str, tuple[Organisation, bool]] = {}
        self._met_contacts: dict[str, tuple[Contact, bool]] = {}

    def write(self, asked: Asked) -> Written:
        """Create or update everything that a row tells."""
        remarks: list[Remark] = []
        met = self._met.get(asked.key)
        if met is None:
            organisation, is_new, changed = self._organisation(asked, remarks)
            self._met[asked.key] = organisation, changed
        else:
            organisation, is_new, changed = met[0], False, met[1] and asked.row.adds
        changed |= self._words(organisation, asked.row, remarks)
        told = [self._once(asked, organisation, one, remarks) for one in asked.row.contacts]
        fresh = [contact for contact, was_new, _also in told if was_new]
        changed |= any(was_new or also for _contact, was_new, also in told)
        people = [contact.person_id for contact in fresh if contact.person_id]
        all_new = bool(told) and len(people) == len(told) and met is not None
        if is_new or all_new:
            outcome = Outcome.CREATED
        else:
            outcome = Outcome.UPDATED if changed else self.trail.earlier_outcome(organisation)
        return Written(outcome, organisation.pk, remarks, people)

    def flush(self) -> None:
        """Write the links that were collected."""
        self.links.flush()
        self.contacts.flush()
        self.trail.flush()

    def _organisation(self, asked: Asked, remarks: list[Remark]) -> tuple[Organisation, bool, bool]:
        """The organisation, whether it is new, whether the row changed it."""
        row = asked.row
        body = self._body(row.body, remarks) if row.body else None
        link = self.links.find(asked.identity, asked.key)
        record = self.known.by_id.get(link.object_id) if link else None
        record = record or self._decided(asked)
        incoming = self._incoming(row, body)
        is_new = record is None
        if record is None:
            record = self._create(row, incoming, body)
            values, changed = incoming, True
        else:
            values, changed = self._update(record, incoming, link.values if link else {}, remarks)
        link = link or self.links.add(record.pk, asked.identity, asked.key)
        original = _without_people(row, asked.mapping)
        if (link.object_id, link.values, link.original) != (record.pk, values, original):
            link.object_id, link.values, link.original = record.pk, values, original
            self.links.change(link)
        self.links.met(link, asked.identity, asked.key)
        return record, is_new, changed

    def _decided(self, asked: Asked) -> Organisation | None:
        if asked.decision == NEW:
            return None
        if asked.decision:
            return self.known.by_id.get(UUID(asked.decision))
        return self.known.like(asked.row)

    def _incoming(self, row: RowDraft, body: Organisation | None) -> Values:
        told = dict(row.organisation)
        del told["level"]
        if told["kind"] == PartnerKind.OTHER:
            del told["kind"]
        if _single_person(row):
            del told["internal_note"]  # it is about the person, and kept there
        told["body"] = str(body.pk) if body else ""
        return told | prefixed(PLACE, row.place)

    def _body(self, name: str, remarks: list[Remark]) -> Organisation:
        found = self.known.body(name)
        if found is not None:
            return found
        reason = _("was not known and was created with its name only")
        label = str(VOCABULARY.fields["body"].label)
        remarks.append(Remark("unknown_body", reason, name, name, label))
        made = save_organisation(
            actor=self.actor, level=Level.BODY.value, name=name, kind=kind_of(name).value
        )
        self.trail.created(made)
        self.known.add(made)
        return made

    def _create(self, row: RowDraft, incoming: Values, body: Organisation | None) -> Organisation:
        told = _plain(rest(incoming, PLACE, "body"))
        made = save_organisation(
            actor=self.actor,
            level=row.organisation["level"],
            body=body,
            place=self._new_place(part(PLACE, incoming)),
            **told,
        )
        self.trail.created(made)
        self.known.add(made)
        return made

    def _new_place(self, values: Values) -> Place | None:
        if not any(values.values()):
            return None
        place = save_place(actor=self.actor, **values)
        self.trail.created(place)
        return place

    def _update(
        self, record: Organisation, incoming: Values, imported: Values, remarks: list[Remark]
    ) -> tuple[Values, bool]:
        current = organisation_state(record)
        if record.kind == PartnerKind.OTHER and "kind" not in imported:
            current["kind"] = ""
        if incoming.get("body") == "" or record.level == Level.BODY:
            incoming = rest(incoming, "body")
        found = merge(incoming=incoming, imported=imported, current=current)
        if imported:
            remarks += _kept(found.kept, incoming, current)
        if found.write:
            self._write(record, found.write)
        return found.values, bool(found.write)

    def _write(self, record: Organisation, write: Values) -> None:
        self.trail.changing(record)
        told = _plain(rest(write, PLACE, "body"))
        if "body" in write:
            told["body"] = self.known.by_id[UUID(write["body"])]
        place = part(PLACE, write)
        if place and record.place is not None:
            self.trail.changing(record.place)
            save_place(actor=self.actor, place=record.place, **place)
        elif place:
            told["place"] = self._new_place(place)
        save_organisation(actor=self.actor, organisation=record, **told)

    def _words(self, record: Organisation, row: RowDraft, remarks: list[Remark]) -> bool:
        """Tags and regions are added; what somebody put there stays."""
        changed = False
        has = {link.tag.name for link in record.tag_links.select_related("tag")} if row.tags else ()
        if set(row.tags) - set(has):
            self.trail.changing(record)
            set_tags(actor=self.actor, partner=record, names={*has, *row.tags})
            changed = True
        wanted = self._regions(record, row, remarks)
        there = [link.region for link in record.region_links.select_related("region")]
        if {one.pk for one in wanted} - {one.pk for one in there}:
            self.trail.changing(record)
            union = {one.pk: one for one in (*there, *wanted)}
            set_regions(actor=self.actor, organisation=record, regions=list(union.values()))
            changed = True
        return changed

    def _regions(self, record: Organisation, row: RowDraft, remarks: list[Remark]) -> list[Region]:
        found, label = [], str(VOCABULARY.fields["regions"].label)
        for name in row.regions:
            region = self.words.region(name)
            if region is not None:
                found.append(region)
                continue
            reason = _("is no region of the network and was not taken")
            remarks.append(Remark("unknown_region", reason, name, field=label))
        if found or record.place is None:
            return found
        return self.words.regions_at(record.place.postal_code, record.place.area_key)

    def _once(
        self, asked: Asked, organisation: Organisation, told: ContactDraft, remarks: list[Remark]
    ) -> tuple[Contact, bool, bool]:
        """The same, of somebody whom a row before this one may have brought with all of it."""
        key = keys.contact_key(asked.key, told)
        if key in self._met_contacts:
            contact, changed = self._met_contacts[key]
            return contact, False, changed and told.adds
        contact, is_new, changed = self._contact(asked, organisation, told, remarks)
        self._met_contacts[key] = contact, changed
        return contact, is_new, changed

    def _contact(
        self, asked: Asked, organisation: Organisation, told: ContactDraft, remarks: list[Remark]
    ) -> tuple[Contact, bool, bool]:
        """Somebody at the organisation, whether the role is new, whether the row changed it."""
        key = keys.contact_key(asked.key, told)
        link = self.contacts.book.find("", key)
        contact = self.people.by_id.get(link.object_id) if link else None
        contact = contact or self.people.role(organisation, told)
        incoming = self._contact_values(asked.row, told, contact)
        is_new = contact is None
        if contact is None:
            contact = self._new_contact(organisation, told, incoming)
            values, changed = incoming, True
        else:
            imported = dict(self.contacts.values(link)) if link else {}
            values, changed = self._changed_contact(contact, incoming, imported, remarks)
        if told.has_left:
            self._leave(contact)
        link = link or self.contacts.book.add(contact.pk, "", key)
        link.object_id = contact.pk
        self.contacts.keep(link, contact.person_id, values, _of_people(asked.row, asked.mapping))
        self.contacts.book.met(link, "", key)
        return contact, is_new, changed

    def _contact_values(self, row: RowDraft, told: ContactDraft, contact: Contact | None) -> Values:
        values: Values = {
            "function": told.function,
            "email": told.email,
            "phones": told.phones,
            "since": told.since or "",
        }
        if told.has_left:
            known = contact.until.isoformat() if contact and contact.until else None
            values["until"] = told.left_on or known or timezone.localdate().isoformat()
        if told.person is not None:
            note = row.organisation["internal_note"] if _single_person(row) else ""
            person = told.person | {"internal_note": note}
            person["profession"] = self._profession(told.profession)
            values |= prefixed(PERSON, person)
        return values

    def _profession(self, name: str) -> str:
        if not name:
            return ""
        found = self.words.professions.get(fold(name))
        if found is None:
            found = save_profession(actor=self.actor, name=name)
            self.words.professions[fold(name)] = found
        return str(found.pk)

    def _new_contact(
        self, organisation: Organisation, told: ContactDraft, incoming: Values
    ) -> Contact:
        person = self.people.person(told)
        if person is None and told.person is not None:
            person = save_person(actor=self.actor, **self._of_person(part(PERSON, incoming)))
            self.trail.created(person)
        audience = Audience.INTERNAL if person else Audience.PROFESSIONALS
        contact = save_contact(
            actor=self.actor,
            organisation=organisation,
            person=person,
            name=told.name[:200],
            name_audience=audience,
            email_audience=audience,
            phones=[_phone(one, audience) for one in told.phones],
            **_plain(rest(incoming, PERSON, "phones")),
        )
        self.trail.created(contact)
        self.people.add(contact)
        return contact

    def _of_person(self, values: Values) -> Values:
        told = dict(values)
        if "profession" in told:
            by_id = {str(one.pk): one for one in self.words.professions.values()}
            told["profession"] = by_id.get(told["profession"])
        return told

    def _changed_contact(
        self, contact: Contact, incoming: Values, imported: Values, remarks: list[Remark]
    ) -> tuple[Values, bool]:
        current = contact_state(contact)
        if contact.person is None:
            incoming = rest(incoming, PERSON)
        told = incoming if imported else _telling(incoming)
        found = merge(incoming=told, imported=imported, current=current)
        if imported:
            remarks += _kept(found.kept, told, current)
        if found.write:
            self._write_contact(contact, found.write)
        return found.values, bool(found.write)

    def _write_contact(self, contact: Contact, write: Values) -> None:
        self.trail.changing(contact)
        person, told = part(PERSON, write), _plain(rest(write, PERSON, "phones"))
        if person and contact.person is not None:
            self.trail.changing(contact.person)
            save_person(actor=self.actor, person=contact.person, **self._of_person(person))
            told["name"] = contact.person.full_name[:200]
        audience = Audience.INTERNAL if contact.person_id else Audience.PROFESSIONALS
        known = {one.dialled or one.shown for one in contact.phones.all()}
        phones = [
            _phone(one, None if (one[2] or one[1]) in known else audience)
            for one in write.get("phones", ())
        ]
        save_contact(
            actor=self.actor,
            organisation=contact.organisation,
            contact=contact,
            phones=phones if "phones" in write else None,
            **told,
        )

    def _leave(self, contact: Contact) -> None:
        """Who leaves their only role leaves the network."""
        person = contact.person
        if person is None or person.left_on or self.people.has_other_role(contact):
            return
        self.trail.changing(person)
        save_person(actor=self.actor, person=person, left_on=contact.until)


def _single_person(row: RowDraft) -> bool:
    return sum(one.person is not None for one in row.contacts) == 1


def _telling(values: Values) -> Values:
    """Of somebody who was there before, what a list leaves open says nothing."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _plain(values: Values) -> dict[str, Any]:
    """Days as the register takes them."""
    told = dict(values)
    for name in {"confirmed_on", "since", "until"} & told.keys():
        told[name] = date.fromisoformat(told[name]) if told[name] else None
    return told


def _phone(told: list[str], audience: Audience | None) -> PhoneDraft:
    form, shown, dialled, note = told
    return PhoneDraft(shown, dialled, note, form=WayForm(form), audience=audience)


_FIELD_OF = {
    "phones": "phones", "email": "emails", "function": "contact_function", "until": "left_on",
    "person.salutation": "salutation", "person.title": "person_title",
    "person.given_name": "given_name", "person.family_name": "family_name",
    "person.internal_note": "note", "person.profession": "profession", "internal_note": "note",
    "place.street": "street", "place.postal_code": "postal_code", "place.town": "town",
}  # fmt: skip


def _kept(names: tuple[str, ...], incoming: Values, current: Values) -> list[Remark]:
    """One remark for each field that a person changed and the file wants otherwise."""
    reason = _("was changed by hand and stays")
    found = []
    for name in names:
        known = VOCABULARY.fields.get(_FIELD_OF.get(name, name))
        label = str(known.label) if known else name
        pair = (_shown(incoming[name]), _shown(current.get(name)))
        found.append(Remark("changed_by_hand", reason, *pair, field=label))
    return found


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one[1]) if isinstance(one, list) else str(one) for one in value)
    return "" if value is None else str(value)


def _without_people(row: RowDraft, mapping: Mapping) -> Values:
    """The row as it came, but for what is about its people."""
    own = _columns_of_people(row, mapping)
    return {name: cell for name, cell in row.original.items() if name not in own}


def _of_people(row: RowDraft, mapping: Mapping) -> Values:
    own = _columns_of_people(row, mapping)
    return {name: row.original[name] for name in own if name in row.original}


def _columns_of_people(row: RowDraft, mapping: Mapping) -> set[str]:
    if not any(one.person is not None for one in row.contacts):
        return set()
    keys_of_people = OF_PEOPLE | ({"note"} if _single_person(row) else set())
    known = {
        name for key, names in mapping.columns.items() if key in keys_of_people for name in names
    }
    # What was not recognised may tell of them, too.
    return known | set(mapping.unknown)
