"""What the parts of a sentence tell of a concept, over all that is said of it."""

from __future__ import annotations

import numpy as np
import pytest

from knotenpunkt.tools.search.sayings import Grams, Telling

SLEEP = ["schläft nicht", "schläft nie durch", "wacht nachts auf", "nachts wach"]
MONEY = ["kein Geld mehr", "Geld langt nicht", "Geld fehlt", "wer zahlt"]


@pytest.fixture
def telling() -> Telling:
    """Two concepts: sleep and money."""
    return Telling.of([SLEEP, MONEY], Grams.of([*SLEEP, *MONEY]).numbers)


@pytest.mark.parametrize(("text", "meant"), [("nachts geschläft", 0), ("geldsorgen nicht", 1)])
def test_what_is_mostly_said_of_one_concept_tells_of_it(
    telling: Telling, text: str, meant: int
) -> None:
    assert int(np.argmax(telling.of_text(text))) == meant


def test_what_each_says_as_often_tells_little(telling: Telling) -> None:
    sleep, money = telling.of_text("nicht")
    clear, other = telling.of_text("nachts")
    assert abs(sleep - money) < 0.1 * (clear - other)


def test_unknown_words_tell_nothing_and_weaken_what_others_tell(telling: Telling) -> None:
    assert telling.of_text("xylophon").tolist() == [0.0, 0.0]
    assert telling.of_text("").tolist() == [0.0, 0.0]
    assert 0 < telling.of_text("nachts xylophon")[0] < telling.of_text("nachts")[0]
