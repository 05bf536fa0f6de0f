"""Decisions about partners."""

from __future__ import annotations

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right


def may_see_internal(actor: Actor) -> bool:
    """Members who read the register see what is not public, too."""
    return actor.may(Right.READ_INTERNAL)
