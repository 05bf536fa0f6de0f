"""The words that ship, as rows to be read: which words of a language lead to which concept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.tools.search.words import DATA

FIRST = "de"
SENTENCE_WORDS = 4


@dataclass(frozen=True, slots=True)
class ShippedConcept:
    """What people and offices call one thing in a language.

    `official` are the words of offices, `said` those of people with short forms, `sentences` what
    somebody in that situation says.
    """

    key: str
    name: str
    official: tuple[str, ...]
    said: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LayWord:
    """Something that people say in a language, and the name of the concept it leads to."""

    text: str
    name: str
    language: str
    is_sentence: bool = False


@lru_cache(maxsize=32)
def shipped_concepts(language: str = FIRST) -> tuple[ShippedConcept, ...]:
    """All concepts in a language, by name; none where the lexicon does not know the language."""
    file = DATA / "lexicon" / f"{language}.json"
    if not language.replace("-", "").isalpha() or not file.is_file():
        return ()
    rows = json.loads(file.read_text(encoding="utf-8"))
    return tuple(sorted(map(_concept, rows), key=lambda one: fold(one.name)))


def _concept(row: dict[str, list[str]]) -> ShippedConcept:
    said = [*row.get("lay", ()), *row.get("short", ()), *row.get("words", ())]
    return ShippedConcept(
        key=str(row["key"]),
        name=str(row.get("name", "")),
        official=tuple(row.get("official", ())),
        said=tuple(one for one in said if not _is_sentence(one)),
        sentences=(*(one for one in said if _is_sentence(one)), *row.get("says", ())),
    )


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= SENTENCE_WORDS


@lru_cache(maxsize=32)
def lay_words(language: str) -> tuple[LayWord, ...]:
    """What can be proposed in a language: German words too, for those who have read one."""
    spoken = language.partition("-")[0]
    own = shipped_concepts(spoken)
    names = {concept.key: concept.name for concept in own}
    words = [word for concept in own for word in _words(concept, concept.name, spoken)]
    if spoken != FIRST:
        for concept in shipped_concepts():
            words += _words(concept, names.get(concept.key) or concept.name, FIRST)
    return tuple(dict.fromkeys(words))


def _words(concept: ShippedConcept, name: str, language: str) -> Iterator[LayWord]:
    """Its words and sentences; a pattern such as "плач*" is no word that anybody reads."""
    for text in dict.fromkeys((concept.name, *concept.official, *concept.said)):
        if text and "*" not in text:
            yield LayWord(text, name, language)
    for text in concept.sentences:
        if "*" not in text:
            yield LayWord(text, name, language, is_sentence=True)
