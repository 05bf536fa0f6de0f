"""How often a fitting offer is among the first 1, 3 and 5: `python -m benchmarks.search.quality`.

Every method over every set (see `sets.py`), in one run. Intervals are Wilson's at 95 %.
`--failures` names the queries that our search misses. `--closing` asks those instead that nobody
looked at, and prints totals only.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.search.methods import Method, all_methods
from benchmarks.search.room import empty_network
from benchmarks.search.sets import (
    OFF,
    Query,
    closing_queries,
    corpora,
    judged_offers,
    judged_queries,
    seen_queries,
)
from knotenpunkt.tools.search.actions import write_entries
from knotenpunkt.tools.search.queries import Request, search

__all__ = ["interval", "judge", "judged_offers", "judged_queries"]

OURS = "ours"
FIRST = 5
KINDS = ("life", "typo", "short", "compound", "negation", "long", "name")


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


@dataclass(frozen=True, slots=True)
class Asked:
    """One query, where each method first finds a fitting offer, and which find anything at all."""

    query: Query
    ranks: dict[str, int | None]
    found: dict[str, bool]
    confident: bool


def judge(method: Method, asked: Iterable[Query]) -> Result:
    """Ask every query once."""
    found = [(method(query.text), query) for query in asked]
    return Result(
        tuple(_rank(offers, query) for offers, query in found),
        sum(not offers for offers, _ in found),
    )


def _rank(offers: Sequence[object], query: Query) -> int | None:
    return next((rank for rank, offer in enumerate(offers) if offer in query.fits), None)


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
    closing = "--closing" in sys.argv
    asked = _ask(closing_queries() if closing else seen_queries())
    title = "CLOSING: nothing was tuned on it" if closing else "seen while tuning"
    print(f"\n════ {title} ".ljust(110, "═"))
    for name, some in _groups(asked):
        _print_table(name, some)
    _print_doubt(asked)
    if "--failures" in sys.argv and not closing:
        _print_failures(asked)


def _ask(wanted: Sequence[Query]) -> list[Asked]:
    asked: list[Asked] = []
    for corpus, drafts in corpora().items():
        here = [query for query in wanted if query.corpus == corpus]
        if not here:
            continue
        with empty_network():
            write_entries(drafts)
            methods = all_methods(drafts).by_name
            asked += [_asked(query, methods) for query in here]
    return asked


def _asked(query: Query, methods: dict[str, Method]) -> Asked:
    found = {name: method(query.text) for name, method in methods.items()}
    return Asked(
        query,
        {name: _rank(offers, query) for name, offers in found.items()},
        {name: bool(offers) for name, offers in found.items()},
        search(Request(text=query.text)).confident,
    )


# ── tables ──────────────────────────────────────────────────────────────────────────────────────


def _groups(asked: Sequence[Asked]) -> Iterator[tuple[str, list[Asked]]]:
    real = [one for one in asked if one.query.kind != OFF]
    german = [one for one in real if one.query.language == "de" and one.query.source != "names"]
    yield "German, Auental, older set", _those(german, source="queries")
    for county in ("auental", "wiesental"):
        yield f"German, {county.title()}", _those(german, source="german", corpus=county)
    yield "German, demo, by sort of offer", _those(german, source="demo")
    for kind in KINDS:
        yield f"German, Auental and Wiesental, {kind}", _those(german, source="german", kind=kind)
    yield "German, all of these", german
    for language in sorted({one.query.language for one in real} - {"de"}):
        yield f"language {language}, Auental and Wiesental", _those(real, language=language)
    yield "eight languages together", [one for one in real if one.query.language != "de"]
    yield "names in real lists", _those(real, source="names")


def _those(asked: Sequence[Asked], **wanted: str) -> list[Asked]:
    return [
        one
        for one in asked
        if all(getattr(one.query, name) == value for name, value in wanted.items())
    ]


def _print_table(title: str, asked: Sequence[Asked]) -> None:
    if not asked:
        return
    print(f"\n{title}: {len(asked)} queries")
    for name in asked[0].ranks:
        ranks = tuple(one.ranks[name] for one in asked)
        print(_line(name, Result(ranks, sum(not one.found[name] for one in asked))))


def _line(name: str, result: Result) -> str:
    total = len(result.ranks)
    shares = []
    for first in (1, 3, FIRST):
        low, high = interval(result.hit(first), total)
        shares.append(f"@{first} {result.hit(first) / total:.2f} [{low:.2f}–{high:.2f}]")
    return (
        f"  {name:22} {'  '.join(shares)}  MRR {result.reciprocal:.3f}"
        f"  nothing found {result.empty / total:.2f}"
    )


def _print_doubt(asked: Sequence[Asked]) -> None:
    off = [one for one in asked if one.query.kind == OFF]
    real = [one for one in asked if one.query.kind != OFF]
    right = [one for one in real if (one.ranks[OURS] or 0) < FIRST]
    print(f"\nSays that nothing fits well: {_doubted(off)} of {len(off)} that nothing answers,")
    print(f"and wrongly {_doubted(right)} of {len(right)} that are answered among the first five.")


def _doubted(asked: Sequence[Asked]) -> int:
    return sum(not one.confident for one in asked)


def _print_failures(asked: Sequence[Asked]) -> None:
    print("\nNot among the first five:")
    for one in asked:
        rank = one.ranks[OURS]
        if one.query.kind != OFF and (rank is None or rank >= FIRST):
            print(f"  {one.query.language}  {one.query.corpus:9}  {one.query.text}")


if __name__ == "__main__":
    main()
