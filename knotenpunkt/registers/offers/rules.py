"""Decisions about offers."""

from __future__ import annotations

from django.db.models import Q

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.registers.partners.queries import represented_by
from knotenpunkt.registers.partners.rules import only_proposes

NOTHING = Q(pk__in=())


def visible_to(actor: Actor) -> Q:
    """Everyone sees what is published, members of the register and its keepers drafts, too."""
    if actor.may(Right.READ_INTERNAL):
        return Q()
    return Offer.published_when | _own(actor)


def may_see(actor: Actor, offer: Offer) -> bool:
    """The same rule for one offer of the network at hand."""
    return offer.is_published or actor.may(Right.READ_INTERNAL) or _is_own(actor, offer)


def at_desk_of(actor: Actor) -> Q:
    """Whose desk shows which offers: members see all, a provider those they keep."""
    return Q() if actor.may(Right.READ_INTERNAL) else _own(actor)


def is_at_desk_of(actor: Actor, offer: Offer) -> bool:
    """The same rule for one offer of the network at hand."""
    return actor.may(Right.READ_INTERNAL) or _is_own(actor, offer)


def editable_by(actor: Actor) -> Q:
    """Coordinators and editors keep all offers of their network, a provider their own."""
    return Q() if actor.may(Right.EDIT_REGISTERS) else _own(actor)


def may_edit(actor: Actor, offer: Offer) -> bool:
    """The same rule for one offer of the network at hand."""
    return actor.may(Right.EDIT_REGISTERS) or _is_own(actor, offer)


def may_add(actor: Actor) -> bool:
    """Who may write a new offer at all; a provider writes drafts of their own."""
    return actor.may(Right.EDIT_REGISTERS) or actor.may(Right.EDIT_OWN_ENTRIES)


def may_offer_for(actor: Actor, provider: Organisation) -> bool:
    """For whom somebody may write offers."""
    if actor.may(Right.EDIT_REGISTERS):
        return True
    return actor.may(Right.EDIT_OWN_ENTRIES) and provider.pk in represented_by(actor)


def must_propose(actor: Actor, offer: Offer) -> bool:
    """Whether a change by this actor waits for approval: what families read, by its provider."""
    return offer.is_published and only_proposes(actor, offer.provider)


def may_publish(actor: Actor) -> bool:
    """Who decides what families find. A provider does not, not even for their own."""
    return actor.may(Right.PUBLISH)


def _own(actor: Actor) -> Q:
    if not actor.may(Right.EDIT_OWN_ENTRIES):
        return NOTHING
    return Q(provider__in=represented_by(actor))


def _is_own(actor: Actor, offer: Offer) -> bool:
    return actor.may(Right.EDIT_OWN_ENTRIES) and offer.provider_id in represented_by(actor)
