"""Bodies and facilities of a file: found again, shared where they are one, or created."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.offers.imports import keys
from knotenpunkt.registers.offers.imports.cells import label
from knotenpunkt.registers.offers.imports.drafts.shapes import BodyDraft, RowDraft, Values
from knotenpunkt.registers.offers.imports.remarking import kept_by_hand
from knotenpunkt.registers.offers.imports.states import load_organisations, organisation_state
from knotenpunkt.registers.offers.imports.words import german
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.actions import save_organisation
from knotenpunkt.registers.partners.models import Level, Organisation, PartnerKind
from knotenpunkt.registers.partners.queries import name_key, organisations
from knotenpunkt.tools.imports.linkbook import LinkBook
from knotenpunkt.tools.imports.merging import merge
from knotenpunkt.tools.imports.models import Link, Run
from knotenpunkt.tools.imports.remarks import Remark
from knotenpunkt.tools.imports.trail import Trail

BODY, FACILITY = "body", "facility"


class Providers:
    """The organisations behind the rows of one file."""

    def __init__(self, *, actor: Actor, run: Run, is_public: bool, trail: Trail) -> None:
        self.actor, self.is_public, self.trail = actor, is_public, trail
        self.body_links = LinkBook(actor=actor, run=run, kind=BODY, steps=trail.steps)
        self.facility_links = LinkBook(actor=actor, run=run, kind=FACILITY, steps=trail.steps)
        linked = (*self.body_links.all, *self.facility_links.all)
        self._records = load_organisations(link.object_id for link in linked)
        self._named = {row.name_key: row for row in organisations(actor).filter(level=Level.BODY)}
        # What rows before have led to: bodies by id or name, facilities that several rows name.
        self._bodies: dict[str, Organisation] = {}
        self._shared: dict[str, Organisation] = {}
        self._listed: dict[str, Organisation] = {}
        self._listed_ids: dict[str, Organisation] = {}

    def of(
        self,
        row: RowDraft,
        *,
        external_id: str,
        key: str,
        offer: Offer | None,
        remarks: list[Remark],
    ) -> tuple[Organisation, bool]:
        """Who provides the row's offer, and whether this row changed an organisation."""
        listed = None if row.owns_facility else self._listed_facility(row)
        if listed is not None:
            return listed, False
        body, changed = None, False
        if row.body is not None:
            body, changed = self.body(row.body, remarks, expected=row.owns_facility)
        if row.facility is not None:
            own_id = external_id if row.owns_facility else ""
            own_key = key if row.owns_facility else keys.facility_key(row)
            facility, also = self._facility(row, body, own_id, own_key, offer, remarks)
            return facility, changed or also
        if body is not None:
            return body, changed
        return self._not_stated(row, remarks), False

    def recognise(self, row: RowDraft, facility: Organisation, identity: str, key: str) -> None:
        """The facility of an offer that was saved as a file here is the one that the row names."""
        if facility.level != Level.FACILITY or facility.pk in self._records:
            return
        own_key = key if row.owns_facility else keys.facility_key(row)
        values = organisation_state(facility)
        self.facility_links.adopt(
            facility.pk, identity if row.owns_facility else "", own_key, values
        )
        self._records[facility.pk] = facility

    def flush(self) -> None:
        """Write the links that were collected."""
        self.body_links.flush()
        self.facility_links.flush()

    def _not_stated(self, row: RowDraft, remarks: list[Remark]) -> Organisation:
        """Every offer has a provider: one stands for those that the list leaves out."""
        reason = _("is not stated; please add who provides this")
        remarks.append(Remark("no_provider", reason, field=label("body")))
        told = BodyDraft(german(gettext_noop("Provider not stated")))
        return self.body(told, remarks, expected=True)[0]

    def _listed_facility(self, row: RowDraft) -> Organisation | None:
        """An organisation that a list of the same file told of, by id or name."""
        name = str(row.facility["name"]) if row.facility else ""
        return self._by_told_id(row.facility_id) or (
            self._listed.get(name_key(name)) if name else None
        )

    def _by_told_id(self, told_id: str) -> Organisation | None:
        return self._listed_ids.get(told_id) if told_id else None

    def remember(self, record: Organisation, external_id: str, name: str) -> None:
        """A list of organisations told of this one: rows may refer to it by id or name."""
        self._records[record.pk] = record
        self._listed.setdefault(name_key(name), record)
        if external_id:
            self._listed_ids.setdefault(external_id, record)

    def linked(self, link: Link) -> Organisation | None:
        """The organisation that a link leads to."""
        return self._records.get(link.object_id)

    def named(self, name: str) -> Organisation | None:
        """The body of that folded name."""
        return self._named.get(name_key(name))

    def body(
        self, told: BodyDraft, remarks: list[Remark], *, expected: bool
    ) -> tuple[Organisation, bool]:
        """The body of that id or folded name; the first row that names it tells about it.

        `expected`: the row is there to tell of it, so that a new one needs no warning.
        """
        listed = self._by_told_id(told.external_id) or self._listed.get(name_key(told.name))
        if listed is not None:
            return listed, False
        name_hash = keys.body_key(told.name)
        known = self._bodies.get(told.external_id or name_hash)
        if known is not None:
            return known, False
        link = self.body_links.find(told.external_id, name_hash)
        body = self._records.get(link.object_id) if link else None
        body = body or (self.named(told.name) if told.name else None)
        body = body or self._new_body(told, remarks, expected=expected)
        if link is None:
            link = self.body_links.add(body.pk, told.external_id, name_hash)
        link.object_id = body.pk
        changed = self._merge(link, self.body_links, body, _told_of(told), remarks)
        self.body_links.met(link, told.external_id, name_hash)
        self._bodies[told.external_id or name_hash] = self._bodies[name_hash] = body
        return body, changed

    def _new_body(self, told: BodyDraft, remarks: list[Remark], *, expected: bool) -> Organisation:
        name = told.name or german(gettext_noop("Provider %(id)s")) % {"id": told.external_id}
        if not expected and not told.values:
            reason = _("was not known and was created with its name only")
            original = told.name or told.external_id
            remarks.append(Remark("unknown_provider", reason, original, name, label("body")))
        body = save_organisation(
            actor=self.actor,
            level=Level.BODY.value,
            name=name,
            kind=told.kind,
            is_public=self.is_public,
            **told.values,
        )
        self.trail.created(body)
        self._records[body.pk] = self._named[body.name_key] = body
        return body

    def _facility(
        self,
        row: RowDraft,
        body: Organisation | None,
        external_id: str,
        key: str,
        offer: Offer | None,
        remarks: list[Remark],
    ) -> tuple[Organisation, bool]:
        """A row that is a facility has its own; rows that only name one may share it."""
        if not row.owns_facility and key in self._shared:
            return self._shared[key], False
        links, changed = self.facility_links, False
        link = links.find(external_id, key)
        if link is None and offer is not None:
            # The facility got another name or address: it is still the one of this offer.
            link = links.of(offer.provider_id)
        facility = self._records.get(link.object_id) if link else None
        incoming = {**(row.facility or {}), "body": str(body.pk) if body else ""}
        if facility is None:
            facility = self._new_facility(row, body)
            link = link or links.add(facility.pk, external_id, key)
            link.object_id, link.values = facility.pk, incoming
            links.change(link)
        elif link is not None:
            changed = self._merge(link, links, facility, incoming, remarks)
        if link is not None:
            links.met(link, external_id, key)
        if not row.owns_facility:
            self._shared[key] = facility
        return facility, changed

    def _new_facility(self, row: RowDraft, body: Organisation | None) -> Organisation:
        values = {"kind": PartnerKind.OTHER.value, **(row.facility or {})}
        if row.place:
            values["place"] = save_place(actor=self.actor, **row.place)
            self.trail.created(values["place"])
        facility = save_organisation(
            actor=self.actor,
            level=Level.FACILITY.value,
            body=body,
            is_public=self.is_public,
            **values,
        )
        self.trail.created(facility)
        return facility

    def _merge(
        self,
        link: Link,
        links: LinkBook,
        record: Organisation,
        incoming: Values,
        remarks: list[Remark],
    ) -> bool:
        current = organisation_state(record)
        found = merge(incoming=incoming, imported=link.values, current=current)
        names = self._body_names(incoming, current)
        remarks.extend(kept_by_hand(found.kept, incoming | names[0], current | names[1]))
        if found.write:
            body = {"body": self._by_id(found.write["body"])} if "body" in found.write else {}
            self.trail.changing(record)
            save_organisation(actor=self.actor, organisation=record, **{**found.write, **body})
        if found.values != link.values:
            link.values = found.values
            links.change(link)
        return bool(found.write)

    def _body_names(self, incoming: Values, current: Values) -> tuple[Values, Values]:
        """Names instead of ids, for the report."""
        if "body" not in incoming:
            return {}, {}
        told, now = self._by_id(incoming["body"]), self._by_id(current["body"])
        return {"body": told.name if told else ""}, {"body": now.name if now else ""}

    def _by_id(self, pk: str) -> Organisation | None:
        if not pk:
            return None
        known = self._records.get(UUID(pk))
        return known or organisations(self.actor).filter(pk=pk).first()


def _told_of(told: BodyDraft) -> Values:
    """A name is only news where an id says that it is the same body."""
    named = {"name": told.name} if told.external_id and told.name else {}
    return {**told.values, **named}
