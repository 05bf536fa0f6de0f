"""All campaigns, and one of them at a glance."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from knotenpunkt.activities.campaigns.desk.frame import (
    OVERVIEW,
    SHAPES,
    campaign_frame,
    campaign_or_404,
)
from knotenpunkt.activities.campaigns.desk.overview.history import deeds
from knotenpunkt.activities.campaigns.desk.overview.timeline import timeline
from knotenpunkt.activities.campaigns.models import Campaign, CampaignState, JoinInState
from knotenpunkt.activities.campaigns.queries.campaigns import campaigns
from knotenpunkt.activities.campaigns.queries.needs import needs_of
from knotenpunkt.activities.campaigns.queries.overview import (
    Figures,
    MaterialFigures,
    Writing,
    figures,
    writings,
)
from knotenpunkt.activities.campaigns.rules.texts import THANKS
from knotenpunkt.activities.campaigns.wording.campaigns import hosts, period, state_words
from knotenpunkt.activities.campaigns.wording.counts import packs, packs_left, packs_missing
from knotenpunkt.activities.campaigns.wording.needs import ToldNeed, told_need
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import moment, number, short_date

reading = members_only(Right.READ_INTERNAL)
SHOWN_JOIN_INS = 5


@require_safe
@reading
def campaign_list(request: DeskRequest) -> HttpResponse:
    """All campaigns: what is prepared or public first, then those that ended."""
    rows = list(campaigns(request.actor))
    current = [one for one in rows if one.state != CampaignState.ENDED]
    ended = [one for one in rows if one.state == CampaignState.ENDED]
    context = {
        "current": [_card(one) for one in sorted(current, key=lambda one: one.starts_on)],
        "ended": [_row(one) for one in ended],
        "may_run": request.actor.may(Right.RUN_CAMPAIGNS),
    }
    return render(request, "campaigns/overview/list.html", context)


def _card(campaign: Campaign) -> dict[str, Any]:
    """One that is prepared or public, with the next thing to do."""
    now = timezone.now()
    told = figures(campaign)
    waiting = needs_of(campaign, now, told)
    return {
        **_told(campaign),
        "next": _task(told_need(waiting[0])) if waiting else None,
        "figures": [] if campaign.opened_at is None else shown_figures(campaign, told),
    }


def _row(campaign: Campaign) -> dict[str, Any]:
    told = figures(campaign)
    return {
        **_told(campaign),
        "orders": number(told.orders),
        "join_ins": number(told.join_ins),
        "houses": number(told.houses),
    }


def _told(campaign: Campaign) -> dict[str, Any]:
    return {
        "title": campaign.title,
        "url": reverse(OVERVIEW, args=[campaign.pk]),
        "period": period(campaign.starts_on, campaign.ends_on),
        "message": campaign.message,
        "state": SHAPES[CampaignState(campaign.state)],
        "state_words": state_words(campaign, timezone.now()),
    }


@require_safe
@reading
def campaign(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """How one campaign stands: what to do now, its days, what came, what happened."""
    found = campaign_or_404(request, campaign_id)
    now, told = timezone.now(), figures(found)
    waiting = [told_need(one) for one in needs_of(found, now, told)]
    has_ended = found.state == CampaignState.ENDED
    context = {
        **campaign_frame(request, found, OVERVIEW),
        "state_words": state_words(found, now),
        "period": period(found.starts_on, found.ends_on),
        "hosts": hosts(found, request.network.short_name),
        "page_url": _page_url(found),
        "next": _next(waiting),
        "others": [_task(one) for one in waiting[1:]],
        "figures": [] if found.opened_at is None else shown_figures(found, told),
        "timeline": timeline(found, told, timezone.localdate(now)),
        "writings": [told_writing(one) for one in writings(found)],
        "materials": [told_material(one, has_ended=has_ended) for one in told.materials],
        "undecided": told.undecided,
        "has_ended": has_ended,
        "join_ins": _next_join_ins(found),
        "deeds": deeds(found),
        "told": told,
    }
    return render(request, "campaigns/overview/overview.html", context)


def _page_url(campaign: Campaign) -> str:
    """Where everybody reads it, or where the desk sees it beforehand."""
    if campaign.state == CampaignState.PREPARED:
        return reverse("campaigns:preview", args=[campaign.pk])
    return reverse("campaigns:public", args=[campaign.slug])


def _next(waiting: list[ToldNeed]) -> dict[str, Any] | None:
    return _task(waiting[0]) if waiting else None


def _task(need: ToldNeed) -> dict[str, Any]:
    late = need.until < timezone.localdate()
    return {
        "title": need.title,
        "text": need.text,
        "action": need.action,
        "url": need.url,
        "due": _("overdue") if late else _("until %(day)s") % {"day": short_date(need.until)},
        "due_note": short_date(need.until) if late else "",
        "late": late,
    }


def shown_figures(campaign: Campaign, told: Figures) -> list[dict[str, str]]:
    """The numbers that matter; those of what a campaign does not do are left out."""
    letters = ngettext("%(n)s by letter", "%(n)s by letter", told.by_letter) % {
        "n": number(told.by_letter)
    }
    found = [
        {"label": _("Written to"), "value": number(told.written),
         "note": letters if told.by_letter else ""},
        {"label": pgettext("campaign", "Answered"), "value": number(told.answered),
         "note": _share(told)},
    ]  # fmt: skip
    if campaign.order_until is not None:
        given = told.packs_granted
        wanted = packs(told.packs_wanted) if told.packs_wanted else ""
        found.append({"label": _("Orders"), "value": number(told.orders), "note": wanted})
        found.append(
            {"label": _("Packs given out"), "value": number(told.packs_handed_over),
             "note": _("of %(n)s") % {"n": number(given)} if given else ""}
        )  # fmt: skip
    visitors = ngettext("%(n)s visitor", "%(n)s visitors", told.visitors)
    note = visitors % {"n": number(told.visitors)} if told.visitors else ""
    found.append({"label": _("Join-ins"), "value": number(told.join_ins), "note": note})
    return found


def _share(told: Figures) -> str:
    """ "37 von 100", of those who were written to."""
    if not told.written or not told.answered:
        return ""
    return _("%(n)d of 100") % {"n": round(100 * told.answered / told.written)}


def told_writing(one: Writing) -> dict[str, Any]:
    """A circular as one line."""
    sent, is_thanks = one.circular.fixed_at, one.circular.occasion == THANKS
    return {
        "title": one.circular.title,
        "stage": one.circular.get_stage_display(),
        "when": short_date(timezone.localdate(sent)) if sent else "",
        "url": reverse("mailings:circular", args=[one.circular.pk]),
        "to": number(one.to) if sent else "",
        "letters": number(one.by_letter) if one.by_letter else "",
        "answered": number(one.answered) if sent and not is_thanks else "",
        "is_thanks": is_thanks,
        "audience": one.circular.audience.name if one.circular.audience else "",
    }


def told_material(one: MaterialFigures, *, has_ended: bool) -> dict[str, Any]:
    """A material as a bar: what is taken, what is left, what is wanted beyond.

    Once shares stand, or nobody can order any more, what is missing is no task of anybody.
    """
    most = max(one.stock, one.wanted, 1)
    return {
        "name": one.name,
        "wanted": number(one.wanted),
        "stock": number(one.stock),
        "note": _stock_told(one),
        "is_missing": one.missing > 0,
        "granted": number(one.granted),
        "is_settled": one.missing > 0 and (one.is_shared or has_ended),
        "max": most,
        "taken": min(one.wanted, one.stock),
        "over": one.missing,
        "over_at": one.stock,
        "stock_width": one.stock or most,
    }


def _stock_told(one: MaterialFigures) -> str:
    if one.missing:
        return packs_missing(one.missing)
    if not one.stock:
        return _("It is not said yet how much there is.")
    return packs_left(one.stock - one.wanted)


def _next_join_ins(campaign: Campaign) -> list[dict[str, str]]:
    rows = campaign.join_ins.filter(state=JoinInState.APPROVED).select_related("place")
    coming = rows.filter(starts_at__gte=timezone.now()).order_by("starts_at")[:SHOWN_JOIN_INS]
    return [
        {
            "title": one.title,
            "when": moment(one.starts_at),
            "where": one.place.town if one.place else "",
        }
        for one in coming
    ]
