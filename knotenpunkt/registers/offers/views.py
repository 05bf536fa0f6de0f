"""The finder and the page of an offer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import segno
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import (
    add_never_cache_headers,
    patch_cache_control,
    patch_vary_headers,
)
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotenpunkt.design.texts import foreign_language
from knotenpunkt.foundation.accounts.actors import ANYONE, Actor
from knotenpunkt.foundation.core.paging import Paging, paging
from knotenpunkt.foundation.networks.page_cache import cacheable, remembered
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.registers.areas.distances import spoken_distance
from knotenpunkt.registers.offers import calendar_files, forms, queries, wording
from knotenpunkt.registers.offers.danger import danger_in
from knotenpunkt.registers.offers.finder import PAGE, Finding, find, first_end
from knotenpunkt.registers.offers.models import Offer, OfferPicture, Topic
from knotenpunkt.registers.offers.pages import offer_page
from knotenpunkt.registers.offers.reasons import reason
from knotenpunkt.registers.offers.times import Occurrence, next_occurrences
from knotenpunkt.registers.offers.wishes import (
    MOST_TYPED,
    RADII_KM,
    Wish,
    age_in_address,
    located,
    read_page,
    read_wish,
    tidy,
)
from knotenpunkt.registers.offers.wishing import understand_wish
from knotenpunkt.tools.files.queries import content_of
from knotenpunkt.tools.search.counting import count_search

DATES_ON_THE_PAGE = 4
DATES_IN_A_FILE = 20
SIMILAR = 3
PICTURE_KEPT_SECONDS = 7 * 24 * 3600

View = Callable[..., HttpResponse]


class OfferRequest(NetworkRequest):
    """A request of somebody who may be anyone."""

    actor: Actor


def kept_by_no_cache(view: View) -> View:
    """What somebody signed in sees is theirs alone: it may hold drafts."""

    @wraps(view)
    def guarded(request: OfferRequest, **kwargs: Any) -> HttpResponse:
        response = view(request, **kwargs)
        if request.actor != ANYONE:
            add_never_cache_headers(response)
        return response

    return guarded


@require_safe
@kept_by_no_cache
def finder(request: OfferRequest) -> HttpResponse:
    """Find offers. With a script only the results are exchanged, without one the whole page."""
    topics, languages = queries.topics(), queries.spoken_languages()
    wish = _wish(request, topics, languages)
    page = read_page(request.GET.get("seite", ""))
    finding = find(request.actor, request.network, wish, now=timezone.now(), page=page)
    count = _counting(request, finding)
    count(request.META)
    wish, base = finding.wish, reverse("offers:finder")
    exchanged = request.headers.get("HX-Target") == "ergebnisse"
    response = render(
        request,
        "offers/_exchanged.html" if exchanged else "offers/finder.html",
        {
            **_addresses(wish, base),
            **_lists(finding),
            "paging": _paging(finding, base),
            **_danger(request, wish),
            **_chips(wish, topics, base),
            "given_way": forms.given_way(finding),
            **_choices(wish.explicit, topics, languages),
        },
    )
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    if request.headers.get("HX-Request"):
        response["HX-Push-Url"] = base + wish.address(page=finding.page)
    cacheable(request, until=finding.until, again=count)
    return response


def _wish(request: OfferRequest, topics: list[Topic], languages: list[str]) -> Wish:
    near = request.network.area_keys
    typed = read_wish(
        request.GET,
        near_area_keys=near,
        topics=[topic.key for topic in topics],
        languages=languages,
    )
    return understand_wish(typed, near_area_keys=near, languages=languages)


def _danger(request: OfferRequest, wish: Wish) -> dict[str, Any]:
    """The help that comes first after words of danger, and whether somebody here signed it."""
    language = get_language() or settings.LANGUAGE_CODE
    danger = danger_in(
        # A danger may be told at the end of a long story, behind what is searched for.
        whole := tidy(request.GET.get("q", ""), MOST_TYPED),
        land=request.network.land,
        page_language=language,
        read_as=wish.said if whole == wish.text else None,
    )
    return queries.told_with_signature(danger)


def _counting(request: OfferRequest, finding: Finding) -> Callable[[dict[str, Any]], None]:
    """Leaves a mark of what was looked for, told the `META` of whoever asks; the next pages of an
    answer are no new search."""
    text = finding.wish.text if finding.page == 1 else ""
    count = partial(
        count_search,
        request.network.pk,
        text,
        language=get_language() or settings.LANGUAGE_CODE,
        found=finding.confident,
    )
    return lambda meta: count(came_from=meta.get("HTTP_REFERER", ""))


def _addresses(wish: Wish, base: str) -> dict[str, Any]:
    return {
        "wish": wish,
        "base": base,
        "without_day_url": base + wish.address_without("day", "time")
        if wish.day or wish.time
        else "",
        "wider": _wider(wish, base),
        "by_distance_url": base + wish.address(nearest_first=not wish.nearest_first),
    }


def _wider(wish: Wish, base: str) -> dict[str, Any] | None:
    """The next wider circle and its address, where there is one."""
    wider = next((km for km in RADII_KM if km > wish.radius_km), None)
    if wish.place is None or wider is None:
        return None
    return {"km": wider, "url": base + wish.address(radius_km=wider)}


def _paging(finding: Finding, base: str) -> Paging:
    page = Paginator(range(finding.total), PAGE).page(finding.page)
    return paging(page, lambda number: base + finding.wish.address(page=number))


def _lists(finding: Finding) -> dict[str, Any]:
    """What was found: the list, the map that says the same, and those that are on no map."""
    cards = _cards(finding)
    here = finding.wish.place
    points: list[dict[str, Any]] = [
        {
            **card.point,
            "title": card.title,
            "lang": foreign_language(card.title),
            "target": f"angebot-{card.id}",
        }
        for card in cards
        if card.point
    ]
    if here and points:
        points.append({"here": True, "lat": here.lat, "lon": here.lon, "title": here.label})
    return {
        "finding": finding,
        "nearest": _nearest(finding),
        "cards": cards,
        "points": points,
        "without_way": [card for card in cards if card.mark_icon],
        "tiles": settings.MAP_TILES,
    }


def _nearest(finding: Finding) -> str:
    if finding.nearest_km is None:
        return ""
    return spoken_distance(finding.nearest_km, finding.nearest_is_approximate)


def _cards(finding: Finding) -> list[wording.Card]:
    """Cards in their order; those with a known point are numbered as on the map."""
    cards, number, today = [], 0, timezone.localdate()
    for found, plain in zip(finding.found, wording.cards(finding.found, today), strict=True):
        place = found.at_place.place if found.at_place else None
        on_map = place is not None and place.has_coordinates
        number += on_map
        # Where nothing fits well, nothing is said to fit.
        why = reason(found, finding.wish, today) if finding.confident else ""
        shown = number if on_map else None
        cards.append(wording.placed(plain, found, number=shown, reason=why))
    return cards


def _chips(wish: Wish, topics: list[Topic], base: str) -> dict[str, Any]:
    """What was understood: read from the text, and filled in."""
    chips = forms.chips(wish, topics, base)
    return {
        "all_chips": chips,
        "read_chips": [chip for chip in chips if chip.is_read],
        "chips": [chip for chip in chips if not chip.is_read],
    }


def _choices(wish: Wish, topics: list[Topic], languages: list[str]) -> dict[str, Any]:
    return {
        "age": age_in_address(wish.age_months),
        "radius": str(wish.radius_km),
        "ages": remembered(
            ("offers.ages", get_language(), wish.age_months),
            lambda: forms.age_choices(wish.age_months),
        ),
        **remembered(
            ("offers.choices", get_language()), lambda: _choices_for_all(topics, languages)
        ),
    }


def _choices_for_all(topics: list[Topic], languages: list[str]) -> dict[str, Any]:
    return {
        "radii": forms.radius_choices(),
        "topics": forms.topic_choices(topics),
        "language_choices": forms.language_choices(languages),
        "days": forms.day_choices(),
        "times": forms.time_choices(),
    }


@require_safe
@kept_by_no_cache
def detail(request: OfferRequest, offer_id: UUID) -> HttpResponse:
    """Everything a family needs to act."""
    offer = _offer_or_404(request, offer_id)
    similar, over = _similar(request, offer)
    context = page_context(request, offer) | {"similar": similar}
    response = render(request, "offers/detail.html", context)
    ends = [over, first_end(context["occurrences"])]
    cacheable(request, until=min((one for one in ends if one), default=None))
    return response


def page_context(request: NetworkRequest, offer: Offer) -> dict[str, Any]:
    """What `offers/detail.html` shows; what is similar is left to the caller."""
    dates = _dates(request, offer, DATES_ON_THE_PAGE)
    return {
        "offer": offer,
        "page": offer_page(offer, dates, timezone.localdate()),
        "occurrences": dates,
        "finder_url": reverse("offers:finder"),
        "topics": [link.topic for link in offer.topic_links.all()],
        "website": offer.website or offer.provider.website,
        "website_shown": _host(offer.website or offer.provider.website),
        "wish": Wish(),
        "tiles": settings.MAP_TILES,
        "qr_svg": _qr_svg(_full_address(request, offer)),
        "draft_note": "" if offer.is_published else _("Only members of the network see this page."),
    }


def _qr_svg(address: str) -> SafeString:
    # Trying all eight masks for the prettiest one takes five times as long; every mask is readable.
    code = segno.make_qr(address, error="m", mask=4)
    drawing = code.svg_inline(scale=3, omitsize=True, border=2)
    return mark_safe(drawing)  # noqa: S308 - drawn by us, the address is only dots in it


def _host(address: str) -> str:
    return urlsplit(address).netloc.removeprefix("www.")


def _similar(request: OfferRequest, offer: Offer) -> tuple[list[wording.Card], datetime | None]:
    """What else is near in meaning and place, for those whom this one does not fit; and when the
    first of its dates is over."""
    place = next((link.place for link in offer.at_places.all()), None)
    wish = Wish(text=f"{offer.sort} {offer.title}", place=located(place) if place else None)
    found = find(request.actor, request.network, wish, now=timezone.now(), limit=SIMILAR + 1)
    others = [one for one in found.found if one.offer.pk != offer.pk][:SIMILAR]
    today = timezone.localdate()
    cards = [wording.card(one, today, number=None) for one in others]
    return cards, found.until


@require_safe
@kept_by_no_cache
def calendar_file(request: OfferRequest, offer_id: UUID) -> HttpResponse:
    """The next dates as iCalendar; one of them with ?termin=2026-11-24T14:00."""
    offer = _offer_or_404(request, offer_id)
    dates = _dates(request, offer, DATES_IN_A_FILE)
    if wanted := request.GET.get("termin"):
        dates = [one for one in dates if f"{one.starts:%Y-%m-%dT%H:%M}" == wanted]
    if not dates:
        raise Http404
    body = calendar_files.calendar(offer, dates, _full_address(request, offer))
    return _download(body, "text/calendar; charset=utf-8", "termine.ics")


@require_safe
@kept_by_no_cache
def contact_file(request: OfferRequest, offer_id: UUID) -> HttpResponse:
    """The contact as a card for the telephone's address book."""
    offer = _offer_or_404(request, offer_id)
    body = calendar_files.contact_card(offer, _full_address(request, offer))
    return _download(body, "text/vcard; charset=utf-8", "kontakt.vcf")


