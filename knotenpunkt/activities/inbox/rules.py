"""Decisions about concerns: who may open one, until when it is answered, what looks doubtful."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from knotenpunkt.activities.inbox.models import Concern
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.areas.holidays import public_holidays
from knotenpunkt.registers.offers.danger import danger_in
from knotenpunkt.registers.offers.times import BERLIN

CLOSING_TIME = time(18)
SATURDAY = 5
# Unanswered ones are deleted after this; the first reminder comes when the clock runs out.
KEPT = timedelta(days=30)
REMINDED_AGAIN = timedelta(days=20)

LINK = re.compile(
    r"https?:|www\.|\[url|<a\b|\b[\w-]+\.(?:com|net|org|info|ru|xyz|top|shop)\b", re.IGNORECASE
)
ADVERTISING = re.compile(
    r"\b(?:seo|backlinks?|bitcoin|crypto|krypto|casino|viagra|loan|investment|ranking|marketing)\b",
    re.IGNORECASE,
)


def may_answer(actor: Actor) -> bool:
    """Coordinators and editors answer families; nobody else learns what they wrote."""
    return actor.may(Right.ANSWER_FAMILIES)


def may_open(actor: Actor, concern: Concern) -> bool:
    """A hint is open to all who answer; a telephone number only to the one who took it on."""
    if not may_answer(actor) or not concern.is_open:
        return False
    return not concern.is_call or (
        actor.user_id is not None and concern.taken_by_id == actor.user_id
    )


def answer_until(received: datetime, working_days: int, land: str) -> datetime:
    """End of the last of so many working days after the day on which it came."""
    day = received.astimezone(BERLIN).date()
    while working_days > 0:
        day += timedelta(days=1)
        working_days -= is_working_day(day, land)
    return datetime.combine(day, CLOSING_TIME, BERLIN)


def is_working_day(day: date, land: str) -> bool:
    """Whether somebody is at the desk: no weekend, no public holiday of the Land."""
    return day.weekday() < SATURDAY and day not in public_holidays(land, day.year)


def looks_doubtful(*texts: str) -> bool:
    """Links and words of advertising. It only marks: a family may write a link, too."""
    return any(LINK.search(text) or ADVERTISING.search(text) for text in texts)


def speaks_of_danger(text: str) -> bool:
    """Whether it should be answered before all others."""
    return danger_in(text) is not None
