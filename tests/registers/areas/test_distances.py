from __future__ import annotations

import math

import numpy as np
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.registers.areas.distances import distance_km, distances_km, spoken_distance

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


def test_freiberg_to_dresden_is_about_thirty_kilometres() -> None:
    assert distance_km(50.9109, 13.3388, 51.0504, 13.7373) == pytest.approx(32.0, abs=0.5)


def test_many_distances_at_once_with_missing_ones() -> None:
    away = distances_km(50.9, 13.3, [50.9, 51.0, math.nan], np.array([13.3, 13.3, 13.3]))
    assert away.shape == (3,)
    assert away[0] == 0
    assert away[1] == pytest.approx(11.12, abs=0.01)
    assert np.isnan(away[2])


@given(latitudes, longitudes, latitudes, longitudes)
def test_distances_are_symmetric_and_fit_on_the_earth(
    lat: float, lon: float, lat2: float, lon2: float
) -> None:
    there, back = distance_km(lat, lon, lat2, lon2), distance_km(lat2, lon2, lat, lon)
    assert 0 <= there <= 20016
    assert there == pytest.approx(back, abs=1e-6)


@pytest.mark.parametrize(
    ("km", "approximate", "german", "english"),
    [
        (0.0, False, "0,1 km", "0.1 km"),
        (0.93, False, "0,9 km", "0.9 km"),
        (2.44, False, "2,4 km", "2.4 km"),
        (9.97, False, "10 km", "10 km"),
        (12.3, False, "12 km", "12 km"),
        (12.3, True, "ca. 12 km", "approx. 12 km"),
        (0.2, True, "ca. 1 km", "approx. 1 km"),
    ],
)
def test_distances_are_spoken(km: float, approximate: bool, german: str, english: str) -> None:
    with translation.override("de"):
        assert spoken_distance(km, approximate) == german
    with translation.override("en"):
        assert spoken_distance(km, approximate) == english
