"""What happened to a campaign, in words."""

from __future__ import annotations

from itertools import groupby

from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.history import history
from knotenpunkt.activities.campaigns.wording.doers import doer
from knotenpunkt.foundation.core.spoken import moment

SHOWN_DEEDS = 12


def deeds(campaign: Campaign) -> list[dict[str, str]]:
    """The last deeds, the latest first; the same one several times in a row is told once."""
    told = _words()
    found = [
        {
            "what": told.get(entry.deed, _("Campaign changed")),
            "when": moment(entry.at),
            "who": doer(entry.actor_label),
        }
        for entry in history(campaign, limit=SHOWN_DEEDS)
    ]
    return [deed for deed, _again in groupby(found)]


def _words() -> dict[str, str]:
    return {
        "campaigns.create": _("Campaign begun"),
        "campaigns.change": _("Preparation changed"),
        "campaigns.copy": _("Taken over from an earlier campaign"),
        "campaigns.hosts": _("Hosts changed"),
        "campaigns.contacts": _("People to ask changed"),
        "campaigns.add_file": _("File added"),
        "campaigns.change_file": _("File changed"),
        "campaigns.remove_file": _("File deleted"),
        "campaigns.links": _("Links changed"),
        "campaigns.news": _("News changed"),
        "campaigns.lesson": _("Written down for next time"),
        "campaigns.open": _("Campaign made public"),
        "campaigns.take_back": _("Campaign taken back"),
        "campaigns.end": _("Campaign ended"),
        "campaigns.forget": _("Personal data of orders deleted"),
    }
