"""Reads of the audit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.models import Entry, Read


def latest(actor: Actor, *, limit: int) -> list[Entry]:
    """The last deeds in the network at hand; PermissionDenied for those who may not read them."""
    actor.must(Right.READ_AUDIT)
    return list(Entry.objects.all()[:limit])


def entries(actor: Actor) -> QuerySet[Entry]:
    """All deeds in the network at hand, the last first; PermissionDenied as `latest` says."""
    actor.must(Right.READ_AUDIT)
    rows: QuerySet[Entry] = Entry.objects.all()
    return rows


def reads(actor: Actor) -> QuerySet[Read]:
    """Who opened what only few may read, the last first; PermissionDenied as `latest` says."""
    actor.must(Right.READ_AUDIT)
    rows: QuerySet[Read] = Read.objects.all()
    return rows


def doers(actor: Actor) -> list[tuple[UUID, str]]:
    """The people who did or opened something, by name as it was last."""
    found: dict[UUID, str] = {}
    for rows in (entries(actor), reads(actor)):
        people = rows.exclude(actor_id=None).order_by().values_list("actor_id")
        found |= dict(people.annotate(name=Max("actor_label")))
    return sorted(found.items(), key=lambda one: one[1])


def own_deeds(actor: Actor, *, since: datetime, limit: int) -> list[Entry]:
    """What this person did, the last first. Everyone may look back at their own deeds."""
    if actor.user_id is None:
        return []
    return list(Entry.objects.filter(actor_id=actor.user_id, at__gte=since)[:limit])
