"""Mails about agreements: to those who coordinate, and to those who could come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.foundation.core.spoken import full_date
from knotenpunkt.foundation.networks.addresses import whole_address
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.agreements.models import Agreement

TOLD = 12


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in a mail."""

    subject: str
    text: str


def ends_soon(network: Network, due: Sequence[Agreement], today: date) -> Letter:
    """What ends next, so that there is time to talk about it."""
    subject = ngettext("An agreement ends soon", "%(n)d agreements end soon", len(due))
    lines = [
        _("- %(title)s: until %(day)s")
        % {"title": agreement.title, "day": full_date(agreement.valid_until or today)}
        for agreement in due[:TOLD]
    ]
    if len(due) > TOLD:
        lines.append(_("- and %(n)d more") % {"n": len(due) - TOLD})
    text = _(
        "Good day,\n\n"
        "in “%(network)s” the time of these agreements comes to an end:\n\n"
        "%(lines)s\n\n"
        "At your desk you see who signed them, and can prolong them.\n\n"
        "[Open the agreements](%(link)s)\n"
    )
    told = {
        "network": network.name, "lines": "\n".join(lines),
        "link": whole_address(network, "agreements:list"),
    }  # fmt: skip
    return Letter(subject % {"n": len(due)}, text % told)


def invitation(network: Network, kind: str, where: str) -> Letter:
    """What one could write to somebody who is missing; a person reads it before it goes."""
    text = _(
        "Good day,\n\n"
        "in “%(network)s” those work together who accompany families with children. The law names "
        "%(kind)s among them (§ 3 (2) KKG), and in %(where)s nobody of you is with us yet. We "
        "would be glad to have you.\n\n"
        "What that means: we know of each other, tell families about each other's help, and meet "
        "a few times a year. Membership costs nothing, and nobody passes on data of families.\n\n"
        "May we call you? A short answer to this mail is enough.\n\n"
        "With kind regards\n%(contact)s\n%(network)s\n"
    )
    told = {
        "network": network.name, "kind": kind, "where": where, "contact": network.contact_name,
    }  # fmt: skip
    return Letter(_("Would you like to join our network?"), text % told)
