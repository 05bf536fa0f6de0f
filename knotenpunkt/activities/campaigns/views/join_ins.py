"""Join-ins for everybody: list, calendar and map, the page of one, calendar files, poster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import segno
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotenpunkt.activities.campaigns import mapping, wishes
from knotenpunkt.activities.campaigns.calendar_files import calendar
from knotenpunkt.activities.campaigns.models import Campaign, JoinIn
from knotenpunkt.activities.campaigns.posters import poster_of
from knotenpunkt.activities.campaigns.printing.posters import poster_pdf
from knotenpunkt.activities.campaigns.queries.campaigns import public_campaign
from knotenpunkt.activities.campaigns.queries.finding import (
    Found,
    days_of,
    find,
    in_month,
    next_change,
)
from knotenpunkt.activities.campaigns.queries.join_ins import (
    shown,
    shown_one,
    shown_with_picture,
    upcoming,
    was_withdrawn,
)
from knotenpunkt.activities.campaigns.rules.join_ins import is_over
from knotenpunkt.activities.campaigns.wishes import CALENDAR, LIST, MAP, PAST, Wanted
from knotenpunkt.activities.campaigns.wording import join_ins as wording
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.paging import paging
from knotenpunkt.foundation.networks.page_cache import cacheable
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.areas.queries import public_regions
from knotenpunkt.registers.offers.wording import german
from knotenpunkt.tools.files.queries import content_of

PAGE = 24
NEXT = 6
KEPT_SECONDS = 7 * 24 * 3600
ICS = "text/calendar; charset=utf-8"
PAPERS = ("a4", "a3")


def campaign_or_404(slug: str) -> Campaign:
    """The campaign that everybody may read at this word."""
    try:
        return public_campaign(slug)
    except Campaign.DoesNotExist as missing:
        raise Http404 from missing


@require_safe
def join_ins(request: NetworkRequest, slug: str) -> HttpResponse:
    """What partners do, as list, calendar or map; the same filters for all three."""
    campaign = campaign_or_404(slug)
    if campaign.slug != slug:
        return HttpResponsePermanentRedirect(_all_url(campaign))
    known = public_regions()
    wanted = wishes.read(request.GET.dict(), request.network.area_keys, known)
    rows, now = shown(campaign), timezone.now()
    if rows and not wanted.when and not upcoming(rows, now):
        wanted = wishes.all_over(wanted)
    view = {LIST: _list, CALENDAR: _calendar, MAP: _map}[wanted.view]
    context = (
        _around(request, campaign, wanted)
        | _choices(wanted, known)
        | {
            "has_any": bool(rows),
            "past_url": "" if wanted.when else _past_url(rows, wanted, now),
            **view(campaign, rows, wanted, now),
        }
    )
    response = render(request, "campaigns/public/join_ins.html", context)
    cacheable(request, until=next_change(rows, now))
    return response


def _around(request: NetworkRequest, campaign: Campaign, wanted: Wanted) -> dict[str, Any]:
    """What stands around list, calendar and map."""
    return {
        "campaign": campaign,
        "title": german(campaign.title),
        "campaign_url": reverse("campaigns:public", args=[campaign.slug]),
        "wanted": wanted,
        "switch": _switch(wanted),
        "chips": _chips(wanted),
        "feed_url": reverse("campaigns:join_ins_feed", args=[campaign.slug]),
        "feed_address": _webcal(request, campaign),
    }


def _choices(wanted: Wanted, known: Sequence[Region]) -> dict[str, Any]:
    """What the filters offer; they unfold where one below the fold is set."""
    folded = (wanted.when, wanted.aimed_at, wanted.open_only, wanted.region)
    return {
        "times": wishes.times(),
        "audiences": wishes.audiences(),
        "radii": wishes.radii(),
        "radius": str(wanted.radius_km),
        "regions": wishes.regions(known),
        "unfolds": any(folded),
    }


def _all_url(campaign: Campaign) -> str:
    return reverse("campaigns:join_ins_public", args=[campaign.slug])


def _past_url(rows: Iterable[JoinIn], wanted: Wanted, now: datetime) -> str:
    """Where what is over is seen, if anything is."""
    return wanted.address(when=PAST) if any(is_over(one, now) for one in rows) else ""


def _list(
    campaign: Campaign, rows: Sequence[JoinIn], wanted: Wanted, now: datetime
) -> dict[str, Any]:
    found = find(rows, wanted, now)
    page = Paginator(found, PAGE).get_page(wanted.page)
    return {
        "count": wording.count(len(found)),
        "cards": [wording.card(one) for one in page],
        "paging": paging(page, lambda number: wanted.address(page=number)),
    }


def _map(
    campaign: Campaign, rows: Sequence[JoinIn], wanted: Wanted, now: datetime
) -> dict[str, Any]:
    found = find(rows, wanted, now)
    drawing = mapping.drawn(found)
    return {
        "count": wording.count(len(found)),
        "drawing": drawing,
        "alternative": wording.alternative(len(drawing.spots)),
        "spots": [
            {"spot": one, "cards": [wording.card(each) for each in one.found]}
            for one in drawing.spots
        ],
        "elsewhere": [wording.card(one) for one in drawing.elsewhere],
    }


def _calendar(
    campaign: Campaign, rows: Sequence[JoinIn], wanted: Wanted, now: datetime
) -> dict[str, Any]:
    """One month, also what is over in it."""
    found = in_month(rows, wanted)
    first = _month(campaign, wanted, timezone.localtime(now).date())
    by_day: dict[date, list[Found]] = defaultdict(list)
    for one in found:
        for day in days_of(one.join_in):
            by_day[day].append(one)
    inside = {one.join_in.pk for day, those in by_day.items() for one in those if _same(day, first)}
    return {
        "count": wording.count(len(inside)),
        "month": spoken.month_name(first),
        "weekdays": [spoken.weekday_name(number) for number in range(7)],
        "weeks": [[_day(day, first, by_day) for day in week] for week in _weeks(first)],
        "previous": _neighbour(campaign, wanted, first, -1),
        "following": _neighbour(campaign, wanted, first, 1),
    }


def _month(campaign: Campaign, wanted: Wanted, today: date) -> date:
    """The month that was asked for, else that of today, inside the campaign."""
    first, last = campaign.starts_on.replace(day=1), campaign.ends_on.replace(day=1)
    return min(max(wanted.month or today.replace(day=1), first), last)


def _same(day: date, month: date) -> bool:
    return (day.year, day.month) == (month.year, month.month)


def _weeks(first: date) -> list[list[date]]:
    """From the Monday before to the Sunday after."""
    start = first - timedelta(days=first.weekday())
    days = [start + timedelta(days=ahead) for ahead in range(42)]
    weeks = [days[at : at + 7] for at in range(0, 42, 7)]
    return [week for week in weeks if any(_same(day, first) for day in week)]


def _day(day: date, month: date, by_day: dict[date, list[Found]]) -> dict[str, Any]:
    today = timezone.localdate()
    if not _same(day, month):
        return {"is_outside": True}
    return {
        "number": day.day,
        "name": spoken.day_name(day, today),
        "iso": day.isoformat(),
        "is_today": day == today,
        "rows": [_entry(one.join_in, day) for one in by_day.get(day, [])],
    }


def _entry(one: JoinIn, day: date) -> dict[str, Any]:
    starts = timezone.localtime(one.starts_at)
    ends = timezone.localtime(one.ends_at) if one.ends_at and len(days_of(one)) == 1 else None
    clock = spoken.time_span(starts.time(), ends.time() if ends else None)
    return {
        "url": wording.url(one),
        "title": german(one.title),
        "time": clock if starts.date() == day else "",
        "where": german(one.place.town if one.place else ""),
    }


def _neighbour(campaign: Campaign, wanted: Wanted, month: date, by: int) -> dict[str, str] | None:
    other = (month + timedelta(days=32 if by > 0 else -1)).replace(day=1)
    if not campaign.starts_on.replace(day=1) <= other <= campaign.ends_on:
        return None
    return {"url": wanted.address(month=other), "label": spoken.month_name(other)}


def _switch(wanted: Wanted) -> list[dict[str, Any]]:
    told = (
        (LIST, _("List"), "list"), (CALENDAR, _("Calendar"), "calendar"), (MAP, _("Map"), "map"),
    )  # fmt: skip
    return [
        {"label": label, "icon": icon, "url": wanted.address(view=view),
         "current": view == wanted.view}
        for view, label, icon in told
    ]  # fmt: skip


def _chips(wanted: Wanted) -> list[dict[str, str]]:
    """What narrows the list, each with the way without it."""
    told: list[tuple[str, str]] = []
    if wanted.words:
        told.append((wanted.words, wanted.address(words="")))
    if wanted.place:
        near = _("%(place)s, within %(km)d km") % {
            "place": wanted.place.label, "km": wanted.radius_km,
        }  # fmt: skip
        told.append((near, wanted.address(place_text="")))
    if wanted.region:
        told.append((german(wanted.region), wanted.address(region="")))
    if wanted.when and wanted.view != CALENDAR:
        told.append((wishes.time_label(wanted.when), wanted.address(when="")))
    if wanted.aimed_at:
        label = next(one.label for one in wishes.audiences() if one.value == wanted.aimed_at)
        told.append((label, wanted.address(aimed_at="")))
    if wanted.open_only:
        told.append((_("Everybody may come"), wanted.address(open_only=False)))
    return [{"label": label, "url": url} for label, url in told]


def _webcal(request: NetworkRequest, campaign: Campaign) -> str:
    """An address by which a calendar subscribes: what is new comes by itself."""
    whole = request.build_absolute_uri(reverse("campaigns:join_ins_feed", args=[campaign.slug]))
    return "webcal:" + whole.partition(":")[2]


def next_join_ins(campaign: Campaign, now: datetime) -> dict[str, Any]:
    """What `campaigns/public/_join_ins.html` shows: the next ones, how many there are, the ways
    to all of them. One query."""
    rows = shown(campaign)
    coming = upcoming(rows, now)
    base = _all_url(campaign)
    return {
        "cards": [wording.card(Found(one)) for one in coming[:NEXT]],
        "total": len(rows),
        "total_told": wording.count(len(rows)),
        "coming": len(coming),
        "list_url": base,
        "calendar_url": f"{base}?ansicht={CALENDAR}",
        "map_url": f"{base}?ansicht={MAP}",
        "feed_url": reverse("campaigns:join_ins_feed", args=[campaign.slug]),
        "until": next_change(rows, now),
    }


@require_safe
def join_in(request: NetworkRequest, slug: str, join_in_id: UUID) -> HttpResponse:
    """The page of one; printed posters lead here, so one that was withdrawn says so."""
    campaign = campaign_or_404(slug)
    try:
        one = shown_one(campaign, join_in_id)
    except JoinIn.DoesNotExist as missing:
        if was_withdrawn(campaign, join_in_id):
            return _gone(request, campaign)
        raise Http404 from missing
    if campaign.slug != slug:
        return HttpResponsePermanentRedirect(wording.url(one))
    now = timezone.now()
    response = render(request, "campaigns/public/join_in.html", page_context(request, one, now))
    cacheable(request, until=next_change([one], now))
    return response


def _gone(request: NetworkRequest, campaign: Campaign) -> HttpResponse:
    context = {
        "campaign": german(campaign.title),
        "list_url": _all_url(campaign),
    }
    return render(request, "campaigns/public/join_in_gone.html", context, status=410)


def page_context(request: NetworkRequest, one: JoinIn, now: datetime) -> dict[str, Any]:
    """What `campaigns/public/join_in.html` shows."""
    whole = request.build_absolute_uri(wording.url(one))
    args = [one.campaign.slug, one.pk]
    drawing = mapping.drawn([Found(one)])
    return {
        "page": wording.shown(one, wording.picture(one), is_over=is_over(one, now)),
        "list_url": _all_url(one.campaign),
        "calendar_url": reverse("campaigns:join_in_calendar", args=args),
        "poster_url": reverse("campaigns:join_in_poster", args=args),
        "share_url": whole,
        "qr_svg": _qr_svg(whole),
        "drawing": drawing if drawing.spots and drawing.counties else None,
    }


def _qr_svg(address: str) -> SafeString:
    code = segno.make_qr(address, error="m", mask=4)
    drawing = code.svg_inline(scale=3, omitsize=True, border=2)
    return mark_safe(drawing)  # noqa: S308 - drawn by us, the address is only dots in it


@require_safe
def feed(request: NetworkRequest, slug: str) -> HttpResponse:
    """All dates, for a calendar that looks again by itself."""
    campaign = campaign_or_404(slug)
    rows = shown(campaign)
    body = calendar(rows, lambda one: request.build_absolute_uri(wording.url(one)), campaign.title)
    response = HttpResponse(body, content_type=ICS)
    response["Content-Disposition"] = f'inline; filename="{campaign.slug}.ics"'
    cacheable(request)
    return response


@require_safe
def calendar_file(request: NetworkRequest, slug: str, join_in_id: UUID) -> HttpResponse:
    """One date, to be put into a calendar."""
    one = _one_or_404(campaign_or_404(slug), join_in_id)
    body = calendar([one], lambda each: request.build_absolute_uri(wording.url(each)))
    response = HttpResponse(body, content_type=ICS)
    response["Content-Disposition"] = 'attachment; filename="termin.ics"'
    cacheable(request)
    return response


@require_safe
def picture(request: NetworkRequest, slug: str, file_id: UUID) -> HttpResponse:
    """A picture, while its join-in is shown. A new one has a new address."""
    if not shown_with_picture(campaign_or_404(slug), file_id):
        raise Http404
    response = picture_response(file_id)
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS, immutable=True)
    return response


def picture_response(file_id: UUID) -> HttpResponse:
    """The file as a browser may show it, and do nothing else with it."""
    response = HttpResponse(content_of(file_id), content_type="image/webp")
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
def poster(request: NetworkRequest, slug: str, join_in_id: UUID) -> HttpResponse:
    """The poster of one, to print and to hang up."""
    response = poster_response(request, _one_or_404(campaign_or_404(slug), join_in_id))
    cacheable(request)
    return response


def poster_response(request: NetworkRequest, one: JoinIn) -> HttpResponse:
    """The PDF; its code leads to the public page. Posters are German."""
    paper = request.GET.get("papier", PAPERS[0])
    if paper not in PAPERS:
        raise Http404
    response = HttpResponse(
        poster_pdf(poster_of(one), paper="a3" if paper == "a3" else "a4"),
        content_type="application/pdf",
    )
    response["Content-Disposition"] = f'inline; filename="plakat-{paper}.pdf"'
    return response


def _one_or_404(campaign: Campaign, join_in_id: UUID) -> JoinIn:
    try:
        return shown_one(campaign, join_in_id)
    except JoinIn.DoesNotExist as missing:
        raise Http404 from missing
