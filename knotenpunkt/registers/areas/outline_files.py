"""Reads official borders, or a town's own quarters, from a GeoJSON file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.areas.models import OutlineLevel
from knotenpunkt.registers.areas.outlines import DrawnOutline

# How administrations and towns call these columns; compared in lower case.
NAME_FIELDS = ("gen", "name", "bezeichnung", "stadtteil", "stadtteilname", "quartier", "ortsteil")
KEY_FIELDS = ("ags", "schluessel", "schlüssel", "key", "nr", "nummer", "id")
COUNTY_DIGITS, MUNICIPALITY_DIGITS = 5, 8
# About fifty metres: far below what a map of a county shows.
SIMPLER_DEGREES = 0.0005
DECIMALS = 5


class UnreadableOutlines(Exception):
    """A file that cannot be used; the text says why, for the person who loads it."""


def read_outlines(path: Path, area_keys: Sequence[str], source: str) -> list[DrawnOutline]:
    """The outlines of a file. Of those with an area key only the ones in the given areas.

    Municipalities without their county get the county's border drawn around them.
    """
    outlines = [
        _outline(feature, number, source) for number, feature in enumerate(_features(path), start=1)
    ]
    wanted = [outline for outline in outlines if _belongs(outline, area_keys)]
    if not wanted:
        raise UnreadableOutlines(
            _("“%(file)s” holds no borders in the network's area.") % {"file": path.name}
        )
    return [*_missing_counties(wanted, source), *_once(_simpler(wanted))]


def _features(path: Path) -> list[Mapping[str, Any]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        features = content["features"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableOutlines(
            _("“%(file)s” is not a GeoJSON file with features.") % {"file": path.name}
        ) from error
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise UnreadableOutlines(_("“%(file)s” holds no features.") % {"file": path.name})
    return features


def _outline(feature: Mapping[str, Any], number: int, source: str) -> DrawnOutline:
    properties = feature.get("properties")
    fields = (
        {str(k).lower(): v for k, v in properties.items()} if isinstance(properties, dict) else {}
    )
    name = _first(fields, NAME_FIELDS) or _("Area %d") % number
    key = _first(fields, KEY_FIELDS) or fold(name).replace(" ", "-")
    return DrawnOutline(
        key=key[:80],
        name=name[:120],
        level=_level(key).value,
        geometry=_geometry(feature, name),
        approximate=False,
        source=source[:300],
    )


def _first(fields: Mapping[str, Any], names: Iterable[str]) -> str:
    return next((str(fields[name]).strip() for name in names if fields.get(name)), "")


def _level(key: str) -> OutlineLevel:
    if key.isdecimal() and len(key) == COUNTY_DIGITS:
        return OutlineLevel.COUNTY
    if key.isdecimal() and len(key) == MUNICIPALITY_DIGITS:
        return OutlineLevel.MUNICIPALITY
    return OutlineLevel.QUARTER


def _geometry(feature: Mapping[str, Any], name: str) -> dict[str, Any]:
    try:
        shape = _rounded(shapely.from_geojson(json.dumps(feature.get("geometry"))))
    except (ShapelyError, ValueError, TypeError) as error:
        raise UnreadableOutlines(_("“%(name)s” has no usable border.") % {"name": name}) from error
    if shape.is_empty:
        raise UnreadableOutlines(_("“%(name)s” has no usable border.") % {"name": name})
    west, south, east, north = shape.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise UnreadableOutlines(
            _("The coordinates are not degrees. Please save the file in WGS84 (EPSG:4326).")
        )
    return _as_geojson(shape)


def _rounded(shape: BaseGeometry) -> BaseGeometry:
    """The areas of a shape, valid and with rounded corners; empty when nothing is left of it.

    Repairing a border can leave stray lines and points beside the areas.
    """
    corners = shapely.transform(
        shapely.make_valid(shape), lambda degrees: np.round(degrees, DECIMALS)
    )
    parts = shapely.get_parts(shapely.make_valid(corners))
    flat = shapely.get_parts(parts)
    return shapely.union_all([part for part in flat if part.area > 0])


def _belongs(outline: DrawnOutline, area_keys: Sequence[str]) -> bool:
    if outline.level == OutlineLevel.QUARTER.value or not area_keys:
        return True
    return any(outline.key.startswith(key) or key.startswith(outline.key) for key in area_keys)


def _missing_counties(outlines: list[DrawnOutline], source: str) -> list[DrawnOutline]:
    levels = {outline.level for outline in outlines}
    if OutlineLevel.MUNICIPALITY.value not in levels or OutlineLevel.COUNTY.value in levels:
        return []
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for outline in outlines:
        if outline.level == OutlineLevel.MUNICIPALITY.value:
            parts[outline.key[:COUNTY_DIGITS]].append(_shape(outline))
    names = postal_codes.county_names()
    return [
        DrawnOutline(
            key=key,
            name=names.get(key, key),
            level=OutlineLevel.COUNTY.value,
            geometry=_as_geojson(_rounded(shapely.union_all(shapes).simplify(SIMPLER_DEGREES))),
            approximate=False,
            source=source[:300],
        )
        for key, shapes in sorted(parts.items())
    ]


def _simpler(outlines: list[DrawnOutline]) -> list[DrawnOutline]:
    """Fewer points for the map; neighbours of one level keep sharing their lines."""
    simpler: list[DrawnOutline] = []
    for level in {outline.level for outline in outlines}:
        group = [outline for outline in outlines if outline.level == level]
        shapes = shapely.coverage_simplify([_shape(outline) for outline in group], SIMPLER_DEGREES)
        simpler += [
            _with_geometry(outline, shape) for outline, shape in zip(group, shapes, strict=True)
        ]
    return simpler


def _with_geometry(outline: DrawnOutline, shape: BaseGeometry) -> DrawnOutline:
    rounded = _rounded(shape)
    return outline if rounded.is_empty else replace(outline, geometry=_as_geojson(rounded))


def _once(outlines: list[DrawnOutline]) -> list[DrawnOutline]:
    """Parts of one area that the file lists in several rows become one."""
    grouped: dict[tuple[str, str], list[DrawnOutline]] = defaultdict(list)
    for outline in outlines:
        grouped[outline.level, outline.key].append(outline)
    return [
        _with_geometry(rows[0], shapely.union_all([_shape(row) for row in rows]))
        for rows in grouped.values()
    ]


def _shape(outline: DrawnOutline) -> BaseGeometry:
    return shapely.from_geojson(json.dumps(outline.geometry))


def _as_geojson(shape: BaseGeometry) -> dict[str, Any]:
    return dict(json.loads(shapely.to_geojson(shape)))
