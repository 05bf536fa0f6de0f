"""All materials of a campaign: what is short, what is shared, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.campaigns.actions.sharing import HasChanged, settle_all
from knotenpunkt.activities.campaigns.desk.frame import campaign_frame, campaign_or_404
from knotenpunkt.activities.campaigns.desk.sharing.showing import StockBar, stock_bar
from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.shares_to_tell import telling
from knotenpunkt.activities.campaigns.queries.sharing import Proposal, propose_all
from knotenpunkt.activities.campaigns.rules.deadlines import is_open
from knotenpunkt.activities.campaigns.wording.sharing import rule_told
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number

HERE = "campaigns:orders"


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """One material in the overview."""

    proposal: Proposal
    bar: StockBar
    state: str
    state_label: str
    rule: str


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.READ_INTERNAL)
def overview(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Look at all materials; let all shares stand at once."""
    campaign = campaign_or_404(request, campaign_id)
    if request.method == "POST":
        return _settled(request, campaign)
    proposals = propose_all(request.actor, campaign)
    wanted = [one for one in proposals if one.shares]
    context = sharing_frame(request, campaign, "campaigns:sharing") | {
        "rows": [_row(one) for one in wanted],
        "seals": [one.seal for one in wanted],
        "to_settle": sum(not _stands(one) for one in wanted),
        "is_early": is_open(campaign, timezone.now()),
        "telling": telling(request.actor, campaign),
    }
    return render(request, "campaigns/sharing/overview.html", context)


def sharing_frame(request: DeskRequest, campaign: Campaign, page: str) -> dict[str, object]:
    """What stands around each page of sharing."""
    return campaign_frame(request, campaign, HERE) | {
        "pages": [
            {"label": label, "url": reverse(name, args=[campaign.pk]), "current": name == page}
            for name, label in pages(request.actor)
        ]
    }


def pages(actor: Actor) -> list[tuple[str, str]]:
    """The pages that belong to sharing, in the order of the work; telling only who runs it."""
    telling_it = [("campaigns:tell_shares", _("Tell the shares"))]
    return [
        ("campaigns:sharing", _("Share out")),
        *(telling_it if actor.may(Right.RUN_CAMPAIGNS) else []),
        ("campaigns:reorder", _("What is missing")),
        ("campaigns:costs", _("Costs")),
    ]


def _stands(proposal: Proposal) -> bool:
    return proposal.stands and proposal.material.shared_at is not None


def _row(proposal: Proposal) -> MaterialRow:
    state, label = _state(proposal)
    return MaterialRow(
        proposal, stock_bar(proposal), state, label, rule_told(proposal.rule, proposal.material)
    )


def _state(proposal: Proposal) -> tuple[str, str]:
    if proposal.material.shared_at is None:
        return "draft", _("not shared out yet")
    if proposal.stands:
        return "published", _("shared out")
    return "waiting", _("something has changed since")


def _settled(request: DeskRequest, campaign: Campaign) -> HttpResponse:
    seen = request.POST.getlist("gesehen")
    try:
        done = settle_all(actor=request.actor, campaign=campaign, seen=seen)
    except HasChanged:
        messages.warning(request, _("Something has changed meanwhile. Please look again."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _settled_told(sum(one.given for one in done)))
    return HttpResponseRedirect(reverse("campaigns:sharing", args=[campaign.pk]))


def _settled_told(packs: int) -> str:
    told = ngettext(
        "The shares stand: %(n)s pack is given out. Nobody has been told yet.",
        "The shares stand: %(n)s packs are given out. Nobody has been told yet.",
        packs,
    )
    return told % {"n": number(packs)}
