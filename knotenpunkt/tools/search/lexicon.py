"""What people say ↔ what offices write, as data that a coordinator can read.

`data/lexicon/de.json` lists concepts: their `official` words, `lay` words, `short` forms of the
field, and what somebody in that situation `says`, sentence by sentence; a `name` as families read
it. Each other file adds the `words` of one language, what people `say` in it, and the `name`. A
query belongs to a concept when it says one of its words, or something of like meaning; it then
moves towards the concept's official words.

Words of other languages are patterns: "плач*" begins so, "*مترجم*" has it inside.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from knotenpunkt.foundation.core.folding import folded_words
from knotenpunkt.tools.search.encoder import Vectors, encode
from knotenpunkt.tools.search.kept_vectors import kept_vectors
from knotenpunkt.tools.search.words import DATA, content_words, stop_words, terms_of

GERMAN = ("official", "lay", "short", "says")
SHORTEST_WITHOUT_ACCENTS = 5

Pattern = tuple[str, ...]

_GERMAN_LETTERS = re.compile(r"[a-zäöüß]+")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that people and offices name differently."""

    key: str
    official: tuple[str, ...]
    german: tuple[str, ...]
    """Official, lay and short words together."""
    foreign: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All concepts, ready to be met by a query."""

    concepts: tuple[Concept, ...]
    phrases: dict[str, list[tuple[Pattern, int]]]
    """First term or pattern of a phrase → the whole phrase and its concept."""
    words: frozenset[str]
    """Every German word in it, folded: known, hence no typo."""
    anchors: Vectors
    """One row per phrase of any language, grouped by concept."""
    starts: npt.NDArray[np.int64]
    """Where each concept's rows begin in `anchors`."""
    centres: Vectors
    """One row per concept: the meaning of its official words."""

    def named_in(self, text: str) -> set[int]:
        """Concepts of which the text says a word or phrase."""
        german = terms_of(text)
        found = set(self._phrases_in([{term} for term in german]))
        foreign = [_keys(token) for token in _tokens(text) if not self._is_german(token)]
        return found | set(self._phrases_in(foreign))

    def _is_german(self, token: str) -> bool:
        """Whether this is a German word that a foreign one must not be mistaken for."""
        folded = _folded(token)
        return bool(_GERMAN_LETTERS.fullmatch(token)) and (
            folded in self.words or folded in stop_words()
        )

    def nearness(self, vector: Vectors) -> Vectors:
        """Cosine of the nearest phrase of each concept, shape (concepts,)."""
        return np.maximum.reduceat(self.anchors @ vector, self.starts)

    def _phrases_in(self, tokens: Sequence[set[str]]) -> Iterator[int]:
        for position, keys in enumerate(tokens):
            for key in keys:
                for phrase, concept in self.phrases.get(key, ()):
                    following = tokens[position : position + len(phrase)]
                    if len(following) == len(phrase) and all(
                        pattern in keys_here
                        for pattern, keys_here in zip(phrase, following, strict=True)
                    ):
                        yield concept


@dataclass(frozen=True, slots=True)
class OwnMeaning:
    """A network's own word and what it means: "Mukibu" ↔ ("Krabbelgruppe",)."""

    said: str
    means: tuple[str, ...]


def concept_name(key: str, language: str) -> str:
    """What families call a concept in a language; in German where that has no name for it."""
    names = _names()
    return names.get((language, key)) or names.get(("de", key), "")


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, str], str]:
    return {
        (file.stem, row["key"]): row["name"]
        for file in (DATA / "lexicon").glob("*.json")
        for row in _rows(file)
        if row.get("name")
    }


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that ships; its phrases are encoded once per installation."""
    return build(_read(), partial(kept_vectors, "lexicon"))


def build(
    concepts: Sequence[Concept], encoded: Callable[[Sequence[str]], Vectors] = encode
) -> Lexicon:
    """A lexicon of these concepts."""
    anchors = [[*concept.german, *map(_spoken, concept.foreign)] for concept in concepts]
    lengths = [len(group) for group in anchors]
    phrases = [text for group in anchors for text in group]
    centres = [", ".join(concept.official) for concept in concepts]
    vectors = encoded([*phrases, *centres])
    return Lexicon(
        concepts=tuple(concepts),
        phrases=_phrases(concepts),
        words=frozenset(
            word for concept in concepts for text in concept.german for word in content_words(text)
        ),
        anchors=vectors[: len(phrases)],
        starts=np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64),
        centres=vectors[len(phrases) :],
    )


def _read() -> list[Concept]:
    german = _rows(DATA / "lexicon" / "de.json")
    foreign: dict[str, list[str]] = {row["key"]: [] for row in german}
    for file in sorted((DATA / "lexicon").glob("*.json")):
        if file.stem != "de":
            for row in _rows(file):
                foreign[row["key"]] += [*row.get("words", ()), *row.get("says", ())]
    return [
        Concept(
            key=row["key"],
            official=tuple(row["official"]),
            german=tuple(said for kind in GERMAN for said in row.get(kind, ())),
            foreign=tuple(foreign[row["key"]]),
        )
        for row in german
    ]


def _rows(file: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return rows


def _phrases(concepts: Sequence[Concept]) -> dict[str, list[tuple[Pattern, int]]]:
    phrases: dict[str, list[tuple[Pattern, int]]] = {}
    for number, concept in enumerate(concepts):
        for pattern in {*_german_patterns(concept.german), *_foreign_patterns(concept.foreign)}:
            phrases.setdefault(pattern[0], []).append((pattern, number))
    return phrases


def _german_patterns(phrases: Iterable[str]) -> Iterator[Pattern]:
    for phrase in phrases:
        pattern = tuple(terms_of(phrase))
        # A sentence of which one everyday word is left would be met by chance.
        if len(pattern) > 1 or (pattern and len(phrase.split()) < 3):
            yield pattern


def _foreign_patterns(phrases: Iterable[str]) -> Iterator[Pattern]:
    for phrase in phrases:
        tokens = _tokens(phrase)
        yield tuple(tokens)
        plain = tuple(_folded(token) for token in tokens)
        if len("".join(plain)) >= SHORTEST_WITHOUT_ACCENTS:
            yield plain


def _tokens(text: str) -> list[str]:
    """Words with their accents, which tell Vietnamese "hát" from German "hat"."""
    lowered = unicodedata.normalize("NFC", text).casefold().replace("\u200c", " ")
    cleaned = "".join(
        mark if mark.isalnum() or mark in "*'ʼ’" or unicodedata.combining(mark) else " "
        for mark in lowered
    )
    return cleaned.replace("ʼ", "'").replace("’", "'").split()


def _folded(token: str) -> str:
    """The token without accents; the stars of a pattern stay."""
    start, end = "*" * token.startswith("*"), "*" * (token.endswith("*") and len(token) > 1)
    return start + "".join(folded_words(token)) + end


def _keys(token: str) -> set[str]:
    """Every pattern that the token fits."""
    keys = set(_patterns_of(token[:24]))
    plain = _folded(token[:24])
    return keys | set(_patterns_of(plain)) if plain != token else keys


def _patterns_of(token: str) -> Iterator[str]:
    yield token
    for length in range(2, len(token) + 1):
        yield f"{token[:length]}*"
        if token.isascii():
            continue
        yield f"*{token[-length:]}"
        for start in range(len(token) - length + 1):
            yield f"*{token[start : start + length]}*"


def _spoken(pattern: str) -> str:
    return pattern.replace("*", "")
