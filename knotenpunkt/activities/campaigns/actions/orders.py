"""Writes of orders: place, change, cancel; let a late one in or not; say whose one is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.campaigns.actions.stock import fit, let_go, locked, serve_waiting
from knotenpunkt.activities.campaigns.actions.taking_part import takes_part, takes_part_no_more
from knotenpunkt.activities.campaigns.actions.telling import tell
from knotenpunkt.activities.campaigns.messages import orders as letters
from knotenpunkt.activities.campaigns.models import (
    Came,
    Campaign,
    Line,
    Material,
    Order,
    OrderState,
)
from knotenpunkt.activities.campaigns.ordering import OrderDraft, Orderer
from knotenpunkt.activities.campaigns.queries.orders import note_of, order_of, order_of_form
from knotenpunkt.activities.campaigns.rules.orders import (
    LIVE,
    AlreadyOrdered,
    NotNow,
    may_cancel,
    may_change,
    must_be_allowed_to_order,
    refuse_closed,
    refuse_unfit,
    state_on_arrival,
)
from knotenpunkt.activities.mailings.actions.answers import note_answer
from knotenpunkt.foundation.accounts.actors import Actor, System
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import Changes, record
from knotenpunkt.foundation.core.sealing import seal_into
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.models import Contact, Organisation

# A public order is nobody's yet: the facts that follow are the program's own.
BOOKS = System("campaign orders")


@transaction.atomic
def place_order(
    *, actor: Actor, campaign: Campaign, draft: OrderDraft, came: Came, key: str
) -> Order:
    """Take an order. The same form sent twice is one order; a contact has one in a campaign.

    A late one waits for an answer, unless the campaign allows it. AlreadyOrdered, NotNow, and
    ValidationError with sentences for whoever orders.
    """
    must_be_allowed_to_order(actor, campaign, came)
    campaign = locked(campaign.pk)
    if (twin := _twin(campaign, draft, key)) is not None:
        return twin
    refuse_closed(campaign, came)
    materials = _materials(campaign)
    refuse_unfit(draft, materials, came, {})
    now = timezone.now()
    order = Order(campaign=campaign, number=_next_number(campaign), came=came, key=key)
    order.state, order.placed_at = state_on_arrival(campaign, now), now
    _say_who(order, draft)
    _say_what_for(order, draft)
    order.save(force_insert=True)
    told = _write_lines(order, draft.wanted, materials)
    _after(actor, order, "campaigns.place_order", {"lines": ["", told[1]]})
    tell(actor, order, letters.placed)
    return order


def _twin(campaign: Campaign, draft: OrderDraft, key: str) -> Order | None:
    """The order that came with the same form; AlreadyOrdered when it says something else."""
    found = order_of_form(campaign, key)
    if found is not None and found.state in LIVE and _wanted(found) == _counted(draft.wanted):
        return found
    if found is None and draft.contact is not None:
        found = order_of(draft.contact, campaign)
    if found is not None:
        raise AlreadyOrdered(found)
    return None


def _next_number(campaign: Campaign) -> int:
    last = Order.objects.filter(campaign=campaign).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def _say_who(order: Order, draft: OrderDraft) -> None:
    contact = draft.contact
    order.contact = contact
    order.organisation = draft.organisation or (contact.organisation if contact else None)
    seal_into(order, "orderer", (draft.orderer or Orderer()).as_text() if contact is None else "")


def _say_what_for(order: Order, draft: OrderDraft) -> None:
    order.size, order.station = draft.size, draft.station
    seal_into(order, "note", draft.note.strip())


@transaction.atomic
def change_order(*, actor: Actor, order: Order, draft: OrderDraft) -> Order:
    """Order something else. Packs that are no longer wanted go to whoever waits.

    Whose order it is stays; NotNow and ValidationError as with a new one.
    """
    order = _own(order)
    if not may_change(actor, order, timezone.now()):
        raise NotNow(_("This order can no longer be changed here. Please call us."))
    materials, had = _materials(order.campaign), _wanted(order)
    came = Came.TELEPHONE if actor.user_id is not None else Came(order.came)
    refuse_unfit(draft, materials, came, had)
    _refuse_handed_over(order, draft.wanted)
    if _says_the_same(order, draft):
        return order
    _say_what_for(order, draft)
    order.save()
    before, after = _write_lines(order, draft.wanted, materials)
    _after(actor, order, "campaigns.change_order", {"lines": [before, after]})
    tell(actor, order, _changed)
    tell_who_got_something(actor, materials.values())
    return order


def _changed(network: Network, told: letters.Confirmed) -> letters.Letter:
    return letters.placed(network, told, is_change=True)


@transaction.atomic
def cancel_order(*, actor: Actor, order: Order) -> Order:
    """It is no longer wanted: its packs go to whoever waits. Twice is once."""
    order = _own(order)
    if order.state == OrderState.CANCELLED:
        return order
    if not may_cancel(actor, order, timezone.now()):
        raise NotNow(_("This order can no longer be cancelled here. Please call us."))
    _end(order, OrderState.CANCELLED)
    record(actor=actor, deed="campaigns.cancel_order", on=order, title=_title(order))
    tell(actor, order, lambda network, _told: letters.cancelled(network, order))
    tell_who_got_something(actor, _materials(order.campaign).values())
    return order


@transaction.atomic
def allow_late(*, actor: Actor, order: Order) -> Order:
    """A late order counts as if it had come in time, at its own place."""
    actor.must(Right.RUN_CAMPAIGNS)
    order = _own(order)
    if order.state != OrderState.LATE:
        raise NotNow(_("This order is answered already."))
    order.state = OrderState.PLACED
    order.save(update_fields=["state", "changed_at"])
    for line in _lines(order):
        fit(line, line.wanted)
        line.save()
    _after(actor, order, "campaigns.allow_late", None)
    tell(actor, order, letters.allowed)
    return order


@transaction.atomic
def refuse_late(*, actor: Actor, order: Order, answer: str = "") -> Order:
    """A late order cannot be filled any more; whoever ordered is told, with these words."""
    actor.must(Right.RUN_CAMPAIGNS)
    order = _own(order)
    if order.state != OrderState.LATE:
        raise NotNow(_("This order is answered already."))
    _end(order, OrderState.REFUSED)
    record(actor=actor, deed="campaigns.refuse_late", on=order, title=_title(order))
    tell(actor, order, lambda network, _told: letters.refused(network, order, answer.strip()))
    return order


@transaction.atomic
def tie_order(
    *, actor: Actor, order: Order, contact: Contact | None, organisation: Organisation
) -> Order:
    """Say which partner is behind an order; the words that were typed go when a contact is."""
    actor.must(Right.RUN_CAMPAIGNS)
    order = _own(order)
    if contact is not None and (other := order_of(contact, order.campaign)) not in (None, order):
        raise AlreadyOrdered(other)
    takes_part_no_more(actor=BOOKS, by=order)
    order.contact, order.organisation = contact, organisation
    if contact is not None:
        seal_into(order, "orderer", "")
    order.save()
    _after(actor, order, "campaigns.tie_order", None)
    return order


def _own(order: Order) -> Order:
    """The order as it is now, behind the lock of its campaign."""
    campaign = locked(order.campaign_id)
    found: Order = Order.objects.select_related(
        "contact__person", "contact__organisation", "organisation", "station"
    ).get(pk=order.pk)
    found.campaign = campaign
    return found


def _materials(campaign: Campaign) -> Mapping[UUID, Material]:
    """All materials by their id, always in the same order."""
    return {one.pk: one for one in Material.objects.filter(campaign=campaign).order_by("pk")}


def _lines(order: Order) -> list[Line]:
    return list(order.lines.select_related("material").order_by("material_id"))


def _wanted(order: Order) -> dict[UUID, int]:
    return {line.material_id: line.wanted for line in _lines(order)}


def _counted(wanted: Mapping[UUID, int]) -> dict[UUID, int]:
    return {key: packs for key, packs in wanted.items() if packs}


def _says_the_same(order: Order, draft: OrderDraft) -> bool:
    station = draft.station.pk if draft.station else None
    return (
        _wanted(order) == _counted(draft.wanted)
        and (order.size, order.station_id) == (draft.size, station)
        and note_of(order) == draft.note.strip()
    )


def _refuse_handed_over(order: Order, wanted: Mapping[UUID, int]) -> None:
    for line in _lines(order):
        if wanted.get(line.material_id, 0) < line.handed_over:
            told = ngettext(
                "%(material)s: %(n)d pack is handed over already.",
                "%(material)s: %(n)d packs are handed over already.",
                line.handed_over,
            )
            named = {"material": line.material.name, "n": line.handed_over}
            raise ValidationError(told % named)


def _write_lines(
    order: Order, wanted: Mapping[UUID, int], materials: Mapping[UUID, Material]
) -> tuple[str, str]:
    """Let the lines say what is wanted; what they said before and say now, in words."""
    had = {line.material_id: line for line in _lines(order)}
    before = _in_words(materials, {key: line.wanted for key, line in had.items()})
    for key, material in materials.items():
        line = had.get(key) or Line(order=order, material=material, wanted=0)
        if line.wanted != wanted.get(key, 0):
            _write_line(line, wanted.get(key, 0))
    return before, _in_words(materials, wanted)


def _write_line(line: Line, packs: int) -> None:
    before, line.wanted = line.wanted, packs
    if not packs:
        let_go(line)
        line.delete()
        return
    if line.order.state == OrderState.PLACED:
        fit(line, before)
    line.told = min(line.told, packs) if line.told is not None else None
    line.save()


def _in_words(materials: Mapping[UUID, Material], wanted: Mapping[UUID, int]) -> str:
    """ "2 × Postkarten, 1 × Poster": for the record, where the numbers would say nothing."""
    named = [(materials[key], packs) for key, packs in wanted.items() if packs]
    named.sort(key=lambda pair: (pair[0].position, pair[0].name))
    return ", ".join(f"{packs} × {material.name}" for material, packs in named)


def _end(order: Order, state: OrderState) -> None:
    for line in _lines(order):
        let_go(line)
        line.save()
    order.state = state
    order.save(update_fields=["state", "changed_at"])
    takes_part_no_more(actor=BOOKS, by=order)


def tell_who_got_something(actor: Actor, materials: Iterable[Material]) -> None:
    """What became free goes to whoever waits, and they are told."""
    for order in serve_waiting(materials):
        found = _own(order)
        record(actor=actor, deed="campaigns.came_free", on=found, title=_title(found))
        tell(actor, found, letters.came_free)


def _after(actor: Actor, order: Order, deed: str, changes: Changes | None) -> None:
    """What follows from each order: a fact about the partner, an answer to the letter."""
    record(actor=actor, deed=deed, on=order, title=_title(order), changes=changes)
    if order.contact_id is not None:
        note_answer(contact_id=order.contact_id, about=order.campaign_id)
    if order.state == OrderState.PLACED:
        takes_part(actor=BOOKS, by=order, on=timezone.localdate(order.placed_at))


def _title(order: Order) -> str:
    """Names nobody."""
    return f"{order.campaign.title}: {order.number}"
