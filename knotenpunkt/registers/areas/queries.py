"""Reads of places, outlines and school holidays."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.areas.models import Outline, OutlineLevel, SchoolHolidays

TOWNS_ON_A_MAP = 12


def school_holidays(land: str, first: datetime.date, last: datetime.date) -> list[SchoolHolidays]:
    """School holidays of a Land that touch the days from `first` to `last`, in order."""
    return list(
        SchoolHolidays.objects.filter(land=land, starts__lte=last, ends__gte=first).order_by(
            "starts", "ends"
        )
    )


def outlines_for_map() -> dict[str, Any]:
    """The network's outlines as a GeoJSON FeatureCollection, counties first (they lie below).

    `attribution` is the line the map shows, with the word that the borders are an approximation.
    """
    order = list(OutlineLevel.values)
    outlines = sorted(Outline.objects.all(), key=lambda outline: order.index(outline.level))
    return {
        "type": "FeatureCollection",
        "attribution": "; ".join(dict.fromkeys(_attributions(outlines))),
        "features": [_feature(outline) for outline in outlines],
        "towns": [
            {"name": town.name, "lat": town.latitude, "lon": town.longitude}
            for town in postal_codes.largest_towns(current_network().area_keys, TOWNS_ON_A_MAP)
        ],
    }


def _attributions(outlines: list[Outline]) -> Iterator[str]:
    for outline in outlines:
        if outline.approximate:
            yield _("Borders approximate: %(source)s") % {"source": outline.source}
        elif outline.source:
            yield _("Borders: %(source)s") % {"source": outline.source}


def _feature(outline: Outline) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": outline.key,
        "properties": {
            "name": outline.name,
            "level": outline.level,
            "approximate": outline.approximate,
        },
        "geometry": outline.geometry,
    }
