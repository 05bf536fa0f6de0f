"""The list of orders, and the same as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import cast
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from knotenpunkt.activities.campaigns.actions.exporting_orders import export_orders
from knotenpunkt.activities.campaigns.desk.frame import campaign_frame, campaign_or_404
from knotenpunkt.activities.campaigns.desk.orders.listing import NAME, header, lines, listing
from knotenpunkt.activities.campaigns.queries.campaigns import campaigns
from knotenpunkt.activities.campaigns.queries.materials import materials
from knotenpunkt.activities.campaigns.queries.orders import late_orders, orders
from knotenpunkt.activities.campaigns.wording.orders import deadline_at_desk
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.lists.files import CONTENT_TYPES
from knotenpunkt.tools.lists.registry import list_page
from knotenpunkt.tools.lists.showing import ordered, show
from knotenpunkt.tools.lists.views import ViewsBar, views_bar
from knotenpunkt.tools.lists.wanted import read

HERE = "campaigns:orders"
list_page(NAME, label=gettext_lazy("Orders of the latest campaign"), page="campaigns:latest_orders")


@require_safe
@members_only(Right.READ_INTERNAL)
def order_list(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """All orders, narrowed, sorted, page by page."""
    campaign = campaign_or_404(request, campaign_id)
    described = listing(request.actor, campaign)
    wanted, form = read(described, request.GET.dict())
    here = reverse(HERE, args=[campaign.pk])
    context = campaign_frame(request, campaign, HERE) | {
        "shown": show(described, wanted, form, orders(request.actor, campaign)),
        "list_url": here,
        "views": _led_here(views_bar(request.actor, NAME, wanted), here),
        "deadline": deadline_at_desk(campaign),
        "late": len(late_orders(request.actor, campaign)),
    }
    return render(request, "campaigns/orders/list.html", context)


def _led_here(bar: ViewsBar, here: str) -> ViewsBar:
    """A view is kept for all campaigns; above this list it leads to this one."""
    views = [replace(one, url=f"{here}?{one.url.partition('?')[2]}") for one in bar.views]
    return replace(bar, views=views)


@require_safe
@members_only(Right.READ_INTERNAL)
def latest(request: DeskRequest) -> HttpResponse:
    """Saved views lead to the orders of the campaign that began last."""
    campaign = campaigns(request.actor).first()
    if campaign is None:
        return HttpResponseRedirect(reverse("campaigns:list"))
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{reverse(HERE, args=[campaign.pk])}?{query}")


@require_POST
@members_only(Right.RUN_CAMPAIGNS)
def export(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """The list that the address describes, as CSV or XLSX."""
    form = request.POST.get("form", "")
    if form not in CONTENT_TYPES:
        raise Http404
    campaign = campaign_or_404(request, campaign_id)
    described = listing(request.actor, campaign)
    wanted, _filters = read(described, request.GET.dict())
    rows = orders(request.actor, campaign).filter(wanted.narrowed)
    goods = list(materials(request.actor, campaign))
    written = export_orders(
        actor=request.actor,
        campaign=campaign,
        header=header(goods),
        rows=lines(goods, ordered(described, wanted, rows)),
        form=form,
    )
    name = f"bestellungen-{campaign.slug}-{timezone.localdate():%Y-%m-%d}.{form}"
    answer = FileResponse(
        written.file, as_attachment=True, filename=name, content_type=CONTENT_TYPES[form]
    )
    return cast("HttpResponse", answer)
