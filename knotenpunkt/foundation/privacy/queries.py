"""Reads of personal data."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.personal_data import Holding, Person
from knotenpunkt.foundation.privacy.rooms import Record, rooms
from knotenpunkt.foundation.privacy.rules import may_handle


def holdings() -> list[tuple[str, Holding]]:
    """All personal data of the installation: pairs of app and holding, top storey first."""
    return [(room.app, holding) for room in rooms() for holding in room.holdings]


def export(*, actor: Actor, person: Person) -> dict[str, list[Record]]:
    """Everything held about a person, by app. PermissionDenied unless `may_handle` says yes."""
    if not may_handle(actor):
        raise PermissionDenied
    found = {room.app: room.export(person) for room in rooms()}
    return {app: records for app, records in found.items() if records}
