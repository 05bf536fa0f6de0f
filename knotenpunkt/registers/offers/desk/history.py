"""What happened to an offer, and taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.core.versions import ChangedMeanwhile
from knotenpunkt.registers.offers.desk.edit import looked_at_first, own_offer_or_404, with_undo
from knotenpunkt.registers.offers.editing import saying
from knotenpunkt.registers.offers.editing.actions.keeping import take_back
from knotenpunkt.registers.offers.editing.queries import entries, entries_since, get_entry
from knotenpunkt.registers.offers.editing.resets import Plan, restore_plan, undo_plan
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.rules import may_publish, must_propose

PAGE = 30


@require_safe
@members_only()
def history(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """Every change, with who, when, and what was said before."""
    offer = own_offer_or_404(request, offer_id)
    page = Paginator(entries(request.actor, offer), PAGE).get_page(request.GET.get("seite"))
    context = {"offer": offer, "deeds": saying.deeds(list(page)), "page": page}
    return render(request, "offers/desk/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def undo(request: DeskRequest, offer_id: UUID, entry_id: UUID) -> HttpResponse:
    """Say what taking one change back does; then do it."""
    offer = own_offer_or_404(request, offer_id)
    entry = _entry_or_404(request, offer, entry_id)
    plan = undo_plan(offer, entry)
    if must_propose(request.actor, offer):
        return looked_at_first(request, offer)
    if request.method == "POST":
        return _taken_back(request, offer, plan, "offers.undo")
    return _shown(request, offer, entry, plan, is_undo=True)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def restore(request: DeskRequest, offer_id: UUID, entry_id: UUID) -> HttpResponse:
    """Say what going back to this version does; then do it."""
    offer = own_offer_or_404(request, offer_id)
    entry = _entry_or_404(request, offer, entry_id)
    plan = restore_plan(offer, entries_since(request.actor, offer, entry))
    if must_propose(request.actor, offer):
        return looked_at_first(request, offer)
    if request.method == "POST":
        return _taken_back(request, offer, plan, "offers.restore")
    return _shown(request, offer, entry, plan, is_undo=False)


def _entry_or_404(request: DeskRequest, offer: Offer, entry_id: UUID) -> Entry:
    try:
        return get_entry(request.actor, offer, entry_id)
    except Entry.DoesNotExist as missing:
        raise Http404 from missing


def _taken_back(request: DeskRequest, offer: Offer, plan: Plan, deed: str) -> HttpResponse:
    also = request.POST.getlist("auch")
    if "status" in plan.chosen(also) and not may_publish(request.actor):
        raise PermissionDenied
    shown = request.POST.get("stand", "")
    try:
        if shown != plan.mark:
            raise ChangedMeanwhile([])
        saved = take_back(actor=request.actor, offer=offer, plan=plan, also=also, deed=deed)
    except ChangedMeanwhile:
        messages.warning(
            request,
            _("Somebody saved in the meantime. Nothing was changed; please look at it once more."),
        )
        return HttpResponseRedirect(request.get_full_path())
    told = _("Undone.") if deed == "offers.undo" else _("The earlier version is back.")
    messages.success(request, with_undo(told, saved))
    return HttpResponseRedirect(reverse("offers_desk:detail", kwargs={"offer_id": offer.pk}))


def _shown(
    request: DeskRequest, offer: Offer, entry: Entry, plan: Plan, *, is_undo: bool
) -> HttpResponse:
    resets = saying.resets(plan.resets)
    context: dict[str, Any] = {
        "offer": offer,
        "deed": saying.deeds([entry])[0],
        "plan": plan,
        "free": [one for one in resets if not one.changed_since and not one.lost],
        "conflicts": [one for one in resets if one.changed_since and not one.lost],
        "lost": [one.label for one in resets if one.lost],
        "is_undo": is_undo,
        "allowed": may_publish(request.actor) or "status" not in plan.chosen(["status"]),
    }
    return render(request, "offers/desk/undo.html", context)
