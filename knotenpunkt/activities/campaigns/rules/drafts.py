"""What a campaign says, as a value: to be changed in part, compared, and saved as a whole."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.mailings.models import Audience


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What a campaign says. Without a `slug` its title gives one."""

    title: str
    starts_on: date
    ends_on: date
    slug: str = ""
    goal: str = ""
    message: str = ""
    description: str = ""
    writes_on: date | None = None
    order_until: datetime | None = None
    allows_late: bool = False
    gives_from: date | None = None
    gives_until: date | None = None
    join_in_until: datetime | None = None
    public_orders: bool = False
    hosted_by_network: bool = True
    audience: Audience | None = None
    press_text: str = ""
    forget_days: int = 180


def draft_of(campaign: Campaign) -> CampaignDraft:
    """What a campaign says now; `dataclasses.replace` changes a part of it."""
    return CampaignDraft(**{one.name: getattr(campaign, one.name) for one in fields(CampaignDraft)})
