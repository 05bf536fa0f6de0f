"""Deeds on the people of a network, each on its record: invite, accept, change a role, take it.

They are done here because people are described below the audit and below organisations, and mails
are sent above both.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts import actions, messages
from knotenpunkt.foundation.accounts.actors import Actor, Person, System
from knotenpunkt.foundation.accounts.models import Invitation, Membership, User
from knotenpunkt.foundation.accounts.queries import account_of
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.partners.actions import represent
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.queries import mail_is_set_up


@transaction.atomic
def invite(
    *,
    actor: Actor,
    email: str,
    name: str,
    role: Role,
    organisations: Sequence[Organisation] = (),
) -> tuple[Invitation, str]:
    """Offer somebody a role; returns the invitation and what its link carries."""
    invitation, key = actions.invite(
        actor=actor,
        email=email,
        name=name,
        role=role,
        organisation_ids=[one.pk for one in organisations] if role is Role.PROVIDER else [],
    )
    record(
        actor=actor,
        deed="accounts.invite",
        on=invitation,
        title=invitation.name,
        changes={"role": [None, role.value]},
    )
    return invitation, key


@transaction.atomic
def invite_again(*, actor: Actor, invitation: Invitation) -> str:
    """A new link for somebody who lost the first, or was late."""
    key = actions.renew_invitation(actor=actor, invitation=invitation)
    record(actor=actor, deed="accounts.invite_again", on=invitation, title=invitation.name)
    return key


def send_invitation(*, actor: Actor, invitation: Invitation, link: str) -> bool:
    """Mail the link; False where no mail server is set up, so that somebody hands it over."""
    if not mail_is_set_up():
        return False
    letter = messages.invitation(invitation, current_network(), link)
    _send(actor, invitation.email, letter, _("Invitation"))
    return True


def send_reset_link(*, user: User, network: Network, link: str) -> None:
    """Mail a link to a new password."""
    letter = messages.new_password(user.name, network, link)
    _send(System("password reset"), user.email, letter, _("New password"))


def send_address_link(*, actor: Actor, name: str, email: str, network: Network, link: str) -> None:
    """Mail a link that proves an address."""
    _send(actor, email, messages.new_address(name, network, link), _("New e-mail address"))


def _send(actor: Actor, to: str, letter: messages.Letter, title: str) -> None:
    send_mail(actor=actor, to=to, subject=letter.subject, text=letter.text, title=title)


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """The link no longer works."""
    actions.withdraw_invitation(actor=actor, invitation=invitation)
    record(actor=actor, deed="accounts.withdraw_invitation", on=invitation, title=invitation.name)


def accept_invitation(
    *, invitation: Invitation, name: str = "", password: str = ""
) -> tuple[User, bool]:
    """Take the offered role; returns whose it is, and whether the account is new.

    An existing account keeps its password; a new one without is for those who go on to a passkey.
    """
    account = account_of(invitation.email) or actions.new_account(
        email=invitation.email, name=name or invitation.name, password=password
    )
    with transaction.atomic():
        user, is_new = actions.accept_invitation(invitation=invitation, account=account)
        _begin(user, invitation)
    return user, is_new


def _begin(user: User, invitation: Invitation) -> None:
    """What they keep as a provider, and the record of it."""
    member = Membership.objects.get(user=user)
    if member.role == Role.PROVIDER:
        kept = Organisation.objects.filter(pk__in=invitation.organisation_ids)
        represent(actor=System("invitation"), user=user, organisations=list(kept))
    record(
        actor=Person(user, Role(member.role)),
        deed="accounts.accept_invitation",
        on=member,
        title=user.name,
        changes={"role": [None, member.role]},
    )


@transaction.atomic
def change_role(
    *, actor: Actor, member: Membership, role: Role, organisations: Sequence[Organisation] = ()
) -> None:
    """Give a member another role, and as a provider what they keep."""
    former = actions.change_role(actor=actor, member=member, role=role)
    kept = list(organisations) if role is Role.PROVIDER else []
    represent(actor=actor, user=member.user, organisations=kept)
    if former != role:
        record(
            actor=actor,
            deed="accounts.change_role",
            on=member,
            title=member.user.name,
            changes={"role": [former, role.value]},
        )


@transaction.atomic
def take_role(*, actor: Actor, member: Membership) -> None:
    """Take somebody out of the network."""
    represent(actor=actor, user=member.user, organisations=[])
    record(
        actor=actor,
        deed="accounts.take_role",
        on=member,
        title=member.user.name,
        changes={"role": [member.role, None]},
    )
    actions.take_role(actor=actor, member=member)
