"""Who hands packs over, and when an order has everything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from knotenpunkt.activities.campaigns.models import Line, Order, OrderState
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right

HELPING = "handing_over"
"""Purpose of the link that helpers of a station hold."""


@dataclass(frozen=True, slots=True)
class Helper(Actor):
    """Somebody without an account who holds the link of one station. Marks its orders only."""

    station_id: UUID
    station_name: str

    @property
    def label(self) -> str:
        return self.station_name


class Handing(StrEnum):
    """How far an order is handed over."""

    NOTHING = "nothing"
    OPEN = "open"
    PART = "part"
    DONE = "done"


def handing(lines: Iterable[Line]) -> Handing:
    """Nothing to hand over, nothing yet, a part, or all of it."""
    granted = [line for line in lines if line.granted]
    if not granted:
        return Handing.NOTHING
    if all(line.handed_over >= (line.granted or 0) for line in granted):
        return Handing.DONE
    return Handing.PART if any(line.handed_over for line in granted) else Handing.OPEN


def is_to_fetch(order: Order, lines: Iterable[Line]) -> bool:
    """Whether the orderer has to come for it: it lies at a station, and is not brought."""
    station = order.station
    if station is None or station.is_round:
        return False
    return handing(lines) in (Handing.OPEN, Handing.PART)


def may_hand_over(actor: Actor, order: Order) -> bool:
    """Those who run campaigns everywhere, helpers at their own station."""
    if order.state != OrderState.PLACED:
        return False
    if isinstance(actor, Helper):
        return actor.station_id == order.station_id
    return actor.may(Right.RUN_CAMPAIGNS)
