"""The steps of the preparation: their order, where each stands, and saving one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from knotenpunkt.activities.campaigns.actions.campaigns import settle_step
from knotenpunkt.activities.campaigns.actions.changing import change_campaign
from knotenpunkt.activities.campaigns.desk.frame import campaign_frame
from knotenpunkt.activities.campaigns.forms.setup import add_errors
from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.consequences import consequences
from knotenpunkt.activities.campaigns.rules.drafts import CampaignDraft
from knotenpunkt.foundation.accounts.gate import DeskRequest

SETUP = "campaigns:setup"
CONFIRMED, STAY = "bestaetigt", "bleiben"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its word in the code, its name, its page."""

    key: str
    label: Promise
    page: str


STEPS = (
    Step("goal", pgettext_lazy("step", "Goal and message"), "campaigns:goal"),
    Step("hosts", pgettext_lazy("step", "Hosts"), "campaigns:hosts"),
    Step("audience", pgettext_lazy("step", "Target groups"), "campaigns:audience"),
    Step("period", pgettext_lazy("step", "Period"), "campaigns:period"),
    Step("materials", pgettext_lazy("step", "Materials"), "campaigns:setup_materials"),
    Step("texts", pgettext_lazy("step", "Texts"), "campaigns:setup_texts"),
    Step("page", pgettext_lazy("step", "Page"), "campaigns:setup_page"),
    Step("checks", pgettext_lazy("step", "Check"), "campaigns:checks"),
)
BY_KEY = {one.key: one for one in STEPS}


def stages(campaign: Campaign, here: str) -> list[dict[str, str]]:
    """All steps as `_stages` shows them: each can be opened at any time."""
    return [
        {
            "label": str(one.label),
            "state": "current" if one.key == here else _standing(campaign, one.key),
            "url": "" if one.key == here else url_of(campaign, one.key),
        }
        for one in STEPS
    ]


def _standing(campaign: Campaign, key: str) -> str:
    if key == "checks":
        return "done" if campaign.opened_at else "todo"
    return "done" if key in campaign.settled_steps else "todo"


def url_of(campaign: Campaign, key: str) -> str:
    """The page of a step."""
    return reverse(BY_KEY[key].page, args=[campaign.pk])


def next_open(campaign: Campaign) -> str:
    """The first step that nobody has finished; the check when all are."""
    open_steps = (one.key for one in STEPS if one.key not in campaign.settled_steps)
    return next(open_steps, "checks")


def after(key: str) -> str:
    """The step behind this one."""
    keys = [one.key for one in STEPS]
    return keys[min(keys.index(key) + 1, len(keys) - 1)]


def before(key: str) -> str:
    """The step in front of this one; "" for the first."""
    keys = [one.key for one in STEPS]
    return keys[keys.index(key) - 1] if keys.index(key) else ""


def show(
    request: DeskRequest, campaign: Campaign, key: str, template: str, **context: Any
) -> HttpResponse:
    """The page of a step, with the way through all of them."""
    step = BY_KEY[key]
    back = before(key)
    told = {
        **campaign_frame(request, campaign, SETUP),
        "stages": stages(campaign, key),
        "step": step.label,
        "number": STEPS.index(step) + 1,
        "total": len(STEPS),
        "previous_url": url_of(campaign, back) if back else "",
        "next_url": url_of(campaign, after(key)),
        **context,
    }
    return render(request, template, told)


def leave(request: DeskRequest, campaign: Campaign, key: str) -> HttpResponse:
    """Saved: on to the next step, or stay where "Save" was pressed."""
    settle_step(actor=request.actor, campaign=campaign, step=key)
    if STAY in request.POST:
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(url_of(campaign, key))
    return HttpResponseRedirect(url_of(campaign, after(key)))


def unconfirmed(
    request: HttpRequest, campaign: Campaign, draft: CampaignDraft
) -> Mapping[str, Any] | None:
    """What saving would change elsewhere, as long as nobody has agreed to exactly this."""
    told = consequences(campaign, draft, timezone.now())
    mark = hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
    if not told or request.POST.get(CONFIRMED) == mark:
        return None
    return {"consequences": told, "mark": mark}


def saved(request: DeskRequest, campaign: Campaign, draft: CampaignDraft, form: Form) -> bool:
    """Save with all that follows; what cannot be is said at the form."""
    try:
        change_campaign(actor=request.actor, campaign=campaign, draft=draft)
    except ValidationError as problem:
        campaign.refresh_from_db()
        add_errors(form, problem)
        return False
    return True
