"""What people say leads to what offices write, in their language, and not by accident."""

from __future__ import annotations

import json

import pytest

from knotenpunkt.tools.search.lexicon import lexicon
from knotenpunkt.tools.search.membership import phrasebook
from knotenpunkt.tools.search.words import DATA


def official_of(text: str) -> str:
    concepts = lexicon().concepts
    named = phrasebook().said_in(text)
    return " ".join(word for number in named for word in concepts[number].official)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Tagesmutter gesucht", "Kindertagespflege"),
        ("alimente", "Unterhalt"),
        ("SPFH", "Sozialpädagogische Familienhilfe"),
        ("Kitaplatz", "Kindertagesstätte"),
        ("Mukibu", "Krabbelgruppe"),
        ("моя дитина плаче", "Regulationsstörung"),
        ("cần phiên dịch", "Dolmetscher"),
        ("به مترجم نیاز دارم", "Dolmetscher"),
        ("أبحث عن روضة", "Kita"),
        ("nie daję rady", "Elterntelefon"),
        ("Kreş arıyorum", "Kita"),
    ],
)
def test_a_word_names_its_concept(said: str, written: str) -> None:
    assert written in official_of(said)


@pytest.mark.parametrize("text", ["hat sie das", "", "?!", "xyz", "ich dich"])
def test_german_words_are_not_taken_for_foreign_ones(text: str) -> None:
    assert official_of(text) == ""


def test_every_concept_has_official_words_and_known_languages() -> None:
    rows = json.loads((DATA / "lexicon" / "de.json").read_text(encoding="utf-8"))
    keys = [row["key"] for row in rows]
    assert len(keys) == len(set(keys))
    for row in rows:
        assert row["official"], row
        assert set(row) <= {"key", "name", "official", "lay", "short", "says"}, row
    for language in ("en", "tr", "uk", "ru", "ar", "fa", "pl", "vi"):
        file = DATA / "lexicon" / f"{language}.json"
        for row in json.loads(file.read_text(encoding="utf-8")):
            assert row["key"] in keys, (language, row)
            assert set(row) <= {"key", "name", "words", "says"}, (language, row)


def test_what_helps_as_well_is_in_the_lexicon() -> None:
    keys = {concept.key for concept in lexicon().concepts}
    related = json.loads((DATA / "related.json").read_text(encoding="utf-8"))
    unknown = {key for told in related.items() for key in (told[0], *told[1])} - keys
    assert not unknown, f"data/related.json names concepts that there are not: {unknown}"
