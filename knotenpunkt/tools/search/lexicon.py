"""What people say ↔ what offices write, as data that a coordinator can read.

`data/lexicon/de.json` lists concepts: their `official` words, `lay` words, `short` forms of the
field, and what somebody in that situation `says`, sentence by sentence; a `name` as families read
it. Each other file adds the `words` of one language, what people `say` in it, and the `name`.

Words of other languages are patterns: "плач*" begins so, "*مترجم*" has it inside.

`data/related.json` says for a concept what else helps: a county without a circle for children with
Down syndrome still has early support.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knotenpunkt.foundation.core.folding import folded_words
from knotenpunkt.tools.search.words import DATA, content_words

FOLDER = DATA / "lexicon"
# People make typos when they say something: only what several sentences say is a word.
USUAL = 3


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that people and offices name differently."""

    key: str
    name: str
    official: tuple[str, ...]
    lay: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    """Words of other languages, as patterns."""
    foreign_says: tuple[str, ...] = ()

    @property
    def german(self) -> tuple[str, ...]:
        """All German words, without whole sentences."""
        return (*self.official, *self.short, *self.lay)

    @property
    def said(self) -> Iterator[str]:
        """All that may be said of it, in any language, as plain text."""
        yield from (self.name, *self.german, *self.says, *self.foreign_says)
        for pattern in self.foreign:
            yield pattern.replace("*", "")


@dataclass(frozen=True, slots=True)
class OwnMeaning:
    """A network's own word and what it means: "Mukibu" ↔ ("Krabbelgruppe",)."""

    said: str
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All concepts."""

    concepts: tuple[Concept, ...]
    related: tuple[tuple[int, ...], ...]
    """For each concept the numbers of those that help as well."""
    words: frozenset[str]
    """Every German word in it, folded: known, hence no typo, and a part of compounds."""
    foreign_words: frozenset[str]
    """Every word of other languages that a sentence says, folded: no typo of a German one."""

    @classmethod
    def of(cls, concepts: Sequence[Concept], related: Mapping[str, Sequence[str]]) -> Lexicon:
        """A lexicon of these concepts; `related` by their keys."""
        told = {word for one in concepts for text in one.german for word in content_words(text)}
        said = [text for one in concepts for text in one.says]
        often = Counter(word for text in said for word in set(content_words(text)))
        usual = {word for word, count in often.items() if count >= USUAL}
        numbers = {concept.key: number for number, concept in enumerate(concepts)}
        others = tuple(
            tuple(numbers[key] for key in related.get(concept.key, ()) if key in numbers)
            for concept in concepts
        )
        foreign = {
            word for one in concepts for text in one.foreign_says for word in folded_words(text)
        }
        return cls(tuple(concepts), others, frozenset(told | usual), frozenset(foreign))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that ships."""
    foreign: dict[str, list[dict[str, Any]]] = {}
    for language in languages():
        if language != "de":
            for row in _rows(language):
                foreign.setdefault(row["key"], []).append(row)
    concepts = [_concept(row, foreign.get(row["key"], [])) for row in _rows("de")]
    related = json.loads((DATA / "related.json").read_text(encoding="utf-8"))
    return Lexicon.of(concepts, related)


def _concept(row: dict[str, Any], others: list[dict[str, Any]]) -> Concept:
    return Concept(
        key=row["key"],
        name=row.get("name") or row["official"][0],
        official=tuple(row["official"]),
        lay=tuple(row.get("lay", ())),
        short=tuple(row.get("short", ())),
        says=tuple(row.get("says", ())),
        foreign=tuple(word for other in others for word in other.get("words", ())),
        foreign_says=tuple(said for other in others for said in other.get("says", ())),
    )


def concept_name(key: str, language: str) -> str:
    """What families call a concept in a language; in German where that has no name for it."""
    names = _names()
    return names.get((language, key)) or names.get(("de", key), "")


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, str], str]:
    return {
        (language, row["key"]): row["name"]
        for language in languages()
        for row in _rows(language)
        if row.get("name")
    }


def languages() -> list[str]:
    """The languages of which there are words."""
    return sorted(file.stem for file in FOLDER.glob("*.json"))


def _rows(language: str) -> list[dict[str, Any]]:
    file: Path = FOLDER / f"{language}.json"
    rows: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return rows
