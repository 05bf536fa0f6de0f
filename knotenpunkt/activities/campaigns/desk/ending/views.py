"""Ending a campaign, and everything that follows: thanks, report, lessons, what is deleted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.activities.campaigns.actions.campaigns import end_campaign, reopen_campaign
from knotenpunkt.activities.campaigns.actions.ending import prepare_thanks
from knotenpunkt.activities.campaigns.actions.page import drop_lesson, keep_lesson
from knotenpunkt.activities.campaigns.desk.ending.report import report
from knotenpunkt.activities.campaigns.desk.frame import campaign_frame, campaign_or_404
from knotenpunkt.activities.campaigns.desk.overview.views import (
    shown_figures,
    told_writing,
)
from knotenpunkt.activities.campaigns.forms.setup import LessonForm
from knotenpunkt.activities.campaigns.models import Campaign, CampaignState, FileUse, Lesson
from knotenpunkt.activities.campaigns.printing.reports import report_pdf
from knotenpunkt.activities.campaigns.queries.overview import (
    figures,
    forgets_on,
    to_hand_over,
    writings,
)
from knotenpunkt.activities.campaigns.queries.taking_part import orders_without_partner
from knotenpunkt.activities.campaigns.rules.texts import THANKS
from knotenpunkt.activities.campaigns.wording.thanks import left_out, still_to_come
from knotenpunkt.activities.mailings.models import Stage
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import full_date, number

ENDING = "campaigns:ending"
running = members_only(Right.RUN_CAMPAIGNS)
form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@running
def ending(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Thanks, report, lessons, and what is deleted when; a lesson more."""
    campaign = campaign_or_404(request, campaign_id)
    form = LessonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        keep_lesson(actor=request.actor, campaign=campaign, **form.cleaned_data)
        messages.success(request, _("Written down for next time."))
        return _to(campaign)
    told = figures(campaign)
    context = {
        **campaign_frame(request, campaign, ENDING),
        "form": form,
        "lessons": list(campaign.lessons.all()),
        "is_open": campaign.state == CampaignState.OPEN,
        "is_ended": campaign.state == CampaignState.ENDED,
        "may_reopen": campaign.state == CampaignState.ENDED and campaign.forgotten_at is None,
        "ends_on": full_date(campaign.ends_on),
        "figures": shown_figures(campaign, told),
        "took_part": told.houses,
        "uncounted": told.held - told.counted,
        **_missing(campaign, told.coming),
        "pictures": campaign.files.filter(use=FileUse.LOOKBACK).count(),
        **_thanks(campaign),
        "may_thank": bool(told.houses) and campaign.forgotten_at is None,
        **_deleting(campaign, told.orders),
    }
    return render(request, "campaigns/ending/ending.html", context)


def _missing(campaign: Campaign, coming: int) -> dict[str, str]:
    """What the thanks leave out, in words."""
    unknown = orders_without_partner(campaign)
    return {
        "still_to_come": still_to_come(coming) if coming else "",
        "left_out": left_out(unknown) if unknown else "",
    }


def _thanks(campaign: Campaign) -> dict[str, Any]:
    rows = [one for one in writings(campaign) if one.circular.occasion == THANKS]
    return {
        "thanks": [told_writing(one) for one in rows],
        "is_thanked": bool(rows) and all(one.circular.fixed_at for one in rows),
        "is_sent": bool(rows) and all(one.circular.stage == Stage.SENT for one in rows),
    }


def _deleting(campaign: Campaign, orders: int) -> dict[str, Any]:
    on = forgets_on(campaign)
    return {
        "forgotten_on": full_date(timezone.localdate(campaign.forgotten_at))
        if campaign.forgotten_at
        else "",
        "forgets_on": full_date(timezone.localdate(on)) if on else "",
        "forget_days": campaign.forget_days,
        "kept_orders": orders,
    }


@form_page
@running
def end(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """End it, after saying what that means."""
    campaign = campaign_or_404(request, campaign_id)
    if request.method == "POST":
        try:
            end_campaign(actor=request.actor, campaign=campaign)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, _("The campaign is ended. Now say thank you."))
        return _to(campaign)
    context = {
        **campaign_frame(request, campaign, ENDING),
        "effects": _effects(campaign),
        "is_open": campaign.state == CampaignState.OPEN,
    }
    return render(request, "campaigns/ending/end.html", context)


def _effects(campaign: Campaign) -> list[str]:
    told, now = figures(campaign), timezone.now()
    found = [_("Nobody can order or report anything any more.")]
    if waiting := to_hand_over(campaign):
        found.append(
            ngettext(
                "%(n)s order is not fetched yet. It can still be handed over.",
                "%(n)s orders are not fetched yet. They can still be handed over.",
                waiting,
            )
            % {"n": number(waiting)}
        )
    if told.undecided:
        found.append(
            ngettext(
                "%(n)s join-in is not decided yet and stays unseen.",
                "%(n)s join-ins are not decided yet and stay unseen.",
                told.undecided,
            )
            % {"n": number(told.undecided)}
        )
    if coming := campaign.join_ins.filter(state="approved", starts_at__gt=now).count():
        found.append(
            ngettext(
                "%(n)s join-in is still to come. The page keeps showing it.",
                "%(n)s join-ins are still to come. The page keeps showing them.",
                coming,
            )
            % {"n": number(coming)}
        )
    found.append(_("No offer stands out in the finder any more. The page stays."))
    found.append(
        _("In %(n)s days the personal data of orders are deleted. The figures stay.")
        % {"n": number(campaign.forget_days)}
    )
    return found


@require_POST
@running
def reopen(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """It did not end after all."""
    campaign = campaign_or_404(request, campaign_id)
    try:
        reopen_campaign(actor=request.actor, campaign=campaign)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The campaign goes on."))
    return _to(campaign)


@require_POST
@running
def thank(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Draft the thanks, and go where they are read and sent."""
    campaign = campaign_or_404(request, campaign_id)
    circular = prepare_thanks(actor=request.actor, campaign=campaign)
    messages.success(
        request, _("The thanks are drafted: each reads what they did. Please look at some.")
    )
    if unknown := orders_without_partner(campaign):
        messages.warning(request, _with_link(left_out(unknown), campaign))
    return HttpResponseRedirect(reverse("mailings:circular", args=[circular.pk]))


def _with_link(told: str, campaign: Campaign) -> SafeString:
    """Where a partner can be chosen for them."""
    url = f"{reverse('campaigns:orders', args=[campaign.pk])}?stand=ohne-partner"
    return format_html('{} <a href="{}">{}</a>', told, url, _("Choose a partner for them"))


@require_POST
@running
def forget_lesson(request: DeskRequest, campaign_id: UUID, lesson_id: UUID) -> HttpResponse:
    """Take a lesson away."""
    campaign = campaign_or_404(request, campaign_id)
    found: Lesson | None = campaign.lessons.filter(pk=lesson_id).first()
    if found is None:
        raise Http404
    drop_lesson(actor=request.actor, lesson=found)
    messages.success(request, _("Deleted."))
    return _to(campaign)


@require_safe
@members_only(Right.READ_INTERNAL)
def report_file(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """The report for the steering group and the press, as PDF."""
    campaign = campaign_or_404(request, campaign_id)
    content = report_pdf(report(campaign, request.network))
    name = f"bericht-{campaign.slug}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _to(campaign: Campaign) -> HttpResponse:
    return HttpResponseRedirect(reverse(ENDING, args=[campaign.pk]))
