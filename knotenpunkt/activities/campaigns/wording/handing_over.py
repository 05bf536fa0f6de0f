"""Parcels in words, for those who hand them over."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.models import Station
from knotenpunkt.activities.campaigns.queries.handing_over import Parcel
from knotenpunkt.activities.campaigns.rules.handing_over import Handing, Helper
from knotenpunkt.activities.campaigns.wording.counts import packs, pieces_beside
from knotenpunkt.activities.campaigns.wording.sharing import house
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core import spoken


@dataclass(frozen=True, slots=True)
class ShownLine:
    """Packs of one material."""

    id: UUID
    packs: str
    count: int
    handed_over: int
    material: str
    pieces: str


@dataclass(frozen=True, slots=True)
class ShownParcel:
    """An order as helpers see it: its number, the house, and packs. No name of a person.

    Who runs the campaign also reads which member handed it over.
    """

    number: int
    campaign: str
    house: str
    station: str
    lines: list[ShownLine]
    is_done: bool
    is_part: bool
    is_empty: bool
    told: str


def shown_parcel(parcel: Parcel, actor: Actor) -> ShownParcel:
    """What the page of one order says to whoever stands before it."""
    order = parcel.order
    return ShownParcel(
        number=order.number,
        campaign=order.campaign.title,
        house=house(order),
        station=order.station.name if order.station else "",
        lines=[
            ShownLine(
                line.pk,
                packs(line.granted or 0),
                line.granted or 0,
                line.handed_over,
                line.material.name,
                pieces_beside(line.material, line.granted or 0),
            )
            for line in parcel.lines
        ],
        is_done=parcel.is_done,
        is_part=parcel.handing is Handing.PART,
        is_empty=parcel.handing is Handing.NOTHING,
        told=told(parcel, with_names=not isinstance(actor, Helper)),
    )


def told(parcel: Parcel, *, with_names: bool) -> str:
    """ "Mi, 20. Mai, 9.30 Uhr, Rathaus Freiberg"; "" when nothing is handed over."""
    at, by = parcel.order.handed_over_at, parcel.order.handed_over_by
    if at is None:
        return ""
    is_here = parcel.order.station is not None and by == parcel.order.station.name
    return ", ".join(filter(None, (spoken.moment(at), by if with_names or is_here else "")))


def short_line(parcel: Parcel) -> dict[str, object]:
    """One line of the list of helpers."""
    return {
        "number": parcel.order.number,
        "house": house(parcel.order),
        "packs": packs(parcel.packs),
        "is_part": parcel.handing is Handing.PART,
        "told": told(parcel, with_names=False),
    }


def handing_label(parcel: Parcel) -> tuple[str, str]:
    """(shape, words) of how far a parcel is."""
    return {
        Handing.NOTHING: ("none", _("nothing to hand over")),
        Handing.OPEN: ("draft", _("not handed over")),
        Handing.PART: ("waiting", _("handed over in part")),
        Handing.DONE: ("published", _("handed over")),
    }[parcel.handing]


def station_name(station: Station | None) -> str:
    """A station, or that there is none."""
    return station.name if station else _("Without a station")


def station_line(station: Station) -> str:
    """Place and hours in one line."""
    place = station.place.address_line if station.place else ""
    return ", ".join(filter(None, (place, station.hours)))
