"""Words meet although they are inflected, put together or mistyped, and do not meet by chance."""

from __future__ import annotations

import pytest

from knotenpunkt.foundation.core.folding import folded_words
from knotenpunkt.tools.search.words import (
    Vocabulary,
    content_words,
    term_of,
    terms_of,
    weigh_terms,
    weigh_words,
)

VOCABULARY = Vocabulary.of(
    folded_words(
        "Hebamme Familie Beratung Kinder Geburtstag Kindergeburtstag Baby schwimmen Schlaf "
        "diakonisch Trennung Müllerin Väter Logopädie"
    )
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hebammen", "hebamme"),
        ("Straße", "strassen"),
        ("Beratungen", "Beratung"),
        ("zockt", "zocken"),
        ("MÜTTER", "muetter"),
    ],
)
def test_forms_of_a_word_are_one_term(one: str, other: str) -> None:
    assert terms_of(one) == terms_of(other)


def test_an_umlaut_can_tell_words_apart() -> None:
    assert terms_of("hört") != terms_of("Hort")


def test_words_without_a_wish_are_left_out() -> None:
    assert content_words("Ich brauche bitte für mein Kind eine Hebamme") == ["kind", "hebamme"]


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("familienhebammen", ["familie", "hebamme"]),
        ("familienberatung", ["familie", "beratung"]),
        ("babyschwimmen", ["baby", "schwimmen"]),
        ("trennungsberatung", ["trennung", "beratung"]),
    ],
)
def test_compounds_are_taken_apart_by_known_words(compound: str, parts: list[str]) -> None:
    assert [term_of(part) for part in VOCABULARY.parts(compound)] == [
        term_of(part) for part in parts
    ]


@pytest.mark.parametrize("word", ["hebamme", "xyzhebamme", "kind", "beratungxy"])
def test_what_is_no_compound_stays_whole(word: str) -> None:
    assert VOCABULARY.parts(word) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hebame", "hebamme"),
        ("kindergeburstag", "kindergeburtstag"),
        ("logopedie", "logopaedie"),
        ("hort", None),
        ("zahnarzt", None),
        ("плаче", None),
    ],
)
def test_slips_are_recognised(typed: str, meant: str | None) -> None:
    assert VOCABULARY.meant_by(typed) == meant


def test_a_beginning_finds_what_goes_on() -> None:
    assert VOCABULARY.beginning_with("diakonie") == [term_of("diakonisch")]
    assert VOCABULARY.beginning_with("baby") == []


def test_the_best_place_of_a_word_counts_and_parts_count_less() -> None:
    words = weigh_words([("Familienberatung", 1.0), ("familienberatung Kinder", 0.5)])
    assert words == {"familienberatung": 1.0, "kinder": 0.5}
    terms = dict(weigh_terms(words, VOCABULARY, 0.7))
    assert terms[term_of("familienberatung")] == 1.0
    assert terms[term_of("beratung")] == pytest.approx(0.7)
