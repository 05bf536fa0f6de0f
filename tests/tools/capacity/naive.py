"""The sharing as anybody would write it down at once: unit by unit, asking all each time."""

from __future__ import annotations

from collections.abc import Sequence

from knotenpunkt.tools.capacity.sharing import Rule, Wish, weights


def shared_one_by_one(wishes: Sequence[Wish], stock: int, rule: Rule) -> dict[str, int]:
    """The same shares, after as many rounds as there are units."""
    shares = {wish.key: wish.has for wish in wishes}
    weight = weights(wishes, rule)

    def turn(wish: Wish) -> tuple[object, ...]:
        has, by_arrival = shares[wish.key], (wish.came, wish.key)
        if not has:
            return (0, -weight[wish.key] if rule is Rule.BY_SIZE else 0, *by_arrival)
        if rule is Rule.FIRST_COME:
            return (1, 0, *by_arrival)
        return (1, -weight[wish.key] / (2 * has + 1), *by_arrival)

    for _unit in range(stock - sum(shares.values())):
        waiting = [wish for wish in wishes if shares[wish.key] < wish.wanted]
        if not waiting:
            break
        shares[min(waiting, key=turn).key] += 1
    return shares
