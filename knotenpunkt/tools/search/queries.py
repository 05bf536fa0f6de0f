"""Searching: filters decide what is in, the ranking decides the order."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

import numpy as np
from django.db.models import Q, QuerySet

from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.core.measures import SEARCHES
from knotenpunkt.foundation.networks.scope import current_network_id, published_everywhere
from knotenpunkt.tools.search import encoder
from knotenpunkt.tools.search.index import (
    METRES_PER_DEGREE,
    Index,
    Mask,
    Numbers,
    Record,
    Rows,
    build_index,
    weigh_record,
)
from knotenpunkt.tools.search.lexicon import concept_name, lexicon
from knotenpunkt.tools.search.models import Entry, Version, Visibility
from knotenpunkt.tools.search.ranking import Scores, Understanding, score, understand

# Calibrated on the judged set (`benchmarks/search`): 19 of 20 fitting answers lie above it,
# four of five questions that nothing answers lie below.
CONFIDENT = 0.42
# What scores less than this share of the best hit is no answer any more, but a few are kept.
TAIL = 0.6
AT_LEAST = 5
# Fits that differ by less are equally good, and the nearer one is better. Without a place there
# is nothing to weigh against, only chance in the fourth digit.
EQUAL_FIT, EQUAL_FIT_WITHOUT_PLACE = 0.05, 0.001
MOST_INDEXES = 600

Origin = tuple[float, float]
Sort = Literal["fit", "distance"]


@dataclass(frozen=True, slots=True)
class Request:
    """What is sought. Everything but the text filters.

    `text` is what the meaning reads; `named` the whole text as typed, for the exact names of
    providers and places, where that is more. `origin` is (latitude, longitude). `facets`: any of
    the values within a name, all of the names.
    `neighbours`: include published entries of other networks inside the circle.
    `among` gets the object id and has the last word; a set's `__contains__` will do.
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
class Hit:
    """One thing that was found, and why.

    `distance_km` is None without an origin or a point; `approximate` when it stands on a postal
    code only. `meaning` and `wording` are the two parts of `score`; `words` are those of the query
    that the thing has.
    """

    kind: str
    object_id: UUID
    network_id: UUID
    title: str
    score: float
    distance_km: float | None
    approximate: bool
    meaning: float
    wording: float
    words: tuple[str, ...]
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


@dataclass(frozen=True, slots=True)
class _Pool:
    """Rows of one index that passed the filters, with what orders them; all of one length."""

    index: Index
    rows: Rows
    scores: Scores | None
    distances: Numbers
    exact: Mask


def warm_up() -> None:
    """Load encoder and lexicon, so that the first search is as quick as the next."""
    encoder.warm_up()
    lexicon()


def is_warm() -> bool:
    """Whether the next search need not wait for the encoder."""
    return encoder.is_warm()


def search(request: Request) -> Answer:
    """Find entries for the network that the running code works in."""
    started = time.perf_counter()
    indexes = _indexes(request)
    query = understand(request.text, indexes[0].vocabulary) if request.text.strip() else None
    pools = [_pool(index, request, query) for index in indexes]
    ranked = _order(pools, request, query)
    page = ranked[max(0, request.offset) :][: max(0, request.limit)]
    best = _best(pools)
    seconds = time.perf_counter() - started
    SEARCHES.labels(visibility=request.visibility).observe(seconds)
    return Answer(
        hits=tuple(_hit(pools[pool], int(at), query, _equal_fit(request)) for pool, at in page),
        total=len(ranked),
        confident=bool(ranked) and (query is None or best >= CONFIDENT),
        corrections=query.corrections if query else (),
        took_ms=seconds * 1000,
    )


# ── what is in ──────────────────────────────────────────────────────────────────────────────────


def _pool(index: Index, request: Request, query: Understanding | None) -> _Pool:
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
    scores = score(query, index) if query is not None and len(rows) else None
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


def _order(
    pools: Sequence[_Pool], request: Request, query: Understanding | None
) -> list[tuple[int, int]]:
    """(pool, row) of every hit, best first. Equal ones go by distance, then as the index lies."""
    pool_of = np.concatenate([np.full(len(pool.rows), at) for at, pool in enumerate(pools)])
    rows = np.concatenate([pool.rows for pool in pools]).astype(np.int64)
    distances = np.concatenate([pool.distances[pool.rows] for pool in pools])
    fit = np.concatenate([_fit(pool) for pool in pools])
    fit = np.round(fit / _equal_fit(request))
    if query is None:
        titles = _title_ranks(pools)
        order = np.lexsort((rows, pool_of, titles, distances))
    elif request.sort == "distance":
        order = np.lexsort((rows, pool_of, -fit, distances))
    else:
        order = np.lexsort((rows, pool_of, distances, -fit))
    if query is not None and len(fit):
        best = np.sort(fit)[::-1]
        least = min(TAIL * best[0], best[min(AT_LEAST, len(best)) - 1])
        order = order[fit[order] >= least]
    return list(zip(pool_of[order].tolist(), rows[order].tolist(), strict=True))


def _equal_fit(request: Request) -> float:
    return EQUAL_FIT_WITHOUT_PLACE if request.origin is None else EQUAL_FIT


def _fit(pool: _Pool) -> Numbers:
    if pool.scores is None:
        return np.zeros(len(pool.rows), dtype=np.float32)
    return np.asarray(pool.scores.total[pool.rows], dtype=np.float32)


def _best(pools: Sequence[_Pool]) -> float:
    return max((float(_fit(pool).max()) for pool in pools if len(pool.rows)), default=0.0)


