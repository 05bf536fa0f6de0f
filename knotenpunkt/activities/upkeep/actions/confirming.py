"""Somebody says that entries are still true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from knotenpunkt.activities.upkeep.models import Inquiry, Notice, Part, Stage, Tally, Way
from knotenpunkt.activities.upkeep.queries.entries import (
    Record,
    contacts_of,
    offers_of,
    organisation_of,
)
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.registers.offers.actions import save_offer
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.actions import confirm
from knotenpunkt.registers.partners.models import Contact, Organisation


@transaction.atomic
def confirm_all(*, actor: Actor, organisations: Sequence[Organisation], way: Way) -> bool:
    """Everything of these is true: they, their people and offers. False: it was said today."""
    today = timezone.localdate()
    said = [one for one in organisations if _confirm_organisation(actor, one, today)]
    offers = [one for one in offers_of(list(organisations)) if _confirm_offer(actor, one, today)]
    people = {one.person_id: one.person for one in contacts_of(list(organisations)) if one.person}
    for person in people.values():
        if person is not None and person.confirmed_on != today:
            confirm(actor=actor, partner=person, on=today)
    closed = [_close(actor, one, Stage.ANSWERED) for one in organisations]
    for _one in said:
        _count(way, today)
    return bool(said or offers or any(closed))


@transaction.atomic
def confirm_one(*, actor: Actor, entry: Record) -> None:
    """One entry was looked at and changed: it is true as of today."""
    today = timezone.localdate()
    if isinstance(entry, Organisation):
        confirm(actor=actor, partner=entry, on=today)
    elif isinstance(entry, Offer):
        _confirm_offer(actor, entry, today)
    elif entry.person is not None:
        confirm(actor=actor, partner=entry.person, on=today)
    record(
        actor=actor, deed="upkeep.confirm_one", on=organisation_of(entry),
        title=organisation_of(entry).name,
    )  # fmt: skip


def end_inquiry(actor: Actor, contact: Contact) -> None:
    """Whoever was asked is no longer the right one: the next night asks anew."""
    for inquiry in Inquiry.objects.filter(contact=contact, closed_at=None):
        close_inquiry(actor, inquiry, Stage.ENDED)


def close_inquiry(actor: Actor, inquiry: Inquiry, stage: Stage) -> None:
    """Nothing is waited for any more."""
    for part in inquiry.parts.filter(is_open=True):
        part.is_open = False
        part.save(update_fields=["is_open"])
    inquiry.stage, inquiry.closed_at = stage, timezone.now()
    inquiry.save(update_fields=["stage", "closed_at"])
    record(actor=actor, deed="upkeep.close", on=inquiry, title="", changes={"stage": ["", stage]})


def _confirm_organisation(actor: Actor, organisation: Organisation, today: date) -> bool:
    if organisation.confirmed_on == today:
        return False
    confirm(actor=actor, partner=organisation, on=today)
    record(actor=actor, deed="upkeep.confirm", on=organisation, title=organisation.name)
    return True


def _confirm_offer(actor: Actor, offer: Offer, today: date) -> bool:
    Notice.objects.filter(offer=offer).delete()
    if offer.checked_on == today and not offer.silence:
        return False
    save_offer(actor=actor, offer=offer, deed="offers.confirm", checked_on=today, silence="")
    return True


def _close(actor: Actor, organisation: Organisation, stage: Stage) -> bool:
    """Close what asks about this organisation, once all of it is answered."""
    part = Part.objects.select_related("inquiry").filter(
        organisation=organisation, is_open=True
    ).first()  # fmt: skip
    if part is None:
        return False
    part.is_open = False
    part.save(update_fields=["is_open"])
    if not part.inquiry.parts.filter(is_open=True).exists():
        close_inquiry(actor, part.inquiry, stage)
    return True


def _count(way: Way, today: date) -> None:
    row, _is_new = Tally.objects.get_or_create(month=today.replace(day=1), way=way)
    row.count = F("count") + 1  # somebody else may count at the same moment
    row.save(update_fields=["count"])
