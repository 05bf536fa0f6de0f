"""Where a long word may be split, and where it had better not."""

from __future__ import annotations

import pytest

from knotenpunkt.tools.plain_language.checking import LONGEST, MOST, check
from knotenpunkt.tools.plain_language.compounds import split


@pytest.mark.parametrize(
    ("word", "better"),
    [
        ("Schwangerschaftsberatung", "Schwangerschafts-Beratung"),
        ("Terminvereinbarung", "Termin-Vereinbarung"),
        ("Mehrgenerationenhaus", "Mehr-Generationen-Haus"),
        ("Krabbelgruppen", "Krabbel-Gruppen"),
        ("Familienhebamme", "Familien-Hebamme"),
    ],
)
def test_a_known_compound_is_split(word: str, better: str) -> None:
    assert split(word) == better


@pytest.mark.parametrize(
    "word",
    ["Schwangerschaft", "Kindergarten", "Donnerstagabend-Treff", "Verantwortung", "Baumhaus",
     "gemeinsamerweise", "Xylophonspieler", "Unterstützungen"],
)  # fmt: skip
def test_an_unknown_or_common_word_is_left_alone(word: str) -> None:
    assert split(word) == ""


def test_a_hostile_text_is_answered_in_bounds() -> None:
    assert len(check("Kinder" * 40_000)) <= MOST
    assert len(check("nicht\n" * 3_000)) == MOST
    assert check("\n" * LONGEST) == []


def test_the_better_wording_of_a_genitive_is_german() -> None:
    told = [one.better for one in check("Die Sorgen der Eltern und das Haus des Vereins")]
    assert told == ["Sorgen von den Eltern", "vom Verein"]


def test_a_list_is_proposed_line_by_line() -> None:
    found = next(one for one in check("Da sind Mütter, Väter und Kinder.") if one.rule == "list")
    assert found.better == "- Mütter\n- Väter\n- Kinder"
