"""Reads of orders and of who waits for packs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from knotenpunkt.activities.campaigns.models import Campaign, Line, Order, OrderState
from knotenpunkt.activities.campaigns.ordering import Orderer
from knotenpunkt.activities.campaigns.rules.orders import AT_DESK, LIVE
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.core.sealing import Unreadable, unsealed
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.registers.partners.queries import roles_at_desk
from knotenpunkt.registers.partners.rules import holds_role
from knotenpunkt.tools.lists.matching import one_text, says, words_of

BETWEEN = " · "


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


def late_orders(actor: Actor, campaign: Campaign) -> list[Order]:
    """Orders that wait for an answer, the first one first, with their lines."""
    rows = orders(actor, campaign).filter(state=OrderState.LATE).order_by("placed_at")
    return list(rows.prefetch_related("lines__material"))


def latest_entered(actor: Actor, campaign: Campaign, *, limit: int) -> list[Order]:
    """What was entered at the desk last."""
    rows = orders(actor, campaign).filter(came__in=AT_DESK)
    return list(rows.prefetch_related("lines__material")[:limit])


def with_typed_words(campaign_id: UUID, typed: str) -> list[UUID]:
    """Orders of somebody without a record whose sealed words hold all these: opened one by one."""
    words = [fold(word) for word in words_of(typed)]
    rows = Order.objects.filter(campaign=campaign_id, contact=None).exclude(orderer=b"")
    return [
        one.pk
        for one in rows.only("pk", "orderer")
        if all(word in fold(unsealed_words(one)) for word in words)
    ]


def unsealed_words(order: Order) -> str:
    """Everything that somebody typed about themselves, as one text."""
    told = orderer_of(order)
    return " ".join((told.name, told.house, told.email, told.phone, told.address_line))


def deeds_of(order: Order) -> list[Entry]:
    """What happened to an order, the last first; whoever asks was let in to it."""
    return list(Entry.objects.filter(kind=order._meta.label, object_id=order.pk))


def contacts_like(actor: Actor, typed: str, *, limit: int = 12) -> list[Contact]:
    """Who has a role today, with all typed words in their own name or that of their house."""
    actor.must(Right.RUN_CAMPAIGNS)
    words = words_of(typed)
    if not words:
        return []
    named = Q(*(says(one_text("name", "organisation__name"), word) for word in words))
    rows = roles_at_desk(actor).filter(holds_role(timezone.localdate()), named)
    rows = rows.filter(organisation__left_on=None).select_related("organisation__place")
    return list(rows.order_by("organisation__name_key", "-answers_inquiries", "name")[:limit])


def contact_called(actor: Actor, label: str) -> Contact | None:
    """Whoever is called so in the suggestions; of several roles there the first."""
    house = label.partition(BETWEEN)[0].rpartition(" (")[0] or label.partition(BETWEEN)[0]
    found = [one for one in contacts_like(actor, house, limit=200) if label_of(one) == label]
    people = {one.person_id or one.pk for one in found}
    return found[0] if len(people) == 1 else None


def label_of(contact: Contact) -> str:
    """ "Kita Wiesenpfad (Freiberg) · Mira Beispiel"."""
    house = contact.organisation
    town = f" ({house.place.town})" if house.place and house.place.town else ""
    who = contact.name or contact.function
    return f"{house.name}{town}{BETWEEN}{who}" if who else f"{house.name}{town}"
