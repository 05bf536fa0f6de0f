"""Mails that people get about their account: subject and text, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.models import Invitation
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.networks.models import Network


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in a mail."""

    subject: str
    text: str


def invitation(invited: Invitation, network: Network, link: str) -> Letter:
    """Come and work with us."""
    subject = _("Invitation: %(network)s") % {"network": network.name}
    text = _(
        "Good day %(name)s,\n\n"
        "%(inviter)s invites you to work in the network “%(network)s”. Your role: %(role)s.\n\n"
        "Please open this link to accept:\n\n%(link)s\n\n"
        "It works once and until %(day)s. You do not know what this is about? Then you need not "
        "do anything.\n"
    )
    return Letter(
        subject,
        text
        % {
            "name": invited.name,
            "inviter": invited.invited_by_name,
            "network": network.name,
            "role": invited.get_role_display(),
            "link": link,
            "day": spoken.full_date(invited.expires_at.date()),
        },
    )


def new_password(name: str, network: Network, link: str) -> Letter:
    """A link to a new password."""
    text = _(
        "Good day %(name)s,\n\n"
        "somebody, probably you, asked for a new password for “%(network)s”. Please open this "
        "link to choose one:\n\n%(link)s\n\n"
        "It works once and for 24 hours. You did not ask for it? Then you need not do anything; "
        "your password stays as it is.\n"
    )
    values = {"name": name, "network": network.name, "link": link}
    return Letter(_("Choose a new password"), text % values)


def new_address(name: str, network: Network, link: str) -> Letter:
    """A link that proves an address."""
    text = _(
        "Good day %(name)s,\n\n"
        "this shall become the e-mail address with which you sign in at “%(network)s”. Please "
        "open this link within 24 hours to confirm it:\n\n%(link)s\n\n"
        "You do not know what this is about? Then you need not do anything.\n"
    )
    values = {"name": name, "network": network.name, "link": link}
    return Letter(_("Please confirm your e-mail address"), text % values)
