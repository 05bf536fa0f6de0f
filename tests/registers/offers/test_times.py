"""Repeating times become the right dates, over clock changes, holidays and short months."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.registers.offers.models import Schedule
from knotenpunkt.registers.offers.times import (
    BERLIN,
    daytimes,
    next_occurrences,
    nth_weekday,
    occurrences,
)

SATURDAY = datetime(2026, 10, 24, 8, tzinfo=BERLIN)  # the night the clocks go back


def weekly(weekday: int, **values: object) -> Schedule:
    usual = {"frequency": "weekly", "starts_at": time(9, 30), "ends_at": time(11)}
    return Schedule(weekday=weekday, **(usual | values))


def test_weekly_keeps_its_wall_clock_time_when_the_clocks_change() -> None:
    found = next_occurrences([weekly(5), weekly(6)], after=SATURDAY, limit=3)
    assert [one.starts.isoformat() for one in found] == [
        "2026-10-24T09:30:00+02:00",
        "2026-10-25T09:30:00+01:00",
        "2026-10-31T09:30:00+01:00",
    ]


def test_what_runs_right_now_is_still_shown_and_what_is_over_is_not() -> None:
    during = SATURDAY.replace(hour=10)
    assert next_occurrences([weekly(5)], after=during, limit=1)[0].day == date(2026, 10, 24)
    over = SATURDAY.replace(hour=11)
    assert next_occurrences([weekly(5)], after=over, limit=1)[0].day == date(2026, 10, 31)


def test_monthly_counts_weekdays_and_skips_months_without_a_fifth() -> None:
    fifth = weekly(0, frequency="monthly", nth=5)
    days = [one.day for one in next_occurrences([fifth], after=SATURDAY, limit=3)]
    assert days == [date(2026, 11, 30), date(2027, 3, 29), date(2027, 5, 31)]
    last = weekly(4, frequency="monthly", nth=-1)
    assert next_occurrences([last], after=SATURDAY, limit=1)[0].day == date(2026, 10, 30)


def test_single_dates_and_validity() -> None:
    once = Schedule(frequency="once", day=date(2026, 12, 6), starts_at=time(15))
    assert [one.day for one in occurrences([once], after=SATURDAY)] == [date(2026, 12, 6)]
    ended = weekly(5, valid_to=date(2026, 10, 1))
    assert not occurrences([ended], after=SATURDAY)


def test_pauses_are_left_out() -> None:
    found = next_occurrences(
        [weekly(5)], after=SATURDAY, limit=2, closed=lambda _s, day: day == date(2026, 10, 31)
    )
    assert [one.day for one in found] == [date(2026, 10, 24), date(2026, 11, 7)]


def test_an_evening_may_end_after_midnight() -> None:
    late = weekly(5, starts_at=time(20), ends_at=time(1))
    (one,) = occurrences([late], after=SATURDAY, days=1)
    assert one.ends is not None and one.ends.date() == date(2026, 10, 25)


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (time(9), time(11), ["morning"]),
        (time(11, 30), time(13), ["morning", "afternoon"]),
        (time(12), time(17), ["afternoon"]),
        (time(17), None, ["evening"]),
        (time(8), time(18), ["morning", "afternoon", "evening"]),
    ],
)
def test_parts_of_the_day(starts: time, ends: time | None, expected: list[str]) -> None:
    assert daytimes(weekly(0, starts_at=starts, ends_at=ends)) == expected


@given(
    st.integers(2020, 2040),
    st.integers(1, 12),
    st.integers(0, 6),
    st.sampled_from([1, 2, 3, 4, -1]),
)
def test_nth_weekday_is_that_weekday_of_that_month(
    year: int, month: int, weekday: int, nth: int
) -> None:
    day = nth_weekday(year, month, weekday, nth)
    assert day is not None and (day.month, day.weekday()) == (month, weekday)
