"""Reads of personal data."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.personal_data import Holding, Person, Remains
from knotenpunkt.foundation.privacy.models import NightlyDeletion
from knotenpunkt.foundation.privacy.rooms import Record, rooms
from knotenpunkt.foundation.privacy.rules import may_handle


def holdings() -> list[tuple[str, Holding]]:
    """All personal data of the installation: pairs of app and holding, top storey first."""
    return [(room.app, holding) for room in rooms() for holding in room.holdings]


def export(*, actor: Actor, person: Person) -> dict[str, list[Record]]:
    """Everything held about a person, by app. PermissionDenied unless `may_handle` says yes."""
    _must_handle(actor)
    found = {room.app: room.export(person) for room in rooms()}
    return {app: records for app, records in found.items() if records}


def remains(*, actor: Actor, person: Person) -> list[Remains]:
    """What would stay after an erasure, and why."""
    _must_handle(actor)
    return [one for room in rooms() for one in room.remains(person)]


def mentions(*, actor: Actor, person: Person) -> list[str]:
    """Texts that name the person and stay as they are until somebody edits them."""
    _must_handle(actor)
    return [text for room in rooms() for text in room.mentions(person)]


def nightly_deletions(actor: Actor) -> QuerySet[NightlyDeletion]:
    """What the clock deleted in the network at hand, the last night first."""
    _must_handle(actor)
    rows: QuerySet[NightlyDeletion] = NightlyDeletion.objects.all()
    return rows


def _must_handle(actor: Actor) -> None:
    if not may_handle(actor):
        raise PermissionDenied
