"""Words are found however umlauts and accents are written, on both databases alike."""

from __future__ import annotations

import re

import pytest
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.tools.lists.matching import folded, pattern, says, words_of

WRITTEN = "Müller-Straße 5, Café Łódź, GRÖSSE, ÄRZTEHAUS"


@pytest.mark.parametrize(
    "word",
    ["müller", "mueller", "muller", "MÜLLER", "strasse", "straße", "STRASSE", "cafe", "café",
     "lodz", "grosse", "groesse", "größe", "arzte", "aerzte", "ärzte", "5"],
)  # fmt: skip
def test_a_word_is_found_in_every_spelling(inside_a: Network, word: str) -> None:
    Place.objects.create(venue=WRITTEN)
    Place.objects.create(venue="Haus am Park")
    assert [one.venue for one in Place.objects.filter(says(F("venue"), word))] == [WRITTEN]


@pytest.mark.parametrize("word", ["miller", "strase", "6"])
def test_another_word_is_not_found(inside_a: Network, word: str) -> None:
    Place.objects.create(venue=WRITTEN)
    assert not Place.objects.filter(says(F("venue"), word)).exists()


def test_sorting_puts_umlauts_beside_their_letters(inside_a: Network) -> None:
    for venue in ("Zoo", "Ärztehaus", "abend", "Ofen", "Öse", "Straße", "Strasse 2"):
        Place.objects.create(venue=venue)
    names = list(Place.objects.order_by(folded("venue")).values_list("venue", flat=True))
    assert names == ["abend", "Ärztehaus", "Öse", "Ofen", "Straße", "Strasse 2", "Zoo"]


@given(st.text(max_size=40))
def test_whatever_is_typed_makes_a_pattern_that_finds_it(typed: str) -> None:
    for word in words_of(typed):
        found = re.search(f"(?i){pattern(word)}", word)
        # Some letters have no small form that leads back to them.
        assert found or word.lower().upper() != word.upper() or word.lower() != word


def test_only_so_many_words_are_looked_for() -> None:
    assert len(words_of("a " * 500)) == 6
