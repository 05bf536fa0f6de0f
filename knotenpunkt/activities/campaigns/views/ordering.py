"""Ordering on the public page, and what every order form shows of a material."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from knotenpunkt.activities.campaigns.forms.orders import OrderForm, Row
from knotenpunkt.activities.campaigns.models import Campaign, Material, Station
from knotenpunkt.activities.campaigns.queries.campaigns import public_campaign
from knotenpunkt.activities.campaigns.queries.materials import left_of, material_picture
from knotenpunkt.activities.campaigns.rules.stations import station_for
from knotenpunkt.activities.campaigns.wording import orders as wording
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.files.queries import content_of

KEPT_SECONDS = 7 * 24 * 3600


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
