"""Packs of materials, claimed and given back through their pools.

Every deed on orders and stock locks its campaign first, so that pools are never locked crosswise
and numbers and places on a list follow each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from knotenpunkt.activities.campaigns.models import Campaign, Line, Material, Order
from knotenpunkt.activities.campaigns.queries.orders import waiting_lines
from knotenpunkt.activities.campaigns.rules.orders import gives_at_once, serves_in_turn
from knotenpunkt.tools.capacity.actions import claim, give_back, open_pool


def locked(campaign_id: UUID) -> Campaign:
    """The campaign as it is now; others who order wait until this transaction ends."""
    rows = Campaign.objects.select_for_update(no_key=True)
    campaign: Campaign = rows.get(pk=campaign_id)
    return campaign


def claim_packs(material: Material, units: int) -> int:
    """As many as are left of those; how many were given."""
    open_pool(about=material.pk, size=material.packs)
    return claim(about=material.pk, units=units, at_least=1)


def give_packs_back(material: Material, units: int) -> None:
    """Put packs back into stock."""
    if units:
        open_pool(about=material.pk, size=material.packs)
        give_back(about=material.pk, units=units)


def fit(line: Line, before: int) -> None:
    """Give a line whose wish was `before` what it may have now; the caller saves it.

    Who wishes for more than before goes to the end of the waiting list. Nobody is given packs
    that came back past those who wait for the next sharing.
    """
    if not gives_at_once(line.material):
        line.granted = line.proposed = None
        return
    granted = line.granted or 0
    if granted > line.wanted:
        give_packs_back(line.material, granted - line.wanted)
        granted = line.wanted
    elif granted < line.wanted and not _others_wait(line):
        granted += claim_packs(line.material, line.wanted - granted)
    line.granted = granted
    _join_or_leave_list(line, has_grown=line.wanted > before)


def _others_wait(line: Line) -> bool:
    """Only where nobody is served in turn: else the stock is empty while somebody waits."""
    if serves_in_turn(line.material):
        return False
    return waiting_lines([line.material_id]).exclude(pk=line.pk).exists()


def _join_or_leave_list(line: Line, *, has_grown: bool) -> None:
    if (line.granted or 0) >= line.wanted:
        line.waits_since = None
    elif line.waits_since is None or has_grown:
        line.waits_since = timezone.now()


def let_go(line: Line) -> None:
    """Put back everything that a line was given; the caller saves or deletes it."""
    give_packs_back(line.material, line.granted or 0)
    line.granted = line.proposed = line.waits_since = None


def serve_waiting(materials: Iterable[Material]) -> dict[Order, list[Line]]:
    """Give what is left to those who wait, the first one first; who got something.

    What was shared is shared again instead: those who ordered in time may have got less.
    """
    served: dict[Order, list[Line]] = defaultdict(list)
    for material in sorted(filter(serves_in_turn, materials), key=lambda one: one.pk):
        for line in waiting_lines([material.pk]):
            got = claim_packs(material, line.wanted - (line.granted or 0))
            if not got:
                break
            line.granted = (line.granted or 0) + got
            _join_or_leave_list(line, has_grown=False)
            line.save(update_fields=["granted", "waits_since"])
            served[line.order].append(line)
    return dict(served)
