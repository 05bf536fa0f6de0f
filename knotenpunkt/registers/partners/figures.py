"""Counts of partners."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.partners.queries import organisations_at_desk, people_at_desk
from knotenpunkt.registers.partners.rules import is_here


@dataclass(frozen=True, slots=True)
class Totals:
    """How many are in the network today, of those that a member looks after."""

    organisations: int
    people: int


def totals(actor: Actor) -> Totals:
    """Two queries."""
    here = is_here(timezone.localdate())
    return Totals(
        organisations_at_desk(actor).filter(here).count(),
        people_at_desk(actor).filter(here).count(),
    )
