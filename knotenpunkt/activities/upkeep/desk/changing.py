"""Providers who signed in, and whose changes wait: the same forms as on the personal page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.upkeep.actions.proposing import Author, Came, propose
from knotenpunkt.activities.upkeep.forms import (
    ContactForm,
    EntryForm,
    OfferForm,
    OrganisationForm,
)
from knotenpunkt.activities.upkeep.queries.entries import (
    Record,
    contacts_of,
    organisation_of,
    subject_of,
    values_of,
)
from knotenpunkt.activities.upkeep.queries.proposals import waiting_of
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.queries import get_desk_offer
from knotenpunkt.registers.offers.rules import may_edit
from knotenpunkt.registers.partners.desk.fetching import (
    own_organisation_or_404,
    own_role_or_404,
)
from knotenpunkt.registers.partners.rules import must_propose


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def offer(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """Propose a change of an own offer; what families read stays until it is approved."""
    entry = _own_offer(request, offer_id)
    contacts = contacts_of([entry.provider])
    form = OfferForm(typed(request), initial=values_of(entry), offer=entry, contacts=contacts)
    return _page(request, entry, form, reverse("offers_desk:detail", args=[entry.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def organisation(request: DeskRequest, organisation_id: UUID) -> HttpResponse:
    """Propose a change of an own organisation; who changes it at once has a form for that."""
    entry = own_organisation_or_404(request, organisation_id)
    if not must_propose(request.actor, entry):
        return HttpResponseRedirect(reverse("partners_desk:edit", args=[entry.pk]))
    form = OrganisationForm(typed(request), initial=values_of(entry))
    return _page(request, entry, form, reverse("partners_desk:organisation", args=[entry.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@members_only()
def contact(request: DeskRequest, organisation_id: UUID, contact_id: UUID) -> HttpResponse:
    """Propose a change of a contact of one's own house. Who may see it, they say themselves."""
    one, entry = own_role_or_404(request, organisation_id, contact_id)
    if not must_propose(request.actor, entry):
        return HttpResponseRedirect(reverse("partners_desk:role", args=[one.pk, entry.pk]))
    form = ContactForm(typed(request), initial=values_of(entry), contact=entry, is_own=False)
    return _page(request, entry, form, reverse("partners_desk:organisation", args=[one.pk]))


def _page(request: DeskRequest, entry: Record, form: EntryForm, back: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            return _proposed(request, entry, form, back)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
    context = {
        "entry": entry,
        "kind": subject_of(entry).value,
        "form": form,
        "waits": _waits(request, entry),
        "back_url": back,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "upkeep/change.html", context, status=status)


def _waits(request: DeskRequest, entry: Record) -> bool:
    """Whether an earlier change by the same person waits already."""
    return any(
        one.proposal.record_id == entry.pk and one.proposal.user_id == request.user.pk
        for one in waiting_of([organisation_of(entry)])
    )


def _proposed(request: DeskRequest, entry: Record, form: EntryForm, back: str) -> HttpResponse:
    author = Author(user=request.user)
    came = propose(actor=request.actor, author=author, entry=entry, wanted=form.wanted())
    told = {
        Came.NOTHING: _("You have changed nothing."),
        Came.LIVE: _("Saved. Families see the change at once."),
        Came.WAITS: _("Your change waits for approval. You get an answer by mail."),
    }[came]
    messages.success(request, told)
    return HttpResponseRedirect(back)


def _own_offer(request: DeskRequest, offer_id: UUID) -> Offer:
    try:
        found = get_desk_offer(request.actor, offer_id)
    except Offer.DoesNotExist as missing:
        raise Http404 from missing
    if not may_edit(request.actor, found):
        raise PermissionDenied
    return found
