"""Concerns at the desk: the list by the response clock, one concern, and its answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from knotenpunkt.activities.inbox import actions, queries, tables, wording
from knotenpunkt.activities.inbox.forms import OutcomeForm, shown
from knotenpunkt.activities.inbox.models import Concern, Outcome
from knotenpunkt.activities.inbox.rules import may_open
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.paging import paging
from knotenpunkt.foundation.core.tables import Row
from knotenpunkt.registers.offers.models import Offer

PAGE = 50
ANSWERED = "beantwortet"
answering = members_only(Right.ANSWER_FAMILIES)


@require_safe
@answering
def concern_list(request: DeskRequest) -> HttpResponse:
    """What waits, by the response clock; and what was answered."""
    closed = request.GET.get("teil") == ANSWERED
    rows = queries.answered(request.actor) if closed else queries.waiting(request.actor)
    page = Paginator(rows, PAGE).get_page(request.GET.get("seite"))
    now = timezone.now()
    base = f"?teil={ANSWERED}&seite=" if closed else "?seite="
    context = {
        "closed": closed,
        "tabs": tables.tabs(closed=closed, count=page.paginator.count),
        "columns": tables.closed_columns() if closed else tables.waiting_columns(),
        "rows": [_row(one, now) for one in page],
        "paging": paging(page, lambda number: f"{base}{number}"),
    }
    return render(request, "inbox/list.html", context)


def _row(concern: Concern, now: datetime) -> Row:
    return tables.waiting_row(concern, now) if concern.is_open else tables.closed_row(concern)


@require_POST
@answering
def take(request: DeskRequest, concern_id: UUID) -> HttpResponse:
    """ "Ich kümmere mich": of two people at once one gets it."""

    def deed() -> str:
        instead = _uuid(request.POST.get("statt", ""))
        actions.take(actor=request.actor, concern_id=concern_id, instead_of=instead)
        return _("You take care of it now. Nobody else calls this family.")

    return _carried_out(request, concern_id, deed)


@require_POST
@answering
def give_back(request: DeskRequest, concern_id: UUID) -> HttpResponse:
    """Let somebody else do it."""

    def deed() -> str:
        actions.give_back(actor=request.actor, concern_id=concern_id)
        return _("Given back. Everyone who answers families sees it in the list.")

    return _carried_out(request, concern_id, deed)


@require_POST
@answering
def done(request: DeskRequest, concern_id: UUID) -> HttpResponse:
    """A hint is dealt with, or was none."""
    nonsense = request.POST.get("ergebnis") == Outcome.NONSENSE
    ended = Outcome.NONSENSE if nonsense else Outcome.DONE

    def deed() -> str:
        actions.close(actor=request.actor, concern_id=concern_id, outcome=ended)
        return _("Dealt with. The text of the hint is deleted.")

    return _carried_out(request, concern_id, deed)


@require_POST
@answering
def outcome(request: DeskRequest, concern_id: UUID) -> HttpResponse:
    """How a call went; the form comes back when something is missing."""
    concern = _concern_or_404(request, concern_id)
    form = OutcomeForm(request.POST, attempts=concern.attempts)
    if not form.is_valid():
        return _page(request, concern, form)
    told = form.cleaned_data

    def deed() -> str:
        if told["outcome"] == OutcomeForm.LATER:
            actions.try_later(actor=request.actor, concern_id=concern_id)
            return _("Noted. The request stays open until you reach somebody.")
        actions.close(
            actor=request.actor, concern_id=concern_id, outcome=Outcome(told["outcome"]),
            passed_to=told["passed_to"],
        )  # fmt: skip
        return _("Done. Telephone number, name and text are deleted.")

    return _carried_out(request, concern_id, deed)


def _carried_out(request: DeskRequest, concern_id: UUID, deed: Callable[[], str]) -> HttpResponse:
    """Back to the page of the concern with a word, also when somebody was faster."""
    try:
        messages.success(request, deed())
    except (Concern.DoesNotExist, ValueError) as missing:
        raise Http404 from missing
    except actions.TakenByAnother as other:
        told = _("%(name)s was faster and takes care of it.") % {"name": other}
        messages.warning(request, told)
    except actions.AlreadyClosed:
        messages.warning(request, _("This was answered already."))
    return HttpResponseRedirect(reverse("inbox:detail", kwargs={"concern_id": concern_id}))


@require_safe
@answering
def detail(request: DeskRequest, concern_id: UUID) -> HttpResponse:
    """One concern. What the family wrote shows only to who takes care of it, and is logged."""
    concern = _concern_or_404(request, concern_id)
    return _page(request, concern, OutcomeForm(attempts=concern.attempts))


def _page(request: DeskRequest, concern: Concern, form: OutcomeForm) -> HttpResponse:
    now = timezone.now()
    is_mine = concern.taken_by_id == request.actor.user_id
    opened = None
    if may_open(request.actor, concern):
        opened = actions.open_concern(actor=request.actor, concern=concern)
    context = {
        "concern": concern,
        "title": wording.title(concern),
        "clock": wording.clock(concern, now) if concern.is_open else None,
        "facts": tables.facts(concern, now),
        "opened": opened,
        "phone_shown": shown(opened.phone) if opened else "",
        "is_mine": is_mine,
        "others": queries.same_caller(request.actor, concern) if is_mine else [],
        "deleted_on": wording.deleted_on(concern) if concern.is_open else "",
        "form": form,
        "edit_url": _edit_url(concern.offer),
    }
    return render(request, "inbox/detail.html", context)


def _concern_or_404(request: DeskRequest, concern_id: UUID) -> Concern:
    try:
        return queries.get_concern(request.actor, concern_id)
    except Concern.DoesNotExist as missing:
        raise Http404 from missing


def _edit_url(offer: Offer | None) -> str:
    """Where an offer is mended."""
    return reverse("offers_desk:edit", kwargs={"offer_id": offer.pk}) if offer else ""


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
