"""Texts that people take for the same fold to the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.foundation.core.folding import fold, fold_plain, folded_words, spellings


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller-Straße  5", "mueller strasse 5"),
        ("MÜLLER", "mueller"),
        ("Mu\u0308ller", "mueller"),
        ("Café", "cafe"),
        ("İstanbul", "istanbul"),
        ("đánh tôi", "danh toi"),
        ("Krabbel\u00adgruppe", "krabbelgruppe"),
        ("п’є", "п'є"),
        ("نمی\u200cخوابد", "نمی خوابد"),
        ("  ...  ", ""),
        ("", ""),
    ],
)
def test_one_spelling_for_many(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_without_dots_is_another_spelling() -> None:
    assert fold_plain("Müller") == "muller"
    assert spellings("Müller") == {"mueller", "muller"}
    assert spellings("Hort") == {"hort"}


def test_words_come_in_order_with_numbers() -> None:
    assert folded_words("Kurs 2: Erste Hilfe am Kind!") == [
        "kurs", "2", "erste", "hilfe", "am", "kind",
    ]  # fmt: skip


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_knows_no_case(text: str) -> None:
    assert fold(fold(text).upper()) == fold(text)
