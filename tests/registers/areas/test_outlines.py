from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.areas.models import OutlineLevel
from knotenpunkt.registers.areas.outlines import DrawnOutline, drawn_outlines

KILOBYTE = 1024


@pytest.fixture(scope="module")
def mittelsachsen() -> list[DrawnOutline]:
    return drawn_outlines(["14522"])


def test_a_county_and_its_municipalities_are_drawn(mittelsachsen: list[DrawnOutline]) -> None:
    county, *municipalities = mittelsachsen
    assert (county.key, county.name) == ("14522", "Landkreis Mittelsachsen")
    assert county.level == OutlineLevel.COUNTY
    assert "14522-freiberg" in [outline.key for outline in municipalities]
    assert len({outline.key for outline in mittelsachsen}) == len(mittelsachsen) > 50


def test_outlines_say_that_they_are_approximate(mittelsachsen: list[DrawnOutline]) -> None:
    assert all(outline.approximate and "GeoNames" in outline.source for outline in mittelsachsen)


def test_outlines_are_small_enough_for_a_phone(mittelsachsen: list[DrawnOutline]) -> None:
    size = len(json.dumps([outline.geometry for outline in mittelsachsen], separators=(",", ":")))
    assert size < 60 * KILOBYTE


def test_municipalities_fill_the_county_without_overlap(mittelsachsen: list[DrawnOutline]) -> None:
    county, *municipalities = [shape(outline.geometry) for outline in mittelsachsen]
    together = shapely.union_all(municipalities)
    assert together.symmetric_difference(county).area < county.area / 1000
    assert sum(part.area for part in municipalities) == pytest.approx(together.area, rel=0.001)


def test_every_town_lies_in_its_own_outline(mittelsachsen: list[DrawnOutline]) -> None:
    shapes = {outline.name: shape(outline.geometry) for outline in mittelsachsen}
    for row in postal_codes.all_rows():
        if row.area_key == "14522":
            assert shapes[row.town].contains(shapely.Point(row.longitude, row.latitude))


def test_the_drawing_resembles_the_official_border(
    data_folder: Path, mittelsachsen: list[DrawnOutline]
) -> None:
    file = data_folder / "geo" / "gemeinden_14522_mittelsachsen.geojson"
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    official = shapely.union_all([shape(feature["geometry"]) for feature in features])
    drawn = shape(mittelsachsen[0].geometry)
    assert drawn.intersection(official).area / drawn.union(official).area >= 0.8


def test_districts_of_a_city_are_drawn_as_one() -> None:
    names = [outline.name for outline in drawn_outlines(["14612"])]
    assert "Dresden" in names
    assert "Dresden Friedrichstadt" not in names


def test_a_whole_land_is_drawn_by_counties_only() -> None:
    levels = [outline.level for outline in drawn_outlines(["16"])]
    assert set(levels) == {OutlineLevel.COUNTY}
    assert len(levels) == 22


def test_a_municipality_key_stands_for_its_county() -> None:
    assert drawn_outlines(["14522180"])[0].key == "14522"


@pytest.mark.parametrize("keys", [[], ["99999"]])
def test_no_area_no_outline(keys: list[str]) -> None:
    assert drawn_outlines(keys) == []


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(sorted(postal_codes.county_names())))
def test_every_county_can_be_drawn(key: str) -> None:
    county = drawn_outlines([key])[0]
    drawn = shape(county.geometry)
    assert county.key == key
    assert drawn.is_valid and drawn.area > 0
