"""Which filters are read from what families type: `python -m benchmarks.search.wishes`.

For each filter: precision (of those that were read, how many somebody meant) and recall (of those
that were meant, how many were read), over `judged/wishes_tune.jsonl`; with --held over the half
that nothing was tuned on. Intervals are Wilson's at 95 %. --failures names what differs (only of
the half for tuning).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measuring import percentiles
from benchmarks.search.quality import interval
from benchmarks.search.room import empty_network
from knotenpunkt.registers.areas.postal_codes import Located
from knotenpunkt.registers.offers.wishes import Wish
from knotenpunkt.registers.offers.wishing import understand_wish

JUDGED = Path(__file__).parent / "judged"
# The network whose families typed them.
AREA_KEYS = ("14522",)
NAMES = {"language": "spoken", "way": ""}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One text with the filters that somebody meant and those that were read."""

    text: str
    meant: frozenset[tuple[str, Any]]
    read: frozenset[tuple[str, Any]]


def judgements(part: str) -> list[Judgement]:
    """Read every text of a part, "tune" or "held"."""
    rows = (JUDGED / f"wishes_{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_judged(json.loads(row)) for row in rows]


def _judged(row: Mapping[str, Any]) -> Judgement:
    wish = understand_wish(Wish(text=row["text"]), near_area_keys=AREA_KEYS)
    read = dict(_filters(wish))
    meant = dict(row["expect"])
    if isinstance(wish.place, Located) and meant.get("place") in _names(wish.place):
        read["place"] = meant["place"]
    return Judgement(row["text"], frozenset(meant.items()), frozenset(read.items()))


def _filters(wish: Wish) -> Iterator[tuple[str, Any]]:
    for one in wish.read:
        for name, value in one.sets:
            if shown := NAMES.get(name, name):
                yield shown, value.label if name == "place" else value


def _names(place: Located) -> tuple[str, ...]:
    """A place as somebody may have meant it: town or postal code."""
    return (place.town, place.postal_code, place.label, place.town.split("/")[0])


def main() -> None:
    """Print the tables."""
    with empty_network():
        understand_wish(Wish(text="Krabbelgruppe Döbeln"), near_area_keys=AREA_KEYS)
        for part in ("tune", "held") if "--held" in sys.argv else ("tune",):
            _print_part(part, judgements(part))
        if "--failures" in sys.argv:
            _print_failures(judgements("tune"))
        _print_time()


def _print_part(part: str, judged: Sequence[Judgement]) -> None:
    print(f"\nWishes in {len(judged)} texts ({part}): filter, precision, recall")
    for name in ("all", *sorted({name for one in judged for name, _ in one.meant})):
        meant = [(one.text, *it) for one in judged for it in one.meant if name in ("all", it[0])]
        read = [(one.text, *it) for one in judged for it in one.read if name in ("all", it[0])]
        right = len(set(meant) & set(read))
        print(f"  {name:12} {_share(right, len(read))}   {_share(right, len(meant))}")
    exact = sum(one.meant == one.read for one in judged)
    plain = [one for one in judged if not one.meant]
    left = sum(not one.read for one in plain)
    print(f"  every filter of a text right       {_share(exact, len(judged))}")
    print(f"  texts without a wish left as such  {_share(left, len(plain))}")


def _share(hits: int, total: int) -> str:
    if not total:
        return "–".ljust(26)
    low, high = interval(hits, total)
    return f"{hits / total:.2f} [{low:.2f}–{high:.2f}] {hits:>3}/{total:<3}"


def _print_failures(judged: Sequence[Judgement]) -> None:
    print("\nRead otherwise than meant:")
    for one in judged:
        if one.meant != one.read:
            more, less = (
                sorted(map(str, one.read - one.meant)),
                sorted(map(str, one.meant - one.read)),
            )
            print(f"  {one.text}\n      too much: {more}  missing: {less}")


def _print_time() -> None:
    rows = (JUDGED / "wishes_tune.jsonl").read_text(encoding="utf-8").splitlines()
    took = []
    for row in rows:
        started = time.perf_counter()
        understand_wish(Wish(text=json.loads(row)["text"]), near_area_keys=AREA_KEYS)
        took.append(1000 * (time.perf_counter() - started))
    p50, p95, p99 = percentiles(took)
    print(f"\nReading a text takes p50 {p50:.2f} ms, p95 {p95:.2f} ms, p99 {p99:.2f} ms.")


if __name__ == "__main__":
    main()
