"""Why an offer was found is said in one line, and only what really counted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from knotenpunkt.registers.areas.postal_codes import locate
from knotenpunkt.registers.offers.finder import Found
from knotenpunkt.registers.offers.models import Schedule
from knotenpunkt.registers.offers.reasons import reason
from knotenpunkt.registers.offers.times import BERLIN, Occurrence
from knotenpunkt.registers.offers.wishes import Wish
from knotenpunkt.tools.search.queries import Hit, Part

TODAY = date(2026, 11, 24)
SLEEP = Part("concept", "Schlafen", "schlafberatung", 0.5)
WORD = Part("word", "baby", "baby", 0.2)
MEANING = Part("meaning", "", "", 0.3)
NINE = Occurrence(
    datetime(2026, 11, 24, 9, tzinfo=BERLIN), datetime(2026, 11, 24, 11, tzinfo=BERLIN), Schedule()
)


def told(*parts: Part, text: str = "Baby wach", place: str = "", **found: Any) -> str:
    hit = Hit("offer", uuid4(), uuid4(), "", 1.0, None, False, parts=parts)
    values: dict[str, Any] = {
        "offer": None, "network": None, "from_neighbour": False, "score": 1.0, "distance_km": None,
        "approximate": False, "at_place": None, "next": None, "matched": (), "hit": hit, **found,
    }  # fmt: skip
    wish = Wish(text=text, place=locate(place, ["14522"]) if place else None)
    return reason(Found(**values), wish, TODAY)


def test_what_counted_is_named_the_strongest_first() -> None:
    assert told(SLEEP, MEANING, WORD) == "Passt zu: Schlafen, Baby"


def test_what_did_not_count_is_not_named() -> None:
    faint = Part("concept", "Trauer", "trauergruppe", 0.02)
    assert told(SLEEP, faint) == "Passt zu: Schlafen"
    assert told(MEANING) == "Passt dem Sinn nach zu Ihren Worten"


def test_distance_and_time_are_reasons_where_they_were_asked_or_are_today() -> None:
    assert told(SLEEP, place="09599", distance_km=2.4).startswith("Passt zu: Schlafen · ")
    assert told(SLEEP, distance_km=2.4) == "Passt zu: Schlafen"
    assert told(SLEEP, next=NINE).lower() == "passt zu: schlafen · heute, 9–11 uhr"


def test_the_same_is_not_said_twice() -> None:
    slept = Part("word", "schlafen", "schlafen", 0.3)
    assert told(SLEEP, slept, text="schlafen") == "Passt zu: Schlafen"


def test_words_are_named_as_they_were_typed() -> None:
    part = Part("word", "muetterzentrum", "muetterzentrum", 0.9)
    assert told(part, text="Mütterzentrum") == "Passt zu: Mütterzentrum"


def test_who_asked_nothing_gets_no_reason() -> None:
    assert told(MEANING, text="") == ""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_said_in_the_language_of_the_page(language: str) -> None:
    with translation.override(language):
        assert "Passt zu" not in told(SLEEP) or language == "ar"
