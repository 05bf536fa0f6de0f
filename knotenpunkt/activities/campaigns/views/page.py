"""The public page of a campaign, its pictures and papers, and pictures to share."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language, get_language_bidi, override
from django.views.decorators.http import require_safe

from knotenpunkt.activities.campaigns.models import Campaign, CampaignFile
from knotenpunkt.activities.campaigns.queries.campaigns import public_campaigns
from knotenpunkt.activities.campaigns.queries.page import public_file
from knotenpunkt.activities.campaigns.views.join_ins import campaign_or_404, next_join_ins
from knotenpunkt.activities.campaigns.wording import page as wording
from knotenpunkt.foundation.networks.page_cache import cacheable
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.tools.documents.typesetting import JSON, picture
from knotenpunkt.tools.files.queries import content_of

KEPT_SECONDS = 7 * 24 * 3600
# Pixels across and down, as social networks and messengers show them.
FORMS = {"quer": (1200, 630), "quadrat": (1080, 1080)}


@require_safe
def campaigns(request: NetworkRequest) -> HttpResponse:
    """What the network does together: now, soon, and before."""
    rows = [
        {
            "url": reverse("campaigns:public", args=[one.slug]),
            "title": wording.title_of(one),
            "message": wording.message_of(one),
            "period": wording.period(one),
            "stand": wording.stand(one, timezone.localdate()),
        }
        for one in public_campaigns()
    ]
    cacheable(request)
    return render(request, "campaigns/public/all.html", {"rows": rows})


@require_safe
def campaign(request: NetworkRequest, slug: str) -> HttpResponse:
    """Everything that everybody may know of a campaign. A former word leads to the one it has."""
    found = campaign_or_404(slug)
    if found.slug != slug:
        return HttpResponsePermanentRedirect(reverse("campaigns:public", args=[found.slug]))
    now = timezone.now()
    context = page_context(request, found, now)
    cacheable(request, until=_holds_until(found, context["join_ins"]["until"], now))
    return render(request, "campaigns/public/page.html", context)


def page_context(
    request: NetworkRequest, campaign: Campaign, now: datetime, *, is_preview: bool = False
) -> dict[str, Any]:
    """What the page shows; the desk's preview shows the same."""
    return {
        "campaign": campaign,
        "is_preview": is_preview,
        "page": wording.campaign_page(request.network, campaign, is_preview=is_preview),
        "join_ins": next_join_ins(campaign, now),
        "all_url": reverse("campaigns:all"),
        "press_text_url": reverse("campaigns:press_text", args=[campaign.slug]),
        "share_wide": reverse("campaigns:share", args=[campaign.slug, "quer"]),
        "share_square": reverse("campaigns:share", args=[campaign.slug, "quadrat"]),
        "share_url": request.build_absolute_uri(reverse("campaigns:public", args=[campaign.slug])),
        "share_picture_url": request.build_absolute_uri(
            reverse("campaigns:share", args=[campaign.slug, "quer"])
        ),
    }


def _holds_until(
    campaign: Campaign, next_join_in: datetime | None, now: datetime
) -> datetime | None:
    """When the page says something else without anybody having changed anything."""
    moments = (campaign.order_until, next_join_in)
    return min((one for one in moments if one and one > now), default=None)


@require_safe
def file(
    request: NetworkRequest, slug: str, file_id: UUID, version: str, size: str
) -> HttpResponse:
    """A picture of the page, or a file to be saved. Its address changes with what is in it."""
    found = campaign_or_404(slug)
    try:
        one = public_file(found, file_id)
    except CampaignFile.DoesNotExist as missing:
        raise Http404 from missing
    if size not in (wording.SMALL, wording.LARGE) or version != wording.version(one, size):
        raise Http404
    response = file_response(one, size)
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS, immutable=True)
    return response


def file_response(one: CampaignFile, size: str) -> HttpResponse:
    """The small picture to look at, or the file itself to be saved; neither is run by a browser."""
    kept = one.small if size == wording.SMALL else one.file
    if kept is None:
        raise Http404
    response = HttpResponse(content_of(kept.pk), content_type=kept.content_type)
    if size == wording.LARGE:
        name = escape_uri_path(kept.name)
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
def share(request: NetworkRequest, slug: str, form: str) -> HttpResponse:
    """A picture of title, message and period that messengers and social networks show."""
    found = campaign_or_404(slug)
    if form not in FORMS:
        raise Http404
    response = HttpResponse(_drawn(found, *FORMS[form]), content_type="image/png")
    cacheable(request)
    return response


def _drawn(campaign: Campaign, width: int, height: int) -> bytes:
    """In the language of the page; in German where our font for papers lacks the letters."""
    language = settings.LANGUAGE_CODE if get_language_bidi() else get_language()
    with override(language):
        told: dict[str, JSON] = {
            "headline": str(wording.title_of(campaign)),
            "message": str(wording.message_of(campaign)),
            "period": wording.period(campaign),
            "width": width,
            "height": height,
        }
        return picture("campaigns/share", told, title=campaign.title, language=language or "de")


@require_safe
def press_text(request: NetworkRequest, slug: str) -> HttpResponse:
    """The text for the press as a plain file."""
    found = campaign_or_404(slug)
    if not found.press_text:
        raise Http404
    response = HttpResponse(found.press_text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="pressetext-{found.slug}.txt"'
    return response
