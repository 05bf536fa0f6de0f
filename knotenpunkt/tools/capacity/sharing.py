"""Sharing whole units fairly when more is wanted than there is. Pure: values in, shares out.

In three steps:

1. What somebody has already been promised (`has`) stays theirs.
2. Whoever has nothing yet gets one unit. When there are fewer units than people, those who came
   first are served; by size, the largest.
3. The rest follows the rule, up to what each one wants. By order of arrival, wishes are filled one
   after the other. In proportion (to the wish, or to the size) each further unit goes to whoever
   has the highest weight / (2 × units + 1): the method of Sainte-Laguë, which favours neither
   large nor small, and by which more stock never leaves anybody with less.

Ties go to whoever came first, then to the smaller key. Nothing is left over while somebody wants
more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from heapq import heapify, heappop, heapreplace
from math import ceil

# So many halvings of the interval tell two quotients apart wherever floats do.
HALVINGS = 60


class Rule(StrEnum):
    """How units are given out beyond the first one of each."""

    PROPORTIONAL = "proportional"
    BY_SIZE = "by_size"
    FIRST_COME = "first_come"


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants how many units since when. `size`: people it is for; None: not said.

    `has` are units that were promised before.
    """

    key: str
    wanted: int
    size: int | None
    came: datetime
    has: int = 0


def share(wishes: Sequence[Wish], stock: int, rule: Rule) -> dict[str, int]:
    """How many of `stock` units each one gets, those promised before among them.

    Never more than the stock, unless more was promised; never more than wanted, unless so was
    promised. The order of the wishes plays no part. Raises ValueError when a key comes twice.
    """
    shares = {wish.key: wish.has for wish in wishes}
    if len(shares) < len(wishes):
        raise ValueError("Each key may wish once.")
    left = max(stock - sum(shares.values()), 0)
    left -= _one_each(wishes, left, rule, shares)
    if left and rule is Rule.FIRST_COME:
        _fill(sorted(wishes, key=_arrival), left, shares)
    elif left:
        _weigh(wishes, left, rule, shares)
    return shares


def usual_size(sizes: Iterable[int | None]) -> int:
    """What counts for those who said no size: the middle one of those said; 1 when nobody did."""
    said = sorted(size for size in sizes if size)
    return said[(len(said) - 1) // 2] if said else 1


def weights(wishes: Sequence[Wish], rule: Rule) -> dict[str, int]:
    """What the share of each one is in proportion to."""
    if rule is not Rule.BY_SIZE:
        return {wish.key: wish.wanted for wish in wishes}
    usual = usual_size(wish.size for wish in wishes)
    return {wish.key: wish.size or usual for wish in wishes}


def _arrival(wish: Wish) -> tuple[datetime, str]:
    return wish.came, wish.key


def _one_each(wishes: Sequence[Wish], left: int, rule: Rule, shares: dict[str, int]) -> int:
    """Give one unit to whoever has none, as far as they go; how many that took."""
    empty = sorted((one for one in wishes if one.wanted and not shares[one.key]), key=_arrival)
    if rule is Rule.BY_SIZE:
        weight = weights(wishes, rule)
        empty.sort(key=lambda one: -weight[one.key])
    served = empty[:left]
    shares.update((one.key, 1) for one in served)
    return len(served)


def _fill(wishes: Sequence[Wish], left: int, shares: dict[str, int]) -> None:
    """Fill one wish after the other."""
    for wish in wishes:
        more = min(left, max(wish.wanted - shares[wish.key], 0))
        shares[wish.key] += more
        left -= more


def _weigh(wishes: Sequence[Wish], left: int, rule: Rule, shares: dict[str, int]) -> None:
    """Give the rest in proportion: almost all of it at one stroke, the last units one by one."""
    weight = weights(wishes, rule)
    open_wishes = [one for one in wishes if shares[one.key] < one.wanted]
    if sum(one.wanted - shares[one.key] for one in open_wishes) <= left:
        shares.update((one.key, one.wanted) for one in open_wishes)
        return
    bar = _bar(open_wishes, left, weight, shares)
    for one in open_wishes:
        above = _above(one, bar, weight[one.key], shares[one.key])
        shares[one.key] += above
        left -= above
    _one_by_one(open_wishes, left, weight, shares)


def _bar(
    wishes: Sequence[Wish], left: int, weight: dict[str, int], shares: dict[str, int]
) -> float:
    """A quotient above which lie no more than `left` units, and hardly fewer."""
    low, high = 0.0, float(max(weight[one.key] for one in wishes))
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        above = sum(_above(one, middle, weight[one.key], shares[one.key]) for one in wishes)
        low, high = (low, middle) if above <= left else (middle, high)
    return high


def _above(wish: Wish, bar: float, weight: int, has: int) -> int:
    """How many further units of this wish have a quotient above the bar."""
    if weight <= bar:
        return 0
    units = ceil((weight / bar - 1) / 2) if bar else wish.wanted
    while units and bar and weight / (2 * units - 1) <= bar:  # division rounds: ask once more
        units -= 1
    return max(min(units, wish.wanted) - has, 0)


def _one_by_one(
    wishes: Sequence[Wish], left: int, weight: dict[str, int], shares: dict[str, int]
) -> None:
    """Each unit to the highest quotient. Floats of equal quotients are equal."""
    waiting = [
        (-weight[one.key] / (2 * shares[one.key] + 1), one.came, one.key, one.wanted)
        for one in wishes
        if shares[one.key] < one.wanted
    ]
    heapify(waiting)
    while left and waiting:
        _quotient, came, key, wanted = waiting[0]
        shares[key] += 1
        left -= 1
        if shares[key] < wanted:
            further = (-weight[key] / (2 * shares[key] + 1), came, key, wanted)
            heapreplace(waiting, further)
        else:
            heappop(waiting)
