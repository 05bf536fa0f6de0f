"""Decisions about groups."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right


def may_keep_groups(actor: Actor) -> bool:
    """Whoever keeps the registers keeps the groups, too."""
    return actor.may(Right.EDIT_REGISTERS)


def is_in(day: date, path: str = "") -> Q:
    """Memberships that hold on a day; `path` leads to them from another table."""
    begun = Q(**{f"{path}since": None}) | Q(**{f"{path}since__lte": day})
    return begun & (Q(**{f"{path}until": None}) | Q(**{f"{path}until__gte": day}))


def works(day: date) -> Q:
    """Groups that have not ended."""
    return Q(ended_on=None) | Q(ended_on__gt=day)
