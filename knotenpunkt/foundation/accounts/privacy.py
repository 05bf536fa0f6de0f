"""Personal data of people who sign in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from knotenpunkt.foundation.accounts.devices import sessions_of
from knotenpunkt.foundation.accounts.models import Invitation, Membership, SecurityEvent, User
from knotenpunkt.foundation.core.personal_data import (
    ERASED,
    Expired,
    Holding,
    Person,
    deleted,
    telling_names,
)
from knotenpunkt.foundation.networks.scope import scoped_database

KIND = User._meta.label
EVENT_DAYS = 180
INVITATION_DAYS = 30

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
            "accounts.Membership.last_sign_in_at",
            "account.EmailAddress.user",
            "account.EmailAddress.email",
        ),
    ),
    Holding(
        what="second factors: public keys of passkeys with the names given to them; secrets of"
        " code apps and recovery codes (sealed)",
        why="so that nobody gets in who only found out a password",
        legal_basis="Art. 6 (1) e and Art. 32 GDPR",
        term="until the person removes them, or the account is erased",
        where=("mfa.Authenticator.user", "mfa.Authenticator.data"),
    ),
    Holding(
        what="the name by which the operator's sign-on service knows a person, where there is one",
        why="so that the person signs in with it",
        legal_basis="Art. 6 (1) e GDPR",
        term="until the account is erased",
        where=(
            "socialaccount.SocialAccount.user",
            "socialaccount.SocialAccount.uid",
            "socialaccount.SocialAccount.extra_data",
        ),
    ),
    Holding(
        what="what happened to an account: sign-ins, wrong passwords, changed factors and roles,"
        " with the kind of browser and without any address of a computer",
        why="so that the person and the coordinators of the network notice misuse",
        legal_basis="Art. 6 (1) e and Art. 32 GDPR",
        term="180 days",
        where=("accounts.SecurityEvent.user", "accounts.SecurityEvent.detail"),
    ),
    Holding(
        what="invitations: name and e-mail address of the invited person, who invited them",
        why="so that only the right people get a role",
        legal_basis="Art. 6 (1) e GDPR",
        term="30 days after they were accepted, withdrawn or ran out",
        where=(
            "accounts.Invitation.name",
            "accounts.Invitation.email",
            "accounts.Invitation.invited_by_id",
            "accounts.Invitation.invited_by_name",
        ),
    ),
    Holding(
        what="sessions of those who signed in, with the kind of browser and when last used",
        why="so that a person stays signed in from page to page; families never have one",
        legal_basis="Art. 6 (1) e GDPR; § 25 (2) no. 2 TDDDG for the cookie",
        term="12 hours; ended ones are deleted in the following night",
        where=("sessions.Session.session_data",),
    ),
    Holding(
        what="what somebody had typed into a form of the desk when their session was lost; never"
        " passwords or files",
        why="so that nobody types it twice: the form comes back filled after signing in",
        legal_basis="Art. 6 (1) e GDPR; § 25 (2) no. 2 TDDDG for the cookie",
        term="one hour, and at most as long as the session; until it is sent or discarded",
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
    """The account with its roles, and what hangs on it."""
    invitations = _invitations(person).values("name", "email", "role", "created_at")
    told: list[dict[str, Any]] = [{"invitation": one} for one in invitations]
    if person.kind != KIND:
        return told
    users = User.objects.using(scoped_database()).filter(pk__in=person.ids)
    fields = ("id", "name", "email", "is_active", "created_at", "last_login")
    return [row | _of_account(person) for row in users.values(*fields)] + told


def _of_account(person: Person) -> dict[str, Any]:
    factors = _of_user(Authenticator, person).values("type", "created_at", "last_used_at")
    events = _of_user(SecurityEvent, person).values("at", "kind", "detail", "network__name")
    return {
        "roles": list(_memberships(person.ids).values("network__name", "role", "last_sign_in_at")),
        "addresses": list(_of_user(EmailAddress, person).values("email", "verified")),
        "second_factors": list(factors),
        "sign_on_service": list(_of_user(SocialAccount, person).values("uid", "date_joined")),
        "events": list(events),
        "sessions": sum(1 for _session in sessions_of(person.ids)),
    }


def erase(person: Person) -> int:
    """Sign out, take the roles, delete the account with all that hangs on it."""
    invitations, _by_table = _invitations(person).delete()
    if person.kind != KIND:
        return int(invitations)
    inviting = Invitation.objects.filter(invited_by_id__in=person.ids)
    inviting.update(invited_by_id=None, invited_by_name=ERASED)
    ended = [session.pk for session, _data in sessions_of(person.ids)]
    database = scoped_database()
    Session.objects.using(database).filter(pk__in=ended).delete()
    roles, _by_table = _memberships(person.ids).delete()
    users, _by_table = User.objects.using(database).filter(pk__in=person.ids).delete()
    return int(invitations) + len(ended) + int(roles) + users


def expire() -> list[Expired]:
    """Delete sessions that have ended, old events, and invitations that are done with."""
    now = timezone.now()
    past = now - timedelta(days=INVITATION_DAYS)
    done = Q(accepted_at__lt=past) | Q(withdrawn_at__lt=past) | Q(expires_at__lt=past)
    events = SecurityEvent.objects.filter(at__lt=now - timedelta(days=EVENT_DAYS))
    sessions = Session.objects.filter(expire_date__lt=now)
    return [
        deleted("sessions that ended", sessions, by="expire_date"),
        deleted("what happened to accounts", events, by="at"),
        deleted("invitations", Invitation.objects.filter(done), by="created_at"),
    ]


def _memberships(user_ids: frozenset[Any]) -> Any:
    return Membership.objects.filter(user_id__in=user_ids)


def _of_user(model: Any, person: Person) -> Any:
    return model.objects.using(scoped_database()).filter(user_id__in=person.ids)


def _invitations(person: Person) -> Any:
    """Those sent to an address of this person."""
    known = [name.lower() for name in person.names]
    return Invitation.objects.annotate(address=Lower("email")).filter(address__in=known)
