"""How campaigns are told: period, state, deadline, hosts."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.models import Campaign, CampaignState
from knotenpunkt.activities.campaigns.rules.deadlines import has_passed
from knotenpunkt.foundation.core.spoken import clock, full_date, listed


def period(starts_on: date, ends_on: date) -> str:
    """ "1. Juni bis 20. September 2026"; with both years where they differ."""
    if starts_on == ends_on:
        return full_date(starts_on)
    same = starts_on.year == ends_on.year
    first = date_format(starts_on, _("j F")) if same else full_date(starts_on)
    return _("%(first)s to %(last)s") % {"first": first, "last": full_date(ends_on)}


def state_words(campaign: Campaign, now: datetime) -> str:
    """ "Öffentlich, Bestellungen sind offen"."""
    label = str(CampaignState(campaign.state).label)
    if campaign.state != CampaignState.OPEN or campaign.order_until is None:
        return label
    if has_passed(campaign.order_until, now):
        return _("%(state)s, orders are closed") % {"state": label}
    return _("%(state)s, orders are open") % {"state": label}


def hosts(campaign: Campaign, network: str) -> str:
    """ "Netzwerk Mitte, AG Öffentlichkeit"."""
    rows = campaign.hosts.select_related("group", "organisation")
    names = [host.name for one in rows if (host := one.group or one.organisation)]
    return listed([network, *names] if campaign.hosted_by_network else names)


def deadline(at: datetime | None) -> str:
    """ "13. Mai 2026, 23.59 Uhr" by the clock on the wall, the same everywhere; "" without one."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    told = {"day": full_date(local.date()), "clock": clock(local.time())}
    return _("%(day)s at %(clock)s") % told
