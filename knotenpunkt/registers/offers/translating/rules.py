"""Decisions about texts in other languages."""

from __future__ import annotations

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.rules import may_edit, must_propose


def may_write_texts(actor: Actor, offer: Offer) -> bool:
    """Who keeps an offer keeps its texts; a provider whose changes wait for approval reads them.

    A translation cannot be proposed: those who approve would have to read nine languages.
    """
    return may_edit(actor, offer) and not must_propose(actor, offer)


def may_exchange(actor: Actor) -> bool:
    """Who hands texts of all offers to translators, and takes them in again."""
    return actor.may(Right.EDIT_REGISTERS) and actor.may(Right.IMPORT)
