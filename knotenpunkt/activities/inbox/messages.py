"""Mails to those who answer families. They name nobody: a mail is read on many screens."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.inbox.models import Concern
from knotenpunkt.activities.inbox.wording import promised_day
from knotenpunkt.foundation.networks.models import Network


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in a mail."""

    subject: str
    text: str


def arrival(network: Network, concern: Concern, link: str) -> Letter:
    """A family wants to be called, or a hint has come."""
    subject = _("A family wants to be called") if concern.is_call else _("A hint on an offer")
    text = _(
        "Good day,\n\n"
        "in “%(network)s” somebody waits for an answer by %(day)s.\n"
        "It is about: %(about)s\n\n"
        "You see more at your desk, under “Requests”:\n\n%(link)s\n\n"
        "Telephone number and name stand only there.\n"
    )
    told = {
        "network": network.name, "day": promised_day(concern.due_at), "about": concern.about,
        "link": link,
    }  # fmt: skip
    return Letter(subject, text % told)


def overdue(network: Network, count: int) -> Letter:
    """Nobody has answered in time."""
    text = ngettext(
        "Good day,\n\n"
        "in “%(network)s” %(count)d request waits longer than we promised. Please look at your "
        "desk, under “Requests”. What nobody answers is deleted after 30 days.\n",
        "Good day,\n\n"
        "in “%(network)s” %(count)d requests wait longer than we promised. Please look at your "
        "desk, under “Requests”. What nobody answers is deleted after 30 days.\n",
        count,
    )
    return Letter(
        _("Families still wait for an answer"), text % {"network": network.name, "count": count}
    )
