"""What each desk page of one campaign shows around itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import pgettext

from knotenpunkt.activities.campaigns.models import Campaign, CampaignState
from knotenpunkt.activities.campaigns.queries.campaigns import get_campaign
from knotenpunkt.foundation.accounts.gate import DeskRequest
from knotenpunkt.foundation.accounts.rights import Right

SHAPES = {
    CampaignState.PREPARED: "draft",
    CampaignState.OPEN: "published",
    CampaignState.ENDED: "withdrawn",
}
OVERVIEW = "campaigns:campaign"
# Pages on which there is only something to do, for those who run campaigns.
TO_RUN = {"campaigns:setup", "campaigns:ending"}


def campaign_or_404(request: DeskRequest, campaign_id: UUID) -> Campaign:
    """The fetch is the gate."""
    try:
        return get_campaign(request.actor, campaign_id)
    except Campaign.DoesNotExist as missing:
        raise Http404 from missing


def campaign_frame(request: DeskRequest, campaign: Campaign, here: str) -> dict[str, Any]:
    """Title, state and tabs; `here` is the name of the tab's page, as "campaigns:orders"."""
    may_run = request.actor.may(Right.RUN_CAMPAIGNS)
    return {
        "campaign": campaign,
        "state": SHAPES[CampaignState(campaign.state)],
        "tabs": [
            {"label": label, "url": url, "current": name == here}
            for name, label, url in _pages(campaign)
            if may_run or name not in TO_RUN
        ],
        "may_run": may_run,
    }


def _pages(campaign: Campaign) -> list[tuple[str, str, str]]:
    """The pages that a campaign has, each with its address."""
    told = [
        (OVERVIEW, pgettext("campaign", "Overview")),
        ("campaigns:setup", pgettext("campaign", "Preparation")),
        ("campaigns:letters", pgettext("campaign", "Writing")),
        ("campaigns:materials", pgettext("campaign", "Material")),
        ("campaigns:orders", pgettext("campaign", "Orders")),
        ("campaigns:handing_over", pgettext("campaign", "Handing over")),
        ("campaigns:join_ins", pgettext("campaign", "Join-ins")),
        ("campaigns:ending", pgettext("campaign", "End")),
    ]
    return [(name, label, reverse(name, args=[campaign.pk])) for name, label in told]
