"""Mails about agreements, to those who coordinate."""

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
