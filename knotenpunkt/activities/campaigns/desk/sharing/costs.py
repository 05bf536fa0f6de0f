"""What to order again, and what was spent in which Förderbereich."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from knotenpunkt.activities.campaigns.actions.exporting_costs import export_costs, export_missing
from knotenpunkt.activities.campaigns.desk.frame import campaign_or_404
from knotenpunkt.activities.campaigns.desk.sharing.overview import sharing_frame
from knotenpunkt.activities.campaigns.models import Campaign, Material
from knotenpunkt.activities.campaigns.queries import costs as reads
from knotenpunkt.activities.campaigns.queries.costs import AreaCost, Cost, Missing
from knotenpunkt.activities.campaigns.wording.counts import orders, packs, pieces_beside
from knotenpunkt.activities.campaigns.wording.money import euros
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.tools.lists.files import CONTENT_TYPES, Written


@require_safe
@members_only(Right.READ_INTERNAL)
def reorder(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Which wishes are open, and what it would take to fill them."""
    campaign = campaign_or_404(request, campaign_id)
    found = reads.missing(request.actor, campaign)
    context = sharing_frame(request, campaign, "campaigns:reorder") | {
        "columns": _missing_heads(),
        "rows": [_missing_row(one) for one in found],
        "total": euros(sum(one.cents for one in found)),
    }
    return render(request, "campaigns/sharing/reorder.html", context)


@require_safe
@members_only(Right.READ_INTERNAL)
def costs(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """What the packs that were given cost, by Förderbereich."""
    campaign = campaign_or_404(request, campaign_id)
    found = reads.costs(request.actor, campaign)
    context = sharing_frame(request, campaign, "campaigns:costs") | {
        "areas": [_area(one) for one in found],
        "columns": _cost_heads(),
        "total": euros(sum(one.cents for one in found)),
    }
    return render(request, "campaigns/sharing/costs.html", context)


@require_POST
@members_only(Right.RUN_CAMPAIGNS)
def export_reorder(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """The list of what is missing as a file."""
    form = _form(request)
    campaign = campaign_or_404(request, campaign_id)
    return _file(
        export_missing(actor=request.actor, campaign=campaign, form=form),
        campaign,
        pgettext("name of a file", "missing"),
        form,
    )


@require_POST
@members_only(Right.RUN_CAMPAIGNS)
def export_costs_file(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """The costs as a file."""
    form = _form(request)
    campaign = campaign_or_404(request, campaign_id)
    return _file(
        export_costs(actor=request.actor, campaign=campaign, form=form),
        campaign,
        pgettext("name of a file", "costs"),
        form,
    )


def _form(request: DeskRequest) -> str:
    form = request.POST.get("form", "")
    if form not in CONTENT_TYPES:
        raise Http404
    return form


def _file(written: Written, campaign: Campaign, what: str, form: str) -> HttpResponse:
    kind, name = CONTENT_TYPES[form], f"{campaign.slug}-{what}.{form}"
    answer = FileResponse(written.file, as_attachment=True, filename=name, content_type=kind)
    return cast("HttpResponse", answer)


def _missing_heads() -> list[Head]:
    return [
        Head(_("Material")),
        Head(_("Open wishes"), numeric=True),
        Head(_("In stock"), numeric=True),
        Head(_("Order again"), numeric=True),
        Head(_("Cost"), numeric=True),
    ]


def _missing_row(one: Missing) -> Row:
    heads = [head.label for head in _missing_heads()]
    return Row(
        [
            Cell(one.material.name),
            Cell(number(one.packs), heads[1], note=orders(one.orders), numeric=True),
            Cell(number(one.left), heads[2], numeric=True),
            _packs(one.material, one.to_buy, heads[3]),
            Cell(euros(one.cents), heads[4], numeric=True),
        ]
    )


def _packs(material: Material, count: int, label: str) -> Cell:
    return Cell(packs(count), label, note=pieces_beside(material, count), numeric=True)


def _cost_heads() -> list[Head]:
    return [
        Head(_("Material")),
        Head(_("Given"), numeric=True),
        Head(_("Handed over"), numeric=True),
        Head(_("Cost of a pack"), numeric=True),
        Head(_("Cost"), numeric=True),
    ]


def _area(one: AreaCost) -> dict[str, object]:
    return {
        "label": one.area.label,
        "total": euros(one.cents),
        "rows": [_cost_row(cost) for cost in one.costs],
    }


def _cost_row(one: Cost) -> Row:
    heads = [head.label for head in _cost_heads()]
    return Row(
        [
            Cell(one.material.name),
            _packs(one.material, one.given, heads[1]),
            Cell(number(one.handed_over), heads[2], numeric=True),
            Cell(euros(one.material.pack_cents), heads[3], numeric=True),
            Cell(euros(one.cents), heads[4], numeric=True),
        ]
    )
