"""How long a search takes: `python -m benchmarks.search.latency [OFFERS …]`, else 1,000 and 46,000.

One thread in process, no HTTP: a circle of 10 km, an age, the best 20, every query new to the
encoder. 1,000 offers lie as in a county, more of them as in a city: all in the circle. Beside it
the same database over the same rows: substrings, and its own full text search on German stems
(FTS5 with bm25, or tsvector with ts_rank), which both leave the circle out. The time of the
processor is told as well: other work on the machine does not lengthen it. On PostgreSQL:
`python -m scripts.postgresql python -m benchmarks.search.latency`.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from operator import and_
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Q

from benchmarks.search.methods import whole_text
from benchmarks.search.room import empty_network
from benchmarks.search.sets import judged_offers, seen_queries
from knotenpunkt.tools.search import kept_indexes
from knotenpunkt.tools.search.actions import EntryDraft, entries, write_entries
from knotenpunkt.tools.search.encoder import Vectors, encode, forget_queries
from knotenpunkt.tools.search.models import Entry
from knotenpunkt.tools.search.queries import Request, search
from knotenpunkt.tools.search.words import terms_of

CENTRE = (50.92, 13.34)
COUNTY, CITY = 0.25, 0.02  # degrees
SIZES = (1_000, 46_000)
RADIUS_KM = 10.0
AGE = 18
ASKED = 300
FIELDS = ("title", "summary", "text", "provider", "places", "words")


def county(offers: int) -> list[EntryDraft]:
    """So many offers: the judged ones with other towns, providers, places and sentences."""
    chance = random.Random(7)
    patterns = judged_offers()
    sentences = [sentence for one in patterns for sentence in one.text.split(". ")]
    return [_variant(number, chance, patterns, sentences, offers) for number in range(offers)]


def _variant(
    number: int,
    chance: random.Random,
    patterns: list[EntryDraft],
    sentences: list[str],
    offers: int,
) -> EntryDraft:
    pattern = patterns[number % len(patterns)]
    spread = COUNTY if offers <= SIZES[0] else CITY
    north, east = chance.gauss(CENTRE[0], spread), chance.gauss(CENTRE[1], spread)
    return replace(
        pattern,
        object_id=UUID(int=number + 1),
        title=f"{pattern.title} {number}",
        text=". ".join([pattern.text, *chance.sample(sentences, 3)]),
        places=f"Ort{number % 60}",
        points=((north, east, chance.random() < 0.7),),
        everywhere=number % 20 == 0,
    )


def main() -> None:
    """Print a table for each size."""
    for size in [int(word) for word in sys.argv[1:]] or SIZES:
        measure(size)


def measure(offers: int) -> None:
    """Fill a network with so many offers and ask."""
    texts = [query.text for query in seen_queries()]
    asked = texts[:: max(1, len(texts) // ASKED)]
    kept_indexes._kept.clear()
    before = _megabytes()
    with empty_network():
        warm = _megabytes()
        drafts = county(offers)
        with patch.object(entries, "encode", _alike if offers > SIZES[0] else encode):
            write_entries(drafts)
        first = _seconds(lambda: _ours("warm"))
        full = _megabytes()
        forget_queries()
        took = {"ours, encoder included, processor": _timed(_ours, asked, time.thread_time)}
        forget_queries()
        took["ours, encoder included"] = _timed(_ours, asked)
        took["ours, asked before"] = _timed(_ours, asked)
        took |= {name: _timed(ask, asked) for name, ask in _peers(drafts).items()}
        change = _seconds(lambda: _change(drafts[0]))
    print(f"\n{offers} offers on {connection.vendor}, circle of {RADIUS_KM:.0f} km, one thread")
    for name, values in took.items():
        p50, p95 = np.percentile(values, [50, 95])
        print(f"  {name:36} p50 {p50:7.2f} ms   p95 {p95:7.2f} ms")
    print(f"  index built in {first:.2f} s; one entry changed and found: {change * 1000:.0f} ms")
    print(
        f"  memory: program {before:.0f} MB, with encoder and lexicon {warm:.0f} MB,"
        f" with these offers {full:.0f} MB"
    )


def _alike(texts: Sequence[str]) -> Vectors:
    """Vectors like those of offers, for to encode so many would take minutes."""
    patterns = encode([one.meaning for one in judged_offers()])
    chance = np.random.default_rng(7)
    noise = chance.normal(scale=0.02, size=(len(texts), patterns.shape[1]))
    return np.asarray(patterns[np.arange(len(texts)) % len(patterns)] + noise, dtype=np.float32)


def _change(draft: EntryDraft) -> None:
    write_entries([replace(draft, title="Ein neuer Titel")])
    _ours("mein baby schreit nur noch")


def _ours(query: str) -> object:
    return search(Request(text=query, origin=CENTRE, radius_km=RADIUS_KM, age_months=AGE)).hits


def _timed(
    ask: Callable[[str], object],
    asked: Sequence[str],
    clock: Callable[[], float] = time.perf_counter,
) -> list[float]:
    took = []
    for query in asked:
        started = clock()
        ask(query)
        took.append(1000 * (clock() - started))
    return took


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _megabytes() -> float:
    """What this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


# ── peers ───────────────────────────────────────────────────────────────────────────────────────


def _peers(drafts: Sequence[EntryDraft]) -> dict[str, Callable[[str], object]]:
    vendor = connection.vendor
    stemmed = _fts5(drafts) if vendor == "sqlite" else _tsvector()
    return {
        f"{vendor} icontains, substring": _substring,
        f"{vendor} icontains, all words": _all_words,
        f"{vendor} full text, stemmed, any word": stemmed,
    }


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


def _fts5(drafts: Sequence[EntryDraft]) -> Callable[[str], object]:
    """SQLite's own index over stems, the best twenty by bm25."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE benchmark_stems USING fts5(stems)")
        cursor.executemany(
            "INSERT INTO benchmark_stems(stems) VALUES (%s)",
            [[" ".join(_plain(whole_text(draft)))] for draft in drafts],
        )

    def ask(query: str) -> object:
        any_word = " OR ".join(f'"{stem}"' for stem in _plain(query)) or '""'
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM benchmark_stems WHERE benchmark_stems MATCH %s"
                " ORDER BY bm25(benchmark_stems) LIMIT 20",
                [any_word],
            )
            return cursor.fetchall()

    return ask


def _plain(text: str) -> list[str]:
    return [term.removesuffix("¨") for term in terms_of(text)]


def _tsvector() -> Callable[[str], object]:
    """PostgreSQL's own index over German stems, the best twenty by ts_rank."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE benchmark_stems AS SELECT id, age_from, age_to, to_tsvector('german',"
            " concat_ws(' ', title, words, summary, text, provider, places)) AS stems"
            " FROM search_entry"
        )
        cursor.execute("CREATE INDEX benchmark_stems_gin ON benchmark_stems USING gin (stems)")
        cursor.execute("ANALYZE benchmark_stems")

    def ask(query: str) -> object:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM benchmark_stems, replace(plainto_tsquery('german', %s)::text,"
                " '&', '|') AS told WHERE told <> '' AND stems @@ told::tsquery"
                " AND coalesce(age_from, 0) <= %s AND coalesce(age_to, 999) >= %s"
                " ORDER BY ts_rank(stems, told::tsquery) DESC LIMIT 20",
                [query.replace("\x00", ""), AGE, AGE],
            )
            return cursor.fetchall()

    return ask


if __name__ == "__main__":
    main()
