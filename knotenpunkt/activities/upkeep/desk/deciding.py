"""Changes that wait: old and new side by side, taken over, in part or not, with an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.activities.upkeep import wording
from knotenpunkt.activities.upkeep.actions.proposing import (
    AlreadyDecided,
    ChangedMeanwhile,
    RecordGone,
    decide,
)
from knotenpunkt.activities.upkeep.forms import DecisionForm
from knotenpunkt.activities.upkeep.models import Decision, Proposal, Wish
from knotenpunkt.activities.upkeep.queries.contacts import contact_names
from knotenpunkt.activities.upkeep.queries.proposals import (
    Line,
    OpenProposal,
    answer_of,
    get_proposal,
    lines,
    opened,
    stamp,
)
from knotenpunkt.activities.upkeep.queries.proposals import (
    proposals as found_proposals,
)
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.paging import paging
from knotenpunkt.foundation.core.tables import Cell, Head, Row

PAGE = 50
DECIDED = "entschieden"
SUCCESSOR = {"name": "contact.name", "function": "function", "email": "email", "phone": "phones"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One field of a change, worded."""

    name: str
    label: str
    was: str
    now: str
    wanted: str
    is_moved: bool
    is_done: bool
    ticked: bool


@require_safe
@members_only(Right.EDIT_REGISTERS)
def proposals(request: DeskRequest) -> HttpResponse:
    """What waits, the oldest first; or what was decided."""
    decided = request.GET.get("teil") == DECIDED
    rows = found_proposals(request.actor)
    waiting = rows.filter(decision=Decision.WAITING)
    rows = rows.exclude(decision=Decision.WAITING).order_by("-decided_at") if decided else waiting
    page = Paginator(rows, PAGE).get_page(request.GET.get("seite"))
    part = f"teil={DECIDED}&" if decided else ""
    context = {
        "decided": decided,
        "tabs": _tabs(decided, waiting.count()),
        "columns": [
            Head(_("What it is about")),
            Head(_("What shall change")),
            Head(_("From whom")),
            Head(pgettext("of a change", "State")),
            Head(_("Since"), numeric=True),
        ],
        "rows": [_row(one) for one in opened(page)],
        "paging": paging(page, lambda at: f"?{part}seite={at}"),
    }
    return render(request, "upkeep/proposals.html", context)


def _tabs(decided: bool, count: int) -> list[dict[str, Any]]:
    base = reverse("upkeep:proposals")
    return [
        {"label": _("Waiting"), "url": base, "count": count, "current": not decided},
        {"label": _("Decided"), "url": f"{base}?teil={DECIDED}", "count": None,
         "current": decided},
    ]  # fmt: skip


def _row(one: OpenProposal) -> Row:
    proposal = one.proposal
    url = reverse("upkeep:proposal", args=[proposal.pk])
    label = proposal.get_decision_display()
    return Row([
        Cell(_title(one), note=proposal.organisation.name, url=url),
        Cell(_what(one), label=_("What shall change")),
        Cell(_whom(proposal), label=_("From whom")),
        Cell(str(label), state=wording.DECISIONS[proposal.decision]),
        Cell(spoken.moment(proposal.created_at), label=_("Since"), numeric=True),
    ])  # fmt: skip


def _title(one: OpenProposal) -> str:
    return one.title or wording.subject_label(one.proposal.subject)


def _what(one: OpenProposal) -> str:
    if one.is_erased:
        return _("erased")
    if one.proposal.wish != Wish.CHANGE:
        return str(one.proposal.get_wish_display())
    return ", ".join(wording.field_label(one.proposal.subject, name) for name in one.changes)


def _whom(proposal: Proposal) -> str:
    if proposal.user is not None:
        return proposal.user.name
    contact = proposal.contact
    return (contact.name or contact.function) if contact else _("no longer there")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def proposal(request: DeskRequest, proposal_id: UUID) -> HttpResponse:
    """One change, side by side, and the decision about it."""
    try:
        one = opened([get_proposal(request.actor, proposal_id)])[0]
    except Proposal.DoesNotExist as missing:
        raise Http404 from missing
    form = DecisionForm(typed(request), fields=list(one.changes))
    if request.method == "POST" and one.proposal.decision == Decision.WAITING:
        return _decided(request, one, form)
    return _show(request, one, form)


