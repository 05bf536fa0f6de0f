"""Until when something is open: a moment counts to the end of its minute, where the network is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from knotenpunkt.activities.campaigns.models import Campaign, CampaignState

MINUTE = timedelta(minutes=1)


def end_of_day(day: date) -> datetime:
    """The last second of that day by the clock on the wall, also when it is a second time."""
    return datetime.combine(day, time(23, 59, 59), timezone.get_default_timezone())


def has_passed(until: datetime, now: datetime) -> bool:
    """Whether that moment is over. "23:59" is over at midnight, not a minute before."""
    minute = until.astimezone(UTC).replace(second=0, microsecond=0)
    return now >= minute + MINUTE


def is_open(campaign: Campaign, now: datetime) -> bool:
    """Whether orders are taken in time: the campaign is public, and its deadline has not passed."""
    return (
        campaign.state == CampaignState.OPEN
        and campaign.order_until is not None
        and not has_passed(campaign.order_until, now)
    )


def takes_join_ins(campaign: Campaign, now: datetime) -> bool:
    """Whether join-ins may be reported; without a moment of its own until the last day is over."""
    until = campaign.join_in_until or end_of_day(campaign.ends_on)
    return campaign.state == CampaignState.OPEN and not has_passed(until, now)
