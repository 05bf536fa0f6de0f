"""Join-ins entered and changed by the coordination, for partners who telephone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.campaigns.actions.deciding import approve
from knotenpunkt.activities.campaigns.actions.join_ins import change_join_in, report_join_in
from knotenpunkt.activities.campaigns.desk.frame import campaign_frame, campaign_or_404
from knotenpunkt.activities.campaigns.desk.join_ins.fetching import (
    HERE,
    file_url,
    join_in_url,
    with_join_in,
)
from knotenpunkt.activities.campaigns.forms.join_ins import JoinInForm
from knotenpunkt.activities.campaigns.models import Campaign, JoinIn, JoinInState
from knotenpunkt.activities.campaigns.queries.join_ins import contact_at_desk, who_could
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.models import Contact

LONGEST = 100


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def new(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """First who it is, then what they tell; it is shown at once where that is ticked."""
    campaign = campaign_or_404(request, campaign_id)
    contact = _contact(request)
    if contact is None:
        return _who(request, campaign)
    form = JoinInForm(*_sent(request), house=contact.organisation.place)
    if form.is_bound and form.is_valid():
        try:
            one = report_join_in(
                actor=request.actor, campaign=campaign, draft=form.draft(),
                key=form.cleaned_data["key"], contact=contact,
            )  # fmt: skip
        except ValidationError as refused:
            form.refuse(refused)
        else:
            return _entered(request, one)
    context = campaign_frame(request, campaign, HERE) | {
        "form": form, "mark": form.mark(), "contact": contact, "join_in": None,
        "back_url": reverse(HERE, args=[campaign.pk]),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "campaigns/join_ins/edit.html", context, status=status)


def _entered(request: DeskRequest, one: JoinIn) -> HttpResponse:
    if request.POST.get("tun") == "zeigen" and one.state == JoinInState.REPORTED:
        approve(actor=request.actor, join_in=one)
        messages.success(request, _("Entered and shown. A mail with the poster is on its way."))
    else:
        messages.success(request, _("Entered. It waits for a decision."))
    return HttpResponseRedirect(join_in_url(one))


def _sent(request: DeskRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _contact(request: DeskRequest) -> Contact | None:
    """Who was chosen by the address."""
    try:
        return contact_at_desk(request.actor, UUID(request.GET.get("kontakt", "")))
    except (ValueError, Contact.DoesNotExist):
        return None


def _who(request: DeskRequest, campaign: Campaign) -> HttpResponse:
    typed = request.GET.get("wer", "")[:LONGEST].replace("\0", "")
    context = campaign_frame(request, campaign, HERE) | {
        "typed": typed,
        "hits": who_could(request.actor, typed),
        "back_url": reverse(HERE, args=[campaign.pk]),
    }
    return render(request, "campaigns/join_ins/who.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
@with_join_in
def edit(request: DeskRequest, one: JoinIn) -> HttpResponse:
    """Put a join-in into good words; what is shown changes at once."""
    if one.state == JoinInState.WITHDRAWN:
        raise Http404
    house = one.organisation.place if one.organisation else None
    form = JoinInForm(*_sent(request), house=house, present=one)
    back = join_in_url(one)
    if form.is_bound and form.is_valid():
        try:
            change_join_in(actor=request.actor, join_in=one, draft=form.draft())
        except ValidationError as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(back)
    context = campaign_frame(request, one.campaign, HERE) | {
        "form": form, "mark": form.mark(), "contact": one.contact, "join_in": one,
        "back_url": back, "picture_url": file_url(one, one.small_picture_id),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "campaigns/join_ins/edit.html", context, status=status)
