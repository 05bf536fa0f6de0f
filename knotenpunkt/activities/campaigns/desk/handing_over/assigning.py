"""Which order is fetched where: by postal code at once, or by hand."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.campaigns.actions.stations import assign_by_postal_code, assign_orders
from knotenpunkt.activities.campaigns.desk.frame import campaign_or_404
from knotenpunkt.activities.campaigns.desk.handing_over.fetching import handing_frame
from knotenpunkt.activities.campaigns.models import Campaign, Station
from knotenpunkt.activities.campaigns.queries.handing_over import (
    Assignable,
    assignable,
    stations,
)
from knotenpunkt.activities.campaigns.wording.sharing import ordered_by
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.paging import paging
from knotenpunkt.foundation.core.spoken import number

PREFIX, NONE, BY_CODE = "ort-", "ohne", "nach-plz"
PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def assigning(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """The orders with their stations, a page at a time: others stay as they are."""
    campaign = campaign_or_404(request, campaign_id)
    known = stations(request.actor, campaign)
    if request.method == "POST":
        return _assigned(request, campaign, known)
    found = assignable(request.actor, campaign)
    part = request.GET.get("zeigen", "")
    kept = [one for one in found if _belongs(one, part)]
    page = Paginator(kept, PAGE).get_page(request.GET.get("seite"))
    context = handing_frame(request, campaign, "campaigns:assign_orders") | {
        "stations": known,
        "parts": _parts(found, known, part),
        "rows": [(one, ordered_by(one.order)) for one in page],
        "paging": paging(page, lambda at: f"?{urlencode({'zeigen': part, 'seite': at})}"),
        "total": len(found),
        "proposed": _proposed(found, known),
    }
    return render(request, "campaigns/handing_over/assigning.html", context)


def _proposed(found: Sequence[Assignable], known: Sequence[Station]) -> list[tuple[str, int]]:
    """How many orders without a station would come to which."""
    free = [one.proposed for one in found if one.order.station_id is None and one.proposed]
    return [(one.name, count) for one in known if (count := free.count(one))]


def _belongs(one: Assignable, part: str) -> bool:
    if part == NONE:
        return one.order.station_id is None
    return not part or str(one.order.station_id) == part


def _parts(
    found: Sequence[Assignable], known: Sequence[Station], part: str
) -> list[dict[str, object]]:
    told = [("", pgettext("tab of a list", "All")), (NONE, _("Without a station"))]
    told += [(str(one.pk), one.name) for one in known]
    return [
        {
            "label": label,
            "url": f"?zeigen={key}",
            "count": sum(_belongs(one, key) for one in found),
            "current": key == part,
        }
        for key, label in told
    ]


def _assigned(
    request: DeskRequest, campaign: Campaign, known: Sequence[Station]
) -> HttpResponseRedirect:
    if request.POST.get("deed") == BY_CODE:
        count = assign_by_postal_code(actor=request.actor, campaign=campaign)
    else:
        chosen = _chosen(request, known)
        count = assign_orders(actor=request.actor, campaign=campaign, chosen=chosen)
    messages.success(request, _moved(count))
    return HttpResponseRedirect(request.get_full_path())


def _moved(count: int) -> str:
    if not count:
        return _("Nothing has changed: each order has its station already.")
    told = ngettext(
        "%(n)s order has another station now.", "%(n)s orders have another station now.", count
    )
    return told % {"n": number(count)}


def _chosen(request: DeskRequest, known: Sequence[Station]) -> dict[UUID, Station | None]:
    """Order → station, as chosen; what is none of ours is left as it is."""
    by_id: dict[str, Station | None] = {"": None} | {str(one.pk): one for one in known}
    chosen: dict[UUID, Station | None] = {}
    for name, value in request.POST.items():
        if not name.startswith(PREFIX) or value not in by_id:
            continue
        try:
            chosen[UUID(name.removeprefix(PREFIX))] = by_id[str(value)]
        except ValueError:
            continue
    return chosen
