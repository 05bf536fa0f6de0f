"""Searching: filters decide what is in, the ranking decides the order."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import UUID

import numpy as np
import numpy.typing as npt

from knotenpunkt.foundation.core.measures import SEARCHES
from knotenpunkt.foundation.networks.scope import current_network_id
from knotenpunkt.tools.search import encoder
from knotenpunkt.tools.search.confidence import SURE
from knotenpunkt.tools.search.index import Index, Mask, Numbers, Rows
from knotenpunkt.tools.search.kept_indexes import Origin, indexes
from knotenpunkt.tools.search.lexicon import OwnMeaning, lexicon
from knotenpunkt.tools.search.membership import phrasebook, splitter
from knotenpunkt.tools.search.models import Visibility
from knotenpunkt.tools.search.ranking import Part, Scores, parts_of, score, words_had
from knotenpunkt.tools.search.reading import Reading, read
from knotenpunkt.tools.search.sayings import sayings

__all__ = ["Answer", "Hit", "Part", "Request", "is_warm", "search", "warm_up"]

# What scores less than this share of the best hit is no answer any more, but a few are kept.
TAIL = 0.6
AT_LEAST = 5
# Fits that differ by less are equally good, and the nearer one is better. Without a place there
# is nothing to weigh against, only chance in the fourth digit.
EQUAL_FIT, EQUAL_FIT_WITHOUT_PLACE = 0.05, 0.001

Sort = Literal["fit", "distance"]


@dataclass(frozen=True, slots=True)
class Request:
    """What is sought. Everything but the text filters.

    `text` is what the meaning reads; `named` the whole text as typed, for the exact names of
    providers and places, where that is more. `origin` is (latitude, longitude). `facets`: any of
    the values within a name, all of the names.
    `neighbours`: include published entries of other networks inside the circle.
    `among` gets the object id and has the last word; a set's `__contains__` will do.
    `own_words` stand in the place of the network's own, to try some out.
    """

    text: str = ""
    named: str = ""
    kinds: frozenset[str] = frozenset()
    origin: Origin | None = None
    radius_km: float | None = None
    age_months: int | None = None
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    visibility: str = Visibility.PUBLIC
    neighbours: bool = True
    sort: Sort = "fit"
    limit: int = 20
    offset: int = 0
    among: Callable[[UUID], bool] | None = None
    own_words: Sequence[OwnMeaning] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, and why.

    `distance_km` is None without an origin or a point; `approximate` when it stands on a postal
    code only. `meaning`, `concepts` and `wording` are the parts of `score`; `words` are those of
    the query that the thing has.
    """

    kind: str
    object_id: UUID
    network_id: UUID
    title: str
    score: float
    distance_km: float | None
    approximate: bool
    meaning: float = 0.0
    concepts: float = 0.0
    wording: float = 0.0
    words: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    """Why it fits, largest share first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of one page, and how many there are. Not `confident` means: nothing fits well."""

    hits: tuple[Hit, ...]
    total: int
    confident: bool
    corrections: tuple[tuple[str, str], ...]
    """(as typed, as read) of words taken for typos."""
    took_ms: float
    nearest: Hit | None = None
    """The one least far away, of all pages."""
    concepts: tuple[tuple[str, float], ...] = ()
    """Keys of what the query was taken to be about, and how surely."""


@dataclass(frozen=True, slots=True)
class _Pool:
    """Rows of one index that passed the filters, with what orders them."""

    index: Index
    rows: Rows
    scores: Scores | None
    distances: Numbers
    """Of every record, not only of these rows; so is `exact`."""
    exact: Mask


@dataclass(frozen=True, slots=True)
class _Order:
    """(pool, place in its rows) of every hit, best first."""

    pools: Rows
    places: Rows

    def __len__(self) -> int:
        return len(self.places)


def warm_up() -> None:
    """Load encoder and lexicon, so that the first search is as quick as the next."""
    encoder.warm_up()
    sayings()
    phrasebook()
    splitter()


def is_warm() -> bool:
    """Whether the next search need wait neither for the encoder nor for the lexicon."""
    return encoder.is_warm() and bool(splitter.cache_info().currsize)


def search(request: Request) -> Answer:
    """Find entries for the network that the running code works in."""
    started = time.perf_counter()
    found = indexes(request.visibility, request.origin, request.radius_km, request.neighbours)
    query = _read(request, found[0])
    pools = [_pool(index, request, query) for index in found]
    order = _order(pools, request, query)
    page = slice(max(0, request.offset), max(0, request.offset) + max(0, request.limit))
    places = zip(order.pools[page].tolist(), order.places[page].tolist(), strict=True)
    hits = tuple(_hit(pools[pool], at, _equal_fit(request)) for pool, at in places)
    seconds = time.perf_counter() - started
    SEARCHES.labels(visibility=request.visibility).observe(seconds)
    return Answer(
        hits=hits,
        total=len(order),
        confident=bool(len(order)) and (query is None or _is_sure(pools)),
        corrections=query.corrections if query else (),
        took_ms=seconds * 1000,
        nearest=_nearest(pools, order, request),
        concepts=_concepts(query),
    )


def _read(request: Request, index: Index) -> Reading | None:
    if not request.text.strip() and not request.named.strip():
        return None
    words = request.own_words if request.own_words is not None else index.own_words or ()
    return read(request.text, request.named, index.vocabulary, index.has, words)


