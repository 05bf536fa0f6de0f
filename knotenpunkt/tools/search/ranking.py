"""The order of what is found: meaning, concepts and words, each with its share.

score = MEANING x cosine of query and entry
      + for each concept of the query, by its certainty:
        CENTRES x cosine of its official words and the entry
        + ABOUT x how much the entry is about it
      + WORDS x covered share of what the query says, rare words counting more
        or NAMES x the square of the share that names the entry, its provider or its place
      - what stands back because it is for others (`audience.py`)

The shares are bounded, so a long sentence with one common word in it cannot push away what means
the same, while a name that is covered wholly comes first. Nothing here asks a database.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from knotenpunkt.tools.search.audience import asks_as_man, held_back
from knotenpunkt.tools.search.concepts import with_related
from knotenpunkt.tools.search.confidence import confidence
from knotenpunkt.tools.search.encoder import DIMENSIONS, Vectors
from knotenpunkt.tools.search.index import Index, Numbers, Postings, Rows
from knotenpunkt.tools.search.lexicon import lexicon
from knotenpunkt.tools.search.reading import Reading, Sought
from knotenpunkt.tools.search.sayings import sayings

MEANING, CENTRES, ABOUT = 1.0, 0.6, 0.6
WORDS, NAMES = 0.32, 0.7
COMMONEST = 0.05

Meant = Sequence[tuple[int, float]]
"""Numbers of concepts, and how surely they are meant."""


@dataclass(frozen=True, slots=True)
class Part:
    """One reason why a thing fits, and its `share` of the score, 0 to 1.

    A concept has its key in the lexicon as `key` and its German name as `label`; a word is one of
    the query as it was typed, a name one that also stands in title, provider or place. The meaning
    of the whole has no label.
    """

    kind: Literal["meaning", "concept", "word", "name"]
    label: str
    key: str
    share: float


@dataclass(frozen=True, slots=True)
class Had:
    """One word of a query, the records that have it in any way that counts, and how well."""

    word: str
    rarity: float
    """1 for a word that no record has, near 0 for one that all have."""
    rows: Rows
    weights: Numbers
    """Up to 1."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How well some rows of an index fit, all arrays of their number; `total` is what orders."""

    rows: Rows
    total: Numbers
    meaning: Numbers
    concepts: Numbers
    words: Numbers
    named: Numbers
    """The part of `words` that comes from names, where that is the greater one."""
    confidence: float
    """How likely the best of them is an answer."""
    meant: Meant
    """The concepts of the query and those that help as well."""
    had: tuple[Had, ...]
    """Each word that is sought and the records that have it, so too for `names`."""
    names: tuple[Had, ...]


def score(query: Reading, index: Index, rows: Rows) -> Scores:
    """How well these rows fit the query."""
    meant = with_related(query.concepts, index.offers)
    like = _cosines(index, rows, np.vstack([query.vectors, _centre(meant)[None, :]]))
    meaning, about = like[:, :-1].max(axis=1), _about(meant, index)[rows]
    had, names = _had(query.words, index, index.terms), _had(query.named, index, index.names)
    covered, naming = _coverage(had, len(index))[rows], _coverage(names, len(index))[rows]
    told, named = WORDS * covered, NAMES * naming**2
    if not asks_as_man(query.text, query.concepts):
        meaning = meaning - held_back(index)[rows]
    concepts, words = CENTRES * like[:, -1] + ABOUT * about, np.maximum(told, named)
    return Scores(
        rows=rows,
        total=MEANING * meaning + concepts + words,
        meaning=MEANING * meaning,
        concepts=concepts,
        words=words,
        named=np.where(named >= told, named, 0.0),
        confidence=confidence(
            query,
            meaning=meaning.max(initial=0.0),
            about=about.max(initial=0.0),
            words=covered.max(initial=0.0),
            names=naming.max(initial=0.0),
        ),
        meant=meant,
        had=had,
        names=names,
    )


def _cosines(index: Index, rows: Rows, vectors: Vectors) -> Numbers:
    """Shape (rows, vectors). Picking few rows out first is cheaper than to multiply all."""
    if 2 * len(rows) > len(index):
        return np.asarray((index.vectors @ vectors.T)[rows])
    return np.asarray(index.vectors[rows] @ vectors.T)


