from __future__ import annotations

import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from knotenpunkt.registers.areas.holidays import (
    free_days,
    is_school_holiday,
    public_holiday,
    public_holidays,
)
from knotenpunkt.registers.areas.models import SchoolHolidays

DAY = datetime.date


@pytest.fixture
def winter(db: None) -> SchoolHolidays:
    return SchoolHolidays.objects.create(
        land="SN", name="Winterferien", starts=DAY(2026, 2, 9), ends=DAY(2026, 2, 21)
    )


def test_public_holidays_differ_by_land() -> None:
    day_of_repentance = DAY(2026, 11, 18)
    assert public_holiday("SN", day_of_repentance) == "Buß- und Bettag"
    assert public_holiday("TH", day_of_repentance) is None


def test_public_holidays_have_an_english_name() -> None:
    assert public_holiday("SN", DAY(2026, 12, 25), "en") == "Christmas Day"


@pytest.mark.parametrize("land", ["", "XX", "DE"])
def test_an_unknown_land_has_no_public_holidays(land: str) -> None:
    assert not public_holidays(land, 2026)


def test_school_holidays_include_both_ends(winter: SchoolHolidays) -> None:
    assert is_school_holiday("SN", winter.starts)
    assert is_school_holiday("SN", winter.ends)
    assert not is_school_holiday("SN", winter.ends + datetime.timedelta(days=1))
    assert not is_school_holiday("TH", winter.starts)


def test_many_days_need_one_query(
    winter: SchoolHolidays, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        free = free_days("SN", DAY(2025, 12, 20), DAY(2026, 2, 10))
    assert free.school == {DAY(2026, 2, 9): "Winterferien", DAY(2026, 2, 10): "Winterferien"}
    assert list(free.public) == [DAY(2025, 12, 25), DAY(2025, 12, 26), DAY(2026, 1, 1)]
