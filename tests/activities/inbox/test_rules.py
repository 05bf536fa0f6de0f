"""Until when a family is called, and what looks doubtful."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.activities.inbox.rules import answer_until, is_working_day, looks_doubtful
from knotenpunkt.registers.offers.times import BERLIN


@pytest.mark.parametrize(
    ("received", "days", "until"),
    [
        ("2026-11-23 10:00", 2, "2026-11-25 18:00"),  # Monday → Wednesday
        ("2026-11-26 23:59", 2, "2026-11-30 18:00"),  # Thursday night → over the weekend
        ("2026-11-28 09:00", 1, "2026-11-30 18:00"),  # Saturday → Monday
        ("2026-12-23 12:00", 2, "2026-12-28 18:00"),  # Christmas Eve counts, Christmas does not
        ("2026-03-27 12:00", 2, "2026-03-31 18:00"),  # the clocks change in between
    ],
)
def test_weekends_and_holidays_do_not_count(received: str, days: int, until: str) -> None:
    at = datetime.fromisoformat(received).replace(tzinfo=BERLIN)
    assert f"{answer_until(at, days, 'SN'):%Y-%m-%d %H:%M}" == until


def test_public_holidays_are_those_of_the_land() -> None:
    """Buß- und Bettag is one in Saxony only."""
    before = datetime(2026, 11, 17, 12, tzinfo=BERLIN)
    assert answer_until(before, 1, "SN").day == 19
    assert answer_until(before, 1, "NI").day == 18
    assert answer_until(before, 1, "").day == 18


@given(received=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)), days=st.integers(1, 10))
def test_the_promised_day_is_a_working_day_and_near(received: datetime, days: int) -> None:
    at = received.replace(tzinfo=BERLIN)
    until = answer_until(at, days, "SN")
    assert is_working_day(until.date(), "SN")
    assert timedelta(days=days - 1) < until - at < timedelta(days=3 * days + 8)


@pytest.mark.parametrize(
    "text",
    ["Rank #1 with our SEO service", "see https://x.example", "www.casino.top", "<a href=x>",
     "Bitcoin investment", "besuche shop-24.ru"],
)  # fmt: skip
def test_advertising_is_marked(text: str) -> None:
    assert looks_doubtful("Anna", text)


@pytest.mark.parametrize(
    "text",
    ["", "Mein Baby schläft nicht.", "Ich bin am Ende. Bitte rufen Sie an.", "طفلي لا ينام",
     "Ab 18.30 Uhr bin ich da, vorher z.B. nicht.", "Seoul ist weit"],
)  # fmt: skip
def test_a_family_is_not_taken_for_advertising(text: str) -> None:
    assert not looks_doubtful(text, "")
