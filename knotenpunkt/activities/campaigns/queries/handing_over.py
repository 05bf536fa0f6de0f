"""Parcels of a campaign by station, and how far handing over is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from knotenpunkt.activities.campaigns.models import (
    Campaign,
    Line,
    Material,
    Order,
    OrderState,
    Station,
)
from knotenpunkt.activities.campaigns.queries.materials import materials
from knotenpunkt.activities.campaigns.queries.orders import note_of, orderer_of, orders
from knotenpunkt.activities.campaigns.rules.handing_over import HELPING, Handing, Helper, handing
from knotenpunkt.activities.campaigns.rules.stations import station_for
from knotenpunkt.activities.campaigns.slips import order_of_code
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.scope import current_network_id
from knotenpunkt.tools.links.queries import opened


@dataclass(frozen=True, slots=True)
class Parcel:
    """The packs of one order that were given to it."""

    order: Order
    lines: Sequence[Line]
    handing: Handing

    @property
    def packs(self) -> int:
        """How many it holds."""
        return sum(line.granted or 0 for line in self.lines)

    @property
    def handed_over(self) -> int:
        """How many the orderer has."""
        return sum(line.handed_over for line in self.lines)

    @property
    def is_done(self) -> bool:
        """Whether the orderer has all of it."""
        return self.handing is Handing.DONE

    def packs_of(self, material: Material) -> int:
        """Packs of one material."""
        return sum(line.granted or 0 for line in self.lines if line.material_id == material.pk)


@dataclass(frozen=True, slots=True)
class Round:
    """A station (None: orders without one) with its parcels."""

    station: Station | None
    parcels: Sequence[Parcel]

    @property
    def done(self) -> int:
        """Parcels that are handed over as a whole."""
        return sum(one.is_done for one in self.parcels)

    @property
    def partly(self) -> int:
        """Parcels of which something is still there."""
        return sum(one.handing is Handing.PART for one in self.parcels)

    @property
    def packs(self) -> int:
        """Packs of all parcels."""
        return sum(one.packs for one in self.parcels)

    @property
    def left(self) -> Sequence[Parcel]:
        """Parcels that are not handed over, or in part."""
        return [one for one in self.parcels if not one.is_done]


def parcels(actor: Actor, campaign: Campaign) -> list[Parcel]:
    """All orders that were given something, by postal code, in a fixed number of queries."""
    rows = orders(actor, campaign).filter(state=OrderState.PLACED)
    found = [_parcel(order) for order in rows.prefetch_related("lines__material")]
    found = [one for one in found if one.handing is not Handing.NOTHING]
    return sorted(found, key=lambda one: (postal_code_of(one.order), one.order.number))


def rounds(actor: Actor, campaign: Campaign) -> list[Round]:
    """The parcels by station, in the order of the stations; those without one come last."""
    known = parcels(actor, campaign)
    found = [
        Round(station, [one for one in known if one.order.station_id == station.pk])
        for station in stations(actor, campaign)
    ]
    without = [one for one in known if one.order.station_id is None]
    return [*found, Round(None, without)] if without else found


def stations(actor: Actor, campaign: Campaign) -> list[Station]:
    """All stations and rounds of a campaign."""
    actor.must(Right.READ_INTERNAL)
    rows = Station.objects.filter(campaign=campaign).select_related("place", "campaign")
    return list(rows)


def get_station(actor: Actor, campaign: Campaign, station_id: UUID) -> Station:
    """One of them; Station.DoesNotExist."""
    actor.must(Right.READ_INTERNAL)
    found: Station = Station.objects.select_related("place", "campaign").get(
        campaign=campaign, pk=station_id
    )
    return found


def used_materials(actor: Actor, campaign: Campaign, found: Iterable[Parcel]) -> list[Material]:
    """The materials that lie in these parcels, in their order."""
    ids = {line.material_id for parcel in found for line in parcel.lines}
    return [one for one in materials(actor, campaign) if one.pk in ids]


@dataclass(frozen=True, slots=True)
class Assignable:
    """An order, and the station that its postal code speaks for."""

    order: Order
    postal_code: str
    proposed: Station | None


def assignable(actor: Actor, campaign: Campaign) -> list[Assignable]:
    """All orders that count, by postal code, with the proposed station of each."""
    known = stations(actor, campaign)
    rows = orders(actor, campaign).filter(state=OrderState.PLACED)
    found = [_assignable(order, known) for order in rows]
    return sorted(found, key=lambda one: (one.postal_code, one.order.number))


def _assignable(order: Order, known: Sequence[Station]) -> Assignable:
    postal_code = postal_code_of(order)
    return Assignable(order, postal_code, station_for(postal_code, known))


def postal_code_of(order: Order) -> str:
    """Where the order goes to: the house's, else as typed."""
    organisation = order.organisation
    if organisation is not None and organisation.place is not None:
        return organisation.place.postal_code
    return orderer_of(order).postal_code


def address_of(order: Order) -> tuple[str, ...]:
    """Street and town of the house, else as typed."""
    organisation = order.organisation
    place = organisation.place if organisation is not None else None
    if place is not None:
        told = (place.street, f"{place.postal_code} {place.town}".strip())
    else:
        typed = orderer_of(order)
        told = (typed.street, f"{typed.postal_code} {typed.town}".strip())
    return tuple(filter(None, told))


def note_with(order: Order) -> str:
    """What the orderer added, in one line."""
    return " ".join(note_of(order).split())


def parcel_of_code(code: str) -> Parcel | None:
    """The parcel whose slip carries this code. Who may see it is the caller's question."""
    order_id = order_of_code(code, current_network_id())
    return _loaded(pk=order_id) if order_id else None


def station_of_token(token: str) -> tuple[Station, Helper] | None:
    """The station whose helpers hold this link, and who that makes them; None when it is over."""
    link = opened(token, HELPING)
    if link is None:
        return None
    station = Station.objects.select_related("place", "campaign").filter(pk=link.holder).first()
    return (station, Helper(station.pk, station.name)) if station else None


def parcels_at(helper: Helper) -> list[Parcel]:
    """What helpers of a station hand over, by number."""
    rows = Order.objects.filter(station=helper.station_id, state=OrderState.PLACED)
    rows = rows.select_related("organisation", "campaign", "station").order_by("number")
    found = [_parcel(order) for order in rows.prefetch_related("lines__material")]
    return [one for one in found if one.handing is not Handing.NOTHING]


def _loaded(**wanted: object) -> Parcel | None:
    rows = Order.objects.filter(**wanted).select_related("organisation", "campaign", "station")
    order = rows.prefetch_related("lines__material").first()
    return _parcel(order) if order else None


def _parcel(order: Order) -> Parcel:
    lines = [line for line in order.lines.all() if line.granted]
    return Parcel(order, lines, handing(lines))
