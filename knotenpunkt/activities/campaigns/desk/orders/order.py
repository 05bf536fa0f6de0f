"""One order: what it says, what happened, and what can be done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.activities.campaigns.actions.orders import (
    allow_late,
    cancel_order,
    change_order,
    refuse_late,
    tie_order,
)
from knotenpunkt.activities.campaigns.desk.frame import campaign_frame, campaign_or_404
from knotenpunkt.activities.campaigns.forms.entry import AnswerForm, TieForm
from knotenpunkt.activities.campaigns.forms.orders import OrderForm
from knotenpunkt.activities.campaigns.models import Came, Campaign, Line, Order, OrderState
from knotenpunkt.activities.campaigns.queries.materials import orderable, stations
from knotenpunkt.activities.campaigns.queries.orders import (
    deeds_of,
    get_order,
    late_orders,
    note_of,
    orderer_of,
    places_on_list,
)
from knotenpunkt.activities.campaigns.rules.orders import AlreadyOrdered, NotNow, may_change
from knotenpunkt.activities.campaigns.views.ordering import cards
from knotenpunkt.activities.campaigns.wording.counts import pieces
from knotenpunkt.activities.campaigns.wording.doers import doer
from knotenpunkt.activities.campaigns.wording.orders import (
    SHAPES,
    deadline_at_desk,
    fate_at_desk,
    summary,
)
from knotenpunkt.activities.campaigns.wording.sharing import ordered_by
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.tools.mail.queries import messages_about

HERE = "campaigns:orders"


@require_safe
@members_only(Right.READ_INTERNAL)
def order(request: DeskRequest, campaign_id: UUID, order_id: UUID) -> HttpResponse:
    """What was ordered by whom, what they get, what happened."""
    campaign = campaign_or_404(request, campaign_id)
    found = order_or_404(request, campaign, order_id)
    return _page(request, campaign, found)


def _page(
    request: DeskRequest,
    campaign: Campaign,
    found: Order,
    tie: TieForm | None = None,
    status: int = 200,
) -> HttpResponse:
    may_run = request.actor.may(Right.RUN_CAMPAIGNS)
    lines = list(found.lines.all())
    context = campaign_frame(request, campaign, HERE) | {
        "order": found,
        "title": ordered_by(found),
        "shape": SHAPES[OrderState(found.state)],
        "facts": facts(found, may_run),
        "columns": _heads(),
        "rows": _rows(lines),
        "note": note_of(found) if may_run else "",
        "history": [_deed(entry) for entry in deeds_of(found)],
        "mails": messages_about(found.contact_id or found.pk)[:8],
        "may_change": may_run and may_change(request.actor, found, timezone.now()),
        "is_late": found.state == OrderState.LATE,
        "tie": (tie or TieForm(request.actor)) if may_run and found.organisation is None else None,
        "answer": AnswerForm(),
    }
    return render(request, "campaigns/orders/order.html", context, status=status)


def facts(found: Order, may_run: bool) -> list[dict[str, Any]]:
    """Who, how, when, where, for how many; a stranger's words only for those who run campaigns."""
    is_told = may_run or found.contact is not None
    told = [
        ("user", _("Who"), _who(found) if is_told else []),
        ("phone", _("Reached by"), _ways(found) if is_told else []),
        ("calendar", _("Came"), [f"{spoken.moment(found.placed_at)}, {Came(found.came).label}"]),
        ("pin", _("Handing over"), [_handing(found)]),
        ("people", _("Children or people"), [spoken.number(found.size) if found.size else ""]),
    ]
    return [
        {"icon": icon, "label": label, "lines": kept}
        for icon, label, lines in told
        if (kept := [line for line in lines if line])
    ]


def _who(found: Order) -> list[str]:
    if found.contact is None:
        typed_words = orderer_of(found)
        return [typed_words.name, typed_words.house, typed_words.address_line]
    place = found.contact.organisation.place
    return [found.contact.name, found.contact.function, place.address_line if place else ""]