def _centre(meant: Meant) -> Vectors:
    """The official words of all concepts in question, each as far as it is certain."""
    centre = np.zeros(DIMENSIONS, dtype=np.float32)
    for number, sure in meant:
        centre += sure * sayings().official[number]
    return centre


def _about(meant: Meant, index: Index) -> Numbers:
    about = np.zeros(len(index), dtype=np.float32)
    for number, sure in meant:
        rows, weights = index.concepts.of_number(number)
        about[rows] += sure * weights
    return about


def _had(words: Sequence[Sought], index: Index, postings: Postings) -> tuple[Had, ...]:
    return tuple(
        Had(one.word, _rarity(one, index), *_having(one, index, postings)) for one in words
    )


def _coverage(words: Sequence[Had], count: int) -> Numbers:
    """The share of the query's words that each record has, weighed by how rare they are."""
    covered = np.zeros(count, dtype=np.float32)
    mass = sum(one.rarity for one in words)
    for one in words:
        covered[one.rows] += one.rarity * one.weights
    return covered / mass if mass else covered


def _having(sought: Sought, index: Index, postings: Postings) -> tuple[Rows, Numbers]:
    if len(sought.terms) == 1:
        ((term, factor),) = sought.terms
        rows, weights = postings.of_term(term)
        return rows, weights * np.float32(factor)
    best = np.zeros(len(index), dtype=np.float32)
    for term, factor in sought.terms:
        rows, weights = postings.of_term(term)
        best[rows] = np.maximum(best[rows], weights * np.float32(factor))
    rows = np.flatnonzero(best)
    return rows, best[rows]


def _rarity(sought: Sought, index: Index) -> float:
    count = max((len(index.terms.of_term(term)[0]) for term, _ in sought.terms), default=0)
    total = len(index) + 1
    return max(COMMONEST, math.log(total / (count + 0.5)) / math.log(total / 0.5))


# ── why ─────────────────────────────────────────────────────────────────────────────────────────


def parts_of(index: Index, scores: Scores, at: int) -> tuple[Part, ...]:
    """Why the row at this place of the scores fits, largest share first."""
    total, row = float(scores.total[at]), int(scores.rows[at])
    if total <= 0:
        return ()
    parts = [Part("meaning", "", "", max(0.0, float(scores.meaning[at])) / total)]
    parts += _concept_parts(scores.meant, index, row, total)
    parts += _word_parts(scores, row, float(scores.words[at]) / total, scores.named[at] > 0)
    return tuple(sorted(parts, key=lambda part: -part.share))


def _concept_parts(meant: Meant, index: Index, row: int, total: float) -> list[Part]:
    parts = []
    near = sayings().official[[number for number, _ in meant]] @ index.vectors[row]
    for (number, sure), cosine in zip(meant, near.tolist(), strict=True):
        concept = lexicon().concepts[number]
        about = _weight_of(row, *index.concepts.of_number(number))
        share = sure * (CENTRES * max(0.0, cosine) + ABOUT * about) / total
        parts.append(Part("concept", concept.name, concept.key, share))
    return parts


def _word_parts(scores: Scores, row: int, share: float, named: bool) -> list[Part]:
    """The words that the record has, sharing what words bring by how rare they are."""
    had = words_had(scores, row, named)
    mass = sum(had.values())
    kind: Literal["name", "word"] = "name" if named else "word"
    return [Part(kind, word, word, share * one / mass) for word, one in had.items()]


def words_had(scores: Scores, row: int, named: bool = False) -> dict[str, float]:
    """Words of the query that a record has, each with what it counts."""
    sought = scores.names if named else scores.had
    had = {one.word: one.rarity * _weight_of(row, one.rows, one.weights) for one in sought}
    return {word: weight for word, weight in had.items() if weight > 0}


def _weight_of(row: int, rows: Rows, weights: Numbers) -> float:
    at = int(rows.searchsorted(row))
    return float(weights[at]) if at < len(rows) and rows[at] == row else 0.0
