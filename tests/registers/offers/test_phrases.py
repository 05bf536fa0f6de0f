"""Phrases that are data are met in what people type, in any script and spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.registers.offers.phrases import PhraseBook, cleaned, words_said


def says(phrase: str, text: str, **groups: str) -> bool:
    book = PhraseBook([(phrase, "")], {name: [words] for name, words in groups.items()})
    words = [one.word for one in words_said(cleaned(text))]
    return next(book.met(words), None) is not None


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("schlag*", "Schlagzeug"),
        ("*sprachig", "arabischsprachig"),
        ("*ضرب*", "بيضربوا"),
        ("mann|freund schlägt", "mein FREUND schlaegt"),
        ("mann .. mich", "mein mann hat gestern wieder mich"),
        ("im umkreis von # km", "im Umkreis von 10 km"),
        ("dövüyor", "kocam beni dovuyor"),
        ("می‌زند", "کتک می زند"),
        ("jährige", "2jährige"),
        ("hebamme", "Heb\u00adam\u00adme"),
    ],
)
def test_a_phrase_is_met(phrase: str, text: str) -> None:
    assert says(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("schlag", "Schlagzeug"),
        ("mann .. mich", "mann eins zwei drei vier fünf mich"),
        ("hort", "er hört nicht"),
        ("# km", "zehn km"),
        ("mann schlägt", "schlägt der mann"),
    ],
)
def test_another_one_is_not(phrase: str, text: str) -> None:
    assert not says(phrase, text)


def test_groups_are_named_once() -> None:
    assert says("<kid> schreit", "das baby schreit", kid="kind|baby")
    assert not says("<kid> schreit", "der hund schreit", kid="kind|baby")


def test_accents_tell_words_apart_where_they_are_typed() -> None:
    book = PhraseBook([("tím tái", "")], as_typed=True)
    assert not list(book.met([one.typed for one in words_said("tìm tái")]))
    assert list(book.met([one.typed for one in words_said("Tím tái")]))


def test_a_phrase_begins_with_a_word() -> None:
    with pytest.raises(ValueError, match="begins with a word"):
        PhraseBook([(".. mich", "")])


@given(st.text(max_size=400))
def test_words_stand_where_they_say(text: str) -> None:
    text = cleaned(text)
    for one in words_said(text):
        assert text[one.start : one.end].casefold() == one.typed
