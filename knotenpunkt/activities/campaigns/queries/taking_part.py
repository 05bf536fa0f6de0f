"""Who took part in a campaign, and with what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from knotenpunkt.activities.campaigns.models import (
    Campaign,
    JoinIn,
    JoinInState,
    Line,
    Order,
    OrderState,
)
from knotenpunkt.activities.campaigns.queries.join_ins import over
from knotenpunkt.activities.campaigns.wording.thanks import Deed
from knotenpunkt.registers.partners.models import Involvement


@dataclass(slots=True)
class Part:
    """What one organisation did: packs that it ordered, and its join-ins that are over."""

    packs: int = 0
    deeds: list[Deed] = field(default_factory=list)

    @property
    def is_to_come(self) -> bool:
        """Whether all that it does is still to come."""
        return not self.packs and not self.deeds


def parts(campaign: Campaign) -> dict[UUID, Part]:
    """Organisation → what it did; three queries."""
    found: dict[UUID, Part] = defaultdict(Part)
    for line in Line.objects.filter(
        order__campaign=campaign, order__state=OrderState.PLACED, order__organisation__isnull=False
    ).select_related("order"):
        found[line.order.organisation_id].packs += line.wanted
    rows = JoinIn.objects.filter(
        campaign=campaign, state=JoinInState.APPROVED, organisation__isnull=False
    )
    now = timezone.now()
    for organisation_id in (
        rows.filter(~over(now)).order_by().values_list("organisation_id", flat=True)
    ):
        found.setdefault(organisation_id, Part())
    for one in rows.filter(over(now)).order_by("starts_at"):
        day = timezone.localdate(one.starts_at)
        found[one.organisation_id].deeds.append(Deed(one.title, day, one.visitors))
    return dict(found)


def occasions(campaign: Campaign) -> list[str]:
    """By which titles partners are known to have taken part, the present one first."""
    rows = Involvement.objects.filter(source_id=campaign.pk).order_by()
    known = set(rows.values_list("title", flat=True))
    return [campaign.title, *sorted(known - {campaign.title})]


def houses_known(campaign: Campaign) -> set[UUID]:
    """The organisations of which it is written down that they took part."""
    rows = Involvement.objects.filter(source_id=campaign.pk).order_by()
    return set(rows.values_list("organisation_id", flat=True))


def orders_without_partner(campaign: Campaign) -> int:
    """Orders of which nobody has said which partner they belong to: nobody is thanked for them."""
    rows = Order.objects.filter(campaign=campaign, state=OrderState.PLACED, organisation=None)
    return int(rows.count())
