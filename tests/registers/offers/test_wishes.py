"""An address is read without ever failing, and written so that it reads the same again."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.registers.offers.wishes import Wish, read_age, read_page, read_wish

TOPICS = ["baby", "schlafen"]
LANGUAGES = ["de", "ar"]
SATURDAY = date(2026, 11, 21)


def read(**asked: str) -> Wish:
    names = {name.replace("_", "-"): value for name, value in asked.items()}
    return read_wish(names, near_area_keys=["14522"], topics=TOPICS, languages=LANGUAGES)


@pytest.mark.parametrize(
    ("typed", "months"),
    [("3", 36), ("18m", 18), ("0", 0), ("0m", 0), ("12 Monate", 12), ("2 Jahre", 24), ("", None)],
)
def test_ages(typed: str, months: int | None) -> None:
    assert read_age(typed) == (months, "")


@pytest.mark.parametrize("typed", ["-3", "abc", "400", "3.5", "999999999999", "٣x"])
def test_an_age_that_is_none_is_told(typed: str) -> None:
    months, problem = read_age(typed)
    assert months is None
    assert typed[:20] in problem


def test_a_full_address_survives_the_round_trip() -> None:
    asked = {
        "q": "mein baby schreit", "ort": "09599", "umkreis": "10", "alter": "18m",
        "thema": "schlafen", "sprache": "ar", "kostenlos": "ja", "stufenlos": "ja",
        "ohne_weg": "ja", "tag": "mi", "zeit": "vormittag", "phase": "0-1", "sortierung": "nah",
    }  # fmt: skip
    wish = read(**asked)
    assert wish.place is not None and wish.place.town == "Freiberg"
    again = dict(parse_qsl(wish.address().removeprefix("?")))
    assert again == {name.replace("_", "-"): value for name, value in asked.items()}


@pytest.mark.parametrize(
    ("asked", "page"),
    [("", 1), ("2", 2), ("zwei", 1), ("-1", 1), ("٣", 1), ("9" * 5000, 999999999)],
)
def test_the_number_of_a_page(asked: str, page: int) -> None:
    assert read_page(asked) == page


def test_the_page_stands_in_the_address() -> None:
    wish = read(q="schlafen", tag="mi")
    assert wish.address(page=3) == "?q=schlafen&tag=mi&seite=3"
    assert wish.address(page=1, day="") == "?q=schlafen"


def test_what_is_not_known_is_left_out_or_told() -> None:
    wish = read(thema="unfug", sprache="xx", tag="nie", zeit="nachts", umkreis="7", ort="Qqqxyz")
    assert wish == Wish(place_text="Qqqxyz")
    assert "Qqqxyz" in wish.problems[0]


def test_days_and_times_become_slots() -> None:
    assert read(tag="mi", zeit="abend").slots(SATURDAY) == {"2-evening"}
    assert read(tag="heute", zeit="vormittag").slots(SATURDAY) == {"5-morning"}
    assert read(tag="morgen").slots(SATURDAY) == {"6-morning", "6-afternoon", "6-evening"}
    assert len(read(zeit="vormittag").slots(SATURDAY)) == 7
    assert not read().slots(SATURDAY)


@given(st.dictionaries(
    st.sampled_from(["q", "ort", "umkreis", "alter", "thema", "sprache", "tag", "zeit", "phase"]),
    st.text(max_size=400),
))  # fmt: skip
def test_any_address_can_be_read_and_read_again(asked: dict[str, str]) -> None:
    wish = read_wish(asked, near_area_keys=["14522"], topics=TOPICS, languages=LANGUAGES)
    again = dict(parse_qsl(wish.address().removeprefix("?"), keep_blank_values=True))
    assert read_wish(again, near_area_keys=["14522"], topics=TOPICS, languages=LANGUAGES) == wish
