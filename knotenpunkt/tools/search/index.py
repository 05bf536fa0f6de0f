"""The entries of one network in memory, laid out for one fast pass over all of them.

An index is never changed: after a write a new one is built, and records that did not change are
taken over. Rows are ordered by what they say, so the same entries give the same index whatever
database they come from.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

import numpy as np
import numpy.typing as npt

from knotenpunkt.tools.search.encoder import Vectors, unpack
from knotenpunkt.tools.search.lexicon import OwnMeaning
from knotenpunkt.tools.search.membership import concepts_of, splitter
from knotenpunkt.tools.search.words import Vocabulary, weigh_terms, weigh_words

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float32]

# How much a word counts by where it stands, and a part of a compound beside a whole word.
TITLE, EXTRA_WORDS, SUMMARY, TEXT, NAME = 1.0, 0.9, 0.7, 0.5, 0.45
PART = 0.7
OPEN_AGE = 100_000  # months
METRES_PER_DEGREE = 111_195.0
_NO_ROWS = np.empty(0, dtype=np.int64)
_NO_WEIGHTS = np.empty(0, dtype=np.float32)


class Numbered:
    """Gives each word a number once and for all in this process, for records are many."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words: list[str] = []
        self._lock = threading.Lock()

    def number(self, word: str) -> int:
        """The number of a word, a new one if it has none."""
        known = self._numbers.get(word)
        if known is not None:
            return known
        with self._lock:
            if word not in self._numbers:
                self._words.append(word)
                self._numbers[word] = len(self._words) - 1
            return self._numbers[word]

    def known(self, word: str) -> int:
        """Its number, -1 without."""
        return self._numbers.get(word, -1)

    def word(self, number: int) -> str:
        """The word of a number."""
        return self._words[number]


WORDS = Numbered()


@dataclass(frozen=True, slots=True)
class Weighed:
    """Numbers of words, terms or concepts with their weights; two arrays of one length."""

    numbers: npt.NDArray[np.int32]
    weights: Numbers

    @classmethod
    def of(cls, weights: Mapping[str, float]) -> Self:
        """Words or terms with their weights."""
        numbers = np.fromiter(map(WORDS.number, weights), dtype=np.int32, count=len(weights))
        return cls(numbers, np.fromiter(weights.values(), dtype=np.float32, count=len(weights)))


@dataclass(frozen=True, slots=True)
class Said:
    """What the words of an entry say, worked out once."""

    words: npt.NDArray[np.int32]
    terms: Weighed
    names: Weighed
    """Terms of title, provider and places."""
    concepts: Weighed


def weigh_record(
    title: str, summary: str, text: str, provider: str, places: str, words: str, vector: bytes
) -> Said:
    """Weights of all terms of an entry, of those that name it, and of what it is about."""
    told = [(title, TITLE), (words, EXTRA_WORDS), (summary, SUMMARY), (text, TEXT)]
    everything = weigh_words([*told, (provider, NAME), (places, NAME)])
    about = concepts_of(_terms(weigh_words(told)), unpack([vector])[0])
    concepts = np.flatnonzero(about)
    return Said(
        words=Weighed.of(everything).numbers,
        terms=Weighed.of(_terms(everything)),
        names=Weighed.of(_terms(weigh_words([(title, 1.0), (provider, 1.0), (places, 1.0)]))),
        concepts=Weighed(concepts.astype(np.int32), about[concepts]),
    )


def _terms(words: Mapping[str, float]) -> dict[str, float]:
    terms: dict[str, float] = {}
    for term, weight in weigh_terms(words, splitter(), PART):
        if terms.get(term, 0.0) < weight:
            terms[term] = weight
    return terms


@dataclass(frozen=True, slots=True)
class Record:
    """One entry as the index needs it; `stamp` changes whenever the entry does."""

    id: UUID
    stamp: UUID
    kind: str
    object_id: UUID
    title: str
    order: tuple[str, ...]
    """Orders equal records the same way in every installation, unlike their ids."""
    points: tuple[tuple[float, float, bool], ...]
    everywhere: bool
    age_from: int | None
    age_to: int | None
    facets: Mapping[str, Sequence[str]]
    vector: bytes
    said: Said

    @property
    def stamped(self) -> tuple[UUID, UUID]:
        """Under this a record is the same as before."""
        return self.id, self.stamp


@dataclass(frozen=True, slots=True)
class Postings:
    """For each number of a term or concept the rows that have it, and with which weight."""

    numbers: npt.NDArray[np.int32]
    ends: Rows
    rows: Rows
    weights: Numbers

    @classmethod
    def of(cls, documents: Sequence[Weighed]) -> Self:
        """Of these documents, one a row."""
        if not documents:
            return cls(np.empty(0, dtype=np.int32), _NO_ROWS, _NO_ROWS, _NO_WEIGHTS)
        numbers = np.concatenate([document.numbers for document in documents])
        lengths = [len(document.numbers) for document in documents]
        order = np.argsort(numbers, kind="stable")
        rows = np.repeat(np.arange(len(documents), dtype=np.int64), lengths)[order]
        weights = np.concatenate([document.weights for document in documents])[order]
        known, counts = np.unique(numbers, return_counts=True)
        return cls(known, np.cumsum(counts), rows, weights)

    def of_number(self, number: int) -> tuple[Rows, Numbers]:
        """Rows and weights."""
        at = int(self.numbers.searchsorted(number))
        if number < 0 or at == len(self.numbers) or self.numbers[at] != number:
            return _NO_ROWS, _NO_WEIGHTS
        span = slice(int(self.ends[at - 1]) if at else 0, int(self.ends[at]))
        return self.rows[span], self.weights[span]

    def of_term(self, term: str) -> tuple[Rows, Numbers]:
        """Rows and weights."""
        return self.of_number(WORDS.known(term))


