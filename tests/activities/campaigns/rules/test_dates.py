"""Dates of a campaign: proposals and a year on."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from knotenpunkt.activities.campaigns.rules.dates import (
    moved,
    moved_moment,
    proposed,
    word_of,
    years_on,
)

BERLIN = ZoneInfo("Europe/Berlin")


def test_proposed_dates_are_in_order_and_on_working_days() -> None:
    dates = proposed(date(2026, 6, 1), date(2026, 9, 20))
    days = [dates.writes_on, dates.order_until.date(), dates.gives_from, dates.gives_until]
    assert days == sorted(days)
    assert all(day.weekday() < 5 for day in days)
    assert dates.gives_until < date(2026, 6, 1)
    assert dates.order_until.time().isoformat() == "23:59:59"


def test_the_last_day_of_february_has_a_place_in_every_year() -> None:
    assert moved(date(2028, 2, 29), 1) == date(2029, 2, 28)


def test_a_deadline_keeps_its_hour_on_the_wall_in_summer_and_winter() -> None:
    at = datetime(2025, 10, 26, 23, 59, tzinfo=BERLIN)  # winter time since that night
    later = moved_moment(at, 1)
    assert (later.date(), later.strftime("%H:%M")) == (date(2026, 10, 26), "23:59")
    summer = moved_moment(datetime(2026, 3, 29, 23, 59, tzinfo=BERLIN), 1)
    assert summer.strftime("%H:%M") == "23:59"


def test_a_copy_of_an_old_campaign_does_not_begin_in_the_past() -> None:
    assert years_on(date(2025, 6, 1), date(2026, 1, 1)) == 1
    assert years_on(date(2022, 6, 1), date(2026, 11, 22)) == 5


def test_the_word_of_an_address_is_spelled_without_umlauts() -> None:
    assert word_of("Danke für Größe") == "danke-fuer-groesse"
    assert word_of("!!!") == "kampagne"
