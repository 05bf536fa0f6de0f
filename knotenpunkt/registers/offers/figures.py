"""Counts of offers for the pages of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.offers.findings import long_unchecked
from knotenpunkt.registers.offers.models import Offer, Status
from knotenpunkt.registers.offers.queries import offers_at_desk
from knotenpunkt.registers.partners.models import Representative


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How the offers at somebody's desk stand; `unchecked` are published ones."""

    published: int
    drafts: int
    from_providers: int
    unchecked: int

    @property
    def checked_percent(self) -> int:
        """How many of a hundred published offers somebody has confirmed within a year."""
        checked = self.published - self.unchecked
        return round(100 * checked / self.published) if self.published else 0


@dataclass(frozen=True, slots=True)
class DeskTotals:
    """How many offers are at somebody's desk, of how many providers, and what families see."""

    offers: int
    providers: int
    seen: int


def desk_totals(actor: Actor) -> DeskTotals:
    """One query."""
    told = offers_at_desk(actor).aggregate(
        offers=Count("pk"),
        providers=Count("provider", distinct=True),
        seen=Count("pk", filter=Offer.published_when),
    )
    return DeskTotals(**told)


def desk_counts(actor: Actor, today: date) -> DeskCounts:
    """One query; a provider counts only their own."""
    represented = Representative.objects.values("organisation")
    from_providers = Q(provider__in=represented) | Q(provider__body__in=represented)
    told = offers_at_desk(actor).aggregate(
        published=Count("pk", filter=Q(status=Status.PUBLISHED)),
        drafts=Count("pk", filter=Q(status=Status.DRAFT)),
        from_providers=Count("pk", filter=Q(status=Status.DRAFT) & from_providers),
        unchecked=Count("pk", filter=long_unchecked(today)),
    )
    return DeskCounts(**told)
