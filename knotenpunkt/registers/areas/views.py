"""Answers for the place field and the map. They set no cookie and write nothing."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.registers.areas import postal_codes, queries

# About a kilometre, should a browser ever send more.
DECIMALS = 2


@require_safe
@cache_control(public=True, max_age=86400)
def suggestions(request: NetworkRequest) -> HttpResponse:
    """Places that begin with ?q=, the network's own first; options for the place field (?ort=)."""
    typed = request.GET.get("ort")
    found = postal_codes.towns(typed or request.GET.get("q", ""), request.network.area_keys)
    if typed is not None:
        return render(request, "areas/_suggestions.html", {"suggestions": found})
    return JsonResponse({"suggestions": [asdict(place) for place in found]})


@require_safe
@cache_control(no_store=True)
def nearest_postal_code(request: HttpRequest) -> JsonResponse:
    """The postal code next to ?lat=&lon=, so that no position has to enter an address.

    Not stored anywhere on the way: the address holds where somebody is.
    """
    try:
        latitude = round(float(request.GET.get("lat", "")), DECIMALS)
        longitude = round(float(request.GET.get("lon", "")), DECIMALS)
    except (ValueError, OverflowError):
        return JsonResponse({"error": _("The position could not be read.")}, status=400)
    row = postal_codes.nearest(latitude, longitude)
    if row is None:
        return JsonResponse({"error": _("There is no postal code near this place.")}, status=404)
    return JsonResponse({"postal_code": row.postal_code, "town": row.town})


@require_safe
@cache_control(public=True, max_age=3600)
def outlines(request: HttpRequest) -> JsonResponse:
    """The borders that the network's maps draw."""
    return JsonResponse(queries.outlines_for_map(), content_type="application/geo+json")
