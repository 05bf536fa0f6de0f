from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knotenpunkt.registers.areas.models import OutlineLevel
from knotenpunkt.registers.areas.outline_files import UnreadableOutlines, read_outlines

MITTELSACHSEN = ["14522"]


def square(west: float, south: float, size: float = 0.1) -> dict[str, Any]:
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def saved(tmp_path: Path, *features: object) -> Path:
    file = tmp_path / "grenzen.geojson"
    file.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8"
    )
    return file


def test_municipalities_get_their_county_around_them(tmp_path: Path) -> None:
    file = saved(
        tmp_path,
        feature(square(13.0, 50.0), AGS="14522010", GEN="Westdorf"),
        feature(square(13.1, 50.0), AGS="14522020", GEN="Ostdorf"),
    )
    county, west, east = read_outlines(file, MITTELSACHSEN, "VG250")
    assert (county.level, county.key, county.name) == (
        OutlineLevel.COUNTY, "14522", "Landkreis Mittelsachsen",
    )  # fmt: skip
    assert [west.name, east.name] == ["Westdorf", "Ostdorf"]
    assert not west.approximate and west.source == "VG250"


def test_only_the_own_area_is_taken_from_a_file_for_the_whole_country(tmp_path: Path) -> None:
    file = saved(
        tmp_path,
        feature(square(13.0, 50.0), AGS="14522", GEN="Mittelsachsen"),
        feature(square(10.0, 52.0), AGS="03157", GEN="Peine"),
    )
    assert [outline.name for outline in read_outlines(file, MITTELSACHSEN, "")] == ["Mittelsachsen"]


def test_own_quarters_need_no_area_key(tmp_path: Path) -> None:
    file = saved(tmp_path, feature(square(9.4, 54.7), stadtteil="Neustadt", nummer=3))
    quarter = read_outlines(file, ["01001"], "Stadt")[0]
    assert (quarter.key, quarter.name, quarter.level) == ("3", "Neustadt", OutlineLevel.QUARTER)


def test_parts_of_one_area_become_one(tmp_path: Path) -> None:
    file = saved(
        tmp_path,
        feature(square(13.0, 50.0), AGS="14522", GEN="Mittelsachsen"),
        feature(square(13.5, 50.0), AGS="14522", GEN="Mittelsachsen"),
    )
    only = read_outlines(file, MITTELSACHSEN, "")
    assert [outline.geometry["type"] for outline in only] == ["MultiPolygon"]


@pytest.mark.parametrize(
    ("name", "keys", "count"),
    [
        ("gemeinden_14522_mittelsachsen.geojson", ["14522"], 54),
        ("kreise_vg5000_2021.geojson", ["16"], 23),
    ],
)
def test_official_files_are_read(data_folder: Path, name: str, keys: list[str], count: int) -> None:
    outlines = read_outlines(data_folder / "geo" / name, keys, "BKG")
    assert len(outlines) == count


def test_quarters_of_a_town_are_read(data_folder: Path) -> None:
    file = data_folder / "needs" / "flensburg_stadtteile.geojson"
    assert len(read_outlines(file, ["01001"], "Stadt Flensburg")) == 13


@pytest.mark.parametrize(
    "features",
    [
        [],
        ["text"],
        [feature(None, name="x")],
        [feature({"type": "Polygon", "coordinates": []}, name="x")],
        [feature({"type": "Polygon"}, name="x")],
        [feature({"type": "Point", "coordinates": [13, 50]}, name="x")],
        [feature(square(400_000.0, 5_600_000.0), name="x")],
        [feature(square(10.0, 52.0), AGS="03157", GEN="Peine")],
    ],
)
def test_unusable_borders_are_refused(tmp_path: Path, features: list[object]) -> None:
    with pytest.raises(UnreadableOutlines):
        read_outlines(saved(tmp_path, *features), MITTELSACHSEN, "")


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff\xfe", b'{"features": 3}', b"<kml/>"])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "grenzen.geojson"
    file.write_bytes(content)
    with pytest.raises(UnreadableOutlines, match=r"grenzen\.geojson"):
        read_outlines(file, MITTELSACHSEN, "")


numbers = st.floats(-200, 200) | st.floats() | st.none()
rings = st.lists(st.lists(st.lists(numbers, max_size=3), max_size=6), max_size=2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(coordinates=rings, kind=st.sampled_from(["Polygon", "MultiPolygon", "LineString", "?"]))
def test_any_border_is_taken_or_refused(tmp_path: Path, coordinates: object, kind: str) -> None:
    file = saved(tmp_path, feature({"type": kind, "coordinates": coordinates}, name="x"))
    try:
        read_outlines(file, MITTELSACHSEN, "")
    except UnreadableOutlines as refused:
        assert str(refused)