def _concepts(query: Reading | None) -> tuple[tuple[str, float], ...]:
    return (
        tuple((lexicon().concepts[number].key, sure) for number, sure in query.concepts)
        if query
        else ()
    )


# ── what is in ──────────────────────────────────────────────────────────────────────────────────


def _pool(index: Index, request: Request, query: Reading | None) -> _Pool:
    keep = np.ones(len(index), dtype=bool)
    distances = np.full(len(index), np.inf, dtype=np.float32)
    exact = np.zeros(len(index), dtype=bool)
    if request.origin is not None:
        distances, exact = index.distances(request.origin)
        keep &= _inside_circle(index, request, distances)
    if request.age_months is not None:
        keep &= (index.youngest <= request.age_months) & (request.age_months <= index.oldest)
    if request.kinds:
        keep &= _any_of(index, [index.kinds.get(kind) for kind in request.kinds])
    for name, values in request.facets.items():
        if values:
            keep &= _any_of(index, [index.facets.get((name, value)) for value in values])
    rows = np.flatnonzero(keep)
    if request.among is not None:
        inside = [request.among(index.records[row].object_id) for row in rows]
        rows = rows[np.array(inside, dtype=bool)]
    scores = score(query, index, rows) if query is not None else None
    return _Pool(index, rows, scores, distances, exact)


def _inside_circle(index: Index, request: Request, distances: Numbers) -> Mask:
    if request.radius_km is None:
        return np.ones(len(index), dtype=bool)
    inside: Mask = distances <= request.radius_km
    # A neighbour's telephone line is for the neighbour's families.
    return inside | index.everywhere if index.network_id == current_network_id() else inside


def _any_of(index: Index, masks: Sequence[Mask | None]) -> Mask:
    found = np.zeros(len(index), dtype=bool)
    for mask in masks:
        if mask is not None:
            found |= mask
    return found


# ── in which order ──────────────────────────────────────────────────────────────────────────────


def _order(pools: Sequence[_Pool], request: Request, query: Reading | None) -> _Order:
    """Equal ones go by distance, then as the indexes lie: by title, our network before others."""
    pool_of = np.repeat(np.arange(len(pools)), [len(pool.rows) for pool in pools])
    places = np.concatenate([np.arange(len(pool.rows)) for pool in pools])
    distances = np.concatenate([pool.distances[pool.rows] for pool in pools])
    if query is None:
        order = np.lexsort((places, pool_of, distances))
        return _Order(pool_of[order], places[order])
    fit = np.round(np.concatenate([_fit(pool) for pool in pools]) / _equal_fit(request))
    kept = np.flatnonzero(fit >= _least(fit))
    pool_of, places, distances, fit = pool_of[kept], places[kept], distances[kept], fit[kept]
    keys = (-fit, distances) if request.sort == "distance" else (distances, -fit)
    order = np.lexsort((places, pool_of, *keys))
    return _Order(pool_of[order], places[order])


def _least(fit: npt.NDArray[np.float64]) -> float:
    """What an answer has to reach: not too far behind the best, but a few are always kept."""
    if len(fit) <= AT_LEAST:
        return -np.inf
    best = np.partition(fit, -AT_LEAST)[-AT_LEAST:]
    return float(min(TAIL * best.max(), best.min()))


def _equal_fit(request: Request) -> float:
    return EQUAL_FIT_WITHOUT_PLACE if request.origin is None else EQUAL_FIT


def _fit(pool: _Pool) -> Numbers:
    return pool.scores.total if pool.scores else np.zeros(len(pool.rows), dtype=np.float32)


def _is_sure(pools: Sequence[_Pool]) -> bool:
    return any(pool.scores and pool.scores.confidence >= SURE for pool in pools)


def _nearest(pools: Sequence[_Pool], order: _Order, request: Request) -> Hit | None:
    if request.origin is None or not len(order):
        return None
    nearest: tuple[float, int, int] | None = None
    for number, pool in enumerate(pools):
        places = order.places[order.pools == number]
        if len(places):
            at = int(np.argmin(pool.distances[pool.rows[places]]))
            found = (float(pool.distances[pool.rows[places[at]]]), number, int(places[at]))
            nearest = found if nearest is None else min(nearest, found)
    if nearest is None or not np.isfinite(nearest[0]):
        return None
    return _hit(pools[nearest[1]], nearest[2], _equal_fit(request))


def _hit(pool: _Pool, at: int, step: float) -> Hit:
    row = int(pool.rows[at])
    record, distance = pool.index.records[row], float(pool.distances[row])
    plain = Hit(
        kind=record.kind,
        object_id=record.object_id,
        network_id=pool.index.network_id,
        title=record.title,
        score=0.0,
        distance_km=round(distance, 2) if np.isfinite(distance) else None,
        approximate=bool(np.isfinite(distance) and not pool.exact[row]),
    )
    if pool.scores is None:
        return plain
    return replace(
        plain,
        # As it was compared: equally good ones have equal scores.
        score=round(round(float(pool.scores.total[at]) / step) * step, 3),
        meaning=float(pool.scores.meaning[at]),
        concepts=float(pool.scores.concepts[at]),
        wording=float(pool.scores.words[at]),
        words=tuple(words_had(pool.scores, row)),
        parts=parts_of(pool.index, pool.scores, at),
    )
