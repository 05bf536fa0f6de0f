"""Reads of the audit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.keys import open_all
from knotenpunkt.foundation.audit.models import Entry, Read


def latest(actor: Actor, *, limit: int) -> list[Entry]:
    """The last deeds in the network at hand; PermissionDenied for those who may not read them."""
    actor.must(Right.READ_AUDIT)
    return opened(Entry.objects.all()[:limit])


def opened(entries: Iterable[Entry]) -> list[Entry]:
    """The same entries, with title and changes of those that were sealed for a person.

    One query at most. Of an erased person they say “erased”, and nothing changed that could be
    taken back. Unreadable without the master key.
    """
    found = list(entries)
    sealed = [(one.person_id, one) for one in found if one.person_id is not None and one.sealed]
    texts = open_all([(person_id, bytes(one.sealed)) for person_id, one in sealed])
    for (_person, entry), text in zip(sealed, texts, strict=True):
        _say(entry, text)
    return found


def _say(entry: Entry, text: str | None) -> None:
    """Put back what was sealed; None: its key was thrown away."""
    told: dict[str, Any] = json.loads(text) if text else {"title": _("erased"), "changes": {}}
    entry.title, entry.changes, entry.is_erased = told["title"], told["changes"], not text


def entries(actor: Actor) -> QuerySet[Entry]:
    """All deeds in the network at hand, the last first; PermissionDenied as `latest` says.

    Who shows them opens them: `opened`.
    """
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
    return opened(Entry.objects.filter(actor_id=actor.user_id, at__gte=since)[:limit])


LATEST = 32


def latest_touched(*, without: Iterable[str] = ()) -> dict[UUID, tuple[str, UUID]]:
    """The last deeds by their ids, with kind and id of the record: tells what changed since.

    Several, because of two that are written at once the earlier may become visible later.
    `without` are the beginnings of kinds that do not count, such as "notes.".
    """
    aside = Q()
    for beginning in without:
        aside |= Q(kind__startswith=beginning)
    rows = Entry.objects.exclude(aside) if aside else Entry.objects.all()
    told = rows.order_by("-at").values_list("pk", "kind", "object_id")[:LATEST]
    return {pk: (kind, object_id) for pk, kind, object_id in told}


def get_entry(actor: Actor, entry_id: UUID, *, deed: str) -> Entry:
    """One deed of that sort, opened; Entry.DoesNotExist when there is none in this network."""
    actor.must(Right.READ_AUDIT)
    return opened([Entry.objects.get(pk=entry_id, deed=deed)])[0]
