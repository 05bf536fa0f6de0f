"""Ordering material on the personal page: one order in each campaign, until its deadline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.actions.orders import (
    cancel_order,
    change_order,
    place_order,
)
from knotenpunkt.activities.campaigns.forms.orders import STEP, OrderForm, stepped
from knotenpunkt.activities.campaigns.messages.asking import ways_of
from knotenpunkt.activities.campaigns.messages.orders import what_follows
from knotenpunkt.activities.campaigns.models import Came, Campaign, Order, OrderState
from knotenpunkt.activities.campaigns.queries.campaigns import campaigns_open_for
from knotenpunkt.activities.campaigns.queries.materials import offered, orderable, stations
from knotenpunkt.activities.campaigns.queries.orders import (
    latest_order_of,
    order_of,
    places_on_list,
)
from knotenpunkt.activities.campaigns.rules.orders import (
    AlreadyOrdered,
    NotNow,
    is_late,
    may_cancel,
    may_change,
    refuse_closed,
)
from knotenpunkt.activities.campaigns.views.ordering import cards, proposed_station
from knotenpunkt.activities.campaigns.wording import orders as wording
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.front.personal.door import ACTOR, Visit, at_the_door

DONE = "getan"
ORDERED, CHANGED, CANCELLED, THERE = "bestellt", "geaendert", "abgesagt", "schon"
SAID = {ORDERED, CHANGED, CANCELLED, THERE}


@dataclass(frozen=True, slots=True)
class Ordering:
    """Material of an open campaign, as "Was steht an?" tells it."""

    campaign: Campaign
    deadline: str
    is_late: bool
    order: Order | None
    shape: str
    summary: str
    url: str


def orderings(visit: Visit) -> list[Ordering]:
    """What this contact can order now, or has ordered."""
    found = (_ordering(visit, one) for one in campaigns_open_for(visit.contact))
    return [one for one in found if one is not None]


def _ordering(visit: Visit, campaign: Campaign) -> Ordering | None:
    order = latest_order_of(visit.contact, campaign)
    if order is None and not (_takes_orders(campaign) and offered(campaign)):
        return None
    now = timezone.now()
    return Ordering(
        campaign=campaign,
        deadline=wording.deadline(campaign, now),
        is_late=is_late(campaign, now) and not campaign.allows_late,
        order=order,
        shape=wording.SHAPES[OrderState(order.state)] if order else "",
        summary=wording.summary(order) if order else "",
        url=_url(visit, campaign),
    )


def _takes_orders(campaign: Campaign) -> bool:
    try:
        refuse_closed(campaign, Came.LINK)
    except NotNow:
        return False
    return True


@at_the_door
def order(request: NetworkRequest, visit: Visit, campaign_id: UUID) -> HttpResponse:
    """The order form; once something is ordered, what it is and what happens next."""
    campaign = _campaign_or_404(visit, campaign_id)
    present = order_of(visit.contact, campaign)
    if request.method != "POST":
        return _shown(request, visit, present) if present else _form(request, visit, campaign)
    if STEP in request.POST:
        return _form(request, visit, campaign, OrderForm(
            **_parts(visit, campaign), initial=stepped(request.POST)
        ))  # fmt: skip
    form = OrderForm(request.POST, **_parts(visit, campaign))
    if not form.is_valid():
        return _form(request, visit, campaign, form)
    return _placed(request, visit, campaign, form)


def _placed(
    request: NetworkRequest, visit: Visit, campaign: Campaign, form: OrderForm
) -> HttpResponse:
    draft, key = form.draft(contact=visit.contact), form.cleaned_data["key"]
    try:
        place_order(actor=ACTOR, campaign=campaign, draft=draft, came=Came.LINK, key=key)
    except AlreadyOrdered as there:
        return _ordered_before(request, visit, there.order)
    except NotNow as told:
        return _closed(request, visit, campaign, str(told))
    except ValidationError as refused:
        form.add_error(None, refused)
        return _form(request, visit, campaign, form)
    return _back(visit, campaign, ORDERED)


def _ordered_before(request: NetworkRequest, visit: Visit, there: Order) -> HttpResponse:
    """Back button, second tab: the order there is opens, filled with what was typed just now."""
    present = order_of(visit.contact, there.campaign)
    if present is None or not may_change(ACTOR, present, timezone.now()):
        return _back(visit, there.campaign, THERE)
    form = _change_form(visit, present, initial=request.POST.dict())
    return _form(request, visit, there.campaign, form, present, is_again=True)


@at_the_door
def change(request: NetworkRequest, visit: Visit, campaign_id: UUID) -> HttpResponse:
    """The same form, filled with the order."""
    campaign = _campaign_or_404(visit, campaign_id)
    present = order_of(visit.contact, campaign)
    if present is None:
        return HttpResponseRedirect(_url(visit, campaign))
    if not may_change(ACTOR, present, timezone.now()):
        return _shown(request, visit, present)
    if request.method != "POST":
        return _form(request, visit, campaign, _change_form(visit, present), present)
    if STEP in request.POST:
        form = _change_form(visit, present, initial=stepped(request.POST))
        return _form(request, visit, campaign, form, present)
    form = _change_form(visit, present, data=request.POST)
    if not form.is_valid():
        return _form(request, visit, campaign, form, present)
    return _changed(request, visit, present, form)


def _changed(
    request: NetworkRequest, visit: Visit, present: Order, form: OrderForm
) -> HttpResponse:
    try:
        change_order(actor=ACTOR, order=present, draft=form.draft(contact=visit.contact))
    except NotNow as told:
        return _closed(request, visit, present.campaign, str(told))
    except ValidationError as refused:
        form.add_error(None, refused)
        return _form(request, visit, present.campaign, form, present)
    return _back(visit, present.campaign, CHANGED)


@at_the_door
def cancel(request: NetworkRequest, visit: Visit, campaign_id: UUID) -> HttpResponse:
    """Say first what it does, then do it."""
    campaign = _campaign_or_404(visit, campaign_id)
    present = order_of(visit.contact, campaign)
    if present is None:
        return HttpResponseRedirect(_url(visit, campaign))
    if not may_cancel(ACTOR, present, timezone.now()):
        return _closed(request, visit, campaign, _call_to_cancel(campaign), _("Please call us"))
    if request.method != "POST":
        told = _told(visit, present)
        return render(request, "personal/order_cancel.html", told)
    try:
        cancel_order(actor=ACTOR, order=present)
    except NotNow as told_why:
        return _closed(request, visit, campaign, str(told_why))
    return _back(visit, campaign, CANCELLED)


def _call_to_cancel(campaign: Campaign) -> str:
    now = timezone.now()
    over = wording.deadline(campaign, now) if is_late(campaign, now) else ""
    call = _("Your order can no longer be cancelled here. Please tell us, then somebody else gets "
             "what you do not need.")  # fmt: skip
    return f"{over} {call}".strip()


def _campaign_or_404(visit: Visit, campaign_id: UUID) -> Campaign:
    """One in which this contact can do something now."""
    found = [one for one in campaigns_open_for(visit.contact) if one.pk == campaign_id]
    if not found:
        raise Http404
    return found[0]


def _parts(visit: Visit, campaign: Campaign) -> dict[str, Any]:
    return {"materials": offered(campaign), "stations": stations(campaign)}


def _new_form(visit: Visit, campaign: Campaign) -> OrderForm:
    parts = _parts(visit, campaign)
    place = visit.contact.organisation.place
    near = proposed_station(parts["stations"], place.postal_code if place else "")
    return OrderForm(**parts, initial={"station": str(near.pk)} if near else {})


def _change_form(
    visit: Visit,
    present: Order,
    *,
    data: Mapping[str, Any] | None = None,
    initial: Mapping[str, Any] | None = None,
) -> OrderForm:
    had = [line.material_id for line in present.lines.all()]
    materials = orderable(present.campaign, had)
    where = stations(present.campaign)
    return OrderForm(data, materials=materials, stations=where, order=present, initial=initial)


def _form(
    request: NetworkRequest,
    visit: Visit,
    campaign: Campaign,
    form: OrderForm | None = None,
    present: Order | None = None,
    *,
    is_again: bool = False,
) -> HttpResponse:
    if present is None and not _takes_orders(campaign):
        return _closed(request, visit, campaign, "")
    shown = form or _new_form(visit, campaign)
    own = {line.material_id: line.granted or 0 for line in present.lines.all()} if present else {}
    name = "personal:order_change" if present else "personal:order"
    now = timezone.now()
    context = {
        "visit": visit,
        "campaign": campaign,
        "form": shown,
        "cards": cards(campaign, shown, own),
        "order": present,
        "is_again": is_again,
        "is_late": is_late(campaign, now) and not campaign.allows_late,
        "deadline": wording.deadline(campaign, now),
        "late_told": wording.late_told(campaign, now),
        "action": reverse(name, args=[visit.token, campaign.pk]),
        "order_url": _url(visit, campaign),
        "form_token": visit.form_token,
    }
    status = 422 if shown.is_bound else 200
    return render(request, "personal/order.html", context, status=status)


def _shown(request: NetworkRequest, visit: Visit, present: Order) -> HttpResponse:
    done = request.GET.get(DONE, "")
    context = _told(visit, present) | {"done": done in SAID and done}
    return render(request, "personal/ordered.html", context)


def _told(visit: Visit, present: Order) -> dict[str, Any]:
    now, lines = timezone.now(), list(present.lines.all())
    places = places_on_list({line.material_id for line in lines if line.waits_since})
    is_waiting = present.state == OrderState.LATE
    return {
        "visit": visit,
        "campaign": present.campaign,
        "order": present,
        "shape": wording.SHAPES[OrderState(present.state)],
        "lines": wording.told_lines(lines, places),
        "ways": ways_of(current_network(), present.campaign),
        "follows": [] if is_waiting else what_follows(present, lines),
        "is_waiting": is_waiting,
        "deadline": wording.deadline(present.campaign, now),
        "until": wording.until(present.campaign),
        "may_change": may_change(ACTOR, present, now),
        "may_cancel": may_cancel(ACTOR, present, now),
        "order_url": _url(visit, present.campaign),
        "form_token": visit.form_token,
    }


def _closed(
    request: NetworkRequest, visit: Visit, campaign: Campaign, why: str, title: str = ""
) -> HttpResponse:
    context = {"visit": visit, "campaign": campaign, "why": why, "title": title}
    return render(request, "personal/order_closed.html", context, status=409)


def _url(visit: Visit, campaign: Campaign) -> str:
    return reverse("personal:order", args=[visit.token, campaign.pk])


def _back(visit: Visit, campaign: Campaign, done: str) -> HttpResponse:
    """To the order; to the page itself when there is none any more."""
    if done == CANCELLED:
        return HttpResponseRedirect(f"{reverse('personal:page', args=[visit.token])}?{DONE}={done}")
    return HttpResponseRedirect(f"{_url(visit, campaign)}?{DONE}={done}")
