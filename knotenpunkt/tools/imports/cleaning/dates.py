"""Dates in German, ISO and spreadsheet writing."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.cleaning.texts import show, text
from knotenpunkt.tools.imports.names import fold
from knotenpunkt.tools.imports.remarks import Cleaned, Remark
from knotenpunkt.tools.imports.tables import Cell

_MONTHS = {"januar": 1, "jan": 1, "jaenner": 1, "january": 1, "februar": 2, "feb": 2, "february": 2,
           "maerz": 3, "mrz": 3, "march": 3, "mar": 3, "april": 4, "apr": 4, "mai": 5, "may": 5,
           "juni": 6, "jun": 6, "june": 6, "juli": 7, "jul": 7, "july": 7, "august": 8, "aug": 8,
           "september": 9, "sep": 9, "sept": 9, "oktober": 10, "okt": 10, "october": 10, "oct": 10,
           "november": 11, "nov": 11, "dezember": 12, "dez": 12, "december": 12, "dec": 12,
}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$")
_GERMAN = re.compile(r"(?:[A-Za-z]+\.?,?\s+)?(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?:,? .*)?$")
_NAMED = re.compile(r"(\d{1,2})\.?\s+([^\W\d_]+)\.?\s+(\d{4})$")
_SERIAL_FROM, _SERIAL_TO = 20_000, 80_000
_SPREADSHEET_ZERO = date(1899, 12, 30)


def day(cell: Cell) -> Cleaned[date | None]:
    """A day between 1900 and 2100; numbers are days as spreadsheets count them."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _serial(cell)
    cleaned = text(cell)
    if not cleaned.value:
        return Cleaned(None, cleaned.remarks)
    found = _parsed(cleaned.value)
    if found is None:
        return Cleaned(None, (_odd(show(cell)),))
    return Cleaned(found)


def _serial(number: float) -> Cleaned[date | None]:
    if _SERIAL_FROM <= number <= _SERIAL_TO:
        return Cleaned(_SPREADSHEET_ZERO + timedelta(days=int(number)))
    return Cleaned(None, (_odd(show(number)),))


def _parsed(value: str) -> date | None:
    if match := _ISO.match(value):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _GERMAN.match(value):
        return _date(_year(match[3]), int(match[2]), int(match[1]))
    if match := _NAMED.match(value):
        return _date(int(match[3]), _MONTHS.get(fold(match[2]), 0), int(match[1]))
    return None


def _year(digits: str) -> int:
    """Two digits mean this century, but for years that nobody plans for yet."""
    year = int(digits)
    return year if len(digits) == 4 else (2000 if year < 60 else 1900) + year


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number) if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def _odd(raw: str) -> Remark:
    return Remark("not_a_date", _("is not a date and was not taken"), raw)
