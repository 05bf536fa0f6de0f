"""How families will see what stands in the form, before anything is stored.

It is saved for real, shown with the finder's own templates, and rolled back: so a preview shows
neither more nor less than saving would.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.core.versions import ChangedMeanwhile
from knotenpunkt.registers.offers import findable, wording
from knotenpunkt.registers.offers.actions import publish_offer
from knotenpunkt.registers.offers.desk.edit import own_offer_or_404
from knotenpunkt.registers.offers.editing.actions.keeping import keep_offer
from knotenpunkt.registers.offers.editing.sheet import Sheet
from knotenpunkt.registers.offers.finder import Found, nearest_place
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.queries import get_offer
from knotenpunkt.registers.offers.rules import may_add
from knotenpunkt.registers.offers.views import page_context
from knotenpunkt.registers.offers.wishes import Wish


@require_POST
@members_only()
def preview_new(request: DeskRequest) -> HttpResponse:
    """Of an offer that is not stored yet."""
    if not may_add(request.actor):
        raise PermissionDenied
    return _preview(request, None)


@require_POST
@members_only()
def preview(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """Of an offer with what is changed in the form."""
    return _preview(request, own_offer_or_404(request, offer_id))


def _preview(request: DeskRequest, offer: Offer | None) -> HttpResponse:
    sheet = Sheet(request.actor, offer, request.POST)
    if not sheet.is_valid():
        return _unfinished(request, sheet)
    response = None
    with transaction.atomic(), findable.left_alone():
        try:
            shown = _as_published(request, sheet)
            response = render(request, "offers/desk/preview.html", _context(request, shown))
        except ValidationError as refused:
            sheet.refuse(refused)
        transaction.set_rollback(True)
    return response or _unfinished(request, sheet)


def _as_published(request: DeskRequest, sheet: Sheet) -> Offer:
    """The offer as it would be, published, inside a transaction that is rolled back."""
    draft = sheet.draft()
    try:
        kept = keep_offer(actor=request.actor, draft=draft, offer=sheet.offer)
    except ChangedMeanwhile as meanwhile:
        mine = {clash.field: f"meine:{clash.mark}" for clash in meanwhile.clashes}
        kept = keep_offer(actor=request.actor, draft=draft.choosing(mine), offer=sheet.offer)
    # Everyone sees a preview as families will, also who may not publish.
    publish_offer(actor=System("preview"), offer=kept)
    return get_offer(request.actor, kept.pk)


def _context(request: DeskRequest, offer: Offer) -> dict[str, Any]:
    context = page_context(request, offer)
    found = Found(
        offer=offer,
        network=request.network,
        from_neighbour=False,
        score=0.0,
        distance_km=None,
        approximate=False,
        at_place=nearest_place(offer, Wish()),
        next=next(iter(context["occurrences"]), None),
        matched=(),
    )
    card = wording.card(found, timezone.localdate(), number=None)
    return {**context, "card": card, "similar": [], "draft_note": ""}


def _unfinished(request: DeskRequest, sheet: Sheet) -> HttpResponse:
    offer = sheet.offer
    back = (
        reverse("offers_desk:edit", kwargs={"offer_id": offer.pk})
        if offer
        else reverse("offers_desk:new")
    )
    context = {"problems": sheet.problems, "back_url": back}
    return render(request, "offers/desk/preview_unfinished.html", context, status=422)
