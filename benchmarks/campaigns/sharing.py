"""Fair sharing of 800 orders × 6 materials, beside a loop that gives pack by pack.

    .venv/bin/python -m benchmarks.campaigns.sharing [ORDERS] [MATERIALS]

Both give the same shares, which is checked. Wishes are made up from a seed; about two thirds of
what is wanted is there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter

from knotenpunkt.tools.capacity.sharing import Rule, Wish, share
from tests.tools.capacity.naive import shared_one_by_one

ORDERS, MATERIALS, ROUNDS = 800, 6, 9
PROMISE = 1.0
START = datetime(2026, 4, 1, 8, tzinfo=UTC)
Sharing = Callable[[Sequence[Wish], int, Rule], dict[str, int]]
Task = tuple[list[Wish], int, Rule]


def tasks(orders: int, materials: int) -> list[Task]:
    """What has to be shared, for each material under another rule."""
    random = Random(2026)
    rules = list(Rule)
    made: list[Task] = []
    for number in range(materials):
        wishes = [_wish(random, order) for order in range(orders)]
        stock = sum(one.wanted for one in wishes) * 2 // 3
        made.append((wishes, stock, rules[number % len(rules)]))
    return made


def _wish(random: Random, order: int) -> Wish:
    size = random.choice([None, random.randint(5, 180)])
    came = START + timedelta(minutes=random.randint(0, 60_000))
    return Wish(f"{order:05}", min(int(random.expovariate(1 / 6)) + 1, 40), size, came)


def run(way: Sharing, wanted: Sequence[Task]) -> tuple[float, list[dict[str, int]]]:
    """How many seconds all materials took, and their shares."""
    begin = perf_counter()
    shares = [way(*task) for task in wanted]
    return perf_counter() - begin, shares


def _told(name: str, times: Sequence[float]) -> str:
    least, middle, most = min(times), median(times), max(times)
    return f"{name:<24} {least * 1000:>9.1f} {middle * 1000:>9.1f} {most * 1000:>9.1f}"


def main(orders: int = ORDERS, materials: int = MATERIALS) -> int:
    """Measure, print, and fail when the promise is broken."""
    wanted = tasks(orders, materials)
    packs = sum(stock for _wishes, stock, _rule in wanted)
    print(f"{orders} orders × {materials} materials, {packs} packs; milliseconds")
    print(f"{'':<24} {'least':>9} {'median':>9} {'most':>9}")
    rounds = [run(share, wanted) for _round in range(ROUNDS)]
    ours = [seconds for seconds, _shares in rounds]
    print(_told("share", ours))
    theirs, shares = run(shared_one_by_one, wanted)
    print(_told("pack by pack", [theirs]))
    same = rounds[0][1] == shares
    print(f"the same shares: {'yes' if same else 'NO'}")
    kept = same and median(ours) < PROMISE
    print(f"under {PROMISE:.0f} second: {'kept' if kept else 'BROKEN'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
