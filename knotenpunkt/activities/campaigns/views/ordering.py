"""Ordering on the public page, and what every order form shows of a material.

No account and no cookie. Nobody learns here whether somebody is known: a partner is recognised at
the desk only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import (
    Http404,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.activities.campaigns.actions.orders import place_order
from knotenpunkt.activities.campaigns.forms.orders import STEP, OrderForm, Row, stepped
from knotenpunkt.activities.campaigns.forms.public_orders import PublicOrderForm
from knotenpunkt.activities.campaigns.messages.asking import ways_of
from knotenpunkt.activities.campaigns.models import Came, Campaign, CampaignState, Material, Station
from knotenpunkt.activities.campaigns.queries.campaigns import public_campaign
from knotenpunkt.activities.campaigns.queries.materials import (
    left_of,
    material_picture,
    offered,
    stations,
)
from knotenpunkt.activities.campaigns.rules.orders import (
    AlreadyOrdered,
    NotNow,
    refuse_closed,
)
from knotenpunkt.activities.campaigns.rules.stations import station_for
from knotenpunkt.activities.campaigns.wording import orders as wording
from knotenpunkt.foundation.accounts.actors import ANYONE
from knotenpunkt.foundation.core.brakes import Brake
from knotenpunkt.foundation.core.public_forms import comes_from_here, new_token
from knotenpunkt.foundation.core.visitors import visitor_address
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.files.queries import content_of

KEPT_SECONDS = 7 * 24 * 3600
OF_ONE_VISITOR = Brake("campaigns.orders.visitor", limit=8, seconds=3600)
# Whoever changes addresses all the time meets this one.
OF_ALL_VISITORS = Brake("campaigns.orders.network", limit=120, seconds=3600)


@dataclass(frozen=True, slots=True)
class Card:
    """A material as the order form shows it."""

    row: Row
    pack_size: str
    left: str
    is_gone: bool
    limit: str
    picture_url: str


def cards(campaign: Campaign, form: OrderForm, own: Mapping[UUID, int] | None = None) -> list[Card]:
    """The materials of a form. `own` packs, which an order has already, count as left for it."""
    left = left_of(form.materials)
    mine = own or {}
    return [
        _card(campaign, row, left[row.material.pk] + mine.get(row.material.pk, 0))
        for row in form.rows
    ]


def _card(campaign: Campaign, row: Row, packs: int) -> Card:
    material = row.material
    return Card(
        row=row,
        pack_size=wording.pack_size(material),
        left=wording.left(material, packs),
        is_gone=wording.is_gone(material, packs),
        limit=wording.limit(material),
        picture_url=picture_url(campaign, material),
    )


def proposed_station(stations: Sequence[Station], postal_code: str) -> Station | None:
    """The only one there is, else the one that this postal code leads to."""
    return stations[0] if len(stations) == 1 else station_for(postal_code, stations)


def picture_url(campaign: Campaign, material: Material) -> str:
    """Where everybody sees the picture; its address changes with the picture."""
    if material.picture_id is None:
        return ""
    told = {"slug": campaign.slug, "material_id": material.pk, "version": material.picture_id.hex}
    return reverse("campaigns:material_picture", kwargs=told)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def order(request: NetworkRequest, slug: str) -> HttpResponse:
    """Order without a personal link, where the campaign has this form."""
    campaign = _campaign_or_404(slug)
    if campaign.slug != slug:
        return HttpResponsePermanentRedirect(reverse("campaigns:order", args=[campaign.slug]))
    if not _takes_orders(campaign):
        return _closed(request, campaign)
    parts: dict[str, Any] = {"materials": offered(campaign), "stations": stations(campaign)}
    if request.method != "POST":
        return _page(request, campaign, PublicOrderForm(**parts, initial={"token": new_token()}))
    if STEP in request.POST:
        return _page(request, campaign, PublicOrderForm(**parts, initial=stepped(request.POST)))
    form = PublicOrderForm(request.POST, **parts)
    if refused := _refusal(request, form):
        return _page(request, campaign, form, refused)
    return _placed(request, campaign, form)


def _placed(request: NetworkRequest, campaign: Campaign, form: PublicOrderForm) -> HttpResponse:
    draft, key = form.public_draft(), form.cleaned_data["key"]
    thanks = HttpResponseRedirect(reverse("campaigns:order_thanks", args=[campaign.slug]))
    try:
        place_order(actor=ANYONE, campaign=campaign, draft=draft, came=Came.PAGE, key=key)
    except AlreadyOrdered:
        form.add_error(None, _("This order has arrived already. Please call us to change it."))
    except NotNow as told:
        form.add_error(None, str(told))
    except ValidationError as refused:
        form.add_error(None, refused)
    else:
        return thanks
    return _page(request, campaign, form, HTTPStatus.UNPROCESSABLE_ENTITY)


@never_cache
@require_safe
def thanks(request: NetworkRequest, slug: str) -> HttpResponse:
    """What happens next. The address says nothing of whoever ordered."""
    campaign = _campaign_or_404(slug)
    if not _takes_orders(campaign):
        return _closed(request, campaign)
    context = _around(campaign) | {
        "ways": ways_of(request.network, campaign),
        "until": wording.until(campaign),
    }
    return render(request, "campaigns/ordering/thanks.html", context)


def _refusal(request: NetworkRequest, form: PublicOrderForm) -> int:
    """The status of a form that is not taken, with a word to its sender; 0 when it is."""
    if not comes_from_here(request):
        form.add_error(None, _("Please send the form from this page."))
        return HTTPStatus.FORBIDDEN
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    if _too_often(request):
        form.add_error(None, _("Too many came from here in the last hour. Please call us instead."))
        return HTTPStatus.TOO_MANY_REQUESTS
    return 0


def _too_often(request: NetworkRequest) -> bool:
    slug = request.network.slug
    return OF_ONE_VISITOR.holds(f"{slug} {visitor_address(request)}") or OF_ALL_VISITORS.holds(slug)


def _page(
    request: NetworkRequest, campaign: Campaign, form: PublicOrderForm, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    context = _around(campaign) | {
        "form": form,
        "cards": cards(campaign, form),
        "action": reverse("campaigns:order", args=[campaign.slug]),
        "deadline": wording.deadline(campaign, now),
        "late_told": wording.late_told(campaign, now),
    }
    return render(request, "campaigns/ordering/public.html", context, status=status)


def _around(campaign: Campaign) -> dict[str, Any]:
    url = reverse("campaigns:public", args=[campaign.slug])
    return {"campaign": campaign, "campaign_url": url, "forget_days": campaign.forget_days}


def _campaign_or_404(slug: str) -> Campaign:
    try:
        return public_campaign(slug)
    except Campaign.DoesNotExist as missing:
        raise Http404 from missing


def _takes_orders(campaign: Campaign) -> bool:
    """Whether it has the form and still takes orders, if only late ones."""
    try:
        refuse_closed(campaign, Came.PAGE)
    except NotNow:
        return False
    return campaign.public_orders


def _closed(request: NetworkRequest, campaign: Campaign) -> HttpResponse:
    """Say why nothing can be ordered here, and whom to ask; GONE once it could be."""
    context = _around(campaign) | {
        "why": wording.why_not_here(campaign),
        "ways": ways_of(request.network, campaign),
    }
    is_over = campaign.state == CampaignState.ENDED
    status = HTTPStatus.GONE if is_over else HTTPStatus.NOT_FOUND
    return render(request, "campaigns/ordering/closed.html", context, status=status)


@require_safe
def picture(request: NetworkRequest, slug: str, material_id: UUID, version: str) -> HttpResponse:
    """The picture of a material of a public campaign."""
    try:
        file = material_picture(public_campaign(slug), material_id)
    except (Campaign.DoesNotExist, StoredFile.DoesNotExist) as missing:
        raise Http404 from missing
    if file.pk.hex != version:
        raise Http404
    response = picture_response(file)
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS, immutable=True)
    return response


def picture_response(file: StoredFile) -> HttpResponse:
    """A picture that was written anew when it came, so it is what it says."""
    response = HttpResponse(content_of(file.pk), content_type=file.content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
