"""Decisions about agreements: who may keep them, which ones hold, what a field of the page says."""

from __future__ import annotations

import calendar
from datetime import date
from enum import Enum

from django.db.models import Q

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.agreements.models import Agreement


def may_see(actor: Actor) -> bool:
    """Members who read the register see who signed what."""
    return actor.may(Right.READ_INTERNAL)


def may_keep(actor: Actor) -> bool:
    """Those who keep the register keep its agreements."""
    return actor.may(Right.EDIT_REGISTERS)


class Standing(Enum):
    """Where an agreement stands on a day."""

    VALID = "valid"
    ENDS_SOON = "ends_soon"
    OVER = "over"
    ENDED = "ended"


def standing(agreement: Agreement, today: date) -> Standing:
    """Ended by a person, over by its date, to be thought of, or simply valid."""
    if agreement.ended_on is not None and agreement.ended_on <= today:
        return Standing.ENDED
    if agreement.valid_until is not None and agreement.valid_until < today:
        return Standing.OVER
    if agreement.remind_on is not None and agreement.remind_on <= today:
        return Standing.ENDS_SOON
    return Standing.VALID


def holds(today: date, prefix: str = "") -> Q:
    """Which agreements hold on a day: the same as `standing`, for the database."""
    still = Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gte": today})
    kept = Q(**{f"{prefix}ended_on": None}) | Q(**{f"{prefix}ended_on__gt": today})
    return still & kept


def ends_soon(today: date) -> Q:
    """Which ones hold, and are to be thought of now."""
    return holds(today) & Q(remind_on__lte=today)


def remind_on(valid_until: date | None, months: int) -> date | None:
    """The day of the reminder: so many months before the last day; None for an open end."""
    if valid_until is None or not months:
        return None
    index = valid_until.year * 12 + valid_until.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(valid_until.day, calendar.monthrange(year, month)[1]))
