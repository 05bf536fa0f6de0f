from __future__ import annotations

import pytest

from knotenpunkt.tools.search.audience import asks_as_man


@pytest.mark.parametrize(
    "text",
    [
        "mein mann schlägt mich", "er schlägt mich", "der vater meines kindes zahlt nicht",
        "Mein Ex Mann bedroht uns", "angst vor meinem vater", "stillen tut weh", "",
    ],
)  # fmt: skip
def test_who_speaks_of_a_man_does_not_ask_as_one(text: str) -> None:
    assert not asks_as_man(text, ())


@pytest.mark.parametrize(
    "text",
    [
        "papa gruppe",
        "angebote für väter",
        "meine frau schlägt mich",
        "bin vater geworden",
        "männer",
    ],
)
def test_who_asks_as_a_man_or_for_one_is_heard(text: str) -> None:
    assert asks_as_man(text, ())
