"""Which records are shown as perhaps the same."""

from __future__ import annotations

import time

import pytest

from knotenpunkt.registers.partners.duplicates.candidates import (
    Card,
    Reason,
    candidates,
    candidates_for,
)
from tests.registers.partners.duplicates.pairs import OTHERS, SAME, Pair, org, who


def _county(count: int) -> list[Card]:
    """Organisations that nobody would take for each other."""
    words = ("Ahorn", "Birken", "Linden", "Erlen", "Ulmen", "Tannen", "Eichen", "Weiden")
    ends = ("weg", "hof", "grund", "bach", "berg", "blick", "wiese", "tor", "feld", "see")
    kinds = ("Kita", "Hort", "Grundschule", "Praxis", "Beratungsstelle", "Verein")
    return [
        org(
            f"{kinds[n % 6]} {words[n // 6 % 8]}{ends[n // 48 % 10]} {n // 480 or ''}",
            f"Straße {n % 97}|{n % 40}|{9500 + n % 60:05d}|Ort {n % 60}",
            phone=f"+4937{n:06d}",
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("pair", SAME, ids=lambda pair: f"{pair[0].name} = {pair[1].name}")
def test_what_is_one_is_shown(pair: Pair) -> None:
    assert len(candidates(pair)) == 1


@pytest.mark.parametrize("pair", OTHERS, ids=lambda pair: f"{pair[0].name} ≠ {pair[1].name}")
def test_what_only_looks_so_is_not_shown(pair: Pair) -> None:
    assert candidates(pair) == []


@pytest.mark.parametrize("pair", SAME, ids=lambda pair: pair[0].name)
def test_it_is_found_among_a_whole_county(pair: Pair) -> None:
    found = candidates_for([pair[0]], [pair[1], *_county(300)])
    assert found[pair[0].key][0].second == pair[1].key


def test_reasons_say_why_and_why_not() -> None:
    (found,) = candidates(SAME[0])
    assert Reason.NEXT_HOUSE in found.reasons
    assert Reason.LIKE_NAME in found.reasons
    (other,) = candidates((org("Haus A", body="Verein Weg"), org("Haus A", body="Stadt Döbeln")))
    assert Reason.OTHER_ABOVE in other.doubts


def test_the_most_likely_stands_first() -> None:
    anna, exact, near = (
        who("Anna", "Müller", "A"),
        who("Anna", "Müller", "A", mail="a@b.de"),
        who("Anne", "Möller", "A"),
    )
    found = candidates((anna, exact, near))
    assert {found[0].first, found[0].second} == {anna.key, exact.key}


def test_a_switchboard_that_many_share_makes_nobody_the_same() -> None:
    names = ("Adler", "Brandt", "Conrad", "Dietze", "Engel", "Falk", "Gruner", "Heinze")
    cards = [who("", name, "Klinik", phone="+4937311") for name in names]
    assert candidates(cards) == []


def test_a_county_is_compared_in_a_moment() -> None:
    cards = [*_county(1_090), *(card for pair in SAME[:5] for card in pair)]
    start = time.perf_counter()
    found = candidates(cards)
    # A benchmark says how fast; here only that it does not compare all with all.
    assert time.perf_counter() - start < 10
    told = {frozenset((one.first, one.second)) for one in found}
    assert {frozenset((a.key, b.key)) for a, b in SAME[:5]} <= told
