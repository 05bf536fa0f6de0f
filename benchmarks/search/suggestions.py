"""How long suggestions take while typing: `python -m benchmarks.search.suggestions [OFFERS]`.

One thread in process, no HTTP: everybody's first two, three … letters of what the judged queries
begin with; beside it what a plain list does, `icontains` over titles and topics with a LIMIT.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from django.db import connection

from benchmarks.search.latency import county
from benchmarks.search.quality import judged_queries
from benchmarks.search.room import empty_network
from knotenpunkt.registers.offers.actions import prepare_topics
from knotenpunkt.registers.offers.findable import ENTRY_KIND
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.registers.offers.suggesting import proposals
from knotenpunkt.tools.search.actions import write_entries
from knotenpunkt.tools.search.models import Entry

AREA = ["14522"]
LONGEST = 24
MOST_QUERIES = 60


def begun() -> list[str]:
    """What stands in the field, letter by letter."""
    typed = [query.text[:LONGEST] for query in judged_queries()[:MOST_QUERIES]]
    return [text[:length] for text in typed for length in range(2, len(text) + 1)]


def _ours(text: str) -> object:
    return proposals(text, AREA)


def _plain(text: str) -> object:
    offers = Entry.objects.filter(kind=ENTRY_KIND, title__icontains=text)
    topics = Topic.objects.filter(names__icontains=text)
    return [*topics.values_list("key")[:3], *offers.values_list("object_id", "title")[:5]]


def _timed(ask: Callable[[str], object], texts: list[str]) -> np.ndarray:
    took = []
    for text in texts:
        started = time.perf_counter()
        ask(text)
        took.append((time.perf_counter() - started) * 1000)
    return np.array(took)


def _line(name: str, took: np.ndarray, found: float) -> str:
    p50, p95, worst = np.percentile(took, [50, 95, 100])
    return (
        f"  {name:28} p50 {p50:6.2f} ms   p95 {p95:6.2f} ms   worst {worst:6.2f} ms"
        f"   proposes something {found:4.0%}"
    )


def main() -> None:
    """Print the table."""
    offers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    texts = begun()
    with empty_network():
        prepare_topics()
        drafts = [replace(draft, kind=ENTRY_KIND) for draft in county(offers)]
        write_entries(drafts)
        first = _timed(_ours, ["schlaf"])[0]
        write_entries([replace(drafts[0], title="Ein neuer Titel")])
        change = _timed(_ours, ["neuer tit"])[0]
        lines = [
            _line(name, _timed(ask, texts), sum(bool(ask(text)) for text in texts) / len(texts))
            for name, ask in (("ours", _ours), (f"{connection.vendor} icontains", _plain))
        ]
    print(f"{offers} offers on {connection.vendor}, {len(texts)} beginnings, one thread")
    print("\n".join(lines))
    print(f"  laid out for the first time in {first:.0f} ms; after a change in {change:.0f} ms")


if __name__ == "__main__":
    main()
