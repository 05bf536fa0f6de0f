"""Postal codes, streets with house numbers, whole addresses, coordinates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.cleaning.numbers import number
from knotenpunkt.tools.imports.cleaning.texts import show, text
from knotenpunkt.tools.imports.remarks import Cleaned, Remark
from knotenpunkt.tools.imports.tables import Cell

_NUMBER = r"\d+\s?[a-zA-Z]?(?![a-zA-Z])"
_HOUSE = re.compile(
    rf"^(?P<street>.*?[^\W\d_].*?[.\s,])\s*"
    rf"(?P<house>(?:Nr\.?\s*)?{_NUMBER}(?:\s?(?:-|–|/|\+|,|&|bis|und|u\.)\s?(?:{_NUMBER}|[a-zA-Z]\b))*)$"
)
_CODE = re.compile(r"(?:\bD\s?[-–]\s?)?\b([0-9]{5})\b")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?")


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its parts; what a cell did not hold is empty."""

    street: str = ""
    house_number: str = ""
    postal_code: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """WGS84 degrees."""

    latitude: float
    longitude: float


def postal_code(cell: Cell) -> Cleaned[str]:
    """Five digits as text; a number lost its leading zero and gets it back, with a remark."""
    raw = show(cell).strip()
    value = text(cell).value
    if not value:
        return Cleaned("")
    digits = re.sub(r"^(?:D|DE)\s?[-–]?\s?", "", value, flags=re.IGNORECASE).strip()
    digits = re.sub(r"\.0+$", "", digits).replace(" ", "")
    if re.fullmatch(r"\d{5}", digits) and digits.isascii():
        return Cleaned(digits)
    if re.fullmatch(r"[1-9]\d{3}", digits) and digits.isascii():
        reason = _("had lost its leading zero")
        return Cleaned(f"0{digits}", (Remark("leading_zero", reason, raw, f"0{digits}"),))
    within = _CODE.search(value)
    if within:
        reason = _("holds more than a postal code")
        return Cleaned(within[1], (Remark("more_than_code", reason, raw, within[1]),))
    reason = _("is not a German postal code and was not taken")
    return Cleaned("", (Remark("no_postal_code", reason, raw),))


def house_number(cell: Cell) -> Cleaned[str]:
    """As it is written ("58/60a", "4 und 4a"); a date that a spreadsheet made of it is told."""
    cleaned = text(cell, limit=30)
    if _ISO_DATE.fullmatch(cleaned.value):
        return Cleaned("", (date_instead(cleaned.value),))
    return Cleaned(re.sub(r"\.0$", "", cleaned.value), cleaned.remarks)


def date_instead(raw: str) -> Remark:
    """The remark for `3-6` or `13/15` that a spreadsheet turned into a date."""
    return Remark("date_instead", _("is a date, perhaps made by the spreadsheet; not taken"), raw)


def split_street(value: str) -> tuple[str, str]:
    """`"Preesterbarg 20 a"` → `("Preesterbarg", "20 a")`; no number gives `""`."""
    match = _HOUSE.match(value)
    if match is None:
        return value, ""
    return match["street"].rstrip(" ,"), match["house"].strip()


def address(cell: Cell) -> Cleaned[Address]:
    """Street, house number, and where given postal code and town, out of one cell.

    Understands `Hauptstr. 5, 09599 Freiberg` and `09599 Freiberg, Hauptstr. 5`.
    """
    cleaned = text(str(cell).replace("\n", ", ") if cell is not None else None, limit=250)
    value = cleaned.value
    match = _CODE.search(value)
    if match is None:
        return Cleaned(Address(*split_street(value)), cleaned.remarks)
    before, after = value[: match.start()].strip(" ,;"), value[match.end() :].strip(" ,;")
    if before:
        street, house = split_street(before)
        return Cleaned(Address(street, house, match[1], after), cleaned.remarks)
    town, _comma, line = after.partition(",")
    street, house = split_street(line.strip(" ,;"))
    return Cleaned(Address(street, house, match[1], town.strip()), cleaned.remarks)


def town_with_code(cell: Cell) -> Cleaned[Address]:
    """`09599 Freiberg` → postal code and town; also only one of them."""
    cleaned = text(cell, limit=150)
    match = _CODE.search(cleaned.value)
    if match is None:
        four = re.match(r"([1-9]\d{3}) (\D+)$", cleaned.value)
        if four is None:
            return Cleaned(Address(town=cleaned.value), cleaned.remarks)
        code = postal_code(four[1])
        return Cleaned(Address(postal_code=code.value, town=four[2]), code.remarks)
    rest = (cleaned.value[: match.start()] + " " + cleaned.value[match.end() :]).strip(" ,;")
    return Cleaned(Address(postal_code=match[1], town=" ".join(rest.split())), cleaned.remarks)


def point(latitude: Cell, longitude: Cell) -> Cleaned[Point | None]:
    """Coordinates in degrees; exchanged ones are put right with a remark, others refused."""
    north, east = number(latitude), number(longitude)
    told = f"{show(latitude)}, {show(longitude)}"
    if north.value is None and east.value is None and not (north.remarks or east.remarks):
        return Cleaned(None)
    if north.value is None or east.value is None or (north.value, east.value) == (0, 0):
        return Cleaned(None, (_refused(told),))
    if _in_germany(east.value, north.value):
        swapped = Point(east.value, north.value)
        reason = _("had latitude and longitude exchanged")
        cleaned = f"{swapped.latitude}, {swapped.longitude}"
        return Cleaned(swapped, (Remark("exchanged", reason, told, cleaned),))
    if abs(north.value) > 90 or abs(east.value) > 180:
        return Cleaned(None, (_refused(told),))
    return Cleaned(Point(north.value, east.value))


def _in_germany(latitude: float, longitude: float) -> bool:
    return 46 < latitude < 56 and 5 < longitude < 16


def _refused(told: str) -> Remark:
    reason = _("is no place in degrees (WGS 84) and was not taken")
    return Remark("no_coordinates", reason, told)
