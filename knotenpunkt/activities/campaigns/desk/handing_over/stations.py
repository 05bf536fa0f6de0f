"""Adding, changing and removing stations; the helpers' link of each."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.campaigns.actions.stations import (
    end_helping,
    open_helping,
    remove_station,
    save_station,
)
from knotenpunkt.activities.campaigns.desk.frame import campaign_or_404
from knotenpunkt.activities.campaigns.desk.handing_over.fetching import (
    handing_frame,
    station_or_404,
)
from knotenpunkt.activities.campaigns.forms.stations import StationForm, entered
from knotenpunkt.activities.campaigns.models import Campaign, Station
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.addresses import whole_address
from knotenpunkt.tools.documents.pictures import qr_svg

DAYS = (1, 7, 14, 30)
CHOSEN = 14


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def add(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """A new station or round."""
    campaign = campaign_or_404(request, campaign_id)
    return _edited(request, campaign, None)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def edit(request: DeskRequest, campaign_id: UUID, station_id: UUID) -> HttpResponse:
    """Change a station."""
    campaign = campaign_or_404(request, campaign_id)
    return _edited(request, campaign, station_or_404(request, campaign, station_id))


def _edited(request: DeskRequest, campaign: Campaign, station: Station | None) -> HttpResponse:
    form = StationForm(typed(request), initial=entered(station) if station else {})
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_station(
                actor=request.actor, campaign=campaign, draft=form.draft(), station=station
            )
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": saved.name})
            return _list(campaign)
    context = handing_frame(request, campaign, "") | {"form": form, "station": station}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "campaigns/handing_over/station.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def remove(request: DeskRequest, campaign_id: UUID, station_id: UUID) -> HttpResponse:
    """Remove a station, after a look at what that means."""
    campaign = campaign_or_404(request, campaign_id)
    station = station_or_404(request, campaign, station_id)
    if request.method == "POST":
        remove_station(actor=request.actor, station=station)
        messages.success(request, _("“%(name)s” is removed.") % {"name": station.name})
        return _list(campaign)
    context = handing_frame(request, campaign, "") | {
        "station": station,
        "orders": station.orders.count(),
    }
    return render(request, "campaigns/handing_over/remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def helping(request: DeskRequest, campaign_id: UUID, station_id: UUID) -> HttpResponse:
    """A link for helpers without an account. It is shown once, when it is made."""
    campaign = campaign_or_404(request, campaign_id)
    station = station_or_404(request, campaign, station_id)
    url = ""
    if request.method == "POST" and request.POST.get("deed") == "beenden":
        end_helping(actor=request.actor, station=station)
        messages.success(request, _("The link opens nothing any more."))
        return HttpResponseRedirect(request.path)
    if request.method == "POST":
        url = _opened(request, station)
    context = handing_frame(request, campaign, "") | {
        "station": station,
        "days": DAYS,
        "chosen": _days(request),
        "url": url,
        "qr": _qr(url) if url else "",
    }
    return render(request, "campaigns/handing_over/helping.html", context)


def _opened(request: DeskRequest, station: Station) -> str:
    token = open_helping(actor=request.actor, station=station, days=_days(request))
    return whole_address(request.network, "campaigns:helpers", token=token)


def _days(request: DeskRequest) -> int:
    word = request.POST.get("tage", "")
    return int(word) if word in map(str, DAYS) else CHOSEN


def _qr(url: str) -> SafeString:
    return mark_safe(qr_svg(url))  # noqa: S308 - drawn by segno from our own address


def _list(campaign: Campaign) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("campaigns:handing_over", args=[campaign.pk]))
