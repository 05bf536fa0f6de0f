"""What the pages of handing over fetch, and what stands around them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.desk.frame import campaign_frame
from knotenpunkt.activities.campaigns.models import Campaign, Station
from knotenpunkt.activities.campaigns.queries.handing_over import get_station
from knotenpunkt.foundation.accounts.gate import DeskRequest

HERE = "campaigns:handing_over"


def handing_frame(request: DeskRequest, campaign: Campaign, page: str) -> dict[str, Any]:
    """Tabs of the campaign, and the pages that belong to handing over."""
    told = [
        ("campaigns:handing_over", _("Stations")),
        ("campaigns:assign_orders", _("Who fetches where")),
        ("campaigns:pick_list", _("Pick list")),
        ("campaigns:not_fetched", _("Not fetched yet")),
    ]
    return campaign_frame(request, campaign, HERE) | {
        "pages": [
            {"label": label, "url": reverse(name, args=[campaign.pk]), "current": name == page}
            for name, label in told
        ]
    }


def station_or_404(request: DeskRequest, campaign: Campaign, station_id: UUID) -> Station:
    """The fetch is the gate."""
    try:
        return get_station(request.actor, campaign, station_id)
    except Station.DoesNotExist as missing:
        raise Http404 from missing
