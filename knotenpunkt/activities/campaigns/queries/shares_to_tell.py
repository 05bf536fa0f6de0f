"""Who has not been told yet how many packs they get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from knotenpunkt.activities.campaigns.models import Campaign, Line, Material, Order, OrderState
from knotenpunkt.activities.campaigns.queries.orders import mail_address_of, orders
from knotenpunkt.activities.campaigns.rules.sharing import is_decided, is_told
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.tools.mail.letters import usable_address


@dataclass(frozen=True, slots=True)
class ToTell:
    """An order whose shares stand and are not known to whoever ordered; address "": no mail."""

    order: Order
    lines: Sequence[Line]
    address: str

    @property
    def is_first(self) -> bool:
        """Whether they hear of their share for the first time."""
        return self.order.told_at is None

    @property
    def gets_all(self) -> bool:
        """Whether they get everything they ordered."""
        return all((line.granted or 0) >= line.wanted for line in self.lines)


@dataclass(frozen=True, slots=True)
class Telling:
    """Who can be told now, and which materials keep others waiting."""

    by_mail: Sequence[ToTell]
    without_mail: Sequence[ToTell]
    waiting: int
    open_materials: Sequence[Material]
    told: int


def telling(actor: Actor, campaign: Campaign) -> Telling:
    """How far telling is, in a fixed number of queries."""
    found = orders(actor, campaign).filter(state=OrderState.PLACED).order_by("number")
    ready: list[ToTell] = []
    open_materials: dict[UUID, Material] = {}
    waiting = told = 0
    for order in found.prefetch_related("lines__material"):
        lines = [line for line in order.lines.all() if line.wanted]
        undecided = {line.material_id: line.material for line in lines if not is_decided(line)}
        open_materials |= undecided
        if undecided:
            waiting += 1
        elif lines and not all(map(is_told, lines)):
            ready.append(_to_tell(order, lines))
        else:
            told += bool(lines)
    return Telling(
        by_mail=[one for one in ready if one.address],
        without_mail=[one for one in ready if not one.address],
        waiting=waiting,
        open_materials=list(open_materials.values()),
        told=told,
    )


def _to_tell(order: Order, lines: Sequence[Line]) -> ToTell:
    address = mail_address_of(order)
    return ToTell(order, lines, address if usable_address(address) else "")


def telling_id(campaign: Campaign) -> UUID:
    """What the job that tells the shares of this campaign is about."""
    return uuid5(campaign.pk, "telling shares")


def count_to_tell(actor: Actor, campaign_id: UUID) -> int:
    """How many can still be written to."""
    return len(telling(actor, Campaign.objects.get(pk=campaign_id)).by_mail)
