"""Amounts of money as people read them."""

from __future__ import annotations

from babel.numbers import format_currency
from django.utils.translation import get_language


def euros(cents: int) -> str:
    """ "1.234,50 €"."""
    language = (get_language() or "de").replace("-", "_")
    return format_currency(
        cents / 100, "EUR", locale="de" if language == "de_x_leicht" else language
    )


def plain_euros(cents: int) -> str:
    """ "1234,50", as a German spreadsheet counts with it."""
    return f"{cents // 100},{cents % 100:02}"