def _title_ranks(pools: Sequence[_Pool]) -> Rows:
    titles = [fold(pool.index.records[row].title) for pool in pools for row in pool.rows]
    ranks = {title: rank for rank, title in enumerate(sorted(set(titles)))}
    return np.array([ranks[title] for title in titles], dtype=np.int64)


def _hit(pool: _Pool, row: int, query: Understanding | None, step: float) -> Hit:
    record, scores = pool.index.records[row], pool.scores
    distance = float(pool.distances[row])
    return Hit(
        kind=record.kind,
        object_id=record.object_id,
        network_id=pool.index.network_id,
        title=record.title,
        # As it was compared: equally good ones have equal scores.
        score=round(round(float(scores.total[row]) / step) * step, 3) if scores else 0.0,
        distance_km=round(distance, 2) if np.isfinite(distance) else None,
        approximate=bool(np.isfinite(distance) and not pool.exact[row]),
        meaning=float(scores.meaning[row]) if scores else 0.0,
        wording=float(scores.words[row]) if scores else 0.0,
        words=tuple(word for word, has in scores.matched if has[row] > 0) if scores else (),
        parts=_parts(pool, row, query) if query else (),
    )


def _parts(pool: _Pool, row: int, query: Understanding) -> tuple[Part, ...]:
    scores = pool.scores
    if scores is None or scores.total[row] <= 0:
        return ()
    total, vector = float(scores.total[row]), pool.index.vectors[row]
    pulled = {key: max(0.0, float(vector @ pull)) for key, pull in query.concepts}
    plain = float(scores.meaning[row]) - sum(pulled.values())
    had = {word: float(has[row]) for word, has in scores.matched if has[row] > 0}
    parts = [Part("meaning", "", "", max(0.0, plain) / total)]
    parts += [
        Part("concept", concept_name(key, "de"), key, part / total) for key, part in pulled.items()
    ]
    parts += [
        Part("word", word, word, float(scores.words[row]) * has / sum(had.values()) / total)
        for word, has in had.items()
    ]
    return tuple(sorted(parts, key=lambda part: -part.share))


# ── indexes of this process ─────────────────────────────────────────────────────────────────────

_kept: OrderedDict[tuple[UUID, str], Index] = OrderedDict()
_building = threading.RLock()


def _indexes(request: Request) -> list[Index]:
    """The index of this network first, then those of neighbours that the circle may reach."""
    own = Version.objects.values_list("network_id", "stamp").first()
    stamp = own[1] if own else None
    indexes = [_current_index(current_network_id(), stamp, request.visibility)]
    if request.neighbours and request.origin and request.radius_km is not None:
        with published_everywhere():
            near = _versions_near(request.origin, request.radius_km)
            others = list(near.order_by("network_id").values_list("network_id", "stamp"))
            indexes += [
                _current_index(network_id, stamp, Visibility.PUBLIC)
                for network_id, stamp in others
                if network_id != indexes[0].network_id
            ]
    return indexes


def _versions_near(origin: Origin, radius_km: float) -> QuerySet[Version]:
    latitude, longitude = origin
    high = 1000 * radius_km / METRES_PER_DEGREE
    wide = high / max(0.01, float(np.cos(np.radians(latitude))))
    found: QuerySet[Version] = Version.objects.filter(
        south__lte=latitude + high,
        north__gte=latitude - high,
        west__lte=longitude + wide,
        east__gte=longitude - wide,
    )
    return found


def _current_index(network_id: UUID, stamp: UUID | None, visibility: str) -> Index:
    key = (network_id, visibility)
    index = _used(key)
    if index is None or index.stamp != stamp:
        with _building:
            index = _used(key)
            if index is None or index.stamp != stamp:
                index = build_index(network_id, stamp, _records(network_id, visibility, index))
                _kept[key] = index
                while len(_kept) > MOST_INDEXES:
                    _kept.popitem(last=False)
    return index


def _used(key: tuple[UUID, str]) -> Index | None:
    """The index that is kept, now the last to be given up."""
    index = _kept.get(key)
    with suppress(KeyError):  # another thread may give it up at this moment
        _kept.move_to_end(key)
    return index


def _records(network_id: UUID, visibility: str, before: Index | None) -> list[Record]:
    """All records of a network; only those that changed are read anew."""
    wanted = Q(network_id=network_id)
    if visibility == Visibility.PUBLIC:
        wanted &= Q(visibility=Visibility.PUBLIC)
    rows = Entry.objects.filter(wanted)
    known = {record.stamped: record for record in before.records} if before else {}
    if not known:
        return [_record(entry) for entry in rows.iterator(chunk_size=1000)]
    stamped = list(rows.values_list("id", "stamp"))
    missing = [identity for identity, stamp in stamped if (identity, stamp) not in known]
    fresh = [
        _record(entry)
        for start in range(0, len(missing), 500)
        for entry in Entry.objects.filter(wanted, id__in=missing[start : start + 500])
    ]
    return [known[key] for key in stamped if key in known] + fresh


def _record(entry: Entry) -> Record:
    weights, names = weigh_record(
        entry.title, entry.summary, entry.text, entry.provider, entry.places, entry.words
    )
    return Record(
        id=entry.id,
        stamp=entry.stamp,
        kind=entry.kind,
        object_id=entry.object_id,
        title=entry.title,
        order=tuple(map(fold, (entry.title, entry.summary, entry.provider, entry.places))),
        points=tuple((point[0], point[1], bool(point[2])) for point in entry.points),
        everywhere=entry.everywhere,
        age_from=entry.age_from,
        age_to=entry.age_to,
        facets=entry.facets,
        vector=bytes(entry.vector),
        weights=weights,
        names=names,
    )
