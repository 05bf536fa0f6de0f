"""Orders in words: what is left of a material, and how an order stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.campaigns.models import (
    Campaign,
    CampaignState,
    Giving,
    Line,
    Material,
    Order,
)
from knotenpunkt.activities.campaigns.models import OrderState as State
from knotenpunkt.activities.campaigns.rules.orders import gives_at_once, is_late
from knotenpunkt.activities.campaigns.wording import campaigns
from knotenpunkt.activities.campaigns.wording.counts import packs, pieces
from knotenpunkt.foundation.core import spoken

SHAPES = {
    State.PLACED: "published",
    State.LATE: "waiting",
    State.CANCELLED: "withdrawn",
    State.REFUSED: "rejected",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A line of an order in words: material, packs, and what becomes of it."""

    material: Material
    packs: str
    pieces: str
    fate: str
    waits: bool


def pack_size(material: Material) -> str:
    """ "1 Packung = 50 Postkarten"; "" where a pack is a single piece without a name."""
    if material.pack_size == 1 and not material.unit:
        return ""
    return _("1 pack = %(pieces)s") % {"pieces": pieces(material, 1)}


def left(material: Material, packs: int) -> str:
    """What is left of it, or how it is given out."""
    if material.giving == Giving.FIRST_COME or material.shared_at:
        return _left_now(material, packs)
    if material.giving == Giving.BY_SIZE:
        return _("Is shared out after the deadline, by the number of children or people.")
    return _("Is shared out after the deadline: everybody gets something.")


def _left_now(material: Material, packs: int) -> str:
    if packs:
        told = ngettext("%(n)s pack left", "%(n)s packs left", packs)
        return told % {"n": spoken.number(packs)}
    return _("All are reserved. New orders go on the waiting list.")


def is_gone(material: Material, packs: int) -> bool:
    """Whether an order cannot get any of it at once."""
    return gives_at_once(material) and not packs


def limit(material: Material) -> str:
    """How much one order may have."""
    if material.most_packs is None:
        return ""
    told = ngettext(
        "at most %(n)d pack for each order", "at most %(n)d packs for each order",
        material.most_packs,
    )  # fmt: skip
    return told % {"n": material.most_packs}


def fate_of(line: Line, place: int | None) -> str:
    """What becomes of a line, in a few words; "" while it is a wish."""
    granted = line.granted
    if granted is None:
        return ""
    if place is not None:
        return _waits(granted, place)
    if not granted:
        return _("unfortunately none: there was not enough for everybody")
    if granted == line.wanted:
        return _("reserved for you")
    return _("%(packs)s reserved for you") % {"packs": packs(granted)}


def _waits(granted: int, place: int) -> str:
    if not granted:
        return _("place %(n)d on the waiting list") % {"n": place}
    told = {"packs": packs(granted), "n": place}
    return _("%(packs)s reserved for you, for the rest place %(n)d on the waiting list") % told


def told_lines(lines: Iterable[Line], places: Mapping[UUID, int]) -> list[Told]:
    """The lines of an order in words, in the order of the materials."""
    return [
        Told(
            material=line.material,
            packs=packs(line.wanted),
            pieces=pieces(line.material, line.wanted),
            fate=fate_of(line, places.get(line.pk)),
            waits=line.waits_since is not None,
        )
        for line in sorted(lines, key=lambda one: (one.material.position, one.material.name))
    ]


def until(campaign: Campaign) -> str:
    """Until when orders are taken: "13. Mai 2026, 23.59 Uhr"."""
    return campaigns.deadline(campaign.order_until)


def deadline(campaign: Campaign, now: datetime) -> str:
    """Until when orders are taken, or that it is over."""
    if campaign.order_until is None:
        return ""
    told = {"day": until(campaign)}
    if is_late(campaign, now):
        return _("The deadline was %(day)s.") % told
    return _("You can order until %(day)s.") % told


def why_not_here(campaign: Campaign) -> str:
    """Why the public page takes no orders of this campaign."""
    if campaign.order_until is None:
        return _("Nothing can be ordered in this campaign.")
    if campaign.state == CampaignState.ENDED:
        return _("Orders were possible until %(day)s.") % {"day": until(campaign)}
    return _("Partners of the network order by the link in the mail or letter that we sent them.")


def late_told(campaign: Campaign, now: datetime) -> str:
    """What becomes of an order that comes now, after the deadline; "" before."""
    if not is_late(campaign, now):
        return ""
    if campaign.allows_late:
        return _("You can still order: your order counts at once.")
    return _("You can still tell us what you need. We look whether there is something left, and "
             "write to you.")  # fmt: skip


def deadline_at_desk(campaign: Campaign) -> str:
    """The same for those who run the campaign."""
    if campaign.order_until is None:
        return _("Nothing can be ordered in this campaign.")
    return _("Deadline: %(day)s.") % {"day": until(campaign)}


def fate_at_desk(line: Line, place: int | None) -> str:
    """What becomes of a line, for those who run the campaign."""
    if line.granted is None:
        return _("wish, not decided yet")
    if place is not None:
        return _("place %(n)d on the waiting list") % {"n": place}
    if not line.granted:
        return _("gets none")
    return _("reserved") if line.granted == line.wanted else _("gets less")


def waiting_told(order: Order, places: Mapping[UUID, int]) -> str:
    """ "Postkarten: Platz 2 auf der Warteliste", for whoever enters it; "" when nothing waits."""
    waits = [line for line in order.lines.all() if line.pk in places]
    waits.sort(key=lambda one: (one.material.position, one.material.name))
    return ". ".join(f"{one.material.name}: {fate_of(one, places[one.pk])}" for one in waits)


def summary(order: Order) -> str:
    """ "3 × Postkarten, 1 × Poster"."""
    lines = sorted(order.lines.all(), key=lambda one: (one.material.position, one.material.name))
    return ", ".join(f"{line.wanted} × {line.material.name}" for line in lines)
