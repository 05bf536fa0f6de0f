"""What a row says about the place."""

from __future__ import annotations

from django.utils.translation import gettext as _

from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.areas.distances import distance_km
from knotenpunkt.registers.areas.models import StepFree
from knotenpunkt.registers.offers.imports import words
from knotenpunkt.registers.offers.imports.cells import Cells
from knotenpunkt.registers.offers.imports.drafts.shapes import Values
from knotenpunkt.registers.offers.models import Setting
from knotenpunkt.tools.imports.cleaning import addresses
from knotenpunkt.tools.imports.cleaning.numbers import choice
from knotenpunkt.tools.imports.cleaning.texts import show, text

# A precise point that far from its postal code belongs to another address.
TOO_FAR_KM = 40.0


def place_values(cells: Cells, setting: str) -> Values:
    """The place's values; empty when the row names none."""
    told = cells.address()
    point = _point(cells)
    venue = cells.text("venue", 200)
    step_free = _step_free(cells)
    if not (told.postal_code or told.town or told.street or point):
        if setting == Setting.ON_SITE:
            cells.remark(
                "address", "no_address", _("is missing: families will not find it by place")
            )
        return {"venue": venue} if venue else {}
    _check_place(cells, told, point)
    return {
        "venue": venue,
        "street": f"{told.street} {told.house_number}".strip()[:200],
        "postal_code": told.postal_code,
        "town": told.town[:120],
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "step_free": step_free[0],
        "access_note": step_free[1],
    }


def _point(cells: Cells) -> addresses.Point | None:
    latitude, longitude = cells.raw("latitude"), cells.raw("longitude")
    told = show(cells.raw("coordinates"))
    if latitude is None and longitude is None and told:
        parts = told.split(";") if ";" in told else told.split()
        if len(parts) != 2:
            parts = told.split(",")
        latitude, longitude = (
            (parts[0].strip(" ,"), parts[1].strip(" ,")) if len(parts) == 2 else (told, "")
        )
    return cells.keep("coordinates", addresses.point(latitude, longitude))


def _check_place(cells: Cells, told: addresses.Address, point: addresses.Point | None) -> None:
    if not told.postal_code:
        return
    row = postal_codes.find(told.postal_code)
    if row is None:
        reason = _("is not a known postal code")
        cells.remark("postal_code", "unknown_postal_code", reason, told.postal_code)
    elif (
        point
        and distance_km(point.latitude, point.longitude, row.latitude, row.longitude) > TOO_FAR_KM
    ):
        reason = _("lie far away from the postal code; please check")
        cells.remark("coordinates", "far_away", reason, f"{point.latitude}, {point.longitude}")


def _step_free(cells: Cells) -> tuple[str, str]:
    """The code, and words that say more than a code."""
    told = cells.raw("step_free")
    value = text(told, limit=300).value
    found = choice(told, words.STEP_FREE)
    if found.value:
        return found.value, ""
    return StepFree.UNKNOWN.value, value
