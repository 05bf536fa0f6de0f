"""Entering an order that came by telephone or mail in one page, by the keyboard alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.activities.campaigns.actions.orders import allow_late, place_order
from knotenpunkt.activities.campaigns.desk.frame import campaign_frame, campaign_or_404
from knotenpunkt.activities.campaigns.forms.entry import CameForm, WhoForm
from knotenpunkt.activities.campaigns.forms.orders import PACKS, OrderForm
from knotenpunkt.activities.campaigns.models import Came, Campaign, Order, OrderState
from knotenpunkt.activities.campaigns.ordering import OrderDraft
from knotenpunkt.activities.campaigns.queries.materials import offered, stations
from knotenpunkt.activities.campaigns.queries.orders import (
    contacts_like,
    label_of,
    latest_entered,
    places_on_list,
)
from knotenpunkt.activities.campaigns.rules.orders import AlreadyOrdered, NotNow, is_late
from knotenpunkt.activities.campaigns.views.ordering import cards, proposed_station
from knotenpunkt.activities.campaigns.wording.orders import summary, waiting_told
from knotenpunkt.activities.campaigns.wording.sharing import ordered_by
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right

HERE = "campaigns:orders"
WAY = "weg"
SHOWN_LAST = 5


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def enter(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """One order after another: who, how many, Enter."""
    campaign = campaign_or_404(request, campaign_id)
    goods, where = offered(campaign), stations(campaign)
    data = typed(request)
    start = {"came": request.GET.get(WAY) or Came.TELEPHONE.value}
    if data is None:
        who, what = WhoForm(request.actor), OrderForm(
            materials=goods, stations=where, is_at_desk=True
        )  # fmt: skip
        return _page(request, campaign, who, what, CameForm(initial=start))
    who, came = WhoForm(request.actor, data), CameForm(data)
    what = OrderForm(data, materials=goods, stations=where, is_at_desk=True)
    if request.method == "POST" and _sound(who, what, came):
        answer = _placed(request, campaign, who, what, came)
        if answer is not None:
            return answer
    return _page(request, campaign, who, what, came, status=422)


def _sound(*forms: Any) -> bool:
    """All of them say what is wrong, not only the first."""
    found = [one.is_valid() for one in forms]
    return all(found)


def _placed(
    request: DeskRequest, campaign: Campaign, who: WhoForm, what: OrderForm, came: CameForm
) -> HttpResponse | None:
    way = Came(came.cleaned_data["came"])
    try:
        order = place_order(
            actor=request.actor, campaign=campaign, draft=_draft(campaign, who, what), came=way,
            key=what.cleaned_data["key"],
        )  # fmt: skip
    except AlreadyOrdered as there:
        who.add_error("partner", _there_already(campaign, there.order))
        return None
    except (NotNow, ValidationError) as refused:
        what.add_error(None, _words(refused))
        return None
    if order.state == OrderState.LATE and came.cleaned_data["take_late"]:
        order = allow_late(actor=request.actor, order=order)
    return _next(request, campaign, order, way)


def _draft(campaign: Campaign, who: WhoForm, what: OrderForm) -> OrderDraft:
    """Without a station somebody goes where their postal code leads."""
    draft = what.draft(contact=who.contact, orderer=who.orderer())
    place = who.contact.organisation.place if who.contact else None
    if draft.station is not None or place is None:
        return draft
    return replace(draft, station=proposed_station(stations(campaign), place.postal_code))


def _words(refused: Exception) -> Any:
    return refused if isinstance(refused, ValidationError) else str(refused)


def _there_already(campaign: Campaign, there: Order) -> Any:
    url = reverse("campaigns:change_order", args=[campaign.pk, there.pk])
    told = _("There is an order already: no. %(number)d.") % {"number": there.number}
    return format_html('{} <a href="{}">{}</a>', told, url, _("Change that one"))


def _next(request: DeskRequest, campaign: Campaign, order: Order, way: Came) -> HttpResponse:
    told = _("Order no. %(number)d of %(who)s is saved: %(what)s") % {
        "number": order.number, "who": ordered_by(order), "what": summary(order),
    }  # fmt: skip
    messages.success(request, ". ".join(filter(None, (told, _waiting(order)))))
    if "fertig" in request.POST:
        return HttpResponseRedirect(reverse("campaigns:desk_order", args=[campaign.pk, order.pk]))
    url = reverse("campaigns:enter_order", args=[campaign.pk])
    return HttpResponseRedirect(f"{url}?{WAY}={way.value}")


def _waiting(order: Order) -> str:
    """For whoever is still on the telephone: what is not there, and the place on the list."""
    lines = list(order.lines.all())
    return waiting_told(order, places_on_list({one.material_id for one in lines}))


def _page(
    request: DeskRequest,
    campaign: Campaign,
    who: WhoForm,
    what: OrderForm,
    came: CameForm,
    status: int = 200,
) -> HttpResponse:
    is_closed = is_late(campaign, timezone.now()) and not campaign.allows_late
    context = campaign_frame(request, campaign, HERE) | {
        "who": who,
        "form": what,
        "came": came,
        "cards": cards(campaign, what),
        "is_late": is_closed,
        "problems": [*_problems(who), *_problems(what)],
        "last": [
            {"order": one, "who": ordered_by(one), "what": summary(one)}
            for one in latest_entered(request.actor, campaign, limit=SHOWN_LAST)
        ],
    }
    return render(request, "campaigns/orders/enter.html", context, status=status)


def _problems(form: Form) -> list[str]:
    """What is wrong, beginning with the material it is about."""
    found: list[str] = []
    for name, errors in form.errors.items():
        about = f"{form.fields[name].label}: " if name.startswith(PACKS) else ""
        found += [format_html("{}{}", about, one) for one in errors]
    return found


@require_safe
@members_only(Right.RUN_CAMPAIGNS)
def suggestions(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Options for the field of who orders."""
    campaign_or_404(request, campaign_id)
    found = contacts_like(request.actor, request.GET.get("partner", ""))
    labels = list(dict.fromkeys(map(label_of, found)))
    return render(request, "campaigns/orders/_options.html", {"labels": labels})
