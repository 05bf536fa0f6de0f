"""What is missing, and what was spent in which Förderbereich."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knotenpunkt.activities.campaigns.models import Campaign, FundingArea, Material
from knotenpunkt.activities.campaigns.queries.sharing import propose_all
from knotenpunkt.foundation.accounts.actors import Actor


@dataclass(frozen=True, slots=True)
class Missing:
    """Packs of one material that are wanted and not given; `orders` still want some."""

    material: Material
    packs: int
    orders: int
    left: int

    @property
    def to_buy(self) -> int:
        """Packs to order again: what is still in stock is given out first."""
        return max(self.packs - self.left, 0)

    @property
    def pieces(self) -> int:
        """The same in pieces."""
        return self.to_buy * self.material.pack_size

    @property
    def cents(self) -> int:
        """What they would cost."""
        return self.to_buy * self.material.pack_cents


@dataclass(frozen=True, slots=True)
class Cost:
    """What one material came to: packs that orders were given, and those handed over."""

    material: Material
    given: int
    handed_over: int

    @property
    def cents(self) -> int:
        """Cost of the packs that were given."""
        return self.given * self.material.pack_cents


@dataclass(frozen=True, slots=True)
class AreaCost:
    """All materials of one Förderbereich."""

    area: FundingArea
    costs: Sequence[Cost]

    @property
    def cents(self) -> int:
        """Cost of the area."""
        return sum(one.cents for one in self.costs)


def missing(actor: Actor, campaign: Campaign) -> list[Missing]:
    """Materials of which more is wanted than there is; before they are shared, as proposed."""
    found = []
    for proposal in propose_all(actor, campaign):
        short = [one for one in proposal.shares if one.wanted > _given(one.line.granted, one.packs)]
        packs = sum(one.wanted - _given(one.line.granted, one.packs) for one in short)
        given = sum(_given(one.line.granted, one.packs) for one in proposal.shares)
        if packs:
            left = max(proposal.material.packs - given, 0)
            found.append(Missing(proposal.material, packs, len(short), left))
    return found


def _given(granted: int | None, proposed: int) -> int:
    return proposed if granted is None else granted


def costs(actor: Actor, campaign: Campaign) -> list[AreaCost]:
    """What the packs that were given cost, by Förderbereich."""
    told = [
        Cost(
            one.material,
            sum(share.line.granted or 0 for share in one.shares),
            sum(share.line.handed_over for share in one.shares),
        )
        for one in propose_all(actor, campaign)
    ]
    areas = [
        AreaCost(area, [one for one in told if one.material.funding_area == area])
        for area in FundingArea
    ]
    return [one for one in areas if one.costs]