def _ways(found: Order) -> list[str]:
    if found.contact is None:
        typed_words = orderer_of(found)
        return [typed_words.phone, typed_words.email]
    return [*(one.shown for one in found.contact.phones.all()), found.contact.email]


def _handing(found: Order) -> str:
    if found.handed_over_at is not None:
        told = {"moment": spoken.moment(found.handed_over_at), "who": found.handed_over_by}
        return _("handed over: %(moment)s, %(who)s") % told
    return found.station.name if found.station else ""


def _heads() -> list[Head]:
    return [
        Head(_("Material")), Head(_("Ordered"), numeric=True), Head(_("Gets"), numeric=True),
        Head(_("Has"), numeric=True), Head(_("Stand")),
    ]  # fmt: skip


def _rows(lines: list[Line]) -> list[Row]:
    places = places_on_list({line.material_id for line in lines if line.waits_since})
    return [
        Row([
            Cell(line.material.name, note=pieces(line.material, line.wanted)),
            Cell(str(line.wanted), label=_("Ordered"), numeric=True),
            Cell("–" if line.granted is None else str(line.granted), label=_("Gets"),
                 numeric=True),
            Cell(str(line.handed_over), label=_("Has"), numeric=True),
            Cell(fate_at_desk(line, places.get(line.pk)), label=_("Stand")),
        ])
        for line in sorted(lines, key=lambda one: (one.material.position, one.material.name))
    ]  # fmt: skip


def _deed(entry: Any) -> dict[str, str]:
    changed = entry.changes.get("lines") or ["", ""]
    return {
        "what": _deeds().get(entry.deed, _("Order changed")),
        "more": f"{changed[0]} → {changed[1]}" if changed[0] else str(changed[1]),
        "when": spoken.moment(entry.at),
        "who": doer(entry.actor_label),
    }


