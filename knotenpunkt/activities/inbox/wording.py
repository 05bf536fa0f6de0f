"""How concerns are said: the response clock, days, languages, outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from babel import Locale
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from knotenpunkt.activities.inbox.models import Concern, Daytime
from knotenpunkt.activities.inbox.rules import KEPT
from knotenpunkt.foundation.core import spoken

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Clock(NamedTuple):
    """The response clock: how much time is left, in words, and whether it ran out."""

    text: str
    is_late: bool


def clock(concern: Concern, now: datetime) -> Clock:
    """ "noch 6 Stunden", "seit gestern überfällig"."""
    if concern.due_at < now:
        return Clock(_overdue(concern.due_at, now), True)
    return Clock(_left(concern.due_at - now), False)


def _left(time: timedelta) -> str:
    if time < HOUR:
        minutes = max(1, int(time.total_seconds() // 60))
        return ngettext("%(n)d minute left", "%(n)d minutes left", minutes) % {"n": minutes}
    if time < 2 * DAY:
        hours = int(time.total_seconds() // 3600)
        return ngettext("%(n)d hour left", "%(n)d hours left", hours) % {"n": hours}
    return ngettext("%(n)d day left", "%(n)d days left", time.days) % {"n": time.days}


def _overdue(due: datetime, now: datetime) -> str:
    days = (timezone.localdate(now) - timezone.localdate(due)).days
    if days == 0:
        return _("overdue since %(time)s") % {"time": spoken.clock(timezone.localtime(due).time())}
    if days == 1:
        return _("overdue since yesterday")
    return ngettext("overdue for %(n)d day", "overdue for %(n)d days", days) % {"n": days}


def moment(at: datetime, now: datetime) -> str:
    """ "heute, 9.30 Uhr", "gestern, 14 Uhr", "Mi, 25. November, 9 Uhr"."""
    local = timezone.localtime(at)
    return _("%(day)s, %(clock)s o'clock") % {
        "day": day(local.date(), timezone.localdate(now)),
        "clock": spoken.clock(local.time()),
    }


def day(one: date, today: date) -> str:
    """ "heute", "gestern", "Mi, 25. November"."""
    if one == today:
        return _("today")
    if today - one == DAY:
        return _("yesterday")
    return spoken.day_name(one, today)


def numeric_date(at: datetime) -> str:
    """ "25.11.2026", for a column of dates."""
    return date_format(timezone.localtime(at), "SHORT_DATE_FORMAT")


def promised_day(until: datetime) -> str:
    """ "Mittwoch, 25. November 2026"."""
    local = timezone.localdate(until)
    return spoken.listed((spoken.weekday_name(local.weekday()), spoken.full_date(local)))


def daytimes(concern: Concern) -> str:
    """ "vormittags oder abends"; "jederzeit" when nobody chose."""
    chosen = [str(Daytime(one).label) for one in Daytime.values if one in concern.daytimes]
    if not chosen or len(chosen) == len(Daytime):
        return _("at any time")
    return _(" or ").join(chosen)


def language(concern: Concern) -> str:
    """ "Türkisch (Türkçe)": in our words, and as the caller calls it."""
    if concern.language == "other":
        return _("another language")
    if not concern.language:
        return ""
    ours, theirs = spoken.language_name(concern.language), dict(own_names([concern.language]))
    own = theirs[concern.language]
    return ours if ours == own else f"{ours} ({own})"


def own_names(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Languages as their speakers call them, ready to choose from: ("tr", "Türkçe")."""
    return [(code, str(Locale(code).get_display_name(code)).capitalize()) for code in codes]


def attempts(concern: Concern) -> str:
    """ "1-mal niemanden erreicht"."""
    told = npgettext("calls", "%(n)d time nobody reached", "%(n)d times nobody reached",
                     concern.attempts)  # fmt: skip
    return told % {"n": concern.attempts} if concern.attempts else ""


def deleted_on(concern: Concern) -> str:
    """The day on which an unanswered concern is deleted."""
    return spoken.full_date(timezone.localdate(concern.received_at + KEPT))


def title(concern: Concern) -> str:
    """ "Rückruf: Krabbelgruppe"; it names nobody."""
    return f"{concern.get_kind_display()}: {concern.about}"


def end(concern: Concern) -> str:
    """ "Weitergegeben an Beratungsstelle"."""
    told = concern.get_outcome_display()
    if concern.passed_to:
        told = _("passed on to %(office)s") % {"office": concern.passed_to}
    return capfirst(told)
