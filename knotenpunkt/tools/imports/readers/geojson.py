"""GeoJSON: the properties of each feature, and its place in degrees."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from shapely.geometry import shape

from knotenpunkt.tools.imports.readers.separated import MAX_ROWS
from knotenpunkt.tools.imports.tables import Cell, Reading, Row, Table, UnreadableFile

LATITUDE = "latitude"
LONGITUDE = "longitude"
_DEGREES = ("CRS84", "EPSG::4326", "EPSG:4326", "OGC:CRS84", "EPSG::4258", "EPSG:4258")


def read_geojson(document: dict[str, Any]) -> Reading:
    """One row per feature; areas and lines give a point that lies on them."""
    _refuse_other_grids(document)
    features = _features(document)
    if not features:
        raise UnreadableFile(_("The GeoJSON file has no features."))
    if len(features) > MAX_ROWS:
        raise UnreadableFile(_("The file has too many rows or columns to be a list."))
    rows = tuple(Row(number, _values(item)) for number, item in enumerate(features, start=1))
    columns = tuple(dict.fromkeys(name for row in rows for name in row.values))
    return Reading("GeoJSON", (Table("", columns, rows),))


def _features(document: dict[str, Any]) -> list[Any]:
    if document.get("type") == "Feature":
        return [document]
    features = document.get("features")
    return features if isinstance(features, list) else []


def _refuse_other_grids(document: dict[str, Any]) -> None:
    """Old files may name a grid in metres; taking it for degrees would move everything."""
    crs = document.get("crs")
    if not isinstance(crs, dict):
        return
    properties = crs.get("properties")
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if name and not name.upper().endswith(_DEGREES):
        raise UnreadableFile(
            _(
                "The file uses the coordinate system %(name)s. Please export it in degrees"
                " (WGS 84, EPSG:4326)."
            )
            % {"name": name[:100]}
        )


def _values(feature: Any) -> dict[str, Cell]:
    if not isinstance(feature, dict):
        return {}
    properties = feature.get("properties")
    values: dict[str, Cell] = {}
    if isinstance(properties, dict):
        values = {str(name): flat(value) for name, value in properties.items()}
    if feature.get("id") is not None and not any(name.lower() == "id" for name in values):
        values["id"] = flat(feature["id"])
    point = _point(feature.get("geometry"))
    if point is not None:
        values[_free(LATITUDE, values)], values[_free(LONGITUDE, values)] = point
    return values


def _free(name: str, values: dict[str, Cell]) -> str:
    """Geometry goes before columns of the same name: it is what the map program drew."""
    for taken in [other for other in values if other.lower() == name]:
        values[f"{taken} (2)"] = values.pop(taken)
    return name


def _point(geometry: Any) -> tuple[float, float] | None:
    """Latitude and longitude in degrees; a broken geometry gives none."""
    if not isinstance(geometry, dict):
        return None
    try:
        figure = shape(geometry)
        if figure.is_empty:
            return None
        point = figure.representative_point()
        return float(point.y), float(point.x)
    except Exception:
        return None


def flat(value: Any) -> Cell:
    """Lists become one cell with `; `, other structures their plain text."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, list):
        return "; ".join(str(flat(item)) for item in value if item is not None)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {flat(item)}" for name, item in value.items())
    return str(value)
