"""Erasing a person everywhere, and ending what is past its term."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.core.personal_data import ERASED, Expired, Person, Remains
from knotenpunkt.foundation.networks.scope import scoped_database
from knotenpunkt.foundation.privacy.models import NightlyDeletion
from knotenpunkt.foundation.privacy.rooms import rooms
from knotenpunkt.foundation.privacy.rules import may_handle


@dataclass(frozen=True, slots=True)
class Erased:
    """How many records each app deleted or emptied, what stays, which texts name the person.

    `receipt` is the audit's entry about it in the network at hand.
    """

    records: dict[str, int]
    remains: tuple[Remains, ...]
    mentions: tuple[str, ...]
    receipt: Entry | None


def erase(*, actor: Actor, person: Person) -> Erased:
    """Take a person out of every app, from the top storey down, all or nothing.

    Free texts that name the person are not rewritten by a machine: they come back as `mentions`.
    """
    if not may_handle(actor):
        raise PermissionDenied
    with transaction.atomic(using=scoped_database()):
        remains = tuple(one for room in rooms() for one in room.remains(person))
        counted = {room.app: room.erase(person) for room in rooms()}
        done = {app: count for app, count in counted.items() if count}
        mentions = tuple(text for room in rooms() for text in room.mentions(person))
        notes = _note(actor, person, Erased(done, remains, mentions, None))
    return Erased(done, remains, mentions, notes[0] if notes else None)


def expire() -> list[Expired]:
    """Delete what is past its term in the network at hand, and write down what. Repeatable."""
    done = [(room.app, one) for room in rooms() for one in room.expire()]
    now = timezone.now()
    NightlyDeletion.objects.bulk_create(
        NightlyDeletion(
            run_at=now, app=app, what=one.what[:200], count=one.count, oldest=one.oldest
        )
        for app, one in done or [("", Expired("", 0))]
    )
    return [one for _app, one in done]


def _note(actor: Actor, person: Person, done: Erased) -> list[Entry]:
    """The deed itself stays on record in each network, without the person: it is the receipt."""
    told = {
        "erased": sorted(f"{app}: {count}" for app, count in done.records.items()),
        "remains": [[one.what, one.why, one.term] for one in done.remains],
        "mentions": [text for text in done.mentions if not person.appears_in(text)],
    }
    entries: list[Entry] = Entry.objects.bulk_create(
        Entry(
            network_id=network_id,
            actor_id=actor.user_id,
            actor_label=actor.label[:200],
            deed="privacy.erase",
            kind=person.kind,
            object_id=person.record,
            title=ERASED,
            changes=told,
        )
        for network_id in person.networks
    )
    return entries
