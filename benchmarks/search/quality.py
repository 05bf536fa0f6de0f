"""How often a fitting offer is among the first 1, 3 and 5: `python -m benchmarks.search.quality`.

The queries marked "held" are counted apart; nothing was tuned on them. Intervals are Wilson's
at 95 %. `--failures` names the queries of the tuning part that our search misses.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from benchmarks.search.methods import Method, all_methods
from benchmarks.search.room import empty_network
from knotenpunkt.tools.search.actions import EntryDraft, write_entries
from knotenpunkt.tools.search.queries import Request, search

HERE = Path(__file__).parent
SPACE = UUID("6f1f6a4e-6a7c-4f0e-9a64-8f6c2b1d7a55")
LANGUAGES = "other languages"


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types, and the offers that would help."""

    text: str
    language: str
    kind: str
    part: str
    fits: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Result:
    """The place of the first fitting offer per query, 0 the best; None when it was not found."""

    ranks: tuple[int | None, ...]
    empty: int

    def hit(self, first: int) -> int:
        """Of how many queries a fitting offer is among the first so many."""
        return sum(rank is not None and rank < first for rank in self.ranks)

    @property
    def reciprocal(self) -> float:
        """Mean reciprocal rank."""
        return sum(1 / (rank + 1) for rank in self.ranks if rank is not None) / len(self.ranks)


def judged_queries() -> list[Query]:
    """The whole judged set."""
    return [
        Query(row["query"], row["language"], row["kind"], row["part"],
              frozenset(identity(name) for name in row["fits"]))
        for row in _rows("queries.jsonl")
    ]  # fmt: skip


def judged_offers() -> list[EntryDraft]:
    """The offers of the invented county."""
    return [
        EntryDraft(
            kind="offer",
            object_id=identity(row["id"]),
            title=row["title"],
            summary=row["summary"],
            text=row["text"],
            provider=row["provider"],
            places=row["place"],
            words=", ".join(row["words"]),
            everywhere=True,
            age_from=row["age_from"],
            age_to=row["age_to"],
        )
        for row in _rows("corpus.jsonl")
    ]


def identity(name: str) -> UUID:
    """The same id for an offer in every run."""
    return uuid5(SPACE, name)


def judge(method: Method, queries: Iterable[Query]) -> Result:
    """Ask every query once."""
    found = [(method(query.text), query.fits) for query in queries]
    ranks = [
        next((rank for rank, offer in enumerate(offers) if offer in fits), None)
        for offers, fits in found
    ]
    return Result(tuple(ranks), sum(not offers for offers, _ in found))


def interval(hits: int, total: int) -> tuple[float, float]:
    """Wilson's interval of a share at 95 %."""
    z = 1.96
    share, square = hits / total, z * z
    centre = (share + square / (2 * total)) / (1 + square / total)
    half = (
        z
        / (1 + square / total)
        * math.sqrt(share * (1 - share) / total + square / (4 * total * total))
    )
    return max(0.0, centre - half), min(1.0, centre + half)


def main() -> None:
    """Print the tables."""
    offers, queries = judged_offers(), judged_queries()
    with empty_network():
        write_entries(offers)
        methods = all_methods(offers).by_name
        for part, title in (("tune", "seen while tuning"), ("held", "held out")):
            for group, some in _groups([query for query in queries if query.part == part]):
                print(f"\n{group}, {title}: {len(some)} queries over {len(offers)} offers")
                for name, method in methods.items():
                    print(_line(name, judge(method, some)))
        _print_doubt(queries)
        if "--failures" in sys.argv:
            _print_failures(methods["ours"], [query for query in queries if query.part == "tune"])


def _groups(queries: Sequence[Query]) -> list[tuple[str, list[Query]]]:
    real = [query for query in queries if query.kind != "off"]
    german = [query for query in real if query.language == "de"]
    return [
        ("German, from life", [query for query in german if query.kind == "life"]),
        ("German, names, typos and short forms", [q for q in german if q.kind != "life"]),
        (LANGUAGES, [query for query in real if query.language != "de"]),
    ]


def _line(name: str, result: Result) -> str:
    total = len(result.ranks)
    shares = []
    for first in (1, 3, 5):
        low, high = interval(result.hit(first), total)
        shares.append(f"@{first} {result.hit(first) / total:.2f} [{low:.2f}–{high:.2f}]")
    return (
        f"  {name:22} {'  '.join(shares)}  MRR {result.reciprocal:.3f}"
        f"  nothing found {result.empty / total:.2f}"
    )


def _print_doubt(queries: Sequence[Query]) -> None:
    held = [query for query in queries if query.part == "held"]
    off = [query for query in held if query.kind == "off"]
    real = [query for query in held if query.kind != "off"]
    admitted = sum(not search(Request(text=query.text)).confident for query in off)
    doubted = sum(not search(Request(text=query.text)).confident for query in real)
    print(f"\nSays that nothing fits: {admitted} of {len(off)} questions that nothing answers,")
    print(f"and wrongly {doubted} of {len(real)} that have an answer (held out).")


def _print_failures(method: Method, queries: Sequence[Query]) -> None:
    print("\nNot among the first five (tuning part):")
    for query in queries:
        if query.kind != "off" and not set(method(query.text)[:5]) & query.fits:
            print(f"  {query.language}  {query.text}")


def _rows(name: str) -> list[dict[str, Any]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
