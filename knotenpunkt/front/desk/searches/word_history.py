"""Own words that were removed a short while ago, from the change log of the one who did it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.audit.queries import own_deeds

DEED = "search.remove_word"
FOR_SO_LONG = timedelta(days=7)
MOST_DEEDS = 400


def last_removed(actor: Actor, word_id: UUID) -> Entry | None:
    """The entry about a word that this person has just removed."""
    return next((one for one in _removed(actor) if one.object_id == word_id), None)


def removed_word(actor: Actor, entry_id: UUID) -> dict[str, Any] | None:
    """What stood there: said, means, note; None for anything but an own removal of late."""
    entry = next((one for one in _removed(actor) if one.pk == entry_id), None)
    return {field: pair[0] for field, pair in entry.changes.items()} if entry else None


def _removed(actor: Actor) -> list[Entry]:
    deeds = own_deeds(actor, since=timezone.now() - FOR_SO_LONG, limit=MOST_DEEDS)
    return [one for one in deeds if one.deed == DEED]
