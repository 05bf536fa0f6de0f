"""A map for paper: borders of the area and numbered or plain points, drawn as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


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
