"""What no phrase foresees is heard by its meaning, and what only sounds like it is not."""

from __future__ import annotations

import pytest

from knotenpunkt.registers.offers import danger
from knotenpunkt.registers.offers.danger import danger_in, kinds, text_languages
from knotenpunkt.registers.offers.danger_meaning import (
    ENOUGH,
    ENOUGH_THOUGH_ORDINARY,
    FEWEST_WORDS,
    HARMLESS,
    Hearing,
    Meant,
    hearing,
    meant_danger,
    parts,
    sayings,
)
from knotenpunkt.tools.search import encoder
from knotenpunkt.tools.search.encoder import Vectors


@pytest.mark.parametrize(
    ("text", "kind", "language"),
    [
        ("wenn es mich nicht gäbe wären die kinder glücklicher", "life", "de"),
        ("mein stiefvater legt sich nachts zu mir und fasst mich an", "sexual", "de"),
        ("my little one drank something from under the sink", "poison", "en"),
        ("мій чоловік піднімає руку на мене", "violence", "uk"),
        ("oğlum dünden beri ortada yok", "child", "tr"),
    ],
)
def test_danger_is_heard_without_a_phrase(text: str, kind: str, language: str) -> None:
    meant = meant_danger(text, ordinary=False)
    assert meant is not None
    assert (meant.kind, meant.language) == (kind, language)


@pytest.mark.parametrize(
    "text",
    ["gewalt zu hause", "tochter ist von zuhause weggelaufen", "таблетки наїлася",
     "hab angst dass ich mein baby mal schüttle"],
)  # fmt: skip
def test_danger_is_heard(text: str) -> None:
    assert danger_in(text) is not None


@pytest.mark.parametrize(
    "text",
    ["verdacht autismus", "wird einfach nicht trocken", "hausbesuch", "babymassage döbeln",
     "meine tochter streitet mit ihrer freundin", "wir suchen eine gruppe für zwillinge",
     "toddler has a runny nose since monday", "dziecko nie chce jeść warzyw"],
)  # fmt: skip
def test_the_ordinary_is_not_heard(text: str) -> None:
    assert danger_in(text) is None


def test_what_a_phrase_calls_ordinary_needs_more(monkeypatch: pytest.MonkeyPatch) -> None:
    between = Meant("life", "de", (ENOUGH + ENOUGH_THOUGH_ORDINARY) / 2)
    monkeypatch.setattr(Hearing, "heard", lambda self, text: between)
    assert meant_danger("wie auch immer", ordinary=False) == between
    assert meant_danger("wie auch immer", ordinary=True) is None


def test_a_danger_in_a_long_letter_is_heard() -> None:
    letter = (
        "Guten Tag, wir sind im Mai hergezogen und suchen eine Spielgruppe für unsere beiden "
        "Kinder. Am liebsten vormittags. Mein Partner hat mich gestern wieder zu Boden gestoßen. "
        "Können Sie mich anrufen?"
    )
    assert len(parts(letter)) > 1
    assert danger_in(letter) is not None


def test_each_kind_is_told_in_each_language_with_words_enough() -> None:
    told = {(one.kind, one.language) for one in sayings()}
    assert told == {(kind, language) for kind in (*kinds(), HARMLESS)
                    for language in text_languages() if language != "de-x-leicht"}  # fmt: skip
    assert all(one.text for one in sayings())
    assert FEWEST_WORDS > 1


def test_what_the_search_reads_is_not_encoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    hearing()
    said = "wir suchen jemanden zum vorlesen"
    encoder.encode_queries([said])

    def never(texts: object) -> Vectors:
        raise AssertionError(f"encoded again: {texts}")

    monkeypatch.setattr(encoder, "encode", never)
    assert danger.danger_in("wir suchen jemanden zum vorlesen in döbeln", read_as=said) is None
