"""What a campaign needs from the coordination now, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from knotenpunkt.activities.campaigns.models import Campaign, CampaignState
from knotenpunkt.activities.campaigns.rules.deadlines import has_passed

SOON = timedelta(days=14)
REMINDS_BEFORE = timedelta(days=8)
DECIDES_WITHIN = timedelta(days=3)
THANKS_WITHIN = timedelta(days=14)


class Need(StrEnum):
    """Things to do, the most pressing kinds first."""

    RELEASE = "release"
    LATE = "late"
    JOIN_INS = "join_ins"
    SHARE = "share"
    INVITE = "invite"
    REMIND = "remind"
    HAND_OVER = "hand_over"
    PREPARE = "prepare"
    END = "end"
    THANK = "thank"
    LEARN = "learn"


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits in a campaign, as far as needs are told from it."""

    to_release: int = 0
    late: int = 0
    undecided: int = 0
    to_share: int = 0
    to_hand_over: int = 0
    lessons: int = 0
    took_part: int = 0
    is_invited: bool = False
    is_reminded: bool = False
    is_thanked: bool = False
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class Needed:
    """One thing to do: how many of it, and the day until which it should be done."""

    need: Need
    campaign: Campaign
    count: int
    until: date


def needs(campaign: Campaign, counts: Counts, now: datetime) -> list[Needed]:
    """What is to be done now, the most pressing first."""
    found = _told(campaign, counts, now)
    return sorted(found, key=lambda one: (one.until, list(Need).index(one.need)))


def _told(campaign: Campaign, counts: Counts, now: datetime) -> Iterator[Needed]:
    today = timezone.localdate(now)
    soon = today + DECIDES_WITHIN
    if counts.to_release:
        yield Needed(Need.RELEASE, campaign, counts.to_release, campaign.writes_on or soon)
    if campaign.state == CampaignState.PREPARED:
        yield Needed(Need.PREPARE, campaign, 1, campaign.writes_on or campaign.starts_on)
    if campaign.state == CampaignState.OPEN:
        if counts.late:
            yield Needed(Need.LATE, campaign, counts.late, soon)
        if counts.undecided:
            yield Needed(Need.JOIN_INS, campaign, counts.undecided, soon)
        yield from _by_date(campaign, counts, now)
    if campaign.state == CampaignState.ENDED:
        yield from _afterwards(campaign, counts)


def _by_date(campaign: Campaign, counts: Counts, now: datetime) -> Iterator[Needed]:
    today = timezone.localdate(now)
    until = campaign.order_until
    if not counts.is_invited and not counts.to_release and _is_due(campaign.writes_on, today):
        yield Needed(Need.INVITE, campaign, 1, campaign.writes_on or today)
    if until is not None and has_passed(until, now):
        if counts.to_share:
            share_by = timezone.localdate(until) + DECIDES_WITHIN
            yield Needed(Need.SHARE, campaign, counts.to_share, share_by)
    elif until is not None and counts.is_invited and not counts.is_reminded and counts.unanswered:
        remind_on = timezone.localdate(until) - REMINDS_BEFORE
        if remind_on <= today:
            yield Needed(Need.REMIND, campaign, counts.unanswered, remind_on)
    if counts.to_hand_over and campaign.gives_from and campaign.gives_from <= today:
        last = campaign.gives_until or campaign.starts_on
        yield Needed(Need.HAND_OVER, campaign, counts.to_hand_over, last)
    if campaign.ends_on < today:
        yield Needed(Need.END, campaign, 1, campaign.ends_on + DECIDES_WITHIN)


def _afterwards(campaign: Campaign, counts: Counts) -> Iterator[Needed]:
    """Thanks and lessons, as long as it is known who took part."""
    if campaign.forgotten_at is not None:
        return
    if counts.took_part and not counts.is_thanked:
        yield Needed(Need.THANK, campaign, counts.took_part, campaign.ends_on + THANKS_WITHIN)
    if not counts.lessons:
        yield Needed(Need.LEARN, campaign, 1, campaign.ends_on + 2 * THANKS_WITHIN)


def _is_due(day: date | None, today: date) -> bool:
    return day is None or day - SOON <= today
