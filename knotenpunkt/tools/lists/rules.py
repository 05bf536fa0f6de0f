"""Decisions about saved views."""

from __future__ import annotations

from django.db.models import Q

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.lists.models import SavedView


def views_of(actor: Actor) -> Q:
    """One's own views; those that are shared, for members who read the register."""
    own = Q(owner_id=actor.user_id)
    return own | Q(is_shared=True) if actor.may(Right.READ_INTERNAL) else own


def may_share_views(actor: Actor) -> bool:
    """Those who keep the registers give views to all."""
    return actor.may(Right.EDIT_REGISTERS)


def may_change_view(actor: Actor, view: SavedView) -> bool:
    """One's own; a shared one also whoever looks after the network."""
    return view.owner_id == actor.user_id or (view.is_shared and actor.may(Right.CHANGE_NETWORK))
