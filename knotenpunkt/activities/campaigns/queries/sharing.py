"""Who would get how many packs, before and after it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from knotenpunkt.activities.campaigns.models import Campaign, Giving, Line, Material, OrderState
from knotenpunkt.activities.campaigns.queries.materials import materials
from knotenpunkt.activities.campaigns.rules.sharing import may_undo, promised
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.tools.capacity.sharing import Rule, Wish, share, usual_size


@dataclass(frozen=True, slots=True)
class Share:
    """What one line would get. `promised` packs are its own already; `by_hand` was set so."""

    line: Line
    packs: int
    promised: int
    by_hand: bool

    @property
    def wanted(self) -> int:
        """Packs that were ordered."""
        return self.line.wanted


@dataclass(frozen=True, slots=True)
class Proposal:
    """How the packs of one material would be given out by one rule."""

    material: Material
    rule: Giving
    shares: Sequence[Share]
    usual_size: int
    may_undo: bool

    @property
    def wanted(self) -> int:
        """Packs that were ordered."""
        return sum(one.wanted for one in self.shares)

    @property
    def given(self) -> int:
        """Packs that would be given out."""
        return sum(one.packs for one in self.shares)

    @property
    def left(self) -> int:
        """Packs that nobody would get; below zero when more is set by hand than there is."""
        return self.material.packs - self.given

    @property
    def missing(self) -> int:
        """Packs that were ordered and would not be given out."""
        return self.wanted - self.given

    @property
    def is_short(self) -> bool:
        """Whether more is wanted than there is."""
        return self.wanted > self.material.packs

    @property
    def stands(self) -> bool:
        """Whether exactly this holds already."""
        return all(one.line.granted == one.packs for one in self.shares)

    @property
    def seal(self) -> str:
        """Two proposals with the same seal are the same: what was seen is what is settled."""
        told = [(str(one.line.pk), one.wanted, one.packs) for one in self.shares]
        text = f"{self.material.pk} {self.rule} {self.material.packs} {sorted(told)}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def propose(actor: Actor, material: Material, rule: Giving | None = None) -> Proposal:
    """What each order would get by this rule, or by the one it was shared by or is meant for."""
    return _proposal(material, list(_lines(actor, [material])), rule)


def propose_all(actor: Actor, campaign: Campaign) -> list[Proposal]:
    """The same for all materials of a campaign, each by its own rule, in two queries."""
    known = list(materials(actor, campaign))
    lines: dict[object, list[Line]] = {one.pk: [] for one in known}
    for line in _lines(actor, known):
        lines[line.material_id].append(line)
    return [_proposal(one, lines[one.pk], None) for one in known]


def _lines(actor: Actor, known: Iterable[Material]) -> QuerySet[Line]:
    """What was ordered and counts, by the number of the order."""
    found = list(known)
    if found:
        materials(actor, found[0].campaign)  # refuses those who may not read it
    rows: QuerySet[Line] = Line.objects.filter(
        material__in=found, order__state=OrderState.PLACED, wanted__gt=0
    )
    rows = rows.select_related("order__organisation", "order__contact__person", "order__station")
    return rows.order_by("order__number")


def _proposal(material: Material, lines: Sequence[Line], rule: Giving | None) -> Proposal:
    chosen = Giving(rule or material.shared_by or material.giving)
    wishes = [_wish(line, material) for line in lines]
    packs = share(wishes, material.packs, Rule(chosen.value))
    return Proposal(
        material=material,
        rule=chosen,
        shares=[
            Share(
                line,
                packs[str(line.pk)],
                promised(line, material),
                line.proposed is not None and packs[str(line.pk)] == line.proposed,
            )
            for line in lines
        ],
        usual_size=usual_size(line.order.size for line in lines),
        may_undo=may_undo(material, lines),
    )


def _wish(line: Line, material: Material) -> Wish:
    """A share by hand is a wish that is filled before all others and wants no more."""
    has, wanted = promised(line, material), line.wanted
    if line.proposed is not None:
        has = wanted = max(min(line.proposed, line.wanted), has)
    return Wish(str(line.pk), wanted, line.order.size, line.order.placed_at, has)
