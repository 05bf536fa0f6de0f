"""Reads of people."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from knotenpunkt.foundation.accounts.actors import ANYONE, Actor, Person
from knotenpunkt.foundation.accounts.models import Membership, User
from knotenpunkt.foundation.accounts.rights import Role


def actor_for(user: User | AnonymousUser) -> Actor:
    """Who this user is in the network at hand: a person with a role, or just anyone."""
    if not isinstance(user, User) or not user.is_active:
        return ANYONE
    membership = Membership.objects.filter(user=user).first()
    return Person(user, Role(membership.role)) if membership else ANYONE
