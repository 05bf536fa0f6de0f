"""How long a search takes at county size: `python -m benchmarks.search.latency [OFFERS]`.

One thread in process, no HTTP: 1,000 offers, a 10 km circle, an age, the best 20, every query new
to the encoder; beside it the substring search of the same database over the same rows.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from operator import and_
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Q

from benchmarks.search.quality import judged_offers, judged_queries
from benchmarks.search.room import empty_network
from knotenpunkt.tools.search.actions import EntryDraft, write_entries
from knotenpunkt.tools.search.encoder import encode_query
from knotenpunkt.tools.search.models import Entry
from knotenpunkt.tools.search.queries import Request, search

CENTRE = (50.92, 13.34)
SPREAD = 0.25  # degrees: about as wide as a county
RADIUS_KM = 10.0
AGE = 18
FIELDS = ("title", "summary", "text", "provider", "places", "words")


def county(offers: int) -> list[EntryDraft]:
    """So many offers: the judged ones with other towns, providers, places and sentences."""
    chance = random.Random(7)
    patterns = judged_offers()
    sentences = [sentence for one in patterns for sentence in one.text.split(". ")]
    return [_variant(number, chance, patterns, sentences) for number in range(offers)]


def _variant(
    number: int, chance: random.Random, patterns: list[EntryDraft], sentences: list[str]
) -> EntryDraft:
    pattern = patterns[number % len(patterns)]
    north, east = chance.gauss(CENTRE[0], SPREAD), chance.gauss(CENTRE[1], SPREAD)
    return replace(
        pattern,
        object_id=UUID(int=number + 1),
        title=f"{pattern.title} {number}",
        text=". ".join([pattern.text, *chance.sample(sentences, 3)]),
        places=f"Ort{number % 60}",
        points=((north, east, chance.random() < 0.7),),
        everywhere=number % 20 == 0,
    )


def _timed(ask: Callable[[str], object], queries: list[str]) -> np.ndarray:
    took = []
    for query in queries:
        started = time.perf_counter()
        ask(query)
        took.append((time.perf_counter() - started) * 1000)
    return np.array(took)


def _ours(query: str) -> object:
    return search(Request(text=query, origin=CENTRE, radius_km=RADIUS_KM, age_months=AGE)).hits


def _contains(text: str) -> Q:
    has = Q()
    for name in FIELDS:
        has |= Q(**{f"{name}__icontains": text})
    return has


def _in_age() -> Q:
    return (Q(age_from=None) | Q(age_from__lte=AGE)) & (Q(age_to=None) | Q(age_to__gte=AGE))


def _substring(query: str) -> object:
    return list(Entry.objects.filter(_in_age(), _contains(query)).values_list("id", "title")[:20])


def _all_words(query: str) -> object:
    words = reduce(and_, (_contains(word) for word in query.split()), Q())
    return list(Entry.objects.filter(_in_age(), words).values_list("id", "title")[:20])


def _line(name: str, took: np.ndarray, beside: np.ndarray) -> str:
    p50, p95 = np.percentile(took, [50, 95])
    ratio = np.percentile(beside, 95) / p95
    return (
        f"  {name:36} p50 {p50:6.2f} ms   p95 {p95:6.2f} ms   {ratio:5.1f} x the substring search"
    )


def main() -> None:
    """Print the table."""
    offers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    queries = [query.text for query in judged_queries()]
    with empty_network():
        drafts = county(offers)
        started = time.perf_counter()
        write_entries(drafts)
        writing = time.perf_counter() - started
        started = time.perf_counter()
        _ours("warm")
        first = (time.perf_counter() - started) * 1000
        encode_query.cache_clear()
        new = _timed(_ours, queries)
        again = _timed(_ours, queries)
        peers = {"substring": _timed(_substring, queries), "all words": _timed(_all_words, queries)}
        started = time.perf_counter()
        write_entries([replace(drafts[0], title="Ein neuer Titel")])
        _ours("mein baby schreit nur noch")
        change = (time.perf_counter() - started) * 1000
    print(f"{offers} offers on {connection.vendor}, circle of {RADIUS_KM:.0f} km, one thread")
    print(_line("ours, encoder included", new, peers["substring"]))
    print(_line("ours, query asked before", again, peers["substring"]))
    for name, took in peers.items():
        print(_line(f"{connection.vendor} icontains, {name}", took, peers["substring"]))
    print(
        f"  writing {offers / writing:.0f} entries/s with vectors; index built in {first:.0f} ms;"
    )
    print(f"  one entry changed, written and found in the next search: {change:.0f} ms")


if __name__ == "__main__":
    main()
