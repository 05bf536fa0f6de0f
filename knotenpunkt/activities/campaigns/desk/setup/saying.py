"""The steps that are one form each: goal and message, period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.activities.campaigns.desk.frame import campaign_or_404
from knotenpunkt.activities.campaigns.desk.setup.steps import (
    leave,
    next_open,
    saved,
    show,
    unconfirmed,
    url_of,
)
from knotenpunkt.activities.campaigns.forms.setup import (
    GoalForm,
    PeriodForm,
    period_filled,
    with_proposals,
)
from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.rules.checks import doubts_about_days
from knotenpunkt.activities.campaigns.rules.drafts import draft_of
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right

running = members_only(Right.RUN_CAMPAIGNS)
form_page = require_http_methods(["GET", "HEAD", "POST"])
PROPOSE = "vorschlagen"


@require_safe
@running
def setup(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Where one stopped."""
    campaign = campaign_or_404(request, campaign_id)
    return HttpResponseRedirect(url_of(campaign, next_open(campaign)))


@form_page
@running
def goal(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """What it is called, what it is to reach, and the one sentence for everybody."""
    campaign = campaign_or_404(request, campaign_id)
    filled = {"title": campaign.title, "goal": campaign.goal, "message": campaign.message}
    form, ask = GoalForm(typed(request), initial=filled), None
    if request.method == "POST" and form.is_valid():
        draft = replace(draft_of(campaign), **form.cleaned_data)
        ask = unconfirmed(request, campaign, draft)
        if ask is None and saved(request, campaign, draft, form):
            return leave(request, campaign, "goal")
    context = {"form": form, "lessons": _lessons(campaign), **(ask or {})}
    return show(request, campaign, "goal", "campaigns/setup/goal.html", **context)


def _lessons(campaign: Campaign) -> dict[str, list[str]]:
    """What was written down after the campaign that this one was made from."""
    if campaign.made_from is None:
        return {}
    rows = list(campaign.made_from.lessons.all())
    return {
        "kept": [one.text for one in rows if one.keep],
        "otherwise": [one.text for one in rows if not one.keep],
    }


@form_page
@running
def period(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """All days, with proposals, doubts, and what a change means."""
    campaign = campaign_or_404(request, campaign_id)
    form = PeriodForm(typed(request), initial=period_filled(campaign))
    ask: Any = None
    if request.method == "POST" and PROPOSE in request.POST:
        form = _proposed(form, campaign)
    elif request.method == "POST" and form.is_valid():
        draft = form.draft(draft_of(campaign))
        ask = unconfirmed(request, campaign, draft)
        if ask is None and saved(request, campaign, draft, form):
            return leave(request, campaign, "period")
    doubts = [one.text for one in doubts_about_days(campaign, timezone.localdate())]
    context = {"form": form, "doubts": doubts, **(ask or {})}
    return show(request, campaign, "period", "campaigns/setup/period.html", **context)


def _proposed(form: PeriodForm, campaign: Campaign) -> PeriodForm:
    """The same form with days that follow from the period as it was typed."""
    form.is_valid()
    told = getattr(form, "cleaned_data", {})
    first: date = told.get("starts_on") or campaign.starts_on
    last: date = told.get("ends_on") or campaign.ends_on
    kept = {"allows_late": told.get("allows_late", campaign.allows_late),
            "forget_days": told.get("forget_days", campaign.forget_days)}  # fmt: skip
    return PeriodForm(initial=with_proposals(kept, first, max(first, last)))
