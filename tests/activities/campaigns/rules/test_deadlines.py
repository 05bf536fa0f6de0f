"""Deadlines count to the end of their minute by the clock on the wall."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from knotenpunkt.activities.campaigns.models import Campaign, CampaignState
from knotenpunkt.activities.campaigns.rules.deadlines import (
    end_of_day,
    has_passed,
    is_open,
    takes_join_ins,
)

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("day", "in_utc"),
    [
        (date(2026, 5, 13), datetime(2026, 5, 13, 21, 59, 59, tzinfo=UTC)),
        (date(2026, 12, 24), datetime(2026, 12, 24, 22, 59, 59, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC)),  # before the change
        (date(2026, 3, 29), datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC)),  # day of 23 hours
        (date(2026, 10, 24), datetime(2026, 10, 24, 21, 59, 59, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)),  # day of 25 hours
    ],
)
def test_a_day_ends_where_the_network_is_also_across_the_change_of_the_clock(
    day: date, in_utc: datetime
) -> None:
    assert end_of_day(day) == in_utc


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 5, 13), date(2026, 10, 25)])
def test_2359_holds_until_midnight_and_not_a_second_longer(day: date) -> None:
    until = datetime(day.year, day.month, day.day, 23, 59, tzinfo=BERLIN)
    last = datetime(day.year, day.month, day.day, 23, 59, 59, 999_999, tzinfo=BERLIN)
    midnight = datetime(day.year, day.month, day.day + 1, 0, 0, tzinfo=BERLIN)
    assert not has_passed(until, last)
    assert has_passed(until, midnight)


def test_the_end_of_a_day_and_its_last_minute_are_the_same_deadline() -> None:
    day = date(2026, 10, 25)
    midnight = datetime(2026, 10, 26, tzinfo=BERLIN)
    assert has_passed(end_of_day(day), midnight)
    assert not has_passed(end_of_day(day), end_of_day(day))


def test_a_deadline_in_the_hour_that_comes_twice_means_the_one_that_was_kept() -> None:
    second = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    between = datetime(2026, 10, 25, 2, 45, tzinfo=BERLIN, fold=0)
    assert not has_passed(second, between)


def _campaign(**values: object) -> Campaign:
    told = {"starts_on": date(2026, 6, 1), "ends_on": date(2026, 9, 20), "state": "open"}
    return Campaign(**{**told, **values})


def test_orders_are_open_until_the_deadline_of_a_public_campaign() -> None:
    until = datetime(2026, 5, 13, 23, 59, tzinfo=BERLIN)
    before = datetime(2026, 5, 13, 23, 59, 30, tzinfo=BERLIN)
    after = datetime(2026, 5, 14, 0, 0, 1, tzinfo=BERLIN)
    assert is_open(_campaign(order_until=until), before)
    assert not is_open(_campaign(order_until=until), after)
    assert not is_open(_campaign(order_until=None), before)
    assert not is_open(_campaign(order_until=until, state=CampaignState.PREPARED), before)


def test_join_ins_are_taken_until_the_last_day_unless_told_otherwise() -> None:
    last = datetime(2026, 9, 20, 23, 59, 59, tzinfo=BERLIN)
    earlier = datetime(2026, 8, 1, 12, 0, tzinfo=BERLIN)
    assert takes_join_ins(_campaign(), last)
    assert not takes_join_ins(_campaign(), datetime(2026, 9, 21, tzinfo=BERLIN))
    assert not takes_join_ins(_campaign(join_in_until=earlier), last)
