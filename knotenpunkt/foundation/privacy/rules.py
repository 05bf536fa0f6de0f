"""Decisions about personal data."""

from __future__ import annotations

from knotenpunkt.foundation.accounts.actors import Actor, System
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.scope import Reach, current_scope


def may_handle(actor: Actor) -> bool:
    """In a network its coordinators hand out and erase; over all networks only the operator."""
    scope = current_scope()
    if scope is None or scope.reach is not Reach.ONE_NETWORK:
        return isinstance(actor, System)
    return actor.may(Right.CHANGE_NETWORK)
