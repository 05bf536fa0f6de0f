"""Decisions about the library."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.queries import represented_by


def may_edit(actor: Actor) -> bool:
    """Who brings in what all shall use."""
    return actor.may(Right.EDIT_REGISTERS)


def may_adopt_for(actor: Actor, organisation_id: UUID) -> bool:
    """Who keeps the register writes down what a partner says; a provider says it for their own."""
    if may_edit(actor):
        return True
    return actor.may(Right.EDIT_OWN_ENTRIES) and organisation_id in represented_by(actor)
