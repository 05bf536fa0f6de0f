"""Regions at the desk: what parts the network has, and who looks after each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.areas.actions import keep_region, remove_region
from knotenpunkt.registers.areas.forms import RegionForm, filled
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.areas.queries import (
    coordinators_of,
    get_region,
    possible_coordinators,
    regions,
    regions_with_coordinators,
)


@require_safe
@members_only(Right.READ_INTERNAL)
def region_list(request: DeskRequest) -> HttpResponse:
    """All regions, the wide ones first, with those who look after them."""
    context = {
        "regions": regions_with_coordinators(request.actor),
        "may_change": request.actor.may(Right.CHANGE_NETWORK),
    }
    return render(request, "areas/desk/regions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.CHANGE_NETWORK)
def new_region(request: DeskRequest) -> HttpResponse:
    """One more region."""
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.CHANGE_NETWORK)
def region(request: DeskRequest, region_id: UUID) -> HttpResponse:
    """Change a region."""
    return _form(request, _region_or_404(request, region_id))


def _form(request: DeskRequest, one: Region | None) -> HttpResponse:
    people = list(possible_coordinators(request.actor))
    initial = filled(one, coordinators_of(one)) if one else {}
    form = RegionForm(
        typed(request),
        initial=initial,
        region=one,
        regions=regions(request.actor),
        people=people,
    )
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        chosen = told.pop("coordinators")
        users = [user for user in people if user.pk in chosen]
        keep_region(actor=request.actor, region=one, coordinators=users, **told)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("areas:regions"))
    context: dict[str, Any] = {"form": form, "region": one, "back_url": reverse("areas:regions")}
    status = 422 if request.method == "POST" else 200
    return render(request, "areas/desk/region.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.CHANGE_NETWORK)
def remove(request: DeskRequest, region_id: UUID) -> HttpResponse:
    """Say what follows; then forget the region."""
    one = _region_or_404(request, region_id)
    back = reverse("areas:regions")
    if request.method == "POST":
        remove_region(actor=request.actor, region=one)
        messages.success(request, _("“%(name)s” is removed.") % {"name": one.name})
        return HttpResponseRedirect(back)
    return render(request, "areas/desk/region_remove.html", {"region": one, "back_url": back})


def _region_or_404(request: DeskRequest, region_id: UUID) -> Region:
    try:
        return get_region(request.actor, region_id)
    except Region.DoesNotExist as missing:
        raise Http404 from missing
