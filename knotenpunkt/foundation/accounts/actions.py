"""Writes to people, roles, invitations, and to what happened to an account.

What concerns a network (who has which role in it) is put on its record by `front.staff`, which
stands above the audit. What concerns an account itself is put on the account's own record here.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts import links
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.devices import mark_of, sessions_of
from knotenpunkt.foundation.accounts.models import (
    EventKind,
    Invitation,
    Membership,
    SecurityEvent,
    User,
)
from knotenpunkt.foundation.accounts.queries import account_of
from knotenpunkt.foundation.accounts.rights import Right, Role
from knotenpunkt.foundation.networks.scope import current_scope

INVITATION_DAYS = 7


def add_member(
    *, actor: Actor, email: str, name: str, role: Role, password: str
) -> tuple[Membership, bool]:
    """Give a person a role in the network at hand; says whether the person got a new account.

    An existing account keeps its password. ValidationError when the password is too weak.
    """
    actor.must(Right.CHANGE_NETWORK)
    user = account_of(email)
    is_new = user is None
    if user is None:
        user = new_account(email=email, name=name, password=password)
    with transaction.atomic():
        if is_new:
            _store_new(user)
        membership, _created = Membership.objects.update_or_create(
            user=user, defaults={"role": role}
        )
    return membership, is_new


def new_account(*, email: str, name: str, password: str) -> User:
    """A new account, not yet stored; without a password it can only have a passkey.

    Making a password unreadable takes long on purpose: best before a transaction begins, whose end
    others who write wait for.
    """
    user = User(email=email.strip().lower(), name=name.strip())
    if password:
        validate_password(password, user)
        user.set_password(password)
    else:
        user.set_unusable_password()
    return user


def _store_new(user: User) -> User:
    """With a verified address."""
    user.full_clean()
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def change_role(*, actor: Actor, member: Membership, role: Role) -> str:
    """Give a member another role; returns the former one."""
    actor.must(Right.INVITE_PEOPLE)
    former = Role(member.role)
    if former is not role:
        _refuse_last_coordinator(member)
        member.role = role
        member.save(update_fields=["role"])
        note(user=member.user, kind=EventKind.ROLE_CHANGED, detail=f"{former.value} → {role.value}")
    return former.value


@transaction.atomic
def take_role(*, actor: Actor, member: Membership) -> None:
    """Take somebody out of the network. Their account stays, and their roles elsewhere."""
    actor.must(Right.INVITE_PEOPLE)
    _refuse_last_coordinator(member)
    note(user=member.user, kind=EventKind.ROLE_TAKEN, detail=member.role)
    member.delete()


def _refuse_last_coordinator(member: Membership) -> None:
    """A network without one could not be helped by anybody in it. Two at once wait for another."""
    if member.role != Role.COORDINATOR:
        return
    coordinators = Membership.objects.select_for_update().filter(role=Role.COORDINATOR)
    if not [one for one in coordinators if one.pk != member.pk]:
        raise ValidationError(
            _("A network needs at least one person who coordinates it. Give that role first.")
        )


@transaction.atomic
def invite(
    *, actor: Actor, email: str, name: str, role: Role, organisation_ids: Sequence[UUID] = ()
) -> tuple[Invitation, str]:
    """Offer somebody a role; returns the invitation and the secret of its link, told only now.

    An older invitation to the same address is withdrawn by it.
    """
    actor.must(Right.INVITE_PEOPLE)
    for older in Invitation.objects.filter(email__iexact=email.strip(), accepted_at=None):
        _end(older)
    invitation = Invitation(
        email=email.strip().lower(),
        name=name.strip(),
        role=role,
        organisation_ids=[str(one) for one in organisation_ids],
        invited_by_id=actor.user_id,
        invited_by_name=actor.label[:200],
    )
    return invitation, _renew(invitation)


@transaction.atomic
def renew_invitation(*, actor: Actor, invitation: Invitation) -> str:
    """Make a new link, good for as long as the first one; the former no longer works."""
    actor.must(Right.INVITE_PEOPLE)
    _refuse_done(invitation)
    return _renew(invitation)


def _renew(invitation: Invitation) -> str:
    token = secrets.token_urlsafe(32)
    invitation.token_hash = links.hashed(token)
    invitation.expires_at = timezone.now() + timedelta(days=INVITATION_DAYS)
    invitation.full_clean(exclude=["network", "organisation_ids"])
    invitation.save()
    return links.signed(token)


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """The link no longer works."""
    actor.must(Right.INVITE_PEOPLE)
    _refuse_done(invitation)
    _end(invitation)


def _end(invitation: Invitation) -> None:
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])


def _refuse_done(invitation: Invitation) -> None:
    if not invitation.is_waiting:
        raise ValidationError(_("This invitation was accepted or withdrawn already."))


@transaction.atomic
def accept_invitation(*, invitation: Invitation, account: User) -> tuple[User, bool]:
    """Give the invited person their role; returns whose it is, and whether the account is new.

    `account` is stored where they have none yet. Who has the link has the mailbox, so the address
    counts as verified. ValidationError when the link is used or over.
    """
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open(timezone.now()):
        raise ValidationError(_("This invitation was used already, or its time is over."))
    user = account_of(locked.email)
    is_new = user is None
    if user is None:
        user = _store_new(account)
    _give(user, Role(locked.role))
    locked.accepted_at = timezone.now()
    locked.save(update_fields=["accepted_at"])
    note(user=user, kind=EventKind.INVITED, detail=locked.role)
    return user, is_new


def _give(user: User, role: Role) -> None:
    """An invitation adds: who coordinates already is not made less by it."""
    member = Membership.objects.filter(user=user).first() or Membership(user=user)
    if member.role != Role.COORDINATOR:
        member.role = role
        member.save()


def note(*, user: User, kind: EventKind, detail: str = "") -> None:
    """Put on an account's own record what happened to it, in the network at hand."""
    scope = current_scope()
    network_id = scope.network_id if scope else None
    SecurityEvent(user=user, network_id=network_id, kind=kind, detail=detail[:200]).save()


