"""The entries of one network in memory, laid out for one fast pass over all of them.

An index is never changed: after a write a new one is built, and records that did not change are
taken over. Rows are ordered by what they say, so the same entries give the same index whatever
database they come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
import numpy.typing as npt

from knotenpunkt.tools.search.encoder import Vectors, unpack
from knotenpunkt.tools.search.lexicon import lexicon
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
    weights: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[str, float] = field(default_factory=dict)

    @property
    def stamped(self) -> tuple[UUID, UUID]:
        """Under this a record is the same as before."""
        return self.id, self.stamp


def weigh_record(
    title: str, summary: str, text: str, provider: str, places: str, words: str
) -> tuple[dict[str, float], dict[str, float]]:
    """Weights of all words of an entry, and of those that name it (title, provider, places)."""
    everything = weigh_words(
        [(title, TITLE), (words, EXTRA_WORDS), (summary, SUMMARY), (text, TEXT),
         (provider, NAME), (places, NAME)]
    )  # fmt: skip
    return everything, weigh_words([(title, 1.0), (provider, 1.0), (places, 1.0)])


@dataclass(frozen=True, slots=True)
class Postings:
    """For each term the rows that have it, and with which weight."""

    spans: Mapping[str, tuple[int, int]]
    rows: Rows
    weights: Numbers

    def of(self, term: str) -> tuple[Rows, Numbers]:
        span = self.spans.get(term)
        if span is None:
            return _NO_ROWS, _NO_WEIGHTS
        return self.rows[span[0] : span[1]], self.weights[span[0] : span[1]]

    def count(self, term: str) -> int:
        start, end = self.spans.get(term, (0, 0))
        return end - start


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
    postings: Postings
    names: Postings

    def __len__(self) -> int:
        return len(self.records)

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
        # Written from far to near, so that the nearest point of a record stays.
        order = np.argsort(-kilometres, kind="stable")
        nearest[self.point_rows[order]] = kilometres[order]
        exact[self.point_rows[order]] = self.points[order, 2] > 0
        return nearest, exact


def build_index(network_id: UUID, stamp: UUID | None, records: Sequence[Record]) -> Index:
    """An index of these records, whatever order they come in."""
    ordered = tuple(sorted(records, key=lambda record: (record.order, record.object_id)))
    vocabulary = Vocabulary.of({word for record in ordered for word in record.weights})
    splitter = Vocabulary.of({*vocabulary.words, *lexicon().words})
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
        vocabulary=splitter,
        postings=_post([record.weights for record in ordered], splitter, PART),
        names=_post([record.names for record in ordered], splitter, PART),
    )


def _oldest(record: Record) -> int:
    return OPEN_AGE if record.age_to is None else record.age_to


def _kind_masks(records: Sequence[Record]) -> dict[str, Mask]:
    kinds = np.array([record.kind for record in records], dtype=object)
    return {kind: np.asarray(kinds == kind, dtype=bool) for kind in {r.kind for r in records}}


def _facet_masks(records: Sequence[Record]) -> dict[tuple[str, str], Mask]:
    masks: dict[tuple[str, str], Mask] = {}
    for row, record in enumerate(records):
        for name, values in record.facets.items():
            for value in values:
                if (name, value) not in masks:
                    masks[name, value] = np.zeros(len(records), dtype=bool)
                masks[name, value][row] = True
    return masks


def _post(
    documents: Sequence[Mapping[str, float]], vocabulary: Vocabulary, part: float
) -> Postings:
    by_term: dict[str, dict[int, float]] = {}
    for row, words in enumerate(documents):
        for term, weight in weigh_terms(words, vocabulary, part):
            found = by_term.setdefault(term, {})
            if found.get(row, 0.0) < weight:
                found[row] = weight
    spans: dict[str, tuple[int, int]] = {}
    rows: list[int] = []
    weights: list[float] = []
    for term, found in by_term.items():
        spans[term] = (len(rows), len(rows) + len(found))
        rows.extend(found)
        weights.extend(found.values())
    return Postings(spans, np.array(rows, dtype=np.int64), np.array(weights, dtype=np.float32))
