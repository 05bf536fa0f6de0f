"""The indexes of this process: one per network and visibility, built anew when its stamp moved."""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

import numpy as np
from django.db.models import Q

from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.networks.page_cache import remembered
from knotenpunkt.foundation.networks.scope import current_network_id, published_everywhere
from knotenpunkt.tools.search.index import (
    METRES_PER_DEGREE,
    Index,
    Record,
    build_index,
    weigh_record,
)
from knotenpunkt.tools.search.models import Entry, Version, Visibility
from knotenpunkt.tools.search.own_words import own_meanings

MOST_INDEXES = 600
Origin = tuple[float, float]

_kept: OrderedDict[tuple[UUID, str], Index] = OrderedDict()
_building = threading.RLock()


def indexes(
    visibility: str, origin: Origin | None, radius_km: float | None, neighbours: bool
) -> list[Index]:
    """The index of this network first, then those of neighbours that the circle may reach."""
    own = remembered("search.version", _own_version)
    found = [_own_index(own[1] if own else None, visibility)]
    if neighbours and origin and radius_km is not None:
        with published_everywhere():
            place = (*origin, radius_km)
            others = remembered(("search.near", place), lambda: _versions_near(*place))
            found += [
                _current_index(network_id, stamp, Visibility.PUBLIC)
                for network_id, stamp in others
                if network_id != found[0].network_id
            ]
    return found


def _own_version() -> tuple[UUID, UUID] | None:
    own: tuple[UUID, UUID] | None = Version.objects.values_list("network_id", "stamp").first()
    return own


def _versions_near(latitude: float, longitude: float, radius_km: float) -> list[tuple[UUID, UUID]]:
    """(network, stamp) of those that have something public within the circle, or near it."""
    high = 1000 * radius_km / METRES_PER_DEGREE
    wide = high / max(0.01, float(np.cos(np.radians(latitude))))
    found = Version.objects.filter(
        south__lte=latitude + high,
        north__gte=latitude - high,
        west__lte=longitude + wide,
        east__gte=longitude - wide,
    )
    return list(found.order_by("network_id").values_list("network_id", "stamp"))


def _own_index(stamp: UUID | None, visibility: str) -> Index:
    """That of the network at hand, with its own words: they read its queries, no neighbour's."""
    index = _current_index(current_network_id(), stamp, visibility)
    if index.own_words is None:
        index = replace(index, own_words=tuple(own_meanings()))
        _kept[index.network_id, visibility] = index
    return index


def _current_index(network_id: UUID, stamp: UUID | None, visibility: str) -> Index:
    key = (network_id, visibility)
    index = _used(key)
    if index is None or index.stamp != stamp:
        with _building:
            index = _used(key)
            if index is None or index.stamp != stamp:
                records = _records(network_id, visibility, index)
                index = build_index(network_id, stamp, records, before=index)
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
    vector = bytes(entry.vector)
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
        vector=vector,
        said=weigh_record(
            entry.title, entry.summary, entry.text, entry.provider, entry.places, entry.words,
            vector,
        ),
    )  # fmt: skip
