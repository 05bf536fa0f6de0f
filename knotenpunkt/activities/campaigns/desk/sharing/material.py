"""One material: rule, shares, by hand, letting them stand, taking them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
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
    given_of_stock,
    share_rows,
    stock_bar,
)
from knotenpunkt.activities.campaigns.forms.sharing import chosen_rule, typed_shares
from knotenpunkt.activities.campaigns.models import Giving, Material
from knotenpunkt.activities.campaigns.queries.materials import get_material
from knotenpunkt.activities.campaigns.queries.sharing import Proposal, Share, propose
from knotenpunkt.activities.campaigns.wording.sharing import ordered_by, rule_told
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.core.paging import paging
from knotenpunkt.foundation.core.spoken import number

SETTLE, AGAIN = "festlegen", "regel-fuer-alle"
LESS, BY_HAND = "weniger", "von-hand"
PAGE = 50
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Look:
    """Which of the shares somebody looks at, as the address says; a form keeps it."""

    rule: Giving
    part: str = ""
    words: str = ""
    page: int = 1

    def address(self, **changes: Any) -> str:
        """The query for these changes; another part begins with its first page."""
        one = replace(self, **({"page": 1} | changes))
        told = {"regel": one.rule.value, "zeigen": one.part, "q": one.words,
                "seite": str(one.page) if one.page > 1 else ""}  # fmt: skip
        return "?" + urlencode({name: value for name, value in told.items() if value})

    def keeps(self, one: Share) -> bool:
        """Whether this share belongs to what is looked at."""
        return belongs(one, self.part) and _says(one, self.words)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.READ_INTERNAL)
def material(request: DeskRequest, campaign_id: UUID, material_id: UUID) -> HttpResponse:
    """Who gets how many packs of this material, and why."""
    found = _material_or_404(request, campaign_id, material_id)
    data = request.POST if request.method == "POST" else request.GET
    proposal = propose(request.actor, found, chosen_rule(data))
    look = _look(request, proposal)
    if request.method == "POST":
        return _done(request, proposal, look)
    return _page(request, proposal, look, {})


def _look(request: DeskRequest, proposal: Proposal) -> Look:
    part, page = request.GET.get("zeigen", ""), request.GET.get("seite", "")
    return Look(
        rule=proposal.rule,
        part=part if part in (LESS, BY_HAND) else "",
        words=" ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST],
        page=int(page) if page.isdecimal() and len(page) < 5 and int(page) else 1,
    )


@require_POST
@members_only(Right.RUN_CAMPAIGNS)
def undo(request: DeskRequest, campaign_id: UUID, material_id: UUID) -> HttpResponse:
    """Take the shares back, of all who have not been told."""
    found = _material_or_404(request, campaign_id, material_id)
    count = undo_shares(actor=request.actor, material=found)
    if count:
        messages.success(request, _wishes_again(count))
    else:
        messages.info(request, _("There is no share that can be taken back."))
    return HttpResponseRedirect(_address(found))


def _wishes_again(count: int) -> str:
    told = ngettext(
        "The share of %(n)s order is a wish again.",
        "The shares of %(n)s orders are wishes again.",
        count,
    )
    return told % {"n": number(count)}


def _done(request: DeskRequest, proposal: Proposal, look: Look) -> HttpResponse:
    """A page of shares at a time: those of other pages stay as they are."""
    request.actor.must(Right.RUN_CAMPAIGNS)
    if request.POST.get("deed") == AGAIN:
        packs: Mapping[UUID, int | None] = {one.line.pk: None for one in proposal.shares}
        set_shares(actor=request.actor, material=proposal.material, packs=packs)
        return _back(proposal, look)
    typed = typed_shares(request.POST, proposal)
    if typed.wrong:
        return _page(request, proposal, look, typed.wrong, _wrong(len(typed.wrong)))
    try:
        changed = set_shares(actor=request.actor, material=proposal.material, packs=typed.packs)
    except ValidationError as problem:
        wrong = {key: str(value) for key, value in typed.packs.items()}
        return _page(request, proposal, look, wrong, " ".join(problem.messages))
    if request.POST.get("deed") == SETTLE and not changed:
        return _settled(request, proposal, look)
    if changed:
        messages.success(request, _counted_in(changed))
    return _back(proposal, look)


def _settled(request: DeskRequest, proposal: Proposal, look: Look) -> HttpResponse:
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
    return _back(proposal, look)


def _page(
    request: DeskRequest,
    proposal: Proposal,
    look: Look,
    wrong: Mapping[UUID, str],
    problem: str = "",
) -> HttpResponse:
    kept = [one for one in proposal.shares if look.keeps(one)]
    page = Paginator(kept, PAGE).get_page(look.page)
    here = replace(look, page=page.number)
    context = sharing_frame(request, proposal.material.campaign, "campaigns:sharing") | {
        "material": proposal.material,
        "proposal": proposal,
        "problem": problem,
        "rules": [_option(here, rule) for rule in Giving],
        "rule_told": rule_told(proposal.rule, proposal.material),
        "parts": _parts(proposal, here),
        "look": here,
        "here": _address(proposal.material) + here.address(page=page.number),
        "rows": share_rows(proposal, list(page), wrong),
        "paging": paging(page, lambda number: here.address(page=number)),
        "others": proposal.given - sum(one.packs for one in page),
        **_standing(proposal),
    }
    status = 422 if problem else 200
    return render(request, "campaigns/sharing/material.html", context, status=status)


def _standing(proposal: Proposal) -> dict[str, Any]:
    """How the whole sharing stands, whichever part of it is looked at."""
    return {
        "bar": stock_bar(proposal),
        "chart": chart(proposal) if proposal.is_short else [],
        "given": given_of_stock(proposal.given, proposal.material.packs),
        "consequences": consequences(proposal),
        "stands": proposal.stands and proposal.material.shared_at is not None,
        "by_hand": sum(one.by_hand for one in proposal.shares),
    }


def belongs(one: Share, part: str) -> bool:
    """Whether a share is one of those that get less, or were set by hand."""
    if part == LESS:
        return one.packs < one.wanted
    return one.by_hand if part == BY_HAND else True


def _says(one: Share, words: str) -> bool:
    """Whether house or number of the order is meant by these words."""
    order = one.line.order
    told = fold(ordered_by(order)) if words else ""
    return words == str(order.number) or all(word in told for word in fold(words).split())


def _option(look: Look, rule: Giving) -> dict[str, object]:
    return {"label": rule.label, "url": look.address(rule=rule), "current": rule == look.rule}


def _parts(proposal: Proposal, look: Look) -> list[dict[str, object]]:
    """Parts of the list that people come for."""
    told = [
        ("", pgettext("tab of a list", "All")),
        (LESS, _("Get less than they wanted")),
        (BY_HAND, _("Set by hand")),
    ]
    return [
        {
            "label": label,
            "url": look.address(part=part),
            "count": sum(belongs(one, part) for one in proposal.shares),
            "current": part == look.part,
        }
        for part, label in told
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


def _back(proposal: Proposal, look: Look) -> HttpResponseRedirect:
    here = look.address(page=look.page)
    return HttpResponseRedirect(f"{_address(proposal.material)}{here}")


def _address(found: Material) -> str:
    return reverse("campaigns:share_material", args=[found.campaign_id, found.pk])


def _material_or_404(request: DeskRequest, campaign_id: UUID, material_id: UUID) -> Material:
    campaign = campaign_or_404(request, campaign_id)
    try:
        return get_material(request.actor, campaign, material_id)
    except Material.DoesNotExist as missing:
        raise Http404 from missing
