"""Personal data of people who sign in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from knotenpunkt.foundation.accounts.models import Membership, User
from knotenpunkt.foundation.core.personal_data import Holding, Person, telling_names
from knotenpunkt.foundation.networks.scope import scoped_database

KIND = User._meta.label

HOLDINGS = (
    Holding(
        what="accounts: name, e-mail address, password (only as a hash), last sign-in, roles",
        why="so that only the right people work at the desk",
        legal_basis="Art. 6 (1) e GDPR; for staff the employment law of the operator",
        term="until the account is erased: when the person leaves the network",
        where=(
            "accounts.User.name",
            "accounts.User.email",
            "accounts.User.password",
            "accounts.User.last_login",
            "accounts.Membership.user",
        ),
    ),
    Holding(
        what="sessions of those who signed in",
        why="so that a person stays signed in from page to page; families never have one",
        legal_basis="Art. 6 (1) e GDPR; § 25 (2) no. 2 TDDDG for the cookie",
        term="12 hours; ended ones are deleted by knotenpunkt privacy expire",
        where=("sessions.Session.session_data",),
    ),
)


def find_account(email: str) -> Person | None:
    """The person who signs in with that address. Needs the scope of all networks."""
    user = User.objects.using(scoped_database()).filter(email__iexact=email.strip()).first()
    if user is None:
        return None
    others = (
        User.objects.using(scoped_database()).exclude(pk=user.pk).values_list("name", flat=True)
    )
    return Person(
        kind=KIND,
        ids=frozenset([user.pk]),
        networks=frozenset(_memberships(frozenset([user.pk])).values_list("network_id", flat=True)),
        names=telling_names([user.name, user.email], shared=others),
    )


def export(person: Person) -> list[dict[str, Any]]:
    """The account with its roles."""
    if person.kind != KIND:
        return []
    roles = _memberships(person.ids).values("network__name", "role")
    users = User.objects.using(scoped_database()).filter(pk__in=person.ids)
    fields = ("id", "name", "email", "is_active", "created_at", "last_login")
    return [row | {"roles": list(roles)} for row in users.values(*fields)]


def erase(person: Person) -> int:
    """Sign out, take the roles, delete the account."""
    if person.kind != KIND:
        return 0
    ended = list(_sessions(person))
    database = scoped_database()
    Session.objects.using(database).filter(pk__in=ended).delete()
    roles, _by_table = _memberships(person.ids).delete()
    users, _by_table = User.objects.using(database).filter(pk__in=person.ids).delete()
    return len(ended) + int(roles) + users


def expire() -> int:
    """Delete the sessions that have ended."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def _memberships(user_ids: frozenset[Any]) -> Any:
    return Membership.objects.filter(user_id__in=user_ids)


def _sessions(person: Person) -> Iterator[str]:
    ids = {str(one) for one in person.ids}
    for session in Session.objects.using(scoped_database()).iterator():
        if session.get_decoded().get(SESSION_KEY) in ids:
            yield session.pk