def _deeds() -> dict[str, str]:
    return {
        "campaigns.place_order": _("Order placed"),
        "campaigns.change_order": _("Order changed"),
        "campaigns.cancel_order": _("Order cancelled"),
        "campaigns.allow_late": _("Late order taken"),
        "campaigns.refuse_late": _("Late order refused"),
        "campaigns.tie_order": _("Partner of an order said"),
        "campaigns.came_free": _("Packs came free for an order"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def change(request: DeskRequest, campaign_id: UUID, order_id: UUID) -> HttpResponse:
    """Other numbers, another station, another note."""
    campaign = campaign_or_404(request, campaign_id)
    found = order_or_404(request, campaign, order_id)
    back = reverse("campaigns:desk_order", args=[campaign.pk, found.pk])
    if not may_change(request.actor, found, timezone.now()):
        messages.warning(request, _("This order can no longer be changed."))
        return HttpResponseRedirect(back)
    form = _change_form(campaign, found, typed(request))
    if request.method == "POST" and form.is_valid() and _changed(request, found, form):
        messages.success(request, _("Saved. Whoever ordered gets a mail."))
        return HttpResponseRedirect(back)
    own = {line.material_id: line.granted or 0 for line in found.lines.all()}
    context = campaign_frame(request, campaign, HERE) | {
        "order": found,
        "title": ordered_by(found),
        "form": form,
        "cards": cards(campaign, form, own),
        "back_url": back,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "campaigns/orders/change.html", context, status=status)


def _change_form(campaign: Campaign, found: Order, data: Any) -> OrderForm:
    had = [line.material_id for line in found.lines.all()]
    return OrderForm(
        data,
        materials=orderable(campaign, had),
        stations=stations(campaign),
        order=found,
        is_at_desk=True,
    )


def _changed(request: DeskRequest, found: Order, form: OrderForm) -> bool:
    try:
        change_order(actor=request.actor, order=found, draft=form.draft(contact=found.contact))
    except NotNow as told:
        form.add_error(None, str(told))
    except ValidationError as refused:
        form.add_error(None, refused)
    return form.is_valid()


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.RUN_CAMPAIGNS)
def cancel(request: DeskRequest, campaign_id: UUID, order_id: UUID) -> HttpResponse:
    """Say first what it does, then do it."""
    campaign = campaign_or_404(request, campaign_id)
    found = order_or_404(request, campaign, order_id)
    back = reverse("campaigns:desk_order", args=[campaign.pk, found.pk])
    if request.method != "POST":
        context = campaign_frame(request, campaign, HERE) | {
            "order": found, "title": ordered_by(found), "what": summary(found), "back_url": back,
        }  # fmt: skip
        return render(request, "campaigns/orders/cancel.html", context)
    try:
        cancel_order(actor=request.actor, order=found)
    except NotNow as told:
        messages.warning(request, str(told))
    else:
        messages.success(request, _("The order is cancelled."))
    return HttpResponseRedirect(back)


@require_safe
@members_only(Right.READ_INTERNAL)
def late(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """All late orders that wait for an answer, the first one first."""
    campaign = campaign_or_404(request, campaign_id)
    context = campaign_frame(request, campaign, HERE) | {
        "rows": [
            {
                "order": one,
                "who": ordered_by(one),
                "what": summary(one),
                "when": spoken.moment(one.placed_at),
                "note": note_of(one) if request.actor.may(Right.RUN_CAMPAIGNS) else "",
                "answer": AnswerForm(prefix=str(one.number)),
            }
            for one in late_orders(request.actor, campaign)
        ],
        "deadline": deadline_at_desk(campaign),
    }
    return render(request, "campaigns/orders/late.html", context)


@require_POST
@members_only(Right.RUN_CAMPAIGNS)
def answer(request: DeskRequest, campaign_id: UUID, order_id: UUID) -> HttpResponse:
    """Take a late order, or say no with a word."""
    campaign = campaign_or_404(request, campaign_id)
    found = order_or_404(request, campaign, order_id)
    try:
        messages.success(request, _answered(request, found))
    except NotNow as told:
        messages.warning(request, str(told))
    name = "campaigns:late_orders"
    if late_orders(request.actor, campaign):
        return HttpResponseRedirect(reverse(name, args=[campaign.pk]))
    return HttpResponseRedirect(reverse("campaigns:desk_order", args=[campaign.pk, found.pk]))


def _answered(request: DeskRequest, found: Order) -> str:
    told = {"who": ordered_by(found)}
    if request.POST.get("antwort") == "ja":
        allow_late(actor=request.actor, order=found)
        return _("Taken. %(who)s gets a mail.") % told
    word = request.POST.get("answer", "") or request.POST.get(f"{found.number}-answer", "")
    refuse_late(actor=request.actor, order=found, answer=word[:1_000])
    return _("Refused. %(who)s gets a mail.") % told


@require_POST
@members_only(Right.RUN_CAMPAIGNS)
def tie(request: DeskRequest, campaign_id: UUID, order_id: UUID) -> HttpResponse:
    """Say which partner is behind an order."""
    campaign = campaign_or_404(request, campaign_id)
    found = order_or_404(request, campaign, order_id)
    form = TieForm(request.actor, request.POST)
    if not form.is_valid() or form.contact is None:
        return _page(request, campaign, found, form, status=422)
    try:
        tie_order(
            actor=request.actor, order=found, contact=form.contact,
            organisation=form.contact.organisation,
        )  # fmt: skip
    except AlreadyOrdered as there:
        told = _("This partner has an order already: no. %(number)d. Change that one, and cancel "
                 "this one.") % {"number": there.order.number}  # fmt: skip
        form.add_error("partner", told)
        return _page(request, campaign, found, form, status=422)
    messages.success(request, _("The order belongs to %(who)s now.") % {"who": form.contact})
    return HttpResponseRedirect(reverse("campaigns:desk_order", args=[campaign.pk, found.pk]))


def order_or_404(request: DeskRequest, campaign: Campaign, order_id: UUID) -> Order:
    """The fetch is the gate."""
    try:
        return get_order(request.actor, campaign, order_id)
    except Order.DoesNotExist as missing:
        raise Http404 from missing
