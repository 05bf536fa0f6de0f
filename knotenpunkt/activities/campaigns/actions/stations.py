"""Stations and rounds: where packs are fetched, who brings them, which orders go there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from knotenpunkt.activities.campaigns.actions.stock import locked
from knotenpunkt.activities.campaigns.models import Campaign, JoinIn, Order, OrderState, Station
from knotenpunkt.activities.campaigns.queries.handing_over import assignable
from knotenpunkt.activities.campaigns.rules.handing_over import HELPING
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.tools.links.actions import link_token, revoke

ADDRESS = ("venue", "street", "postal_code", "town")


@dataclass(frozen=True, slots=True)
class StationDraft:
    """What a station is. `postal_codes` are beginnings that it is proposed for."""

    name: str
    is_round: bool = False
    venue: str = ""
    street: str = ""
    postal_code: str = ""
    town: str = ""
    hours: str = ""
    postal_codes: Sequence[str] = ()


@transaction.atomic
def save_station(
    *, actor: Actor, campaign: Campaign, draft: StationDraft, station: Station | None = None
) -> Station:
    """Add a station or change it; ValidationError, by field, when an address cannot be right."""
    actor.must(Right.RUN_CAMPAIGNS)
    target = station or Station(campaign=campaign, position=campaign.stations.count())
    place = _place(actor, target.place, draft)
    values = {
        "name": draft.name,
        "is_round": draft.is_round,
        "hours": draft.hours,
        "postal_codes": list(draft.postal_codes),
        "place": place,
    }
    changes = assign(target, values)
    deed = "campaigns.change_station" if station else "campaigns.add_station"
    if changes or station is None:
        store(target, changes)
        record(actor=actor, deed=deed, on=target, title=target.name, changes=changes)
    return target


def _place(actor: Actor, place: Place | None, draft: StationDraft) -> Place | None:
    """A round needs no address. An address that others use, too, is not changed but left."""
    if draft.is_round or not (draft.postal_code or draft.town):
        return None
    values = {name: getattr(draft, name) for name in ADDRESS}
    if place is not None and all(getattr(place, name) == told for name, told in values.items()):
        return place
    return save_place(
        actor=actor, place=None if place is None or _is_shared(place) else place, **values
    )


def _is_shared(place: Place) -> bool:
    """Whether something else lies there as well."""
    here = (place.organisations.all(), place.offers_here.all(), JoinIn.objects.filter(place=place),
            Station.objects.filter(place=place)[1:])  # fmt: skip
    return any(rows.exists() for rows in here)


@transaction.atomic
def remove_station(*, actor: Actor, station: Station) -> None:
    """Its orders have none then; the helpers' link opens nothing any more."""
    actor.must(Right.RUN_CAMPAIGNS)
    end_helping(actor=actor, station=station)
    record(actor=actor, deed="campaigns.remove_station", on=station, title=station.name)
    station.delete()


@transaction.atomic
def assign_orders(
    *, actor: Actor, campaign: Campaign, chosen: Mapping[UUID, Station | None]
) -> int:
    """Say where each of these orders is fetched; how many changed."""
    actor.must(Right.RUN_CAMPAIGNS)
    locked(campaign.pk)
    rows = Order.objects.filter(campaign=campaign, state=OrderState.PLACED, pk__in=list(chosen))
    moved = [order for order in rows if order.station != chosen[order.pk]]
    for order in moved:
        order.station = chosen[order.pk]
        order.save(update_fields=["station", "changed_at"])
    if moved:
        told = {"orders": [None, len(moved)]}
        record(
            actor=actor,
            deed="campaigns.assign_orders",
            on=campaign,
            title=campaign.title,
            changes=told,
        )
    return len(moved)


def assign_by_postal_code(*, actor: Actor, campaign: Campaign) -> int:
    """Give each order without a station the one that its postal code speaks for."""
    chosen = {
        one.order.pk: one.proposed
        for one in assignable(actor, campaign)
        if one.order.station_id is None and one.proposed
    }
    return assign_orders(actor=actor, campaign=campaign, chosen=chosen) if chosen else 0


@transaction.atomic
def open_helping(*, actor: Actor, station: Station, days: int) -> str:
    """The token of the link with which helpers hand over at this station, for so many days."""
    actor.must(Right.RUN_CAMPAIGNS)
    token = link_token(actor=actor, holder=station.pk, days=days, purpose=HELPING)
    told = {"until": [None, (timezone.localdate() + timedelta(days=days)).isoformat()]}
    record(actor=actor, deed="campaigns.open_helping", on=station, title=station.name, changes=told)
    return token


@transaction.atomic
def end_helping(*, actor: Actor, station: Station) -> bool:
    """The helpers' link opens nothing any more; whether there was one."""
    actor.must(Right.RUN_CAMPAIGNS)
    ended = revoke(actor=actor, holder=station.pk)
    if ended:
        record(actor=actor, deed="campaigns.end_helping", on=station, title=station.name)
    return ended
