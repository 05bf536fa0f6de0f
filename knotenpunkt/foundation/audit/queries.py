"""Reads of the audit."""

from __future__ import annotations

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.models import Entry


def latest(actor: Actor, *, limit: int) -> list[Entry]:
    """The last deeds in the network at hand; PermissionDenied for those who may not read them."""
    actor.must(Right.READ_AUDIT)
    return list(Entry.objects.all()[:limit])
