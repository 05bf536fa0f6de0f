"""Yes and no, numbers, and choices from a list."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.cleaning.texts import show, text
from knotenpunkt.tools.imports.names import fold
from knotenpunkt.tools.imports.remarks import Cleaned, Remark
from knotenpunkt.tools.imports.tables import Cell

_YES = {"ja", "j", "x", "xx", "1", "true", "wahr", "yes", "y", "vorhanden", "ok"}
_NO = {"nein", "n", "0", "false", "falsch", "no", "kein", "keine", "ohne", "nicht vorhanden"}
_TICKS = {
    "✓": True,
    "✔": True,
    "☑": True,
    "☒": True,
    "✗": False,
    "✘": False,
    "☐": False,
    "-": False,
}
_GERMAN = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$|-?\d+,\d+$")


def yes_no(cell: Cell) -> Cleaned[bool | None]:
    """Yes, no, or None when the cell does not say."""
    if isinstance(cell, bool):
        return Cleaned(cell)
    raw = show(cell).strip()
    if raw in _TICKS:
        return Cleaned(_TICKS[raw])
    word = fold(raw)
    if word in _YES or word in _NO:
        return Cleaned(word in _YES)
    if not text(cell).value:
        return Cleaned(None)
    reason = _("is neither yes nor no and was not taken")
    return Cleaned(None, (Remark("not_yes_or_no", reason, raw),))


def number(cell: Cell) -> Cleaned[float | None]:
    """A number in German or English writing."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        finite = cell == cell and abs(cell) != float("inf")
        return Cleaned(float(cell)) if finite else Cleaned(None)
    raw = show(cell).strip()
    cleaned = text(cell).value.replace(" ", "").replace("'", "")
    if not cleaned:
        return Cleaned(None)
    if _GERMAN.match(cleaned):
        cleaned = cleaned.replace(".", "").replace(",", ".")
    try:
        return number(float(cleaned)) if re.fullmatch(r"[+-]?\d+(\.\d+)?", cleaned) else _odd(raw)
    except (ValueError, OverflowError):
        return _odd(raw)


def whole(cell: Cell, *, most: int = 32_767) -> Cleaned[int | None]:
    """A whole number from 0 to `most`."""
    told = number(cell)
    if told.value is None:
        return Cleaned(None, told.remarks)
    if told.value < 0 or told.value > most or not told.value.is_integer():
        return Cleaned(None, _odd(show(cell)).remarks)
    return Cleaned(int(told.value))


def choice(cell: Cell, words: Mapping[str, str]) -> Cleaned[str]:
    """The code behind a word; `words` maps folded words to codes. Unknown words give ""."""
    raw = text(cell)
    if not raw.value:
        return Cleaned("", raw.remarks)
    code = words.get(fold(raw.value), "")
    if code:
        return Cleaned(code)
    reason = _("is not a known word and was not taken")
    return Cleaned("", (Remark("unknown_word", reason, raw.value),))


def _odd(raw: str) -> Cleaned[float | None]:
    reason = _("is not a fitting number and was not taken")
    return Cleaned(None, (Remark("not_a_number", reason, raw),))
