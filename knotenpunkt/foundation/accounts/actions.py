"""Writes to people and roles."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.models import Membership, User
from knotenpunkt.foundation.accounts.rights import Right, Role


@transaction.atomic
def add_member(
    *, actor: Actor, email: str, name: str, role: Role, password: str
) -> tuple[Membership, bool]:
    """Give a person a role in the network at hand; says whether the person got a new account.

    An existing account keeps its password. ValidationError when the password is too weak.
    """
    actor.must(Right.CHANGE_NETWORK)
    user = User.objects.filter(email__iexact=email.strip()).first()
    is_new = user is None
    if user is None:
        user = _new_user(email, name, password)
    membership, _created = Membership.objects.update_or_create(user=user, defaults={"role": role})
    return membership, is_new


def _new_user(email: str, name: str, password: str) -> User:
    user = User(email=email.strip().lower(), name=name.strip())
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    return user
