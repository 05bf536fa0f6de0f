"""Rows that only add up the others."""

from __future__ import annotations

import re

from knotenpunkt.tools.imports.cleaning.numbers import number
from knotenpunkt.tools.imports.names import fold
from knotenpunkt.tools.imports.tables import Cell, Row, is_empty

_TOTAL = re.compile(
    r"(?:(?:gesamt|zwischen|end)?summen?|gesamt(?:zahl|anzahl)?|insgesamt|anzahl|total|sum)"
    r"(?: (?:\d+|der \w+|plaetze|kinder|angebote|einrichtungen|kitas?|gesamt|insgesamt))*"
)


def is_total(row: Row, title: Cell = None) -> bool:
    """Whether the first cell or the title is a word for a sum and only numbers stand beside it."""
    told = [cell for cell in row.values.values() if not is_empty(cell)]
    words = [cell for cell in told if number(cell).value is None]
    if len(words) != 1 or not _TOTAL.fullmatch(fold(str(words[0]))):
        return False
    has_numbers = len(told) > 1 or any(sign.isdigit() for sign in str(words[0]))
    return has_numbers and (words[0] == told[0] or words[0] == title)
