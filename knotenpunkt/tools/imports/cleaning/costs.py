"""Who pays, out of the words of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.cleaning.texts import show, text
from knotenpunkt.tools.imports.remarks import Cleaned, Remark
from knotenpunkt.tools.imports.tables import Cell

_INCOME = re.compile(r"einkommen|sozialstaffel|gestaffelt|staffel|income|sliding", re.IGNORECASE)
_INSURANCE = re.compile(r"kasse|versicherung|insurance", re.IGNORECASE)
_DONATION = re.compile(r"spende|donation|hutkasse", re.IGNORECASE)
_NOT_FREE = re.compile(r"nicht\s+(?:kostenlos|kostenfrei)|not\s+free", re.IGNORECASE)
_FREE = re.compile(
    r"kostenlos|kostenfrei|kosten frei|gebührenfrei|beitragsfrei|unentgeltlich|umsonst|gratis|"
    r"keine kosten|ohne kosten|free of charge|\bfree\b|no charge",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:0+(?:[.,]0+)?\s*(?:€|eur(?:o)?)?|nein|no|keine?|none|frei)\.?$", re.IGNORECASE
)
_FEE = re.compile(
    r"\d|€|euro?\b|kostenpflichtig|gebühr|beitrag|elternbeitrag|eintritt|entgelt|teilnahme|fee|charge|^ja$|^yes$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Price:
    """`code`: free, fee, donation, insurance, income, or "" when the words do not tell."""

    code: str = ""
    note: str = ""


def price(cell: Cell, *, limit: int = 200) -> Cleaned[Price]:
    """The code, and the words beside it where they say more."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return Cleaned(Price("fee", _euros(float(cell))) if cell else Price("free"))
    cleaned = text(cell, limit=limit)
    value = cleaned.value
    if not value:
        return Cleaned(Price(), cleaned.remarks)
    code = _code(value)
    if not code:
        reason = _("does not say who pays; kept as a note")
        remark = Remark("unknown_costs", reason, show(cell), value)
        return Cleaned(Price("", value), (*cleaned.remarks, remark))
    return Cleaned(Price(code, "" if _says_nothing_more(value, code) else value), cleaned.remarks)


def _euros(amount: float) -> str:
    return f"{amount:.2f} €".replace(".00", "").replace(".", ",")


def _code(value: str) -> str:
    if _NOTHING.match(value):
        return "free"
    if _NOT_FREE.search(value):
        return "fee"
    for code, pattern in (("free", _FREE), ("income", _INCOME), ("insurance", _INSURANCE),
                          ("donation", _DONATION), ("fee", _FEE)):  # fmt: skip
        if pattern.search(value):
            # "free for members, else 5 €" is not free for everyone.
            mixed = code == "free" and re.search(
                r"[1-9]\d*\s*(?:€|eur)|sonst|ansonsten|außer", value
            )
            return "fee" if mixed else code
    return ""


def _says_nothing_more(value: str, code: str) -> bool:
    return code in {"free", "donation"} and len(value.split()) <= 3
