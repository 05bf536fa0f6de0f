"""The steps that look at what is there: texts, the check; and the opening."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.activities.campaigns.actions.campaigns import open_campaign, take_back
from knotenpunkt.activities.campaigns.actions.copying import template
from knotenpunkt.activities.campaigns.actions.writing import prepare_circulars
from knotenpunkt.activities.campaigns.desk.frame import OVERVIEW, campaign_frame, campaign_or_404
from knotenpunkt.activities.campaigns.desk.overview.views import told_writing
from knotenpunkt.activities.campaigns.desk.setup.steps import leave, show, url_of
from knotenpunkt.activities.campaigns.models import Campaign, CampaignState
from knotenpunkt.activities.campaigns.queries.checks import findings
from knotenpunkt.activities.campaigns.queries.overview import writings
from knotenpunkt.activities.campaigns.rules.checks import Weight
from knotenpunkt.activities.campaigns.rules.texts import OCCASIONS
from knotenpunkt.activities.campaigns.wording.campaigns import deadline, period
from knotenpunkt.activities.mailings.queries.circulars import circulars_about
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import full_date, number

running = members_only(Right.RUN_CAMPAIGNS)
form_page = require_http_methods(["GET", "HEAD", "POST"])
DRAFT = "entwerfen"
# From which template texts are taken when a campaign has none.
WITH_ORDERS, WITHOUT = "danke", "aktionswochen"


@form_page
@running
def texts(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Invitation, reminder and thanks: drafted, to be read and changed where they are written."""
    campaign = campaign_or_404(request, campaign_id)
    if request.method == "POST" and DRAFT in request.POST:
        draft_missing(request, campaign)
        return HttpResponseRedirect(url_of(campaign, "texts"))
    if request.method == "POST":
        return leave(request, campaign, "texts")
    return show(request, campaign, "texts", "campaigns/setup/texts.html", **_letters(campaign))


def draft_missing(request: DeskRequest, campaign: Campaign) -> None:
    """Draft what is missing, from the template that fits."""
    key = WITH_ORDERS if campaign.order_until else WITHOUT
    made = prepare_circulars(actor=request.actor, campaign=campaign, texts=template(key).texts)
    if made:
        messages.success(request, _("The texts are drafted. Please read them."))


def _letters(campaign: Campaign) -> dict[str, object]:
    rows = list(writings(campaign))
    there = {one.circular.occasion for one in rows}
    return {
        "writings": [told_writing(one) for one in rows],
        "is_missing": bool(set(OCCASIONS) - there),
    }


@form_page
@members_only(Right.READ_INTERNAL)
def letters(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """All that the campaign writes to many."""
    campaign = campaign_or_404(request, campaign_id)
    if request.method == "POST":
        request.actor.must(Right.RUN_CAMPAIGNS)
        draft_missing(request, campaign)
        return HttpResponseRedirect(reverse("campaigns:letters", args=[campaign.pk]))
    context = {**campaign_frame(request, campaign, "campaigns:letters"), **_letters(campaign)}
    return render(request, "campaigns/setup/letters.html", context)


@require_safe
@running
def checks(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Everything that is missing or doubtful, and what happens when it becomes public."""
    campaign = campaign_or_404(request, campaign_id)
    found = findings(campaign, timezone.localdate())
    context = {
        "findings": [
            {"is_missing": one.weight == Weight.MISSING, "text": one.text,
             "url": url_of(campaign, one.step)}
            for one in found
        ],
        "may_open": campaign.state == CampaignState.PREPARED
        and all(one.weight != Weight.MISSING for one in found),
        "is_open": campaign.state == CampaignState.OPEN,
        "is_prepared": campaign.state == CampaignState.PREPARED,
        "effects": _effects(request, campaign),
        "preview_url": reverse("campaigns:preview", args=[campaign.pk]),
    }  # fmt: skip
    return show(request, campaign, "checks", "campaigns/setup/checks.html", **context)


def _effects(request: DeskRequest, campaign: Campaign) -> list[str]:
    """What happens when it opens, and what does not yet."""
    told = [_("The page of the campaign can be read by everybody.")]
    until = campaign.order_until
    if until is not None and campaign.materials.filter(is_offered=True).exists():
        told.append(
            _("Partners can order by their personal link until %(day)s.") % {"day": deadline(until)}
        )
    told.append(_("Partners can report join-ins. Each is shown only after you release it."))
    if count := len(campaign.highlights):
        told.append(
            ngettext(
                "%(n)s offer stands out in the finder from %(period)s.",
                "%(n)s offers stand out in the finder from %(period)s.",
                count,
            )
            % {"n": number(count), "period": period(campaign.starts_on, campaign.ends_on)}
        )
    told.append(_unsent(request, campaign))
    return told


def _unsent(request: DeskRequest, campaign: Campaign) -> str:
    if not circulars_about(request.actor, campaign.pk) or campaign.writes_on is None:
        return _("Nobody is written to by this.")
    day = full_date(campaign.writes_on)
    return _("Nobody is written to by this: the invitation is planned for %(day)s.") % {"day": day}


@require_POST
@running
def open_it(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Make it public."""
    campaign = campaign_or_404(request, campaign_id)
    try:
        open_campaign(actor=request.actor, campaign=campaign)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return HttpResponseRedirect(url_of(campaign, "checks"))
    messages.success(request, _("The campaign is public now."))
    return HttpResponseRedirect(reverse(OVERVIEW, args=[campaign.pk]))


@require_POST
@running
def take_it_back(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Nobody outside sees it any more."""
    campaign = campaign_or_404(request, campaign_id)
    try:
        take_back(actor=request.actor, campaign=campaign)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("Nobody outside sees the campaign any more."))
    return HttpResponseRedirect(url_of(campaign, "checks"))
