"""From drafts to offers, through the same actions that pages use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.languages import EASY_GERMAN
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.actions import Belongings, save_offer
from knotenpunkt.registers.offers.imports.drafts.shapes import RowDraft, Sheet, Values
from knotenpunkt.registers.offers.imports.own import OwnRows
from knotenpunkt.registers.offers.imports.places import changed_place
from knotenpunkt.registers.offers.imports.providers import Providers
from knotenpunkt.registers.offers.imports.remarking import kept_by_hand
from knotenpunkt.registers.offers.imports.slots import time_draft
from knotenpunkt.registers.offers.imports.states import (
    PLAIN_FIELDS,
    contact_of,
    load_offers,
    offer_state,
    part,
    place_of,
    prefixed,
)
from knotenpunkt.registers.offers.imports.topics import TopicIndex
from knotenpunkt.registers.offers.models import Offer, Status, TextOrigin, TextState, Topic
from knotenpunkt.registers.offers.translating.actions.keeping import with_texts
from knotenpunkt.registers.offers.translating.drafts import TextDraft, text_draft
from knotenpunkt.registers.partners.actions import (
    PhoneDraft,
    save_contact,
    save_organisation,
    show,
)
from knotenpunkt.registers.partners.models import Contact, Level, Organisation
from knotenpunkt.tools.imports.linkbook import LinkBook
from knotenpunkt.tools.imports.merging import merge
from knotenpunkt.tools.imports.models import Link, Run
from knotenpunkt.tools.imports.remarks import Remark
from knotenpunkt.tools.imports.report import Outcome
from knotenpunkt.tools.imports.trail import Trail

OFFER = "offer"


@dataclass(slots=True)
class Written:
    """What became of one row."""

    outcome: Outcome
    record: UUID
    remarks: list[Remark] = field(default_factory=list)


class Writer:
    """Writes the rows of one file; knows what the source has brought before."""

    def __init__(
        self, *, actor: Actor, run: Run, topics: TopicIndex, as_draft: bool, trail: Trail
    ) -> None:
        self.actor, self.topics, self.trail = actor, topics, trail
        self.new_status = Status.DRAFT if as_draft else Status.PUBLISHED
        self.links = LinkBook(actor=actor, run=run, kind=OFFER, steps=trail.steps)
        self.offers = load_offers(link.object_id for link in self.links.all)
        self.own = OwnRows()
        self.providers = Providers(actor=actor, run=run, is_public=not as_draft, trail=trail)

    def recognise(
        self, told: Sequence[tuple[RowDraft, str, str]], sheets: Mapping[str, Sheet]
    ) -> None:
        """Rows (with id and key) that were saved as a file here lead to their offers."""
        self.own.add(((identity, row) for row, identity, _key in told), sheets)
        ours = {str(pk): offer for pk, offer in self.own.offers.items()}
        for row, identity, key in told:
            offer = ours.get(identity)
            if offer is None or self.links.find(identity, key) is not None:
                continue
            self.offers[offer.pk] = offer
            self.links.adopt(offer.pk, identity, key, {})
            self.providers.recognise(row, offer.provider, identity, key)

    def write(self, row: RowDraft, external_id: str, key: str) -> Written:
        """Create or update everything that a row tells."""
        remarks: list[Remark] = []
        link = self.links.find(external_id, key)
        offer = self.offers.get(link.object_id) if link else None
        provider, changed = self.providers.of(
            row, external_id=external_id, key=key, offer=offer, remarks=remarks
        )
        if link is None or offer is None:
            offer, values = self._create(row, provider)
            link = link or self.links.add(offer.pk, external_id, key)
            link.object_id, link.values, link.original = offer.pk, values, row.original
            self.links.change(link)
            outcome = Outcome.CREATED
        else:
            changed |= self._update(row, offer, provider, link, remarks)
            outcome = Outcome.UPDATED if changed else self.trail.earlier_outcome(offer)
        self.links.met(link, external_id, key)
        return Written(outcome, offer.pk, remarks)

    def foretold(
        self, row: RowDraft, external_id: str, key: str
    ) -> tuple[Offer, list[Topic]] | None:
        """The offer as the row alone tells it, unsaved; None when it will not be published."""
        link = self.links.find(external_id, key)
        status = self._status(row, link) if link else self._new_status(row)
        if status != Status.PUBLISHED:
            return None
        said = {name: row.offer[name] for name in ("title", "sort", "summary", "description")}
        offer = Offer(**said, **({"pk": link.object_id} if link else {}))
        return offer, self.topics.in_order(row.offer["topics"])

    def flush(self) -> None:
        """Write the links that were collected."""
        self.links.flush()
        self.providers.flush()
        self.trail.flush()

    def _create(self, row: RowDraft, provider: Organisation) -> tuple[Offer, Values]:
        status = self._new_status(row)
        is_public = status == Status.PUBLISHED
        values = _incoming(row, provider, status)
        offer = save_offer(
            actor=self.actor,
            provider=provider,
            belongings=self._belongings(
                values,
                place=self._new_place(row.place, provider),
                contact=self._saved_contact(None, provider, row.contact, is_public=is_public),
                offer=None,
            ),
            **_plain(values),
        )
        self.trail.created(offer)
        if is_public and not provider.is_public:
            self._show(provider)
        return offer, values

    def _show(self, provider: Organisation) -> None:
        for one in provider.lineage:
            self.trail.changing(one)
        show(actor=self.actor, organisations=provider.lineage)

    def _update(
        self, row: RowDraft, offer: Offer, provider: Organisation, link: Link, remarks: list[Remark]
    ) -> bool:
        incoming = _incoming(row, provider, self._status(row, link))
        current, imported = offer_state(offer), link.values
        if offer.pk in self.own.offers:
            incoming = self.own.news(offer, incoming)
            imported = self.own.basis(offer, incoming, current)
        found = merge(incoming=incoming, imported=imported, current=current)
        told, now = {"provider": provider.full_name}, {"provider": offer.provider.full_name}
        remarks.extend(kept_by_hand(found.kept, incoming | told, current | now))
        if found.write:
            self._write_changes(offer, provider, found.write, row.place)
        if found.values != link.values or row.original != link.original:
            link.values, link.original = found.values, row.original
            self.links.change(link)
        return bool(found.write)

    def _status(self, row: RowDraft, link: Link) -> str:
        """What an import gave before stays; what it withdrew comes back with the row."""
        before = str(link.values.get("status", ""))
        if before == Status.WITHDRAWN:
            return self._new_status(row)
        return before

    def _new_status(self, row: RowDraft) -> str:
        return (self.new_status if row.is_active else Status.DRAFT).value

    def _write_changes(
        self, offer: Offer, provider: Organisation, write: Values, told: Values
    ) -> None:
        self.trail.changing(offer)
        new_place = self._changed_place(offer, provider, part("place", write), told)
        new_contact = self._changed_contact(offer, provider, part("contact", write))
        save_offer(
            actor=self.actor,
            offer=offer,
            belongings=self._belongings(write, place=new_place, contact=new_contact, offer=offer),
            **_plain(write) | ({"provider": provider} if "provider" in write else {}),
        )
        if offer.is_published:
            self._show(offer.provider)

    def _belongings(
        self,
        values: Mapping[str, Any],
        *,
        place: Place | None,
        contact: Contact | None,
        offer: Offer | None,
    ) -> Belongings:
        """What hangs on an offer; of a new one nothing empty needs to be written."""
        is_new = offer is None
        topics = self.topics.rows(values["topics"]) if "topics" in values else None
        times = [time_draft(slot) for slot in values["times"]] if "times" in values else None
        texts = _texts(offer, values["easy_text"]) if "easy_text" in values else None
        return Belongings(
            topics=(topics or None) if is_new else topics,
            times=(times or None) if is_new else times,
            texts=(texts or None) if is_new else texts,
            places=[place] if place is not None else None,
            contacts=[contact] if contact is not None else None,
        )

    def _new_place(self, values: Values, provider: Organisation) -> Place | None:
        """A place of its own, or the one that the facility already has."""
        if not values:
            return None
        is_facility = provider.level == Level.FACILITY
        if is_facility and provider.place is not None:
            return provider.place
        place = save_place(actor=self.actor, **values)
        self.trail.created(place)
        if is_facility:
            self.trail.changing(provider)
            save_organisation(actor=self.actor, organisation=provider, place=place)
        return place

    def _changed_place(
        self, offer: Offer, provider: Organisation, write: Values, told: Values
    ) -> Place | None:
        """The place to be linked when the offer had none; a known place is changed in itself."""
        place = place_of(offer)
        if not write or place is None:
            return self._new_place(write, provider)
        self.trail.changing(place)
        save_place(actor=self.actor, place=place, **changed_place(place, write, told))
        return None

    def _saved_contact(
        self, contact: Contact | None, provider: Organisation, values: Values, *, is_public: bool
    ) -> Contact | None:
        if not values:
            return None
        plain = {name: value for name, value in values.items() if name != "phones"}
        phones = [PhoneDraft(*phone) for phone in values["phones"]] if "phones" in values else None
        if contact is None:
            plain["is_public"] = is_public
        else:
            self.trail.changing(contact)
        saved = save_contact(
            actor=self.actor, organisation=provider, contact=contact, phones=phones, **plain
        )
        if contact is None:
            self.trail.created(saved)
        return saved

    def _changed_contact(
        self, offer: Offer, provider: Organisation, write: Values
    ) -> Contact | None:
        """The contact to be linked when the offer had none."""
        contact = contact_of(offer)
        saved = self._saved_contact(contact, provider, write, is_public=offer.is_published)
        return saved if contact is None else None


def _incoming(row: RowDraft, provider: Organisation, status: str) -> Values:
    """Everything a row says about its offer, its place and its contact, as one flat record."""
    return (
        row.offer
        | {"provider": str(provider.pk), "status": status}
        | prefixed("place", row.place)
        | prefixed("contact", row.contact)
    )


def _plain(values: Values) -> Values:
    """The columns of an offer among the values."""
    plain = {name: values[name] for name in PLAIN_FIELDS if name in values}
    if "checked_on" in values:
        told = values["checked_on"]
        plain["checked_on"] = date.fromisoformat(told) if told else None
    return plain


def _texts(offer: Offer | None, easy: str) -> list[TextDraft]:
    """The texts of an offer with this one in Leichte Sprache; those in other languages stay."""
    rows = offer.texts.all() if offer else ()
    before = next((text_draft(row) for row in rows if row.language == EASY_GERMAN), None)
    known = before or TextDraft(EASY_GERMAN)
    draft = replace(
        known,
        description=easy,
        state=TextState.IMPORTED.value,
        origin=TextOrigin.FILE.value,
        source=None,
    )
    changed = {EASY_GERMAN: None if draft.is_empty else draft}
    return with_texts(offer, changed) if offer else [one for one in changed.values() if one]
