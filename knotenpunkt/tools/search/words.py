"""Words of a text as the search compares them: folded, stemmed, compounds taken apart.

A *term* is what two spellings of one word have in common: "Hebammen" and "hebamme" are the term
"hebamm". An umlaut stays visible in the term ("hört" is not "Hort"), so that a word typed without
its dots is a second choice and not a confusion.
"""

from __future__ import annotations

import re
import sys
import threading
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import snowballstemmer
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from knotenpunkt.foundation.core.folding import folded_words

DATA = Path(__file__).parent / "data"
SHORTEST_PART = 4
# Behind every sign that a folded word may hold.
LAST_SIGN = chr(0x10FFFF)
SHORTEST_BEGINNING = 5
LONGEST_WORD = 60
LONGEST_COMPOUND = 40
# Shorter words that differ in the first letter are other words: klaut, laut.
SHORTEST_SLIPPED_AT_FIRST = 6

_UMLAUT = re.compile(r"ae|oe|(?<![aeiouyq])ue")
_LATIN = re.compile(r"[a-z]+")
_JOINTS = ("", "s", "es", "n", "en", "e", "er")
_stemmer = snowballstemmer.stemmer("german")
_stemmer_lock = threading.Lock()  # it keeps the word it works on in itself


@lru_cache(maxsize=200_000)
def term_of(word: str) -> str:
    """The term of one folded word."""
    if len(word) < SHORTEST_PART or not _LATIN.fullmatch(word):
        return word
    with _stemmer_lock:
        stem = str(_stemmer.stemWord(word))
    # The stemmer leaves the third person alone: zockt, zocken.
    if len(stem) > SHORTEST_PART and stem.endswith("t"):
        stem = stem.removesuffix("t")
    return f"{stem}¨" if _UMLAUT.search(word) else stem


def without_dots(term: str) -> str:
    """The term as if its word had been typed on a keyboard without umlauts."""
    return term.removesuffix("¨")


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Folded words that carry no wish: they neither find nor count."""
    lines = (DATA / "stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(
        word for line in lines if not line.startswith("#") for word in folded_words(line)
    )


def content_words(text: str) -> list[str]:
    """The folded words of a text that say something, in order."""
    stop = stop_words()
    return [word for word in folded_words(text) if word not in stop and len(word) <= LONGEST_WORD]


def terms_of(text: str) -> list[str]:
    """The terms of the words that say something, in order."""
    return [term_of(word) for word in content_words(text)]


@dataclass(slots=True)
class Vocabulary:
    """Known words: by them compounds are taken apart and typos recognised."""

    words: dict[str, str] = field(default_factory=dict)
    """Folded word → its term."""
    _terms: frozenset[str] = frozenset()
    _sorted: tuple[str, ...] = ()
    _by_length: dict[int, list[str]] = field(default_factory=dict)
    _parts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Iterable[str]) -> Vocabulary:
        """A vocabulary of folded words."""
        known = {word: term_of(word) for word in sorted(set(words))}
        by_length: dict[int, list[str]] = {}
        for word in known:
            by_length.setdefault(len(word), []).append(word)
        return cls(known, frozenset(known.values()), tuple(known), by_length)

    def __contains__(self, term: str) -> bool:
        return term in self._terms

    def parts(self, word: str) -> tuple[str, ...]:
        """The known words that a compound consists of; empty when it is none.

        The fewest parts win: "familienhebammen" is familie + hebammen.
        """
        if word not in self._parts:
            short = 2 * SHORTEST_PART <= len(word) <= LONGEST_COMPOUND
            self._parts[word] = tuple(self._split(word, 3) or ()) if short else ()
        return self._parts[word]

    def _split(self, word: str, most: int) -> list[str] | None:
        best: list[str] | None = None
        for end in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            head = self._known(word[:end])
            if head is None:
                continue
            tail = self._known(word[end:])
            rest = [tail] if tail else self._split(word[end:], most - 1) if most > 2 else None
            if rest and (best is None or len(rest) + 1 < len(best)):
                best = [head, *rest]
        return best

    def _known(self, piece: str) -> str | None:
        for joint in _JOINTS:
            bare = piece.removesuffix(joint) if joint else piece
            if len(bare) >= SHORTEST_PART and bare in self.words:
                return bare
        return None

    def beginning_with(self, word: str) -> list[str]:
        """Terms of known words that go on where this one stops: diakonie → diakonisch."""
        start = without_dots(term_of(word))
        if len(start) < SHORTEST_BEGINNING:
            return []
        first = bisect_left(self._sorted, start)
        last = bisect_left(self._sorted, start + LAST_SIGN, lo=first)
        return sorted({self.words[known] for known in self._sorted[first:last]})

    def meant_by(self, word: str) -> str | None:
        """The known word that a mistyped one most likely stands for: hebame → hebamme."""
        slips = _slips_allowed(word)
        found: list[tuple[float, bool, str]] = []
        for length in range(len(word) - slips, len(word) + slips + 1) if slips else ():
            alike = extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance,
                score_cutoff=slips, limit=5,
            )  # fmt: skip
            found += [
                (far, known[0] != word[0], known)
                for known, far, _ in alike
                # "ummelden" is no "anmelden": a slip at the beginning is the only one.
                if known[0] == word[0] or (far < 2 and len(word) >= SHORTEST_SLIPPED_AT_FIRST)
            ]
        return min(found)[2] if found else None


def _slips_allowed(word: str) -> int:
    if not SHORTEST_PART < len(word) <= LONGEST_COMPOUND or not _LATIN.fullmatch(word):
        return 0
    return 1 if len(word) < 8 else 2


def weigh_words(fields: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Folded content words of weighted fields → the highest weight of a field they stand in."""
    weights: dict[str, float] = {}
    for text, weight in fields:
        for word in content_words(text):
            if weights.get(word, 0.0) < weight:
                weights[sys.intern(word)] = weight  # a thousand entries share most words
    return weights


def weigh_terms(
    words: Mapping[str, float], vocabulary: Vocabulary, part: float
) -> Iterator[tuple[str, float]]:
    """(term, weight) of words and of their parts, which count less by the factor `part`."""
    for word, weight in words.items():
        yield term_of(word), weight
        for piece in vocabulary.parts(word):
            yield term_of(piece), weight * part
