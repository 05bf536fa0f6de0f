"""How days, times, ages, languages and names are said, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, get_language_info, ngettext, npgettext, pgettext
from django.utils.translation import gettext as _

from knotenpunkt.foundation.core import languages

MONTHS_SAID_AS_MONTHS = 24
SIGN_LANGUAGE = "gsg"
# Known to the catalogue of languages under another code.
NAMED_AS = {"prs": "fa-AF"}


def _locale() -> Locale:
    return _locale_of(get_language() or "de")


@lru_cache(maxsize=100)
def _locale_of(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("de")


def clock(moment: time) -> str:
    """ "9 Uhr" is said with its hour alone: "9", "9.30"; English "9:30"."""
    if _locale().language != "de":
        return f"{moment:%H:%M}"
    return str(moment.hour) if moment.minute == 0 else f"{moment.hour}.{moment:%M}"


def time_span(starts: time, ends: time | None) -> str:
    """ "14–17 Uhr", "9.30–11 Uhr", "ab 15 Uhr"."""
    if ends is None:
        return _("from %(time)s") % {"time": clock(starts)}
    return _("%(start)s–%(end)s") % {"start": clock(starts), "end": clock(ends)}


def day_name(day: date, today: date) -> str:
    """ "Heute", "Morgen", "Mi, 25. November"; with the year when it is another one."""
    if day == today:
        return _("Today")
    if (day - today).days == 1:
        return _("Tomorrow")
    pattern = _("EEE, MMMM d") if day.year == today.year else _("EEE, MMMM d, y")
    return format_date(day, pattern, locale=_locale()).replace(".,", ",")


def moment(at: datetime) -> str:
    """ "Heute, 9.30 Uhr"; "Mi, 25. November, 14 Uhr"."""
    local = timezone.localtime(at)
    return _("%(day)s at %(clock)s") % {
        "day": day_name(local.date(), timezone.localdate()),
        "clock": clock(local.time()),
    }


def full_date(day: date) -> str:
    """ "12. November 2026"."""
    return format_date(day, "long", locale=_locale())


def day_and_month(day: date) -> str:
    """ "12. November", where the year is said elsewhere."""
    return format_skeleton("MMMMd", day, locale=_locale())


def short_date(day: date) -> str:
    """ "12. Sept. 2026"."""
    return format_date(day, _("MMM d, y"), locale=_locale())


def how_long_ago(day: date, today: date) -> str:
    """ "heute", "gestern", "vor 9 Tagen", "vor 5 Wochen", "vor 4 Monaten", "vor 2 Jahren"."""
    days = (today - day).days
    if days < 2:
        return _("today") if days < 1 else _("yesterday")
    for least, length, told in _SPANS:
        if days >= least:
            return told(days // length)
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}


def _years_ago(n: int) -> str:
    return ngettext("%(n)d year ago", "%(n)d years ago", n) % {"n": n}


def _months_ago(n: int) -> str:
    return ngettext("%(n)d month ago", "%(n)d months ago", n) % {"n": n}


def _weeks_ago(n: int) -> str:
    return ngettext("%(n)d week ago", "%(n)d weeks ago", n) % {"n": n}


# From how many days on a span is told in a longer unit, and how many days that unit has.
_SPANS = ((730, 365, _years_ago), (61, 30, _months_ago), (14, 7, _weeks_ago))


def weekday_name(weekday: int) -> str:
    """ "Mittwoch" for 2."""
    return str(_locale().days["format"]["wide"][weekday])


def month_name(day: date) -> str:
    """ "Juni 2026"."""
    return format_skeleton("yMMMM", day, locale=_locale())


def date_tile(day: date, today: date) -> dict[str, object]:
    """The parts of a day for a calendar tile."""
    return {
        "weekday": format_date(day, "EEE", locale=_locale()).rstrip("."),
        "day": day.day,
        "month": format_date(day, "LLL", locale=_locale()),
        "iso": day.isoformat(),
        "today": day == today,
    }


def days_until(day: date, today: date) -> str:
    """ "heute", "morgen", "in 5 Tagen"."""
    days = (day - today).days
    if days < 2:
        return _("today") if days < 1 else _("tomorrow")
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


def number(value: int) -> str:
    """ "1.284"."""
    return number_format(value, use_l10n=True, force_grouping=True)


def age(months: int) -> str:
    """ "8 Monate", "1 Jahr", "3 Jahre"."""
    if _said_in_months(months):
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    years = months // 12
    return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}


def _said_in_months(months: int) -> bool:
    return months % 12 > 0 and months < MONTHS_SAID_AS_MONTHS


def ages(youngest: int | None, oldest: int | None) -> str:
    """ "bis 3 Jahre", "ab 6 Monaten", "3 bis 6 Jahre"; "" when no age is meant, or every one.

    Nobody means an age who says that the oldest is 0 months: that is before the birth.
    """
    if not oldest:
        return _("aged %(age)s and over") % {"age": _onwards(youngest)} if youngest else ""
    if not youngest:
        return _("up to %(age)s") % {"age": _until(oldest)}
    first, last = _span(youngest, oldest)
    return last if age(youngest) == last else _("%(from)s to %(to)s") % {"from": first, "to": last}


def _span(youngest: int, oldest: int) -> tuple[str, str]:
    """Both ends; the unit is said once where it is the same."""
    in_months = _said_in_months(youngest), _said_in_months(oldest)
    if any(in_months) and oldest < MONTHS_SAID_AS_MONTHS:
        last = ngettext("%(n)d month", "%(n)d months", oldest) % {"n": oldest}
        return str(youngest), last
    return (age(youngest) if in_months[0] else str(youngest // 12)), age(oldest)


def _onwards(months: int) -> str:
    """The age after "ab": German bends it, "ab 6 Monaten"."""
    if _said_in_months(months):
        told = npgettext("ages from … on", "%(n)d month", "%(n)d months", months)
        return told % {"n": months}
    years = months // 12
    return npgettext("ages from … on", "%(n)d year", "%(n)d years", years) % {"n": years}


def _until(months: int) -> str:
    """The age after "bis": other languages bend it."""
    if _said_in_months(months):
        return npgettext("ages up to …", "%(n)d month", "%(n)d months", months) % {"n": months}
    years = months // 12
    return npgettext("ages up to …", "%(n)d year", "%(n)d years", years) % {"n": years}


def listed(parts: Iterable[str]) -> str:
    """ "Deutsch, Arabisch", with the comma of the language."""
    return pgettext("between the parts of a list", ", ").join(parts)


def language_name(code: str) -> str:
    """ "Arabisch" for "ar"; the code itself when nobody knows a name."""
    if code == SIGN_LANGUAGE:
        return _("German sign language")
    if code == languages.EASY_GERMAN:
        return _("Easy language")
    code = NAMED_AS.get(code, code)
    return str(_locale().languages.get(code.replace("-", "_"), code))


def own_name(code: str) -> str:
    """A language as its speakers call it: "Deutsch", "English"."""
    known = languages.BY_CODE.get(code)
    return known.own_name if known else str(get_language_info(code)["name_local"])


def initials(name: str) -> str:
    """ "Jana Wolfram" and "Dr. Jana von Wolfram" are "JW"."""
    words = [word for word in name.split() if word[0].isupper() and not word.endswith(".")]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words))
