"""Decisions about offers."""

from __future__ import annotations

from django.db.models import Q

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.offers.models import Offer


def visible_to(actor: Actor) -> Q:
    """Everyone sees what is published; members who read the register see drafts, too."""
    return Q() if actor.may(Right.READ_INTERNAL) else Offer.published_when


def may_see(actor: Actor, offer: Offer) -> bool:
    """The same rule for one offer of the network at hand."""
    return offer.is_published or actor.may(Right.READ_INTERNAL)


def may_edit(actor: Actor) -> bool:
    """Coordinators and editors keep the offers of their network."""
    return actor.may(Right.EDIT_REGISTERS)
