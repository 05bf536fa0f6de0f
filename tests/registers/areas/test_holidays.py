from __future__ import annotations

import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from knotenpunkt.registers.areas.holidays import (
    free_days,
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
    assert public_holidays("SN", 2026)[day_of_repentance] == "Buß- und Bettag"
    assert day_of_repentance not in public_holidays("TH", 2026)


def test_public_holidays_have_an_english_name() -> None:
    assert public_holidays("SN", 2026, "en")[DAY(2026, 12, 25)] == "Christmas Day"


@pytest.mark.parametrize("land", ["", "XX", "DE"])
def test_an_unknown_land_has_no_public_holidays(land: str) -> None:
    assert not public_holidays(land, 2026)


def test_school_holidays_include_both_ends(winter: SchoolHolidays) -> None:
    after = winter.ends + datetime.timedelta(days=1)
    assert set(free_days("SN", winter.starts, winter.starts).school) == {winter.starts}
    assert set(free_days("SN", winter.ends, after).school) == {winter.ends}
    assert not free_days("TH", winter.starts, winter.ends).school


def test_many_days_need_one_query(
    winter: SchoolHolidays, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        free = free_days("SN", DAY(2025, 12, 20), DAY(2026, 2, 10))
    assert free.school == {DAY(2026, 2, 9): "Winterferien", DAY(2026, 2, 10): "Winterferien"}
    assert list(free.public) == [DAY(2025, 12, 25), DAY(2025, 12, 26), DAY(2026, 1, 1)]
