"""Reads of people."""

from __future__ import annotations

from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from knotenpunkt.foundation.accounts import links
from knotenpunkt.foundation.accounts.actors import ANYONE, Actor, Person
from knotenpunkt.foundation.accounts.models import Invitation, Membership, SecurityEvent, User
from knotenpunkt.foundation.accounts.rights import Right, Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import all_networks, current_network_id

# Recovery codes alone are none: they stand in for one of these.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def actor_for(user: User | AnonymousUser) -> Actor:
    """Who this user is in the network at hand: a person with a role, or just anyone."""
    if not isinstance(user, User) or not user.is_active:
        return ANYONE
    membership = Membership.objects.filter(user=user).first()
    return Person(user, Role(membership.role)) if membership else ANYONE


def members(actor: Actor) -> QuerySet[Membership]:
    """Who works in this network, each with `has_second_factor`."""
    actor.must(Right.INVITE_PEOPLE)
    factors = Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_FACTORS)
    rows: QuerySet[Membership] = Membership.objects.select_related("user").annotate(
        has_second_factor=Exists(factors)
    )
    return rows.order_by("user__name")


def coordinators() -> list[str]:
    """Whom members of the network at hand may ask for more, by name."""
    rows = Membership.objects.filter(role=Role.COORDINATOR).values_list("user__name", flat=True)
    return sorted(rows)


def open_invitations(actor: Actor) -> QuerySet[Invitation]:
    """Invitations that nobody has accepted or withdrawn; those past their time, too."""
    actor.must(Right.INVITE_PEOPLE)
    rows: QuerySet[Invitation] = Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
    return rows


def invitation_by(written: str) -> Invitation | None:
    """The invitation of a link that can still be accepted in this network."""
    token = links.token_of(written)
    if not token:
        return None
    found = Invitation.objects.filter(token_hash=links.hashed(token)).first()
    return found if found and found.is_open(timezone.now()) else None


def account_of(email: str) -> User | None:
    """Who signs in with that address; told to nobody but the one who owns it."""
    return User.objects.filter(email__iexact=email.strip()).first()


def second_factors(user: User) -> QuerySet[Authenticator]:
    """Passkeys and code app of a person, the oldest first."""
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS)
    return rows.order_by("created_at")


def recovery_codes(user: User) -> Authenticator | None:
    """What stands in for a second factor that is lost."""
    codes = Authenticator.Type.RECOVERY_CODES
    return Authenticator.objects.filter(user=user, type=codes).first()


def ways_to_show(user: User) -> dict[str, bool]:
    """By what a person can show who they are."""
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return {
        "has_passkey": "webauthn" in types,
        "has_codes": bool(types & {"totp", "recovery_codes"}),
        "has_password": user.has_usable_password(),
    }


def owes_second_factor(person: Person, network: Network) -> bool:
    """Whether this member must set one up before anything else.

    The network may ask it of a role. And who came by an invitation without choosing a password
    has no way to sign in again until there is a passkey.
    """
    asked = person.role in network.second_factor_roles
    if not asked and person.user.has_usable_password():
        return False
    if SocialAccount.objects.filter(user=person.user).exists() and not asked:
        return False
    return not second_factors(person.user).exists()


def own_events(user: User, *, limit: int) -> list[SecurityEvent]:
    """What happened to a person's account, in every network, the latest first."""
    return list(SecurityEvent.objects.filter(user=user).select_related("network")[:limit])


def events_of_members(actor: Actor) -> QuerySet[SecurityEvent]:
    """What happened in this network to the accounts of those who work in it."""
    actor.must(Right.INVITE_PEOPLE)
    here = Membership.objects.values("user_id")
    rows = SecurityEvent.objects.filter(network_id=current_network_id(), user_id__in=here)
    return rows.select_related("user")


def networks_of(user_id: UUID) -> list[Network]:
    """Where this person has a role. Told to that person only."""
    with all_networks("the networks in which one person has a role, for that person"):
        found = Membership.objects.filter(user_id=user_id).select_related("network")
        return sorted((one.network for one in found), key=lambda network: network.name)
