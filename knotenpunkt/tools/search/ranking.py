"""The order of what is found: meaning decides, words are the second signal.

score = cosine of query and entry                                  (meaning)
      + cosine of the query's concepts and the entry, by their certainty   (lexicon)
      + WORDS x covered share of what the query says, rare words counting more (words)

The shares are bounded, so a long sentence with one common word in it cannot push away what means
the same, while a name that is covered wholly comes first. Nothing here asks a database.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from knotenpunkt.tools.search.encoder import Vectors, encode_query
from knotenpunkt.tools.search.index import Index, Numbers, Postings
from knotenpunkt.tools.search.lexicon import lexicon
from knotenpunkt.tools.search.words import Vocabulary, content_words, term_of, without_dots

WORDS = 0.3
NAMES = 0.6
CONCEPTS = 1.2
# Below this cosine a phrase of the lexicon resembles a query by chance.
CONCEPT_FLOOR = 0.4
CONCEPTS_AT_ONCE = 3
NAMED = 0.9
BEGINNING, CORRECTED, COMPOUND = 0.7, 0.85, 0.7
LONGEST_QUERY = 400
MOST_WORDS = 24


@dataclass(frozen=True, slots=True)
class Sought:
    """One word of a query and the terms that count for it, each with a factor up to 1."""

    word: str
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """A query as the ranking reads it."""

    text: str
    words: tuple[Sought, ...]
    vector: Vectors
    """Meaning of the query and of its concepts together, shape (512,), not of length 1."""
    corrections: tuple[tuple[str, str], ...] = ()
    """(as typed, as read) of words taken for typos."""
    concepts: tuple[tuple[str, Vectors], ...] = ()
    """Key of each concept and what it adds to the vector."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Shape (records,) each; `total` is what orders."""

    total: Numbers
    meaning: Numbers
    words: Numbers
    matched: tuple[tuple[str, Numbers], ...] = field(default=())
    """For each word of the query how well each record has it, 0 to 1."""


def understand(text: str, vocabulary: Vocabulary) -> Understanding:
    """Read a query with the words that the index and the lexicon know."""
    text = " ".join(text.split())[:LONGEST_QUERY]
    sought, corrections = [], []
    for word in dict.fromkeys(content_words(text)[:MOST_WORDS]):
        terms, correction = _terms_for(word, vocabulary)
        sought.append(Sought(word, terms))
        if correction:
            corrections.append((word, correction))
    vector, concepts = _meaning(text, dict(corrections))
    return Understanding(text, tuple(sought), vector, tuple(corrections), concepts)


def _terms_for(
    word: str, vocabulary: Vocabulary
) -> tuple[tuple[tuple[str, float], ...], str | None]:
    term = term_of(word)
    parts = tuple((part, COMPOUND) for part in vocabulary.parts(word))
    if term in vocabulary:
        return ((term, 1.0), *parts), None
    if parts:
        return parts, None
    other = f"{without_dots(term)}¨" if term == without_dots(term) else without_dots(term)
    if other in vocabulary:
        return ((other, 1.0),), None
    if meant := vocabulary.meant_by(word):
        pieces = tuple((part, CORRECTED * COMPOUND) for part in vocabulary.parts(meant))
        return ((term_of(meant), CORRECTED), *pieces), meant
    if begun := vocabulary.beginning_with(word):
        return tuple((known, BEGINNING) for known in begun), None
    return (), None


def _meaning(
    text: str, corrections: dict[str, str]
) -> tuple[Vectors, tuple[tuple[str, Vectors], ...]]:
    if corrections:
        text = " ".join(corrections.get(word, word) for word in text.casefold().split())
    vector = encode_query(text)
    known = lexicon()
    nearness = known.nearness(vector)
    named = sorted(known.named_in(text))
    nearness[named] = np.maximum(nearness[named], NAMED)
    certainty = np.clip(nearness - CONCEPT_FLOOR, 0.0, None) ** 2
    if not certainty.any():
        return vector, ()
    best = np.argsort(-certainty, kind="stable")[:CONCEPTS_AT_ONCE]
    share = certainty[best] / certainty[best].sum()
    pull = CONCEPTS * min(1.0, 2 * max(0.0, float(nearness[best[0]]) - 0.3))
    pulls = [
        (known.concepts[number].key, (pull * part * known.centres[number]).astype(np.float32))
        for number, part in zip(best, share, strict=True)
    ]
    return sum((moved for _, moved in pulls), start=vector), tuple(pulls)


def score(query: Understanding, index: Index) -> Scores:
    """How well each record of the index fits the query."""
    meaning = (index.vectors @ query.vector).astype(np.float32)
    whole, matched = _coverage(query.words, index, index.postings)
    named, _ = _coverage(query.words, index, index.names)
    words = np.maximum(WORDS * whole, NAMES * named**2).astype(np.float32)
    return Scores(meaning + words, meaning, words, tuple(matched))


def _coverage(
    words: Sequence[Sought], index: Index, postings: Postings
) -> tuple[Numbers, list[tuple[str, Numbers]]]:
    """The share of the query's words that each record has, weighed by how rare they are."""
    covered = np.zeros(len(index), dtype=np.float32)
    matched: list[tuple[str, Numbers]] = []
    mass = 0.0
    for sought in words:
        best = np.zeros(len(index), dtype=np.float32)
        for term, factor in sought.terms:
            rows, weights = postings.of(term)
            best[rows] = np.maximum(best[rows], weights * factor)
        rarity = _rarity(sought, index)
        covered += rarity * best
        mass += rarity
        matched.append((sought.word, best))
    return (covered / mass if mass else covered), matched


def _rarity(sought: Sought, index: Index) -> float:
    """1 for a word that no record has, near 0 for one that all have."""
    count = max((index.postings.count(term) for term, _ in sought.terms[:1]), default=0)
    total = len(index) + 1
    return max(0.05, math.log(total / (count + 0.5)) / math.log(total / 0.5))
