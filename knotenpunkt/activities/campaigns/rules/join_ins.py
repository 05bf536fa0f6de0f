"""Decisions about join-ins."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from knotenpunkt.activities.campaigns.models import Campaign, JoinIn, JoinInState

# What everybody reads; a change of it is looked at before it is shown.
PUBLIC_FIELDS = (
    "title", "description", "starts_at", "ends_at", "place_id", "aimed_at", "for_whom", "is_open",
    "entry", "website", "picture_id", "small_picture_id", "picture_alt", "picture_credit",
    "has_rights",
)  # fmt: skip


def is_within(campaign: Campaign, starts_at: datetime, ends_at: datetime | None = None) -> bool:
    """Whether it happens in the campaign's period, by the calendar of the place."""
    first = timezone.localtime(starts_at).date()
    last = timezone.localtime(ends_at).date() if ends_at else first
    return campaign.starts_on <= first and last <= campaign.ends_on


def end_of(join_in: JoinIn) -> datetime:
    """When it is over; without an end it lasts until the end of its day."""
    if join_in.ends_at is not None:
        return join_in.ends_at
    return timezone.localtime(join_in.starts_at).replace(hour=23, minute=59, second=59)


def is_over(join_in: JoinIn, now: datetime) -> bool:
    """Whether nobody can come any more."""
    return end_of(join_in) < now


def may_be_changed(join_in: JoinIn, now: datetime) -> bool:
    """By whoever reported it: until it is over, unless it was withdrawn."""
    return join_in.state != JoinInState.WITHDRAWN and not is_over(join_in, now)


def waits(join_in: JoinIn) -> bool:
    """Whether somebody has to decide about it."""
    return join_in.state == JoinInState.REPORTED
