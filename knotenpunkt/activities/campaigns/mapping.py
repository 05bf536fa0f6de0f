"""A map that needs no script: the borders of the network and numbered points, as values for SVG.

Measures are those of the drawing, `WIDTH` wide; on a telephone it is shown at half that size, so
points that are near to each other become one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from knotenpunkt.activities.campaigns.queries.finding import Found
from knotenpunkt.foundation.networks.page_cache import remembered
from knotenpunkt.registers.areas.queries import outlines_for_map

WIDTH = 640
MARGIN = 44
# Points nearer than this are one: so that each can be touched.
APART = 58
TALLEST, FLATTEST = 1.4, 0.5
NAMED_TOWNS = 6
DEGREE_KM = 111.2


@dataclass(frozen=True, slots=True)
class Spot:
    """A number on the map, with what is there."""

    number: int
    x: int
    y: int
    name: str
    found: Sequence[Found]


@dataclass(frozen=True, slots=True)
class Town:
    """A town that helps to find one's way."""

    name: str
    x: int
    y: int
    is_left: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole map. `elsewhere` is what has no point: its place is not known."""

    height: int
    counties: Sequence[str]
    municipalities: Sequence[str]
    towns: Sequence[Town]
    spots: Sequence[Spot]
    elsewhere: Sequence[Found]
    source: str

    @property
    def width(self) -> int:
        """Of the drawing."""
        return WIDTH


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a point of the earth lies on the drawing."""

    west: float
    north: float
    scale: float
    shrunk: float
    height: int

    def at(self, longitude: float, latitude: float) -> tuple[int, int]:
        """Whole steps are fine enough."""
        x = MARGIN + (longitude - self.west) * self.shrunk * self.scale
        return round(x), round(MARGIN + (self.north - latitude) * self.scale)


def drawn(found: Iterable[Found]) -> Drawing:
    """The map of these join-ins."""
    rows = list(found)
    borders = remembered(("campaigns.borders",), outlines_for_map)
    placed = [one for one in rows if one.join_in.place and one.join_in.place.has_coordinates]
    sheet = _sheet([*_corners(borders), *map(_point, placed)])
    counties = [one for one in borders["features"] if one["properties"]["level"] == "county"]
    others = [one for one in borders["features"] if one["properties"]["level"] != "county"]
    spots = _spots(placed, sheet)
    return Drawing(
        height=sheet.height,
        counties=[_path(one["geometry"], sheet) for one in counties],
        municipalities=[_path(one["geometry"], sheet) for one in others],
        towns=_towns(borders["towns"], spots, sheet),
        spots=spots,
        elsewhere=[one for one in rows if one not in placed],
        source=borders["attribution"],
    )


def _point(one: Found) -> tuple[float, float]:
    place = one.join_in.place
    return (place.longitude or 0.0, place.latitude or 0.0) if place else (0.0, 0.0)


def _corners(borders: dict[str, Any]) -> Iterator[tuple[float, float]]:
    for one in borders["features"]:
        for ring in _rings(one["geometry"]):
            yield from ((point[0], point[1]) for point in ring)


def _sheet(points: Sequence[tuple[float, float]]) -> Sheet:
    """All points inside the margins, neither too tall nor too flat."""
    wests, norths = zip(*(points or [(9.0, 50.0), (11.0, 51.0)]), strict=True)
    middle = (min(norths) + max(norths)) / 2
    shrunk = math.cos(math.radians(middle))
    wide = max((max(wests) - min(wests)) * shrunk, 0.05)
    tall = max(max(norths) - min(norths), 0.05)
    room = WIDTH - 2 * MARGIN
    scale = min(room / wide, room * TALLEST / tall)
    height = max(round(tall * scale), round(room * FLATTEST)) + 2 * MARGIN
    return Sheet(min(wests), max(norths), scale, shrunk, height)


def _rings(geometry: dict[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    parts = geometry["coordinates"]
    for part in parts if geometry["type"] == "MultiPolygon" else [parts]:
        yield from part


def _path(geometry: dict[str, Any], sheet: Sheet) -> str:
    """Without points that would lie on the one before."""
    told = []
    for ring in _rings(geometry):
        points = list(dict.fromkeys(sheet.at(point[0], point[1]) for point in ring))
        if len(points) > 2:
            told.append("M" + "L".join(f"{x} {y}" for x, y in points) + "Z")
    return "".join(told)


def _spots(placed: Sequence[Found], sheet: Sheet) -> list[Spot]:
    """One number for what is close together, from west to east."""
    groups: list[tuple[tuple[int, int], list[Found]]] = []
    by_point: dict[tuple[int, int], list[Found]] = defaultdict(list)
    for one in placed:
        by_point[sheet.at(*_point(one))].append(one)
    for at, those in sorted(by_point.items(), key=lambda pair: -len(pair[1])):
        near = next((group for group in groups if math.dist(group[0], at) < APART), None)
        if near is None:
            groups.append((at, list(those)))
        else:
            near[1].extend(those)
    groups.sort(key=lambda group: group[0])
    return [
        Spot(number, at[0], at[1], _named(those), sorted(those, key=_begins))
        for number, (at, those) in enumerate(groups, start=1)
    ]


def _begins(one: Found) -> Any:
    return one.join_in.starts_at


def _named(those: Sequence[Found]) -> str:
    """The towns, the one with most first: "Freiberg, Oederan"."""
    towns = [one.join_in.place.town for one in those if one.join_in.place]
    return ", ".join(sorted(filter(None, set(towns)), key=lambda town: (-towns.count(town), town)))


def _towns(rows: Sequence[dict[str, Any]], spots: Sequence[Spot], sheet: Sheet) -> list[Town]:
    """Names that no number and no other name lies on."""
    taken = [(one.x, one.y) for one in spots]
    found: list[Town] = []
    for row in rows:
        x, y = sheet.at(row["lon"], row["lat"])
        if len(found) < NAMED_TOWNS and all(math.dist(at, (x, y)) >= APART for at in taken):
            found.append(Town(row["name"], x, y, is_left=x > WIDTH * 0.7))
            taken.append((x, y))
    return found
