"""The finder and the page of an offer."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.registers.areas.distances import spoken_distance
from knotenpunkt.registers.offers import calendar_files, forms, queries, wording
from knotenpunkt.registers.offers.finder import PAGE, Finding, find
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.pages import offer_page
from knotenpunkt.registers.offers.times import Occurrence, next_occurrences
from knotenpunkt.registers.offers.wishes import Wish, age_in_address, located, read_wish

DATES_ON_THE_PAGE = 4
DATES_IN_A_FILE = 20
PAGES = 10
SIMILAR = 3


class OfferRequest(NetworkRequest):
    """A request of somebody who may be anyone."""

    actor: Actor


@require_safe
def finder(request: OfferRequest) -> HttpResponse:
    """Find offers. With a script only the results are exchanged, without one the whole page."""
    topics = queries.topics()
    languages = queries.spoken_languages()
    wish = read_wish(
        request.GET,
        near_area_keys=request.network.area_keys,
        topics=[topic.key for topic in topics],
        languages=languages,
    )
    pages = _pages(request)
    finding = find(request.actor, request.network, wish, now=timezone.now(), limit=pages * PAGE)
    base = reverse("offers:finder")
    more = f"{wish.address()}{'&' if wish.address() else '?'}seiten={pages + 1}"
    context = {
        "wish": wish,
        "finding": finding,
        "nearest": _nearest(finding),
        **_lists(finding),
        "chips": forms.chips(wish, topics, base),
        "base": base,
        "here": base + wish.address(),
        "more_url": base + more if finding.has_more and pages < PAGES else "",
        "without_day_url": base + wish.address(day="", time="") if wish.day or wish.time else "",
        "by_distance_url": base + wish.address(nearest_first=not wish.nearest_first),
        **_choices(wish, topics, languages),
    }
    template = (
        "_exchanged.html" if request.headers.get("HX-Target") == "ergebnisse" else "finder.html"
    )
    response = render(request, f"offers/{template}", context)
    response["Vary"] = "HX-Request, HX-Target"
    if request.headers.get("HX-Request"):
        response["HX-Push-Url"] = base + wish.address()
    return response


def _lists(finding: Finding) -> dict[str, Any]:
    """The list, the map that says the same, and those that are on no map."""
    cards = _cards(finding)
    here = finding.wish.place
    points: list[dict[str, Any]] = [
        {**card.point, "title": card.title, "target": f"angebot-{card.id}"}
        for card in cards
        if card.point
    ]
    if here and points:
        points.append({"here": True, "lat": here.lat, "lon": here.lon, "title": here.label})
    return {
        "cards": cards,
        "points": points,
        "without_way": [card for card in cards if card.mark_icon],
        "tiles": settings.MAP_TILES,
    }


def _nearest(finding: Finding) -> str:
    return "" if finding.nearest_km is None else spoken_distance(finding.nearest_km, False)


def _pages(request: OfferRequest) -> int:
    asked = request.GET.get("seiten", "1")
    return max(1, min(PAGES, int(asked))) if asked.isdecimal() and len(asked) < 4 else 1


def _cards(finding: Finding) -> list[wording.Card]:
    """Cards in their order; those with a known point are numbered as on the map."""
    cards, number, today = [], 0, timezone.localdate()
    for found in finding.found:
        place = found.at_place.place if found.at_place else None
        on_map = place is not None and place.has_coordinates
        number += on_map
        cards.append(
            wording.card(
                found,
                today,
                number=number if on_map else None,
                with_reason=bool(finding.wish.text),
            )
        )
    return cards


def _choices(wish: Wish, topics: list[Any], languages: list[str]) -> dict[str, Any]:
    return {
        "ages": forms.age_choices(wish.age_months),
        "age": age_in_address(wish.age_months),
        "radii": forms.radius_choices(),
        "radius": str(wish.radius_km),
        "topics": forms.topic_choices(topics),
        "language_choices": forms.language_choices(languages),
        "days": forms.day_choices(),
        "times": forms.time_choices(),
    }


@require_safe
def detail(request: OfferRequest, offer_id: UUID) -> HttpResponse:
    """Everything a family needs to act."""
    offer = _offer_or_404(request, offer_id)
    page = offer_page(offer, _dates(request, offer, DATES_ON_THE_PAGE), timezone.localdate())
    context = {
        "offer": offer,
        "page": page,
        "finder_url": reverse("offers:finder"),
        "topics": [link.topic for link in offer.topic_links.all()],
        "website": offer.website or offer.provider.website,
        "website_shown": _host(offer.website or offer.provider.website),
        "similar": _similar(request, offer),
        "wish": Wish(),
        "tiles": settings.MAP_TILES,
        "qr_svg": _qr_svg(request.build_absolute_uri()),
        "draft_note": "" if offer.is_published else _("Only members of the network see this page."),
    }
    return render(request, "offers/detail.html", context)


def _qr_svg(address: str) -> SafeString:
    # Trying all eight masks for the prettiest one takes five times as long; every mask is readable.
    code = segno.make_qr(address, error="m", mask=4)
    drawing = code.svg_inline(scale=3, omitsize=True, border=2)
    return mark_safe(drawing)  # noqa: S308 - drawn by us, the address is only dots in it


def _host(address: str) -> str:
    return urlsplit(address).netloc.removeprefix("www.")


def _similar(request: OfferRequest, offer: Offer) -> list[wording.Card]:
    """What else is near in meaning and place, for those whom this one does not fit."""
    place = next((link.place for link in offer.at_places.all()), None)
    wish = Wish(text=f"{offer.sort} {offer.title}", place=located(place) if place else None)
    found = find(request.actor, request.network, wish, now=timezone.now(), limit=SIMILAR + 1)
    others = [one for one in found.found if one.offer.pk != offer.pk][:SIMILAR]
    today = timezone.localdate()
    return [wording.card(one, today, number=None, with_reason=False) for one in others]


@require_safe
def calendar_file(request: OfferRequest, offer_id: UUID) -> HttpResponse:
    """The next dates as iCalendar; one of them with ?termin=2026-11-24T14:00."""
    offer = _offer_or_404(request, offer_id)
    dates = _dates(request, offer, DATES_IN_A_FILE)
    if wanted := request.GET.get("termin"):
        dates = [one for one in dates if f"{one.starts:%Y-%m-%dT%H:%M}" == wanted]
    if not dates:
        raise Http404
    page = request.build_absolute_uri(wording.offer_url(offer))
    body = calendar_files.calendar(offer, dates, page)
    return _download(body, "text/calendar; charset=utf-8", "termine.ics")


@require_safe
def contact_file(request: OfferRequest, offer_id: UUID) -> HttpResponse:
    """The contact as a card for the telephone's address book."""
    offer = _offer_or_404(request, offer_id)
    page = request.build_absolute_uri(wording.offer_url(offer))
    body = calendar_files.contact_card(offer, page)
    return _download(body, "text/vcard; charset=utf-8", "kontakt.vcf")


def _offer_or_404(request: OfferRequest, offer_id: UUID) -> Offer:
    try:
        return queries.get_offer(request.actor, offer_id)
    except Offer.DoesNotExist as missing:
        raise Http404 from missing


def _dates(request: OfferRequest, offer: Offer, limit: int) -> list[Occurrence]:
    now = timezone.now()
    closed = queries.closed_days(request.network.land, timezone.localdate())
    return next_occurrences(offer.schedules.all(), after=now, limit=limit, closed=closed)


def _download(body: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
