"""What all campaigns need from the coordination now."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from knotenpunkt.activities.campaigns.models import Campaign, CampaignState
from knotenpunkt.activities.campaigns.queries.campaigns import campaigns
from knotenpunkt.activities.campaigns.queries.overview import (
    ON_ITS_WAY,
    Figures,
    figures,
    houses_of,
    to_hand_over,
    to_share,
)
from knotenpunkt.activities.campaigns.rules.needs import Counts, Needed, needs
from knotenpunkt.activities.campaigns.rules.texts import INVITATION, REMINDER, THANKS
from knotenpunkt.activities.mailings.models import Circular, Stage
from knotenpunkt.foundation.accounts.actors import Actor

# A campaign that ended longer ago needs nothing any more.
AFTERWARDS = timedelta(days=120)
WRITTEN = (*ON_ITS_WAY, Stage.SCHEDULED)


def needs_of(campaign: Campaign, now: datetime, told: Figures | None = None) -> list[Needed]:
    """What one campaign needs, the most pressing first."""
    return needs(campaign, _counts(campaign, told or figures(campaign)), now)


def all_needs(actor: Actor, now: datetime) -> list[Needed]:
    """What the campaigns of the network need that are prepared, public, or ended lately."""
    lately = timezone.localdate(now) - AFTERWARDS
    alive = ~Q(state=CampaignState.ENDED) | Q(ends_on__gte=lately)
    rows = campaigns(actor).filter(alive).order_by("starts_on")
    return [need for campaign in rows for need in needs_of(campaign, now)]


def _counts(campaign: Campaign, told: Figures) -> Counts:
    rows = Circular.objects.filter(about=campaign.pk).values_list("occasion", "stage")
    stages = list(rows)
    written = {occasion for occasion, stage in stages if stage in WRITTEN}
    return Counts(
        to_release=sum(stage == Stage.TO_RELEASE for _occasion, stage in stages),
        late=told.late,
        undecided=told.undecided,
        to_share=len(to_share(campaign)),
        to_hand_over=to_hand_over(campaign),
        lessons=campaign.lessons.count(),
        took_part=len(houses_of(campaign)),
        is_invited=INVITATION in written,
        is_reminded=REMINDER in written,
        is_thanked=THANKS in written,
        unanswered=max(told.written - told.answered, 0),
    )