def _show(
    request: DeskRequest, one: OpenProposal, form: DecisionForm, status: int = 200, **more: Any
) -> HttpResponse:
    found = lines(one) if one.proposal.wish == Wish.CHANGE else []
    waits = one.proposal.decision == Decision.WAITING
    accepted = form.accepted() if form.is_bound else None
    context = {
        "one": one,
        "proposal": one.proposal,
        "title": _title(one),
        "whom": _whom(one.proposal),
        "when": spoken.moment(one.proposal.created_at),
        "form": form,
        "waits": waits and not one.is_erased,
        "gone": found is None,
        "lines": _shown(one, found or [], accepted),
        "successor": _successor(one),
        "moved": any(line.is_moved and not line.is_done for line in found or []),
        "seen": stamp(found or []),
        "answer": "" if waits else answer_of(one.proposal),
        "state": wording.DECISIONS[one.proposal.decision],
        "record_url": _record_url(one.proposal),
    }
    return render(request, "upkeep/proposal.html", context | more, status=status)


def _shown(one: OpenProposal, found: Sequence[Line], accepted: list[str] | None) -> list[Shown]:
    names = contact_names([
        value for line in found if line.name == "contacts"
        for value in (*line.was, *line.wanted, *(line.now or []))
    ])  # fmt: skip

    def told(line: Line, value: Any) -> str:
        return wording.shown(line.name, value, names)

    return [
        Shown(
            name=line.name,
            label=wording.field_label(one.proposal.subject, line.name),
            was=told(line, line.was),
            now=told(line, line.now),
            wanted=told(line, line.wanted),
            is_moved=line.is_moved,
            is_done=line.is_done,
            ticked=line.name in accepted if accepted is not None else not line.is_moved,
        )
        for line in found
    ]


def _successor(one: OpenProposal) -> list[tuple[str, str]]:
    if one.proposal.wish != Wish.HAND_OVER:
        return []
    return [
        (wording.field_label("contact", SUCCESSOR[name]), str(new))
        for name, (_old, new) in one.changes.items()
        if new
    ]


def _record_url(proposal: Proposal) -> str:
    if proposal.subject == "offer":
        return reverse("offers_desk:detail", args=[proposal.record_id])
    return reverse("upkeep:partner", args=[proposal.organisation_id])


def _decided(request: DeskRequest, one: OpenProposal, form: DecisionForm) -> HttpResponse:
    refused = request.POST.get("tun") == "ablehnen"
    if not form.is_valid():
        return _show(request, one, form, status=422)
    whole = one.proposal.wish != Wish.CHANGE
    accepted = [] if refused else list(one.changes) if whole else form.accepted()
    answer = form.cleaned_data["answer"]
    if problem := _problem(refused, accepted, answer):
        form.add_error("answer" if refused else None, problem)
        return _show(request, one, form, status=422)
    try:
        decide(
            actor=request.actor, proposal_id=one.proposal.pk, accepted=accepted,
            seen=request.POST.get("gesehen", ""), answer=answer,
        )  # fmt: skip
    except ChangedMeanwhile:
        return _show(request, one, form, status=409, clash=True)
    except (AlreadyDecided, RecordGone):
        messages.info(request, _("This was decided in the meantime, or the entry is gone."))
        return HttpResponseRedirect(reverse("upkeep:proposals"))
    except ValidationError as broken:
        form.add_error(None, broken.messages)
        return _show(request, one, form, status=422)
    messages.success(request, _outcome(refused, len(accepted), len(one.changes), whole))
    return HttpResponseRedirect(reverse("upkeep:proposals"))


def _problem(refused: bool, accepted: Sequence[str], answer: str) -> str:
    if refused and not answer.strip():
        return _("Please write in a sentence why: it is sent by mail.")
    if not refused and not accepted:
        return _("Please tick what you take over, or refuse the change.")
    return ""


def _outcome(refused: bool, taken: int, count: int, whole: bool) -> str:
    if refused:
        return _("Not taken over. The answer is on its way.")
    if whole or taken == count:
        return _("Taken over. The answer is on its way.")
    return _("Partly taken over. The answer is on its way.")
