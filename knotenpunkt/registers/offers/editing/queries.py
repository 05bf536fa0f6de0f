"""Reads of what happened to an offer."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.rules import may_edit
from knotenpunkt.registers.partners.models import Contact, Organisation


def entries(actor: Actor, offer: Offer) -> QuerySet[Entry]:
    """What happened to an offer, the last first; for those who may change it."""
    if not may_edit(actor, offer):
        raise PermissionDenied
    return _entries(offer)


def latest_entries(actor: Actor, offer: Offer, *, limit: int) -> list[Entry]:
    """The last deeds on an offer."""
    return list(entries(actor, offer)[:limit])


def get_entry(actor: Actor, offer: Offer, entry_id: UUID) -> Entry:
    """One deed on an offer; Entry.DoesNotExist when it belongs to something else."""
    return entries(actor, offer).get(pk=entry_id)


def entries_since(actor: Actor, offer: Offer, entry: Entry) -> list[Entry]:
    """What happened after a deed, the last first."""
    later = entries(actor, offer).filter(Q(at__gt=entry.at)).exclude(pk=entry.pk)
    return list(later)


def last_entry(offer: Offer) -> Entry | None:
    """The last deed on an offer, to take it back at once."""
    found: Entry | None = _entries(offer).first()
    return found


def contacts_by_id(ids: Iterable[str]) -> dict[str, Contact]:
    """Those of these contacts that are still there."""
    rows = Contact.objects.filter(pk__in=list(ids)).select_related("organisation")
    return {str(row.pk): row for row in rows}


def organisations_by_id(ids: Iterable[str]) -> dict[str, Organisation]:
    """Those of these organisations that are still there."""
    return {str(row.pk): row for row in Organisation.objects.filter(pk__in=list(ids))}


def _entries(offer: Offer) -> QuerySet[Entry]:
    rows: QuerySet[Entry] = Entry.objects.filter(kind=Offer._meta.label, object_id=offer.pk)
    return rows
