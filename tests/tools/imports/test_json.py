"""GeoJSON and HSDS."""

from __future__ import annotations

import json
from typing import Any

import pytest

from knotenpunkt.tools.imports.readers.files import read_bytes
from knotenpunkt.tools.imports.tables import Reading, UnreadableFile


def read(document: Any) -> Reading:
    return read_bytes(json.dumps(document).encode())


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


def test_properties_and_point_become_columns() -> None:
    point = {"type": "Point", "coordinates": [13.34, 50.91]}
    (table,) = read(collection(feature(point, NAME="A", tags=["x", "y"]))).tables
    assert table.rows[0].values == {
        "NAME": "A", "tags": "x; y", "latitude": 50.91, "longitude": 13.34,
    }  # fmt: skip


def test_an_area_gives_a_point_inside() -> None:
    ring = [[13.0, 50.0], [13.2, 50.0], [13.2, 50.2], [13.0, 50.2], [13.0, 50.0]]
    (table,) = read(collection(feature({"type": "Polygon", "coordinates": [ring]}, n=1))).tables
    assert 50.0 < float(table.rows[0].values["latitude"] or 0) < 50.2


@pytest.mark.parametrize(
    "geometry", [None, {}, {"type": "Point", "coordinates": []}, {"type": "X"}, 7]
)
def test_a_broken_geometry_loses_only_itself(geometry: Any) -> None:
    (table,) = read(collection(feature(geometry, NAME="A"))).tables
    assert table.rows[0].values == {"NAME": "A"}


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"]
)
def test_degrees_are_accepted(name: str) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    assert read(collection(feature(None, NAME="A"), crs=crs)).tables


def test_a_grid_in_metres_is_refused_by_name() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25833"}}
    with pytest.raises(UnreadableFile, match="25833"):
        read(collection(feature(None, NAME="A"), crs=crs))


SERVICE = {
    "id": "s1",
    "name": "Beratung",
    "status": "active",
    "organization": {"id": "o1", "name": "Verein"},
    "phones": [{"number": "03731 1"}, {"number": "03731 2", "type": "fax"}],
    "schedules": [{"freq": "WEEKLY", "byday": "MO,WE", "opens_at": "09:00:00",
    "closes_at": "11:00"}],
    "languages": [{"code": "ar"}, {"name": "Urdu"}],
    "service_at_locations": [
        {"location": {"name": "Haus", "latitude": 50.9, "longitude": 13.3,
                      "addresses": [{"address_1": "Weg 1", "city": "Freiberg",
                                     "postal_code": "09599", "address_type": "physical"}]}},
        {"location": {"name": "Zweigstelle", "addresses": [{"city": "Döbeln"}]}},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    "document",
    [SERVICE, [SERVICE], {"contents": [SERVICE], "total_pages": 1}, {"services": [SERVICE]}],
)
def test_services_come_alone_in_lists_and_in_pages(document: Any) -> None:
    (table,) = read(document).tables
    values = table.rows[0].values
    assert values["organization.name"] == "Verein"
    assert values["phones"] == "03731 1"
    assert values["schedules"] == "Mo, Mi 09:00-11:00"
    assert values["languages"] == "ar; Urdu"
    assert values["address.city"] == "Freiberg"
    assert values["further_locations"] == "Zweigstelle, Döbeln"


def test_services_of_an_organisation_know_whose_they_are() -> None:
    service = {key: value for key, value in SERVICE.items() if key != "organization"}
    (table,) = read({"id": "o1", "name": "Verein", "services": [service]}).tables
    assert table.rows[0].values["organization.id"] == "o1"


def test_letters_and_numbers_that_no_database_keeps_are_left_out() -> None:
    (table,) = read_bytes(b'[{"Titel": "A\\ud800\\u0000B", "x": 1e999}]').tables
    assert table.rows[0].values == {"Titel": "A?B", "x": None}


def test_missing_pages_are_told() -> None:
    assert read({"contents": [SERVICE], "total_pages": 3, "page_number": 1}).left_out


def test_organisations_alone_are_no_services() -> None:
    with pytest.raises(UnreadableFile):
        read({"contents": [{"id": "o1", "name": "Verein", "legal_status": "e.V."}]})


def test_a_plain_list_of_objects_is_a_table() -> None:
    (table,) = read([{"Titel": "A", "Ort": "B"}, {"Titel": "C", "PLZ": 1}]).tables
    assert table.columns == ("Titel", "Ort", "PLZ")
