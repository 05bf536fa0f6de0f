"""Providers who signed in, and whose changes wait: the same form as on the personal page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.upkeep.actions.proposing import Author, Came, propose
from knotenpunkt.activities.upkeep.forms import OfferForm
from knotenpunkt.activities.upkeep.queries.entries import contacts_of, values_of
from knotenpunkt.activities.upkeep.queries.proposals import waiting_of
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.queries import get_desk_offer
from knotenpunkt.registers.offers.rules import may_edit


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def change(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """Propose a change of an own offer; what families read stays until it is approved."""
    offer = _own_offer(request, offer_id)
    contacts = contacts_of([offer.provider])
    form = OfferForm(typed(request), initial=values_of(offer), offer=offer, contacts=contacts)
    if request.method == "POST" and form.is_valid():
        try:
            return _proposed(request, offer, form)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
    waits = [
        one
        for one in waiting_of([offer.provider])
        if one.proposal.record_id == offer.pk and one.proposal.user_id == request.user.pk
    ]
    context = {"offer": offer, "form": form, "waits": bool(waits)}
    status = 422 if request.method == "POST" else 200
    return render(request, "upkeep/change_offer.html", context, status=status)


def _proposed(request: DeskRequest, offer: Offer, form: OfferForm) -> HttpResponse:
    author = Author(user=request.user)
    came = propose(actor=request.actor, author=author, entry=offer, wanted=form.wanted())
    told = {
        Came.NOTHING: _("You have changed nothing."),
        Came.LIVE: _("Saved. Families see the change at once."),
        Came.WAITS: _("Your change waits for approval. You get an answer by mail."),
    }[came]
    messages.success(request, told)
    return HttpResponseRedirect(reverse("offers_desk:detail", args=[offer.pk]))


def _own_offer(request: DeskRequest, offer_id: UUID) -> Offer:
    try:
        offer = get_desk_offer(request.actor, offer_id)
    except Offer.DoesNotExist as missing:
        raise Http404 from missing
    if not may_edit(request.actor, offer):
        raise PermissionDenied
    return offer