@require_safe
def picture_file(
    request: OfferRequest, offer_id: UUID, picture_id: UUID, version: str, size: str
) -> HttpResponse:
    """A picture, while everyone may see its offer; members see those of drafts.

    Its address changes with what is in it, so it may be kept. Not for ever: it may be withdrawn.
    """
    try:
        picture = queries.get_picture(request.actor, offer_id, picture_id)
    except OfferPicture.DoesNotExist as missing:
        raise Http404 from missing
    if version != picture.version or size not in wording.PICTURE_SIZES:
        raise Http404
    file_id = picture.large_id if size == wording.LARGE else picture.small_id
    response = HttpResponse(content_of(file_id), content_type="image/webp")
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if picture.offer.is_published:
        patch_cache_control(response, public=True, max_age=PICTURE_KEPT_SECONDS, immutable=True)
    else:
        add_never_cache_headers(response)
    return response


def _offer_or_404(request: OfferRequest, offer_id: UUID) -> Offer:
    try:
        return queries.get_offer(request.actor, offer_id)
    except Offer.DoesNotExist as missing:
        raise Http404 from missing


def _full_address(request: NetworkRequest, offer: Offer) -> str:
    """Of the page of an offer, without what a query string may add."""
    return request.build_absolute_uri(wording.offer_url(offer))


def _dates(request: NetworkRequest, offer: Offer, limit: int) -> list[Occurrence]:
    now = timezone.now()
    closed = queries.closed_days(request.network.land, timezone.localdate())
    return next_occurrences(offer.schedules.all(), after=now, limit=limit, closed=closed)


def _download(body: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
