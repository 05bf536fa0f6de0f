"""Borders for the map, drawn from the places of the postal code table.

Nobody has to fetch official borders before a map shows anything: every point belongs to the
place next to it (Voronoi), cells of one town and of one county are merged, lines are rounded
off. For Mittelsachsen this covers 86 % of the official area. Marked as an approximation, and
replaced as soon as official borders are loaded.

Works in kilometres on a plane around the area (x east, y north), good to 1 % within a Land.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge

from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.areas.models import OutlineLevel
from knotenpunkt.registers.areas.postal_codes import PostalTown

SOURCE = "GeoNames (CC BY 4.0)"
KM_PER_DEGREE = 111.195
# Places this far around the area shape its border.
CONTEXT_KM = 45.0
# Land reaches this far beyond the last place of the country …
REACH_KM = 3.5
# … and no gap between places is wider than this.
GAP_KM = 10.0
SIMPLER_KM = 0.06
# Eleven metres: finer than the drawing is true.
DECIMALS = 4
# A map of more counties than this would drown in municipalities.
MOST_COUNTIES_WITH_MUNICIPALITIES = 3


@dataclass(frozen=True, slots=True)
class DrawnOutline:
    """An outline before it is stored; `geometry` is a GeoJSON geometry in WGS84 degrees."""

    key: str
    name: str
    level: str
    geometry: dict[str, Any]
    approximate: bool
    source: str


@dataclass(frozen=True, slots=True)
class Plane:
    """Degrees to kilometres around a latitude, and back."""

    latitude: float

    @property
    def km_per_longitude(self) -> float:
        return KM_PER_DEGREE * math.cos(math.radians(self.latitude))

    def points(self, rows: Iterable[PostalTown]) -> NDArray[np.float64]:
        """Shape (n, 2), in km."""
        degrees = np.array([(row.longitude, row.latitude) for row in rows])
        return degrees * (self.km_per_longitude, KM_PER_DEGREE)

    def degrees(self, shape: BaseGeometry) -> dict[str, Any]:
        """The shape as a GeoJSON geometry, rounded."""
        scaled = shapely.transform(
            shape, lambda xy: np.round(xy / (self.km_per_longitude, KM_PER_DEGREE), DECIMALS)
        )
        return dict(shapely.geometry.mapping(shapely.make_valid(scaled)))


def drawn_outlines(area_keys: Sequence[str]) -> list[DrawnOutline]:
    """Outlines of the counties of the areas, and of their municipalities when these are few."""
    inside = [
        row for row in postal_codes.all_rows() if postal_codes.within(row.area_key, area_keys)
    ]
    if not inside:
        return []
    plane = Plane(fmean(row.latitude for row in inside))
    rows = _with_neighbours(inside, plane)
    wanted = {row.area_key for row in inside}
    shapes = _towns(rows, wanted, plane)
    return [*_counties(shapes, plane), *_municipalities(shapes, plane)]


TownKey = tuple[str, str]


def _counties(shapes: dict[TownKey, BaseGeometry], plane: Plane) -> list[DrawnOutline]:
    names = postal_codes.county_names()
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for (county, _town), shape in shapes.items():
        parts[county].append(shape)
    return [
        _outline(
            key, names[key], OutlineLevel.COUNTY, _without_slivers(shapely.union_all(of)), plane
        )
        for key, of in sorted(parts.items())
    ]


def _municipalities(shapes: dict[TownKey, BaseGeometry], plane: Plane) -> list[DrawnOutline]:
    if len({county for county, _town in shapes}) > MOST_COUNTIES_WITH_MUNICIPALITIES:
        return []
    return [
        _outline(
            f"{county}-{fold(town).replace(' ', '-')}"[:80],
            town,
            OutlineLevel.MUNICIPALITY,
            shape,
            plane,
        )
        for (county, town), shape in sorted(shapes.items())
    ]


def _outline(
    key: str, name: str, level: OutlineLevel, shape: BaseGeometry, plane: Plane
) -> DrawnOutline:
    return DrawnOutline(key, name, level.value, plane.degrees(shape), True, SOURCE)


def _with_neighbours(inside: list[PostalTown], plane: Plane) -> list[PostalTown]:
    """The places of the area and those around it, one for each point."""
    north, east = CONTEXT_KM / KM_PER_DEGREE, CONTEXT_KM / plane.km_per_longitude
    latitudes = [row.latitude for row in inside]
    longitudes = [row.longitude for row in inside]
    found = {
        (row.longitude, row.latitude): row
        for row in [*postal_codes.all_rows(), *inside]
        if min(latitudes) - north <= row.latitude <= max(latitudes) + north
        and min(longitudes) - east <= row.longitude <= max(longitudes) + east
    }
    return list(found.values())


def _towns(rows: list[PostalTown], wanted: set[str], plane: Plane) -> dict[TownKey, BaseGeometry]:
    """The shapes of the towns of the wanted counties, in km."""
    points = plane.points(rows)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(
            MultiPoint(points), extend_to=MultiPoint(points).buffer(REACH_KM), ordered=True
        )
    )
    land = _land(points)
    municipality = _municipality_names(rows)
    grouped: dict[TownKey, list[BaseGeometry]] = defaultdict(list)
    for row, cell in zip(rows, cells, strict=True):
        if row.area_key in wanted:
            grouped[row.area_key, municipality[row.town, row.area_key]].append(cell)
    rough = {key: shapely.union_all(of) & land for key, of in grouped.items()}
    return _rounded_off(rough)


def _land(points: NDArray[np.float64]) -> BaseGeometry:
    """Everything not too far from a place, with the gaps between places closed."""
    around = shapely.union_all(shapely.buffer(shapely.points(points), GAP_KM))
    return around.buffer(REACH_KM - GAP_KM)


def _municipality_names(rows: list[PostalTown]) -> dict[TownKey, str]:
    """Under which name each place is drawn: "Dresden Friedrichstadt" belongs to Dresden."""
    names = {(row.town, row.area_key) for row in rows}
    return {
        (town, county): next(
            (start for start in _beginnings(town) if (start, county) in names),
            town,
        )
        for town, county in names
    }


def _beginnings(town: str) -> list[str]:
    """ "Dresden Innere Altstadt" → "Dresden", "Dresden Innere"; none for "Neustadt an der …"."""
    words = town.split()
    return [
        " ".join(words[:length])
        for length in range(1, len(words))
        if re.match(r"[A-ZÄÖÜ(]", words[length])
    ]


def _rounded_off(rough: dict[TownKey, BaseGeometry]) -> dict[TownKey, BaseGeometry]:
    """The same areas with soft lines; neighbours keep sharing theirs, without gaps.

    So lines are rounded off one by one between the points where they meet, and the areas are
    put together from the lines again.
    """
    borders = shapely.union_all([shape.boundary for shape in rough.values()])
    lines = [_soft(line) for line in shapely.get_parts(_merged(borders))]
    pieces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines)]))
    owners = list(rough)
    tree = shapely.STRtree(list(rough.values()))
    grouped: dict[TownKey, list[BaseGeometry]] = defaultdict(list)
    for piece in pieces:
        overlaps = [(rough[owners[i]].intersection(piece).area, i) for i in tree.query(piece)]
        area, owner = max(overlaps, default=(0.0, -1))
        if area > piece.area / 2:
            grouped[owners[owner]].append(piece)
    return {key: shapely.union_all(of) for key, of in grouped.items()}


def _merged(borders: BaseGeometry) -> BaseGeometry:
    """Lines from crossing to crossing."""
    return borders if isinstance(borders, LineString) else linemerge(borders)


def _soft(line: LineString) -> BaseGeometry:
    """Corners cut twice (Chaikin), ends kept, then as few points as still look the same."""
    xy = shapely.get_coordinates(line)
    closed = line.is_closed
    for _round in range(2):
        near = xy[:-1] * 0.75 + xy[1:] * 0.25
        far = xy[:-1] * 0.25 + xy[1:] * 0.75
        cut = np.stack([near, far], axis=1).reshape(-1, 2)
        xy = np.vstack([cut, cut[:1]]) if closed else np.vstack([xy[:1], cut, xy[-1:]])
    return LineString(xy).simplify(SIMPLER_KM)


def _without_slivers(shape: BaseGeometry) -> BaseGeometry:
    """No holes of a few hectares left over from rounding off."""
    parts = [
        Polygon(part.exterior, [ring for ring in part.interiors if Polygon(ring).area > 1])
        for part in shapely.get_parts(shape)
        if part.area > 1
    ]
    return shapely.union_all(parts) if parts else shape
