"""Handing over with a telephone: what the QR code of a packing slip opens, and the helpers' pages.

Opening marks nothing; a button does. Who marks is signed in, or holds the helpers' link of the
station: in the address, or in a cookie of this page alone that they asked for with a button.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.campaigns.actions.handing_over import hand_over, take_back
from knotenpunkt.activities.campaigns.queries.handing_over import (
    Parcel,
    parcel_of_code,
    parcels_at,
    station_of_token,
)
from knotenpunkt.activities.campaigns.rules.handing_over import HELPING, Helper, may_hand_over
from knotenpunkt.activities.campaigns.wording.handing_over import short_line, shown_parcel
from knotenpunkt.foundation.accounts.actors import Actor, Person
from knotenpunkt.foundation.accounts.gate import sign_in_url
from knotenpunkt.foundation.accounts.queries import owes_second_factor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.brakes import Brake
from knotenpunkt.foundation.core.visitors import visitor_address
from knotenpunkt.foundation.networks.addresses import mount
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.tools.links.queries import opened

COOKIE = "kp-ausgabe"
ALL, PART, BACK = "alles", "teil", "zurueck"
PREFIX = "packungen-"
TRIES = Brake("campaigns.slips", limit=300, seconds=3600)
View = Callable[..., HttpResponse]


class WorkRequest(NetworkRequest):
    """A request of somebody who may be signed in."""

    actor: Actor


def private(view: View) -> View:
    """No answer is kept, indexed, or told on by its address."""

    @wraps(view)
    def guarded(request: WorkRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        patch_vary_headers(response, ["Cookie"])
        return response

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@private
def slip(request: WorkRequest, code: str) -> HttpResponse:
    """The order of a packing slip; one button says that it is handed over."""
    parcel = parcel_of_code(code)
    if parcel is None:
        if TRIES.holds(visitor_address(request)):
            return render(request, "campaigns/handing_over/slow.html", status=429)
        raise Http404
    actor = _who(request)
    if actor is None:
        context = {"sign_in_url": sign_in_url(request, request.path)}
        return render(request, "campaigns/handing_over/door.html", context, status=403)
    return _parcel_page(request, actor, parcel, request.path, back="")


@require_http_methods(["GET", "HEAD", "POST"])
@private
def helpers(request: WorkRequest, token: str) -> HttpResponse:
    """What a station hands over, for helpers without an account."""
    station, helper = _station_or_404(request, token)
    if request.method == "POST":
        return _this_telephone(request, token)
    found = parcels_at(helper)
    wanted = request.GET.get("nummer", "").strip()
    if wanted and any(str(one.order.number) == wanted for one in found):
        return HttpResponseRedirect(_helper_order(token, wanted))
    context = {
        "station": station,
        "campaign": station.campaign,
        "open": [(_helper_order(token, one.order.number), short_line(one)) for one in found
                 if not one.is_done],
        "done": [(_helper_order(token, one.order.number), short_line(one)) for one in found
                 if one.is_done],
        "count": len(found),
        "wanted": wanted,
        "is_set": request.COOKIES.get(COOKIE) == token,
        "token": token,
    }  # fmt: skip
    return render(request, "campaigns/handing_over/helpers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def helper_order(request: WorkRequest, token: str, number: int) -> HttpResponse:
    """One order of the station, found by its number."""
    _station, helper = _station_or_404(request, token)
    for parcel in parcels_at(helper):
        if parcel.order.number == number:
            back = reverse("campaigns:helpers", args=[token])
            return _parcel_page(request, helper, parcel, request.path, back=back)
    raise Http404


def _parcel_page(
    request: WorkRequest, actor: Actor, parcel: Parcel, here: str, *, back: str
) -> HttpResponse:
    allowed = may_hand_over(actor, parcel.order)
    problem = ""
    if request.method == "POST" and allowed:
        problem = _marked(request, actor, parcel)
        if not problem:
            return HttpResponseRedirect(here)
    context = {
        "parcel": shown_parcel(parcel, actor), "allowed": allowed, "problem": problem, "back": back,
    }  # fmt: skip
    status = 422 if problem else 200 if allowed else 403
    return render(request, "campaigns/handing_over/parcel.html", context, status=status)


def _marked(request: WorkRequest, actor: Actor, parcel: Parcel) -> str:
    """Do what the button says; what is wrong, or ""."""
    deed = request.POST.get("deed")
    try:
        if deed == BACK:
            take_back(actor=actor, order=parcel.order)
        elif deed == PART:
            hand_over(actor=actor, order=parcel.order, packs=_counted(request, parcel))
        elif deed == ALL:
            hand_over(actor=actor, order=parcel.order)
    except ValidationError as told:
        return " ".join(told.messages)
    return ""


def _counted(request: WorkRequest, parcel: Parcel) -> dict[Any, int]:
    """Packs by line as they were typed; what is no number is more than there can be."""
    typed = {line.pk: request.POST.get(f"{PREFIX}{line.pk}", "").strip() for line in parcel.lines}
    return {
        key: int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1
        for key, text in typed.items()
    }


def _who(request: WorkRequest) -> Actor | None:
    """Somebody of this network who runs campaigns, else the helper whose cookie this is."""
    actor = request.actor
    if isinstance(actor, Person) and actor.may(Right.RUN_CAMPAIGNS):
        return None if owes_second_factor(actor, request.network) else actor
    found = station_of_token(request.COOKIES.get(COOKIE, ""))
    return found[1] if found else None


def _this_telephone(request: WorkRequest, token: str) -> HttpResponse:
    """Let this telephone open slips of the station until its link is over, or end that."""
    response = HttpResponseRedirect(reverse("campaigns:helpers", args=[token]))
    path = f"{mount(request.network.slug, 'de')}ausgabe/"
    if request.POST.get("deed") == "vergessen":
        response.delete_cookie(COOKIE, path=path)
        return response
    link = opened(token, HELPING)
    if link is not None:
        seconds = int((link.expires_at - timezone.now()).total_seconds())
        response.set_cookie(
            COOKIE, token, max_age=max(seconds, 0), path=path, httponly=True, samesite="Lax",
            secure=request.is_secure(),
        )  # fmt: skip
    return response


def _station_or_404(request: WorkRequest, token: str) -> tuple[Any, Helper]:
    found = station_of_token(token)
    if found is None:
        raise Http404
    return found


def _helper_order(token: str, number: object) -> str:
    return reverse("campaigns:helper_order", args=[token, number])
