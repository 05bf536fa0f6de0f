"""Which values of a place a changed row brings, beside those that changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.areas.actions import ADDRESS
from knotenpunkt.registers.areas.models import Place

Values = dict[str, Any]
COORDINATES = ("latitude", "longitude")


def changed_place(place: Place, write: Values, told: Mapping[str, Any]) -> Values:
    """What changed, with what a changed address would otherwise take away from the place.

    `write` are the changed values, `told` all that the row says of the place.
    """
    if not ADDRESS & write.keys():
        return write
    values = {name: told[name] for name in COORDINATES if told.get(name) is not None} | write
    return {"town": "", **values} if _town_is_derived(place, write) else values


def _town_is_derived(place: Place, write: Values) -> bool:
    """A town that only the former postal code told is told anew by the new one."""
    former = postal_codes.find(place.postal_code)
    told_by_code = former is not None and place.town == former.town
    return "postal_code" in write and "town" not in write and told_by_code
