"""Reads of orders and of who waits for packs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from knotenpunkt.activities.campaigns.models import Campaign, Line, Order, OrderState
from knotenpunkt.activities.campaigns.ordering import Orderer
from knotenpunkt.activities.campaigns.rules.orders import LIVE
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.sealing import Unreadable, unsealed
from knotenpunkt.registers.partners.models import Contact


def orders(actor: Actor, campaign: Campaign) -> QuerySet[Order]:
    """All orders of a campaign, whoever ordered loaded; PermissionDenied for outsiders."""
    actor.must(Right.READ_INTERNAL)
    rows: QuerySet[Order] = Order.objects.filter(campaign=campaign).select_related(
        "campaign", "contact__person", "organisation__place", "station"
    )
    return rows


def get_order(actor: Actor, campaign: Campaign, order_id: UUID) -> Order:
    """One of them, with its lines; Order.DoesNotExist."""
    return orders(actor, campaign).prefetch_related("lines__material").get(pk=order_id)


def order_of(contact: Contact, campaign: Campaign) -> Order | None:
    """The order of a contact that counts or waits for an answer; they have one at most."""
    return _of_contact(contact, campaign).filter(state__in=LIVE).first()


def latest_order_of(contact: Contact, campaign: Campaign) -> Order | None:
    """The same, or the last one that was cancelled or refused."""
    return order_of(contact, campaign) or _of_contact(contact, campaign).first()


def _of_contact(contact: Contact, campaign: Campaign) -> QuerySet[Order]:
    rows: QuerySet[Order] = Order.objects.filter(contact=contact, campaign=campaign)
    return rows.select_related("campaign", "station").prefetch_related("lines__material")


def order_of_form(campaign: Campaign, key: str) -> Order | None:
    """The order that came with this form, if it came."""
    found: Order | None = Order.objects.filter(campaign=campaign, key=key).first()
    return found


def orderer_of(order: Order) -> Orderer:
    """Who ordered, as typed; empty where a contact ordered or the words are deleted."""
    try:
        return Orderer.from_text(unsealed(order, "orderer"))
    except Unreadable:
        return Orderer()


def note_of(order: Order) -> str:
    """What the orderer added."""
    try:
        return unsealed(order, "note")
    except Unreadable:
        return ""


def mail_address_of(order: Order) -> str:
    """Where the confirmation goes; "" when nobody knows."""
    if order.contact is not None:
        return order.contact.email
    return orderer_of(order).email


def waiting_lines(material_ids: Iterable[UUID]) -> QuerySet[Line]:
    """Lines that wait for packs, the first one first."""
    rows: QuerySet[Line] = Line.objects.filter(
        material__in=list(material_ids), waits_since__isnull=False, order__state=OrderState.PLACED
    )
    return rows.select_related("material", "order").order_by("waits_since", "order__number")


def places_on_list(material_ids: Iterable[UUID]) -> Mapping[UUID, int]:
    """The place of each waiting line on the list of its material, counted from 1."""
    places: dict[UUID, int] = {}
    counted: dict[UUID, int] = defaultdict(int)
    for line_id, material_id in waiting_lines(material_ids).values_list("pk", "material_id"):
        counted[material_id] += 1
        places[line_id] = counted[material_id]
    return places
