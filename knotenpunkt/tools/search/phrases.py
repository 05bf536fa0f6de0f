"""Words and phrases of the lexicon that a text says literally, in whatever language."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from knotenpunkt.foundation.core.folding import folded_words
from knotenpunkt.tools.search.lexicon import Concept
from knotenpunkt.tools.search.words import LAST_SIGN, content_words, stop_words, term_of, terms_of

SHORTEST_WITHOUT_ACCENTS = 5
LONGEST_TOKEN = 24
OFFICIAL, LAY = 1.0, 0.9
SHARED = 1.0
_GERMAN_LETTERS = re.compile(r"[a-zäöüß]+")

Pattern = tuple[str, ...]
Entry = tuple[Pattern, int, float]
"""A whole phrase, its concept, and how surely it means it."""


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """All phrases by their first term or pattern."""

    phrases: Mapping[str, Sequence[Entry]]
    words: frozenset[str]
    """Every German word in it, folded."""

    @classmethod
    def of(cls, concepts: Sequence[Concept]) -> Phrasebook:
        """The phrases of these concepts; those that others say as well mean one less surely."""
        heard = Heard.of(concepts)
        phrases: dict[str, list[Entry]] = {}
        for number, concept in enumerate(concepts):
            for pattern, sure in _patterns(concept).items():
                meant = sure * heard.share(pattern, number) ** SHARED
                phrases.setdefault(pattern[0], []).append((pattern, number, meant))
        german = (word for concept in concepts for text in concept.german for word in
                  content_words(text))  # fmt: skip
        return cls(phrases, frozenset(german))

    def said_in(self, text: str, read: Sequence[AbstractSet[str]] = ()) -> dict[int, float]:
        """Concepts of which the text says a word, and what share of the text that is, 0 to 1.

        `read` are the German terms that count for each content word, where they are known better
        than by the text alone: typos mended, compounds taken apart.
        """
        words = content_words(text)
        german: list[AbstractSet[str]] = list(read) or [{term_of(word)} for word in words]
        sizes = [len(word) for word in words]
        found = dict(self._found(german, sizes))
        tokens = [token for token in tokens_of(text) if not self._is_german(token)]
        for number, share in self._found(
            [_keys(token) for token in tokens], [len(token) for token in tokens]
        ):
            found[number] = max(found.get(number, 0.0), share)
        return found

    def in_record(self, terms: Mapping[str, float]) -> Iterator[tuple[int, float]]:
        """Concepts of which a record has all terms of a phrase, with the least of their weights."""
        for term in terms:
            for pattern, number, sure in self.phrases.get(term, ()):
                weight = min(terms.get(part, 0.0) for part in pattern)
                if weight > 0:
                    yield number, weight * sure

    def _is_german(self, token: str) -> bool:
        """Whether this is a German word that a foreign one must not be mistaken for."""
        folded = folded_token(token)
        return bool(_GERMAN_LETTERS.fullmatch(token)) and (
            folded in self.words or folded in stop_words()
        )

    def _found(
        self, tokens: Sequence[AbstractSet[str]], sizes: Sequence[int]
    ) -> Iterator[tuple[int, float]]:
        best: dict[int, float] = {}
        whole = max(1, sum(sizes))
        for at, keys in enumerate(tokens):
            for key in keys:
                for pattern, number, sure in self.phrases.get(key, ()):
                    following = tokens[at : at + len(pattern)]
                    if len(following) == len(pattern) and all(
                        part in here for part, here in zip(pattern, following, strict=True)
                    ):
                        share = sum(sizes[at : at + len(pattern)]) / whole
                        best[number] = max(best.get(number, 0.0), sure * share**0.5)
        yield from best.items()


@dataclass(frozen=True, slots=True)
class Heard:
    """In which concepts' sayings each word is heard."""

    words: Sequence[str]
    """In order, one for each time that a saying has it; so that a beginning is one stretch."""
    concepts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, concepts: Sequence[Concept]) -> Heard:
        """The words of all that is said, German ones as their terms."""
        heard: list[tuple[str, int]] = []
        for number, concept in enumerate(concepts):
            for text in (*concept.german, *concept.says):
                heard += [(term, number) for term in set(terms_of(text))]
            for text in (*concept.foreign, *concept.foreign_says):
                heard += [(token.strip("*"), number) for token in set(tokens_of(text))]
        heard.sort()
        return cls([word for word, _ in heard], np.array([number for _, number in heard]))

    def share(self, pattern: Pattern, concept: int) -> float:
        """How much of what is said with the most telling word of a phrase is said of a concept."""
        return max(self._share(part, concept) for part in pattern)

    def _share(self, part: str, concept: int) -> float:
        first = bisect_left(self.words, part.strip("*"))
        last = bisect_left(self.words, part.rstrip("*") + LAST_SIGN if "*" in part else part + " ")
        if part.startswith("*") or first >= last:
            return 1.0
        here = self.concepts[first:last]
        return float((np.count_nonzero(here == concept) + 1) / (len(here) + 1))


def _patterns(concept: Concept) -> dict[Pattern, float]:
    patterns: dict[Pattern, float] = {}
    for phrases, sure in (
        (concept.lay, LAY), ((concept.name, *concept.official, *concept.short), OFFICIAL),
    ):  # fmt: skip
        patterns.update((pattern, sure) for pattern in _german(phrases))
    patterns.update((pattern, LAY) for pattern in _foreign(concept.foreign))
    return patterns


def _german(phrases: Iterable[str]) -> Iterator[Pattern]:
    for phrase in phrases:
        pattern = tuple(terms_of(phrase))
        # A sentence of which one everyday word is left would be met by chance.
        if len(pattern) > 1 or (pattern and len(phrase.split()) < 3):
            yield pattern


def _foreign(phrases: Iterable[str]) -> Iterator[Pattern]:
    for phrase in phrases:
        tokens = tokens_of(phrase)
        if not tokens:
            continue
        yield tuple(tokens)
        plain = tuple(folded_token(token) for token in tokens)
        if len("".join(plain)) >= SHORTEST_WITHOUT_ACCENTS:
            yield plain


def tokens_of(text: str) -> list[str]:
    """Words with their accents, which tell Vietnamese "hát" from German "hat"."""
    lowered = unicodedata.normalize("NFC", text).casefold().replace("\u200c", " ")
    cleaned = "".join(
        mark if mark.isalnum() or mark in "*'ʼ’" or unicodedata.combining(mark) else " "
        for mark in lowered
    )
    return cleaned.replace("ʼ", "'").replace("’", "'").split()


@lru_cache(maxsize=50_000)
def folded_token(token: str) -> str:
    """The token without accents; the stars of a pattern stay."""
    start, end = "*" * token.startswith("*"), "*" * (token.endswith("*") and len(token) > 1)
    return start + "".join(folded_words(token)) + end


@lru_cache(maxsize=5_000)
def _keys(token: str) -> frozenset[str]:
    """Every pattern that the token fits."""
    keys = frozenset(patterns_of(token[:LONGEST_TOKEN]))
    plain = folded_token(token[:LONGEST_TOKEN])
    return keys | frozenset(patterns_of(plain)) if plain != token else keys


def patterns_of(token: str) -> Iterator[str]:
    """The patterns that a token fits; inside only in scripts that write words together."""
    yield token
    for length in range(2, len(token) + 1):
        yield f"{token[:length]}*"
        if token.isascii():
            continue
        yield f"*{token[-length:]}"
        for start in range(len(token) - length + 1):
            yield f"*{token[start : start + length]}*"
