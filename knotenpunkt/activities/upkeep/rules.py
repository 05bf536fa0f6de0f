"""Decisions about upkeep: when something is due, how long silence may last."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from knotenpunkt.activities.upkeep.models import Inquiry, Rhythm, Stage
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.models import Contact, Organisation

OPEN_STAGES = (Stage.ASKED, Stage.REMINDED, Stage.REMINDED_AGAIN, Stage.CALL)


class State(StrEnum):
    """Where the entries of an organisation stand."""

    CONFIRMED = "bestaetigt"
    DUE = "faellig"
    ASKED = "gefragt"
    REMINDED = "erinnert"
    SILENT = "anrufen"


# What an open inquiry makes of an organisation.
STATE_OF_STAGE = {
    Stage.ASKED: State.ASKED,
    Stage.REMINDED: State.REMINDED,
    Stage.REMINDED_AGAIN: State.REMINDED,
    Stage.CALL: State.SILENT,
}


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one: 31 January + 1 → 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def interval(organisation: Organisation, network: Network) -> int:
    """Months after which this organisation is asked again: its own, else the network's."""
    own: int | None = organisation.confirm_months
    return own or network.confirm_months


def next_stage(inquiry: Inquiry, rhythm: Rhythm, now: datetime) -> Stage | None:
    """What is to happen to an inquiry that waits for an answer; None: nothing yet."""
    if inquiry.asked_at is None:
        return None
    days = (timezone.localdate(now) - timezone.localdate(inquiry.asked_at)).days
    if inquiry.stage == Stage.ASKED and days >= rhythm.first_reminder_days:
        return Stage.REMINDED
    if not _rested(inquiry, now):
        return None
    if inquiry.stage == Stage.REMINDED and days >= rhythm.second_reminder_days:
        return Stage.REMINDED_AGAIN
    if inquiry.stage == Stage.REMINDED_AGAIN and days >= rhythm.call_days:
        return Stage.CALL
    return None


def _rested(inquiry: Inquiry, now: datetime) -> bool:
    """After a pause of the installation nobody is reminded twice in a week."""
    return inquiry.reminded_at is None or now - inquiry.reminded_at >= timedelta(days=7)


def is_reached_by_mail(contact: Contact | None) -> bool:
    """Whether somebody can be written to at all."""
    return contact is not None and bool(contact.email)


def greys_on(since: date, months: int, rhythm: Rhythm) -> date:
    """The day on which an offer steps back that was confirmed last on `since`."""
    return months_later(since, months + rhythm.grey_months)


def leaves_on(since: date, months: int, rhythm: Rhythm) -> date:
    """The day on which it leaves the finder."""
    return months_later(since, months + rhythm.grey_months + rhythm.leave_months)
