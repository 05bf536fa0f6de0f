"""Beginning a campaign from a template, an earlier one or nothing; and throwing it away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.campaigns.actions.campaigns import save_campaign
from knotenpunkt.activities.campaigns.actions.copying import (
    copy_campaign,
    from_template,
    templates,
)
from knotenpunkt.activities.campaigns.actions.throwing_away import delete_campaign
from knotenpunkt.activities.campaigns.desk.frame import OVERVIEW, campaign_frame, campaign_or_404
from knotenpunkt.activities.campaigns.desk.setup.steps import url_of
from knotenpunkt.activities.campaigns.forms.setup import BeginForm, add_errors
from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.campaigns import campaigns
from knotenpunkt.activities.campaigns.rules.dates import moved, years_on
from knotenpunkt.activities.campaigns.rules.drafts import CampaignDraft
from knotenpunkt.activities.campaigns.wording.campaigns import period
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right

running = members_only(Right.RUN_CAMPAIGNS)
NOTHING = "leer"
MOST_EARLIER = 3


@require_http_methods(["GET", "HEAD", "POST"])
@running
def new(request: DeskRequest) -> HttpResponse:
    """What to begin with, its name, its period; the rest is proposed."""
    form = BeginForm(typed(request), beginnings=_beginnings(), initial=_usual())
    if request.method == "POST" and form.is_valid():
        campaign = _begun(request, form)
        if campaign is not None:
            messages.success(request, _("The campaign is begun. Nobody outside sees it yet."))
            return HttpResponseRedirect(url_of(campaign, "goal"))
    earlier = [_earlier(one) for one in campaigns(request.actor)[:MOST_EARLIER]]
    context = {"form": form, "templates": _shown(form), "earlier": earlier}
    return render(request, "campaigns/setup/new.html", context)


def _beginnings() -> list[tuple[str, str]]:
    return [*((one.key, one.title) for one in templates()), (NOTHING, _("With nothing"))]


def _shown(form: BeginForm) -> list[dict[str, Any]]:
    chosen = form["beginning"].value()
    told = {one.key: one.about for one in templates()}
    told[NOTHING] = _("Without texts and materials. You write everything yourself.")
    return [
        {"key": key, "label": label, "about": told[key], "checked": key == chosen}
        for key, label in _beginnings()
    ]


def _usual() -> dict[str, Any]:
    """The first template, from the first of a month in about four months on."""
    start = (timezone.localdate() + timedelta(days=125)).replace(day=1)
    first = templates()[0]
    return {
        "beginning": first.key,
        "starts_on": start,
        "ends_on": start + timedelta(days=first.days),
    }


def _earlier(campaign: Campaign) -> dict[str, str]:
    return {
        "title": campaign.title,
        "period": period(campaign.starts_on, campaign.ends_on),
        "url": reverse("campaigns:copy", args=[campaign.pk]),
    }


def _begun(request: DeskRequest, form: BeginForm) -> Campaign | None:
    told = form.cleaned_data
    days: dict[str, Any] = {"starts_on": told["starts_on"], "ends_on": told["ends_on"]}
    try:
        if told["beginning"] == NOTHING:
            draft = CampaignDraft(title=told["title"], **days)
            return save_campaign(actor=request.actor, draft=draft)
        return from_template(
            actor=request.actor, key=told["beginning"], title=told["title"], **days
        )
    except ValidationError as problem:
        add_errors(form, problem)
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@running
def copy(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """The next campaign from this one, after saying what is taken over and what was learned."""
    campaign = campaign_or_404(request, campaign_id)
    if request.method == "POST":
        made = copy_campaign(actor=request.actor, campaign=campaign)
        messages.success(request, _("Taken over. Nobody outside sees the new campaign yet."))
        return HttpResponseRedirect(url_of(made, "goal"))
    years = years_on(campaign.starts_on, timezone.localdate())
    context = {
        **campaign_frame(request, campaign, OVERVIEW),
        "period": period(moved(campaign.starts_on, years), moved(campaign.ends_on, years)),
        "kept": [one.text for one in campaign.lessons.all() if one.keep],
        "otherwise": [one.text for one in campaign.lessons.all() if not one.keep],
    }
    return render(request, "campaigns/setup/copy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@running
def delete(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Throw away a campaign that was never public."""
    campaign = campaign_or_404(request, campaign_id)
    if request.method == "POST":
        try:
            delete_campaign(actor=request.actor, campaign=campaign)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return HttpResponseRedirect(reverse(OVERVIEW, args=[campaign_id]))
        messages.success(request, _("The campaign is deleted."))
        return HttpResponseRedirect(reverse("campaigns:list"))
    context = campaign_frame(request, campaign, OVERVIEW)
    return render(request, "campaigns/setup/delete.html", context)
