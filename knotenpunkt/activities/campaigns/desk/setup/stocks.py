"""The step about material: how much there is, in which packs, and how much one order may have."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.campaigns.actions.materials import save_materials
from knotenpunkt.activities.campaigns.desk.frame import campaign_or_404
from knotenpunkt.activities.campaigns.desk.setup.steps import leave, show
from knotenpunkt.activities.campaigns.forms.stocks import StockSheet
from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.materials import materials, stations, stocks
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.desk.problems import problems


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def stock(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """What partners can order. What was ordered already is changed on its own page, which says
    what follows."""
    campaign = campaign_or_404(request, campaign_id)
    sheet = _sheet(request, campaign)
    is_sent = request.method == "POST"
    refused = ""
    if is_sent and sheet.is_valid():
        refused = _refused(request, campaign, sheet)
        if not refused:
            return leave(request, campaign, "materials")
    return show(
        request, campaign, "materials", "campaigns/setup/materials.html",
        rows=sheet.rows, refused=refused, problems=problems(sheet.forms) if is_sent else None,
        stations=[one.name for one in stations(campaign)],
        takes_orders=campaign.order_until is not None,
    )  # fmt: skip


def _sheet(request: DeskRequest, campaign: Campaign) -> StockSheet:
    found = list(materials(request.actor, campaign))
    standing = stocks(found)
    return StockSheet(found, [one for one in found if standing[one.pk].orders], typed(request))


def _refused(request: DeskRequest, campaign: Campaign, sheet: StockSheet) -> str:
    """Save; why that cannot be, or ""."""
    try:
        save_materials(actor=request.actor, campaign=campaign, drafts=sheet.drafts)
    except ValidationError as problem:
        return " ".join(problem.messages)
    for one in sheet.too_late:
        told = _("“%(name)s” was ordered meanwhile. Please change it on its own page.")
        messages.warning(request, told % {"name": one.name})
    return ""
