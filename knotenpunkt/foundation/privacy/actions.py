"""Erasing a person everywhere, and ending what is past its term."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.core.personal_data import ERASED, Person
from knotenpunkt.foundation.networks.scope import scoped_database
from knotenpunkt.foundation.privacy.rooms import rooms
from knotenpunkt.foundation.privacy.rules import may_handle


@dataclass(frozen=True, slots=True)
class Erased:
    """How many records each app deleted or emptied, and which texts still name the person."""

    records: dict[str, int]
    mentions: tuple[str, ...]


def erase(*, actor: Actor, person: Person) -> Erased:
    """Take a person out of every app, from the top storey down, all or nothing.

    Free texts that name the person are not rewritten by a machine: they come back as `mentions`.
    """
    if not may_handle(actor):
        raise PermissionDenied
    with transaction.atomic(using=scoped_database()):
        done = {room.app: room.erase(person) for room in rooms()}
        _note(actor, person)
        mentions = tuple(text for room in rooms() for text in room.mentions(person))
    return Erased({app: count for app, count in done.items() if count}, mentions)


def expire() -> dict[str, int]:
    """Delete what is past its term in the network at hand, by app. Repeatable."""
    done = {room.app: room.expire() for room in rooms()}
    return {app: count for app, count in done.items() if count}


def _note(actor: Actor, person: Person) -> None:
    """The deed itself stays on record in each network, without the person."""
    Entry.objects.bulk_create(
        Entry(
            network_id=network_id,
            actor_id=actor.user_id,
            actor_label=actor.label[:200],
            deed="privacy.erase",
            kind=person.kind,
            object_id=record_id,
            title=ERASED,
        )
        for network_id in person.networks
        for record_id in person.ids
    )