@dataclass(frozen=True, slots=True)
class Index:
    """What is needed to filter and to rank the entries of one network."""

    network_id: UUID
    stamp: UUID | None
    records: tuple[Record, ...]
    vectors: Vectors
    """Shape (records, 512), rows of length 1."""
    youngest: Rows
    oldest: Rows
    """Ages in months, open ends closed by 0 and OPEN_AGE."""
    points: npt.NDArray[np.float64]
    """Shape (points, 3): latitude, longitude, 1.0 when exact; grouped by record."""
    point_rows: Rows
    everywhere: Mask
    kinds: Mapping[str, Mask]
    facets: Mapping[tuple[str, str], Mask]
    vocabulary: Vocabulary
    terms: Postings
    names: Postings
    concepts: Postings
    own_words: tuple[OwnMeaning, ...] | None = None
    """None: not asked for yet."""

    def __len__(self) -> int:
        return len(self.records)

    def has(self, term: str) -> bool:
        """Whether any record has this term."""
        return bool(len(self.terms.of_term(term)[0]))

    def offers(self, concept: int) -> float:
        """How far any record is about this concept, 0 to 1."""
        return float(self.concepts.of_number(concept)[1].max(initial=0.0))

    def distances(self, origin: tuple[float, float]) -> tuple[Numbers, Mask]:
        """Kilometres to the nearest point of each record (inf without one), and whether it is
        exact. On the scale of a county the Earth is flat: the error stays below one in a thousand.
        """
        nearest = np.full(len(self), np.inf, dtype=np.float32)
        exact = np.zeros(len(self), dtype=bool)
        if not len(self.points):
            return nearest, exact
        latitude, longitude = origin
        north = (self.points[:, 0] - latitude) * METRES_PER_DEGREE
        narrowing = np.cos(np.radians((self.points[:, 0] + latitude) / 2))
        east = (self.points[:, 1] - longitude) * METRES_PER_DEGREE * narrowing
        kilometres = (np.hypot(north, east) / 1000).astype(np.float32)
        rows, is_exact = self.point_rows, self.points[:, 2] > 0
        if len(rows) > 1 and (rows[1:] == rows[:-1]).any():
            # Written from far to near, so that the nearest point of a record stays.
            order = np.argsort(-kilometres, kind="stable")
            rows, kilometres, is_exact = rows[order], kilometres[order], is_exact[order]
        nearest[rows], exact[rows] = kilometres, is_exact
        return nearest, exact


def build_index(
    network_id: UUID,
    stamp: UUID | None,
    records: Sequence[Record],
    own_words: Sequence[OwnMeaning] | None = None,
    before: Index | None = None,
) -> Index:
    """An index of these records, whatever order they come in; `before` only spares work."""
    ordered = tuple(sorted(records, key=lambda record: (record.order, record.object_id)))
    points = [(row, *point) for row, record in enumerate(ordered) for point in record.points]
    grid = np.array(points, dtype=np.float64).reshape(-1, 4)
    return Index(
        network_id=network_id,
        stamp=stamp,
        records=ordered,
        vectors=unpack([record.vector for record in ordered]),
        youngest=np.array([record.age_from or 0 for record in ordered], dtype=np.int64),
        oldest=np.array([_oldest(record) for record in ordered], dtype=np.int64),
        points=grid[:, 1:],
        point_rows=grid[:, 0].astype(np.int64),
        everywhere=np.array([record.everywhere for record in ordered], dtype=bool),
        kinds=_kind_masks(ordered),
        facets=_facet_masks(ordered),
        vocabulary=_vocabulary(ordered, before),
        terms=Postings.of([record.said.terms for record in ordered]),
        names=Postings.of([record.said.names for record in ordered]),
        concepts=Postings.of([record.said.concepts for record in ordered]),
        own_words=None if own_words is None else tuple(own_words),
    )


def _vocabulary(records: Sequence[Record], before: Index | None) -> Vocabulary:
    """All words of the records and of the lexicon: what is none of them may be a typo."""
    said = [record.said.words for record in records]
    numbers = np.unique(np.concatenate(said)) if said else np.empty(0, dtype=np.int32)
    words = {*map(WORDS.word, numbers.tolist()), *splitter().words}
    if before is not None and before.vocabulary.words.keys() == words:
        return before.vocabulary
    return Vocabulary.of(words)


def _oldest(record: Record) -> int:
    return OPEN_AGE if record.age_to is None else record.age_to


def _kind_masks(records: Sequence[Record]) -> dict[str, Mask]:
    kinds = np.array([record.kind for record in records], dtype=object)
    return {kind: np.asarray(kinds == kind, dtype=bool) for kind in {r.kind for r in records}}


def _facet_masks(records: Sequence[Record]) -> dict[tuple[str, str], Mask]:
    rows: dict[tuple[str, str], list[int]] = {}
    for row, record in enumerate(records):
        for name, values in record.facets.items():
            for value in values:
                rows.setdefault((name, value), []).append(row)
    return {facet: _mask(some, len(records)) for facet, some in rows.items()}


def _mask(rows: Iterable[int], length: int) -> Mask:
    mask = np.zeros(length, dtype=bool)
    mask[list(rows)] = True
    return mask