def note_failure(*, email: str, browser: str) -> None:
    """A wrong password. Where nobody has such an account, nothing is kept."""
    user = account_of(email)
    if user is not None:
        note(user=user, kind=EventKind.WRONG_PASSWORD, detail=browser)


def note_sign_in(*, user: User, detail: str) -> None:
    """Somebody came in."""
    note(user=user, kind=EventKind.SIGNED_IN, detail=detail)
    for member in Membership.objects.filter(user=user):
        member.last_sign_in_at = timezone.now()
        member.save(update_fields=["last_sign_in_at"])


def rename(*, user: User, name: str) -> None:
    """Change how a person is called."""
    user.name = name.strip()
    user.full_clean()
    user.save(update_fields=["name"])


def change_password(*, user: User, password: str) -> None:
    """Set a new password, for somebody who showed that they are the person."""
    _set_password(user, password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        note(user=user, kind=EventKind.PASSWORD_CHANGED)


def reset_password(*, user: User, password: str) -> None:
    """Set a new password by the link that was sent. Every session of the account ends."""
    _set_password(user, password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        end_sessions(user=user, marks=None, besides=None)
        note(user=user, kind=EventKind.PASSWORD_RESET)


def _set_password(user: User, password: str) -> None:
    """Not yet stored."""
    validate_password(password, user)
    user.set_password(password)


@transaction.atomic
def change_address(*, user: User, email: str) -> None:
    """Take another address, which a link proved. ValidationError when somebody else has it."""
    former = user.email
    user.email = email.strip().lower()
    user.full_clean()
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    note(user=user, kind=EventKind.ADDRESS_CHANGED, detail=former)


def end_sessions(*, user: User, marks: Iterable[str] | None, besides: str | None) -> int:
    """End the sessions of these marks (None: all), but never that of the key `besides`."""
    wanted = None if marks is None else set(marks)
    ended = 0
    for session, _data in list(sessions_of([user.pk])):
        meant = wanted is None or mark_of(session.session_key) in wanted
        if meant and session.session_key != besides:
            session.delete()
            ended += 1
    if ended:
        note(user=user, kind=EventKind.SESSION_ENDED)
    return ended


@transaction.atomic
def remove_second_factor(*, actor: Actor, user: User) -> int:
    """For somebody who lost their telephone: on the console only, where the person is known."""
    actor.must(Right.CHANGE_NETWORK)
    removed = int(Authenticator.objects.filter(user=user).delete()[0])
    if removed:
        note(user=user, kind=EventKind.APP_REMOVED)
    return removed
