"""Ages as people write them, in months."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.cleaning.addresses import date_instead
from knotenpunkt.tools.imports.cleaning.numbers import number
from knotenpunkt.tools.imports.cleaning.texts import show, text
from knotenpunkt.tools.imports.remarks import Cleaned, Remark
from knotenpunkt.tools.imports.tables import Cell

_EVERYONE = {"alle", "alle altersgruppen", "jedes alter", "altersoffen", "altersunabhaengig", "all",
             "all ages", "offen", "keine altersbegrenzung", "keine einschraenkung", "egal",
}  # fmt: skip
_UNIT = (
    r"(?P<{0}>wochen?|weeks?|wo|w|monaten?|monats?|months?|mon|mo|m"
    r"|jahren?|jahre?s?|years?|j|y)?\.?"
)
_AMOUNT = r"(?P<{0}>\d{{1,3}}(?:[.,]\d{{1,2}})?|½)\.?"
_SPAN = re.compile(
    _AMOUNT.format("low") + r"\s*" + _UNIT.format("low_unit")
    + r"\s*(?:-|bis|to|und)\s*(?:zum\s+)?(?P<under>unter\s+)?"
    + _AMOUNT.format("high") + r"\s*" + _UNIT.format("high_unit") + r"$"
)  # fmt: skip
_ONE = re.compile(
    r"(?P<word>ab|von|from|over|über|ü|mindestens|bis|unter|until|up to|under|u|höchstens|max)?"
    r"\.?\s*"
    r"(?:zum\s+|zu\s+)?" + _AMOUNT.format("low") + r"\s*" + _UNIT.format("low_unit")
    + r"(?P<plus>\s*\+|\s*und älter|\s*und mehr|\s*and older)?$"
)  # fmt: skip
_DOWN = {"bis", "unter", "until", "up to", "under", "u", "höchstens", "max"}
_BELOW = {"unter", "under", "u"}
_WEEKS_PER_MONTH = 52.18 / 12
MOST_MONTHS = 1500


@dataclass(frozen=True, slots=True)
class Ages:
    """From and to in months, the last one included; None is open."""

    start: int | None = None
    end: int | None = None


def ages(cell: Cell) -> Cleaned[Ages]:
    """`0-3 Jahre`, `ab 6 Monate`, `bis 10`, `8 Wochen bis 3 Jahre`, `U3`."""
    cleaned = text(cell)
    value = cleaned.value
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?", value):
        return Cleaned(Ages(), (date_instead(value),))
    plain = _plain(value)
    if not plain or plain in _EVERYONE:
        return Cleaned(Ages(), cleaned.remarks)
    found = _span(plain) or _one(plain)
    if found is None or _impossible(found):
        return Cleaned(
            Ages(), (Remark("not_an_age", _("is not an age and was not taken"), show(cell)),)
        )
    return Cleaned(found, cleaned.remarks)


def age(cell: Cell, *, months: bool = False, last: bool = False) -> Cleaned[int | None]:
    """One end of a range in months; plain numbers are years, or months when so told."""
    plain = number(cell)
    if plain.value is not None and not isinstance(cell, bool):
        amount = plain.value if months else plain.value * 12
        if 0 <= amount <= MOST_MONTHS:
            return Cleaned(round(amount))
    told = ages(cell)
    values = (told.value.end, told.value.start) if last else (told.value.start, told.value.end)
    return Cleaned(next((value for value in values if value is not None), None), told.remarks)


def _plain(value: str) -> str:
    lowered = re.sub(r"[–—−]", "-", value.lower())
    lowered = re.sub(
        r"\b(?:kinder|kind|children|im alter|alter|aged|ages?|ca\.?|etwa|von)\b", " ", lowered
    )
    lowered = re.sub(r"\b(?:der\s+|seit\s+)?geburt\b|\bbirth\b", "0", lowered)
    lowered = re.sub(r"\bschul(?:eintritt|anfang|beginn)\b", "6 jahre", lowered)
    lowered = re.sub(r"\beinem\b|\beinen\b", "1", lowered)
    return " ".join(lowered.replace("(", " ").replace(")", " ").split()).strip(" ,;:.")


def _span(plain: str) -> Ages | None:
    match = _SPAN.match(re.sub(r"^ab ", "", plain))
    if match is None:
        return None
    last_unit = match["high_unit"] or "jahre"
    high = _months(match["high"], last_unit) - (1 if match["under"] else 0)
    return Ages(_months(match["low"], match["low_unit"] or last_unit), high)


def _one(plain: str) -> Ages | None:
    match = _ONE.match(plain)
    if match is None:
        return None
    amount = _months(match["low"], match["low_unit"] or "jahre")
    if match["word"] in _DOWN:
        return Ages(None, max(amount - 1, 0) if match["word"] in _BELOW else amount)
    if match["word"] or match["plus"]:
        return Ages(amount, None)
    return Ages(amount, amount + (11 if (match["low_unit"] or "j").startswith(("j", "y")) else 0))


def _months(amount: str, unit: str) -> int:
    value = 0.5 if amount == "½" else float(amount.replace(",", "."))
    if unit.startswith("w"):
        return round(value / _WEEKS_PER_MONTH)
    return round(value if unit.startswith("m") else value * 12)


def _impossible(found: Ages) -> bool:
    low, high = found.start or 0, MOST_MONTHS if found.end is None else found.end
    return low > high or high > MOST_MONTHS
