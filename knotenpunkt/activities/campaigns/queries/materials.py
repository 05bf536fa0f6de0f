"""Reads of materials, and how their stock stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from knotenpunkt.activities.campaigns.models import Campaign, Line, Material, OrderState, Station
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.capacity.queries import pools
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.files.queries import files


@dataclass(frozen=True, slots=True)
class Stock:
    """Packs of one material: in stock, given to orders, wanted by orders, waited for."""

    size: int
    given: int
    wanted: int
    waiting: int
    orders: int

    @property
    def left(self) -> int:
        """Packs that nobody was given yet."""
        return self.size - self.given

    @property
    def missing(self) -> int:
        """Packs that would be needed beyond those there are."""
        return max(self.wanted - self.size, 0)


def materials(actor: Actor, campaign: Campaign) -> QuerySet[Material]:
    """All materials of a campaign; PermissionDenied for outsiders."""
    actor.must(Right.READ_INTERNAL)
    return _materials(campaign)


def get_material(actor: Actor, campaign: Campaign, material_id: UUID) -> Material:
    """One of them; Material.DoesNotExist."""
    return materials(actor, campaign).get(pk=material_id)


def offered(campaign: Campaign) -> list[Material]:
    """What can be ordered."""
    return list(_materials(campaign).filter(is_offered=True))


def orderable(campaign: Campaign, also: Iterable[UUID]) -> list[Material]:
    """The same with what an order has already, even if it is not offered any more."""
    rows = _materials(campaign).filter(Q(is_offered=True) | Q(pk__in=list(also)))
    return list(rows)


def _materials(campaign: Campaign) -> QuerySet[Material]:
    rows: QuerySet[Material] = Material.objects.filter(campaign=campaign)
    return rows.select_related("campaign")


def left_of(found: Iterable[Material]) -> Mapping[UUID, int]:
    """How many packs of each nobody has taken yet."""
    known = {one.pk: one.packs for one in found}
    return known | {key: pool.left for key, pool in pools(known).items()}


def stocks(found: Iterable[Material]) -> Mapping[UUID, Stock]:
    """How each stands, in two queries."""
    known = list(found)
    taken = pools(one.pk for one in known)
    rows = Line.objects.filter(material__in=known, order__state=OrderState.PLACED)
    sums = {
        row["material"]: row
        for row in rows.order_by().values("material").annotate(
            wanted_packs=Sum("wanted"),
            waiting_packs=Sum("wanted", filter=Q(waits_since__isnull=False)),
            waiting_granted=Sum("granted", filter=Q(waits_since__isnull=False)),
            count=Count("pk"),
        )
    }  # fmt: skip
    return {
        one.pk: _stock(one, taken[one.pk].taken if one.pk in taken else 0, sums.get(one.pk, {}))
        for one in known
    }


def _stock(material: Material, given: int, row: Mapping[str, int | None]) -> Stock:
    return Stock(
        size=material.packs,
        given=given,
        wanted=row.get("wanted_packs") or 0,
        waiting=(row.get("waiting_packs") or 0) - (row.get("waiting_granted") or 0),
        orders=row.get("count") or 0,
    )


def stations(campaign: Campaign) -> list[Station]:
    """Where packs are fetched, and the rounds that bring them."""
    return list(Station.objects.filter(campaign=campaign).select_related("place"))


def material_picture(campaign: Campaign, material_id: UUID) -> StoredFile:
    """The picture of a material, without its content; StoredFile.DoesNotExist."""
    rows = Material.objects.filter(campaign=campaign, pk=material_id)
    found: StoredFile = files().get(pk__in=rows.values("picture"))
    return found
