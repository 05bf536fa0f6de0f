"""A map for paper: borders of the area and points, drawn as SVG."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Units of the drawing; the paper makes it as large as it has room.
WIDTH, EDGE = 1000.0, 24.0
SMALLEST, LARGEST = 13.0, 40.0
LINE, STRONG_LINE = "#8f96ad", "#454b6b"
DECIMALS = 1


@dataclass(frozen=True, slots=True)
class MapPoint:
    """Where something was, in WGS84 degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class MapOutline:
    """A border as GeoJSON geometry; the county's line is stronger than a municipality's."""

    geometry: Mapping[str, Any]
    is_county: bool = False


@dataclass(frozen=True, slots=True)
class ReportMap:
    """What is drawn, what somebody hears who cannot see it, and where the borders are from."""

    outlines: tuple[MapOutline, ...]
    points: tuple[MapPoint, ...]
    alt: str
    source: str = ""


Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that is drawn: its western and northern edge, and units a degree."""

    west: float
    north: float
    across: float
    down: float
    height: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place lies in the drawing."""
        return (
            EDGE + (longitude - self.west) * self.across,
            EDGE + (self.north - latitude) * self.down,
        )


def map_svg(map_: ReportMap, *, colour: str, ground: str) -> str:
    """The drawing; "" when there is nothing to draw. Points at one place become one larger dot."""
    places = [*_corners(map_.outlines), *((one.longitude, one.latitude) for one in map_.points)]
    if not places:
        return ""
    frame = _frame(places)
    drawn = [
        *(
            _border(one, frame, ground)
            for one in sorted(map_.outlines, key=lambda one: one.is_county)
        ),
        *_dots(map_.points, frame, colour),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {frame.height:.0f}" '
        f'width="{WIDTH:.0f}" height="{frame.height:.0f}">{"".join(drawn)}</svg>'
    )


def _frame(places: Sequence[tuple[float, float]]) -> Frame:
    """Whatever is drawn fills the width; a degree of longitude is shorter than one of latitude."""
    longitudes, latitudes = zip(*places, strict=True)
    west, north = min(longitudes), max(latitudes)
    wide = max(max(longitudes) - west, 0.02)
    high = max(north - min(latitudes), 0.02)
    across = (WIDTH - 2 * EDGE) / wide
    down = across / math.cos(math.radians(north - high / 2))
    if high * down > WIDTH:
        across, down = across * WIDTH / (high * down), WIDTH / high
    return Frame(west, north, across, down, high * down + 2 * EDGE)


def _corners(outlines: Iterable[MapOutline]) -> Iterator[tuple[float, float]]:
    for outline in outlines:
        for ring in _rings(outline.geometry):
            yield from ((corner[0], corner[1]) for corner in ring)


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    parts = geometry.get("coordinates", ())
    if geometry.get("type") == "Polygon":
        yield from parts
    elif geometry.get("type") == "MultiPolygon":
        for polygon in parts:
            yield from polygon
    for inner in geometry.get("geometries", ()):
        yield from _rings(inner)


def _border(outline: MapOutline, frame: Frame, ground: str) -> str:
    path = "".join(_path(ring, frame) for ring in _rings(outline.geometry))
    line, strength = (STRONG_LINE, 3.5) if outline.is_county else (LINE, 1.2)
    fill = "none" if outline.is_county else ground
    return (
        f'<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="{line}" '
        f'stroke-width="{strength}" stroke-linejoin="round"/>'
    )


def _path(ring: Ring, frame: Frame) -> str:
    corners = (frame.at(corner[0], corner[1]) for corner in ring)
    return "M" + "L".join(f"{x:.{DECIMALS}f} {y:.{DECIMALS}f}" for x, y in corners) + "Z"


def _dots(points: Iterable[MapPoint], frame: Frame, colour: str) -> Iterator[str]:
    """The largest first, so that none hides another."""
    many = Counter((round(one.longitude, 3), round(one.latitude, 3)) for one in points)
    for (longitude, latitude), count in many.most_common():
        x, y = frame.at(longitude, latitude)
        size = min(SMALLEST * math.sqrt(count), LARGEST)
        yield (
            f'<circle cx="{x:.{DECIMALS}f}" cy="{y:.{DECIMALS}f}" r="{size:.{DECIMALS}f}" '
            f'fill="{colour}" fill-opacity="0.85" stroke="#ffffff" stroke-width="2"/>'
        )
