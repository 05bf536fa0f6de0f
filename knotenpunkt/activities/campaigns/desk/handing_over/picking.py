"""The pick list on the screen, and lists, slips and labels on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from knotenpunkt.activities.campaigns.desk.frame import campaign_or_404
from knotenpunkt.activities.campaigns.desk.handing_over.fetching import handing_frame
from knotenpunkt.activities.campaigns.models import Campaign, Material
from knotenpunkt.activities.campaigns.printing.packing_slips import (
    PackingSlip,
    SlipItem,
    packing_slips_pdf,
)
from knotenpunkt.activities.campaigns.printing.pick_lists import (
    PickMaterial,
    PickStation,
    Stop,
    pick_list_pdf,
)
from knotenpunkt.activities.campaigns.queries.handing_over import (
    Parcel,
    Round,
    address_of,
    note_with,
    postal_code_of,
    rounds,
    used_materials,
)
from knotenpunkt.activities.campaigns.slips import slip_code
from knotenpunkt.activities.campaigns.wording.counts import pieces_beside
from knotenpunkt.activities.campaigns.wording.handing_over import (
    handing_label,
    station_line,
    station_name,
)
from knotenpunkt.activities.campaigns.wording.sharing import ordered_by
from knotenpunkt.activities.mailings.printing.labels import (
    SHEETS,
    Label,
    Sheet,
    labels_pdf,
    sheet_of,
)
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.addresses import whole_address

NONE = "ohne"


@dataclass(frozen=True, slots=True)
class PickRow:
    """One order of the list."""

    parcel: Parcel
    name: str
    where: str
    packs: Sequence[int]
    state: str
    state_label: str
    url: str
    note: str


@require_safe
@members_only(Right.RUN_CAMPAIGNS)
def pick_list(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """What goes to whom, station by station."""
    campaign = campaign_or_404(request, campaign_id)
    found = _chosen_rounds(request, campaign)
    known = _materials(request, campaign, found)
    context = handing_frame(request, campaign, "campaigns:pick_list") | {
        "materials": known,
        "stations": [_station(request, one, known) for one in found if one.parcels],
        "parts": _parts(request, campaign),
        "address": request.META.get("QUERY_STRING", ""),
        "sheets": SHEETS,
    }
    return render(request, "campaigns/handing_over/pick_list.html", context)


@require_safe
@members_only(Right.RUN_CAMPAIGNS)
def pick_list_file(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """The list on paper."""
    campaign = campaign_or_404(request, campaign_id)
    found = _chosen_rounds(request, campaign)
    known = _materials(request, campaign, found)
    content = pick_list_pdf(
        [_pick_station(one, known) for one in found if one.parcels],
        materials=[PickMaterial(one.name, pieces_beside(one, 1)) for one in known],
        campaign=campaign.title,
    )
    return _pdf(content, campaign, _("pick-list"))


@require_safe
@members_only(Right.RUN_CAMPAIGNS)
def slips_file(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """A packing slip for each parcel."""
    campaign = campaign_or_404(request, campaign_id)
    found = _chosen_rounds(request, campaign)
    slips = [_slip(request, parcel) for one in found for parcel in one.parcels]
    return _pdf(packing_slips_pdf(slips, campaign=campaign.title), campaign, _("packing-slips"))


@require_safe
@members_only(Right.RUN_CAMPAIGNS)
def labels_file(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """An address label for each parcel; whose address is incomplete is left out and named."""
    campaign = campaign_or_404(request, campaign_id)
    found = _chosen_rounds(request, campaign)
    labels = [
        Label(parcel.order.number, (ordered_by(parcel.order), *address_of(parcel.order)))
        for one in found
        for parcel in one.parcels
    ]
    printed = labels_pdf(labels, sheet=_sheet(request))
    if not printed.content:
        context = handing_frame(request, campaign, "campaigns:pick_list") | {
            "missing": printed.missing
        }
        return render(request, "campaigns/handing_over/no_labels.html", context)
    return _pdf(printed.content, campaign, pgettext("name of a file", "labels"))


def _sheet(request: DeskRequest) -> Sheet:
    try:
        return sheet_of(request.GET.get("bogen", SHEETS[0].key))
    except KeyError:
        return SHEETS[0]


def _chosen_rounds(request: DeskRequest, campaign: Campaign) -> list[Round]:
    """All rounds, or the one that the address names."""
    found = rounds(request.actor, campaign)
    wanted = request.GET.get("ort", "")
    return [one for one in found if _key(one) == wanted] if wanted else found


def _key(one: Round) -> str:
    return str(one.station.pk) if one.station else NONE


def _materials(request: DeskRequest, campaign: Campaign, found: Sequence[Round]) -> list[Material]:
    return used_materials(
        request.actor, campaign, [parcel for one in found for parcel in one.parcels]
    )


def _parts(request: DeskRequest, campaign: Campaign) -> list[dict[str, object]]:
    wanted = request.GET.get("ort", "")
    found = rounds(request.actor, campaign)
    told = [("", _("All stations"), sum(len(one.parcels) for one in found))]
    told += [(_key(one), station_name(one.station), len(one.parcels)) for one in found]
    return [
        {"label": label, "url": f"?ort={key}", "count": count, "current": key == wanted}
        for key, label, count in told
    ]


def _station(request: DeskRequest, one: Round, known: Sequence[Material]) -> dict[str, object]:
    return {
        "name": station_name(one.station),
        "where": station_line(one.station) if one.station else "",
        "rows": [_row(request, parcel, known) for parcel in one.parcels],
        "totals": [sum(parcel.packs_of(material) for parcel in one.parcels) for material in known],
    }


def _row(request: DeskRequest, parcel: Parcel, known: Sequence[Material]) -> PickRow:
    state, label = handing_label(parcel)
    return PickRow(
        parcel=parcel,
        name=ordered_by(parcel.order),
        where=", ".join(address_of(parcel.order)),
        packs=[parcel.packs_of(material) for material in known],
        state=state,
        state_label=label,
        url=_slip_url(request, parcel),
        note=note_with(parcel.order),
    )


def _pick_station(one: Round, known: Sequence[Material]) -> PickStation:
    return PickStation(
        station_name(one.station),
        tuple(_stop(parcel, known) for parcel in one.parcels),
        where=station_line(one.station) if one.station else "",
    )


def _stop(parcel: Parcel, known: Sequence[Material]) -> Stop:
    order = parcel.order
    return Stop(
        number=order.number,
        name=ordered_by(order),
        packs=tuple(parcel.packs_of(material) for material in known),
        postal_code=postal_code_of(order),
        address=address_of(order),
        note=note_with(order),
        is_handed_over=parcel.is_done,
    )


def _slip(request: DeskRequest, parcel: Parcel) -> PackingSlip:
    order = parcel.order
    return PackingSlip(
        number=order.number,
        name=ordered_by(order),
        items=tuple(
            SlipItem(
                line.granted or 0,
                line.material.name,
                pieces_beside(line.material, line.granted or 0),
            )
            for line in parcel.lines
        ),
        url=_slip_url(request, parcel),
        postal_code=postal_code_of(order),
        address=address_of(order),
        station=station_name(order.station) if order.station else "",
        note=note_with(order),
    )


def _slip_url(request: DeskRequest, parcel: Parcel) -> str:
    code = slip_code(parcel.order.pk, request.network.pk)
    return whole_address(request.network, "campaigns:slip", code=code)


def _pdf(content: bytes, campaign: Campaign, what: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{campaign.slug}-{what}.pdf"'
    answer["Cache-Control"] = "no-store, private"
    return answer
