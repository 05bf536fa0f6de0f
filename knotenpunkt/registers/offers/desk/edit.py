"""Pages of one offer at the desk: what it says, its form, and its way to families."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.core.versions import ChangedMeanwhile
from knotenpunkt.registers.offers import wording
from knotenpunkt.registers.offers.actions import publish_offer, withdraw_offer
from knotenpunkt.registers.offers.editing import saying
from knotenpunkt.registers.offers.editing.actions.keeping import (
    duplicate_offer,
    keep_offer,
)
from knotenpunkt.registers.offers.editing.queries import last_entry, latest_entries
from knotenpunkt.registers.offers.editing.rearranging import rearranged
from knotenpunkt.registers.offers.editing.searching import places, provider_label, providers
from knotenpunkt.registers.offers.editing.sheet import Sheet
from knotenpunkt.registers.offers.models import Offer, Status
from knotenpunkt.registers.offers.pages import offer_page
from knotenpunkt.registers.offers.queries import get_desk_offer
from knotenpunkt.registers.offers.rules import (
    may_add,
    may_edit,
    may_offer_for,
    may_publish,
    must_propose,
)
from knotenpunkt.registers.offers.translating.lines import language_lines
from knotenpunkt.registers.partners.actions.keeping import keeps
from knotenpunkt.registers.partners.models import Audience, Contact
from knotenpunkt.registers.partners.rules import circle_of

SAVE, SAVE_AND_PUBLISH = "speichern", "speichern-und-veroeffentlichen"
SHOWN_ENTRIES = 6
Answer = Callable[..., HttpResponse]


def desk_offer_or_404(request: DeskRequest, offer_id: UUID) -> Offer:
    """The offer, for those at whose desk it is."""
    try:
        return get_desk_offer(request.actor, offer_id)
    except Offer.DoesNotExist as missing:
        raise Http404 from missing


def own_offer_or_404(request: DeskRequest, offer_id: UUID) -> Offer:
    """The offer, for those who may change it; 403 for those who only read it."""
    offer = desk_offer_or_404(request, offer_id)
    if not may_edit(request.actor, offer):
        raise PermissionDenied
    return offer


@require_safe
@members_only()
def detail(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """What an offer says, what happened to it, and what can be done with it."""
    offer = desk_offer_or_404(request, offer_id)
    editable = may_edit(request.actor, offer)
    entries = latest_entries(request.actor, offer, limit=SHOWN_ENTRIES) if editable else []
    context = {
        "offer": offer,
        "page": offer_page(offer, [], timezone.localdate()),
        "contacts": [_reached(request, link.contact) for link in offer.contact_links.all()],
        "topics": [link.topic for link in offer.topic_links.all()],
        "deeds": saying.deeds(entries),
        "editable": editable,
        "publishable": may_publish(request.actor),
        "pictures": wording.pictures(offer),
        "language_lines": language_lines(offer),
        "has_texts": bool(offer.texts.all()),
    }
    return render(request, "offers/desk/detail.html", context)


def _reached(request: DeskRequest, contact: Contact) -> dict[str, Any]:
    """A contact with the ways that this member may see; a provider sees all of their own house."""
    circle = circle_of(request.actor)
    if not keeps(request.actor, contact.organisation):
        circle = Audience.PROFESSIONALS
    return {
        "name": str(contact),
        "function": contact.function,
        "is_internal": contact.is_internal,
        "phones": contact.shown_phones(circle),
        "email": contact.shown_email(circle),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def new(request: DeskRequest) -> HttpResponse:
    """A new offer; it begins as a draft."""
    if not may_add(request.actor):
        raise PermissionDenied
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def edit(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """Change an offer. What is published changes for families at once, or after approval."""
    offer = own_offer_or_404(request, offer_id)
    if must_propose(request.actor, offer):
        return HttpResponseRedirect(reverse("upkeep:change_offer", args=[offer.pk]))
    return _form(request, offer)


def looked_at_first(request: DeskRequest, offer: Offer) -> HttpResponse:
    """A provider may not do this alone to what families read: how to propose it instead."""
    status = 403 if request.method == "POST" else 200
    return render(request, "offers/desk/looked_at_first.html", {"offer": offer}, status=status)


def _form(request: DeskRequest, offer: Offer | None) -> HttpResponse:
    data = typed(request)
    deed = str(data.get("tun", SAVE)) if data is not None else ""
    if data is None or request.method != "POST":
        wished, title = request.GET.get("anbieter", ""), request.GET.get("titel", "")
        first = Sheet(request.actor, offer, data, as_typed=True, wished=wished, title=title[:300])
        return _sheet(request, first)
    if deed not in (SAVE, SAVE_AND_PUBLISH):
        data = rearranged(request.actor, data, deed)
        return _sheet(request, Sheet(request.actor, offer, data, as_typed=True))
    sheet = Sheet(request.actor, offer, data)
    if not sheet.is_valid():
        return _sheet(request, sheet, status=422)
    return _saved(request, sheet, then_publish=deed == SAVE_AND_PUBLISH)


def _saved(request: DeskRequest, sheet: Sheet, *, then_publish: bool) -> HttpResponse:
    try:
        offer = keep_offer(actor=request.actor, draft=sheet.draft(), offer=sheet.offer)
    except ChangedMeanwhile as meanwhile:
        clashes = saying.clashes(meanwhile.clashes)
        return _sheet(request, sheet, status=409, clashes=clashes)
    except ValidationError as refused:
        sheet.refuse(refused)
        return _sheet(request, sheet, status=422)
    messages.success(request, _after_saving(request, offer, is_new=sheet.offer is None))
    page = "publish" if then_publish and may_publish(request.actor) else "detail"
    return HttpResponseRedirect(_url(page, offer))


def _after_saving(request: DeskRequest, offer: Offer, *, is_new: bool) -> str:
    if is_new:
        return _("The draft is saved. Families do not see it yet.")
    told = _("Saved. Families see the change at once.") if offer.is_published else _("Saved.")
    return with_undo(told, offer)


def with_undo(told: str, offer: Offer) -> str:
    """A message with the way to take the last deed back."""
    entry = last_entry(offer)
    if entry is None:
        return told
    url = reverse("offers_desk:undo", kwargs={"offer_id": offer.pk, "entry_id": entry.pk})
    return format_html('{} <a href="{}">{}</a>', told, url, _("Undo"))


def _sheet(request: DeskRequest, sheet: Sheet, status: int = 200, **more: Any) -> HttpResponse:
    offer = sheet.offer
    context = {
        "sheet": sheet,
        "offer": offer,
        "clashes": (),
        "problems": sheet.problems,
        "publishable": may_publish(request.actor) and (offer is None or not offer.is_published),
        "preview_url": _url("preview", offer) if offer else reverse("offers_desk:preview_new"),
        "cancel_url": _url("detail", offer) if offer else reverse("offers_desk:list"),
        "pictures": wording.pictures(offer) if offer else [],
        **more,
    }
    return render(request, "offers/desk/edit.html", context, status=status)


def _url(page: str, offer: Offer) -> str:
    return reverse(f"offers_desk:{page}", kwargs={"offer_id": offer.pk})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def duplicate(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """Say what is copied; then write the draft and open it."""
    offer = desk_offer_or_404(request, offer_id)
    if not may_add(request.actor) or not may_offer_for(request.actor, offer.provider):
        raise PermissionDenied
    if request.method == "POST":
        copy = duplicate_offer(actor=request.actor, offer=offer)
        messages.success(request, _("This is the copy. It is a draft: change what differs."))
        return HttpResponseRedirect(_url("edit", copy))
    return render(request, "offers/desk/duplicate.html", {"offer": offer})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def publish(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """Say who will see what; then let families find it."""
    offer = _decided_here(request, offer_id)
    if request.method == "POST":
        publish_offer(actor=request.actor, offer=offer)
        messages.success(request, with_undo(_("Published. Families find it now."), offer))
        return HttpResponseRedirect(_url("detail", offer))
    if offer.is_published:
        return HttpResponseRedirect(_url("detail", offer))
    return render(request, "offers/desk/publish.html", {"offer": offer, **_consequences(offer)})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def withdraw(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """Say what families will no longer see; then take it out of the finder."""
    offer = _decided_here(request, offer_id)
    if request.method == "POST":
        withdraw_offer(actor=request.actor, offer=offer)
        told = _("Withdrawn. Families do not find it any more; nothing of it is lost.")
        messages.success(request, with_undo(told, offer))
        return HttpResponseRedirect(_url("detail", offer))
    if offer.status == Status.WITHDRAWN:
        return HttpResponseRedirect(_url("detail", offer))
    return render(request, "offers/desk/withdraw.html", {"offer": offer, **_consequences(offer)})


def _decided_here(request: DeskRequest, offer_id: UUID) -> Offer:
    offer = desk_offer_or_404(request, offer_id)
    if not may_publish(request.actor):
        raise PermissionDenied
    return offer


def _consequences(offer: Offer) -> dict[str, Any]:
    """Who becomes visible with an offer, or invisible without it."""
    contacts = [link.contact for link in offer.contact_links.all()]
    return {
        "new_organisations": [one for one in offer.provider.lineage if not one.is_public],
        "shown_contacts": [one for one in contacts if not one.is_internal],
        "internal_contacts": [one for one in contacts if one.is_internal],
        "missing": saying.missing(offer),
    }


@require_safe
@members_only()
def provider_suggestions(request: DeskRequest) -> HttpResponse:
    """Options for the provider field."""
    if not may_add(request.actor):
        raise PermissionDenied
    found = providers(request.actor, request.GET.get("provider", ""))
    labels = [provider_label(one) for one in found if may_offer_for(request.actor, one)]
    return render(request, "offers/desk/_options.html", {"labels": labels})


@require_safe
@members_only()
def place_suggestions(request: DeskRequest) -> HttpResponse:
    """Options for the field in which a known place is chosen."""
    if not may_add(request.actor):
        raise PermissionDenied
    typed_in = request.GET.get("ort_bekannt", "")
    found = places(request.actor, typed_in) if typed_in else []
    labels = [place.one_line for place in found]
    return render(request, "offers/desk/_options.html", {"labels": labels})
