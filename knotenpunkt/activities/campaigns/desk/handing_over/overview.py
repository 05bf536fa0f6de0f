"""How far handing over is, station by station."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knotenpunkt.activities.campaigns.desk.frame import campaign_or_404
from knotenpunkt.activities.campaigns.desk.handing_over.fetching import handing_frame
from knotenpunkt.activities.campaigns.queries.handing_over import Round, rounds
from knotenpunkt.activities.campaigns.queries.shares_to_tell import telling
from knotenpunkt.activities.campaigns.wording.counts import packs
from knotenpunkt.activities.campaigns.wording.handing_over import station_line, station_name
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A station in the list."""

    round: Round
    name: str
    where: str
    packs: str


@require_safe
@members_only(Right.READ_INTERNAL)
def overview(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Stations and rounds with what is handed over."""
    campaign = campaign_or_404(request, campaign_id)
    found = rounds(request.actor, campaign)
    total = sum(len(one.parcels) for one in found)
    context = handing_frame(request, campaign, "campaigns:handing_over") | {
        "rows": [_row(one) for one in found],
        "total": total,
        "done": sum(one.done for one in found),
        "without": sum(len(one.parcels) for one in found if one.station is None),
        "has_stations": any(one.station for one in found),
        "waiting": telling(request.actor, campaign).waiting,
    }
    return render(request, "campaigns/handing_over/overview.html", context)


def _row(one: Round) -> RoundRow:
    where = station_line(one.station) if one.station else ""
    return RoundRow(one, station_name(one.station), where, packs(one.packs))
