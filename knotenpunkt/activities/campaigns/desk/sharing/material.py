"""One material: rule, shares, by hand, letting them stand, taking them back."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from knotenpunkt.activities.campaigns.actions.sharing import (
    HasChanged,
    set_shares,
    settle,
    undo_shares,
)
from knotenpunkt.activities.campaigns.desk.frame import campaign_or_404
from knotenpunkt.activities.campaigns.desk.sharing.overview import sharing_frame
from knotenpunkt.activities.campaigns.desk.sharing.showing import (
    chart,
    consequences,
    orders_told,
    share_rows,
    stock_bar,
)
from knotenpunkt.activities.campaigns.forms.sharing import chosen_rule, typed_shares
from knotenpunkt.activities.campaigns.models import Giving, Material
from knotenpunkt.activities.campaigns.queries.materials import get_material
from knotenpunkt.activities.campaigns.queries.sharing import Proposal, Share, propose
from knotenpunkt.activities.campaigns.wording.sharing import rule_told
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right

SETTLE, AGAIN = "festlegen", "regel-fuer-alle"
LESS, BY_HAND = "weniger", "von-hand"


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.READ_INTERNAL)
def material(request: DeskRequest, campaign_id: UUID, material_id: UUID) -> HttpResponse:
    """Who gets how many packs of this material, and why."""
    found = _material_or_404(request, campaign_id, material_id)
    data = request.POST if request.method == "POST" else request.GET
    proposal = propose(request.actor, found, chosen_rule(data))
    if request.method == "POST":
        return _done(request, proposal)
    return _page(request, proposal, {})


@require_POST
@members_only(Right.RUN_CAMPAIGNS)
def undo(request: DeskRequest, campaign_id: UUID, material_id: UUID) -> HttpResponse:
    """Take the shares back, of all who have not been told."""
    found = _material_or_404(request, campaign_id, material_id)
    count = undo_shares(actor=request.actor, material=found)
    told = _("The shares of %(orders)s are wishes again.") % {"orders": orders_told(count)}
    messages.success(request, told)
    return HttpResponseRedirect(_address(found))


def _done(request: DeskRequest, proposal: Proposal) -> HttpResponse:
    request.actor.must(Right.RUN_CAMPAIGNS)
    if request.POST.get("deed") == AGAIN:
        packs: Mapping[UUID, int | None] = {one.line.pk: None for one in proposal.shares}
        set_shares(actor=request.actor, material=proposal.material, packs=packs)
        return _back(proposal)
    typed = typed_shares(request.POST, proposal)
    if typed.wrong:
        return _page(request, proposal, typed.wrong, _wrong(len(typed.wrong)))
    try:
        changed = set_shares(actor=request.actor, material=proposal.material, packs=typed.packs)
    except ValidationError as problem:
        wrong = {key: str(value) for key, value in typed.packs.items()}
        return _page(request, proposal, wrong, " ".join(problem.messages))
    if request.POST.get("deed") == SETTLE and not changed:
        return _settled(request, proposal)
    if changed:
        messages.success(request, _counted_in(changed))
    return _back(proposal)


def _settled(request: DeskRequest, proposal: Proposal) -> HttpResponse:
    try:
        settle(
            actor=request.actor,
            material=proposal.material,
            rule=proposal.rule,
            seen=request.POST.get("gesehen", ""),
        )
    except HasChanged:
        messages.warning(request, _("Something has changed meanwhile. Please look again."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        told = _("The shares of %(material)s stand. Nobody has been told yet.")
        messages.success(request, told % {"material": proposal.material.name})
    return _back(proposal)


def _page(
    request: DeskRequest, proposal: Proposal, wrong: Mapping[UUID, str], problem: str = ""
) -> HttpResponse:
    part = request.GET.get("zeigen", "")
    shares = [one for one in proposal.shares if _belongs(one, part)]
    context = sharing_frame(request, proposal.material.campaign, "campaigns:sharing") | {
        "material": proposal.material,
        "proposal": proposal,
        "problem": problem,
        "rules": [_option(proposal, rule) for rule in Giving],
        "rule_told": rule_told(proposal.rule, proposal.material),
        "parts": _parts(proposal, part),
        "rows": share_rows(proposal, shares, wrong),
        "others": proposal.given - sum(one.packs for one in shares),
        "bar": stock_bar(proposal),
        "chart": chart(proposal) if proposal.is_short else [],
        "consequences": consequences(proposal),
        "stands": proposal.stands and proposal.material.shared_at is not None,
        "by_hand": sum(one.by_hand for one in proposal.shares),
    }
    status = 422 if problem else 200
    return render(request, "campaigns/sharing/material.html", context, status=status)


def _belongs(one: Share, part: str) -> bool:
    if part == LESS:
        return one.packs < one.wanted
    return one.by_hand if part == BY_HAND else True


def _option(proposal: Proposal, rule: Giving) -> dict[str, object]:
    return {
        "label": rule.label,
        "url": f"?regel={rule.value}",
        "current": rule == proposal.rule,
    }


def _parts(proposal: Proposal, part: str) -> list[dict[str, object]]:
    """Parts of the list that people come for."""
    told = [
        ("", pgettext("tab of a list", "All")),
        (LESS, _("Get less than they wanted")),
        (BY_HAND, _("Set by hand")),
    ]
    return [
        {
            "label": label,
            "url": f"?regel={proposal.rule.value}&zeigen={key}",
            "count": sum(_belongs(one, key) for one in proposal.shares),
            "current": key == part,
        }
        for key, label in told
    ]


def _wrong(count: int) -> str:
    return ngettext(
        "%(n)d share is no number between what was promised and what was ordered.",
        "%(n)d shares are no number between what was promised and what was ordered.",
        count,
    ) % {"n": count}


def _counted_in(changed: int) -> str:
    told = ngettext(
        "%(n)d share by hand is counted in. Please look at the result.",
        "%(n)d shares by hand are counted in. Please look at the result.",
        changed,
    )
    return told % {"n": changed}


def _back(proposal: Proposal) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{_address(proposal.material)}?regel={proposal.rule.value}")


def _address(found: Material) -> str:
    return reverse("campaigns:share_material", args=[found.campaign_id, found.pk])


def _material_or_404(request: DeskRequest, campaign_id: UUID, material_id: UUID) -> Material:
    campaign = campaign_or_404(request, campaign_id)
    try:
        return get_material(request.actor, campaign, material_id)
    except Material.DoesNotExist as missing:
        raise Http404 from missing
