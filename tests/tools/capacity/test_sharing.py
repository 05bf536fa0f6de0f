"""Fair sharing: what must hold for all wishes, and cases that were judged by hand before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knotenpunkt.tools.capacity.sharing import Rule, Wish, share, usual_size
from tests.tools.capacity.naive import shared_one_by_one

START = datetime(2026, 4, 1, 8, tzinfo=UTC)
MANY = settings(max_examples=600)


def wish(key: str, wanted: int, size: int | None = None, *, minute: int = 0, has: int = 0) -> Wish:
    """A wish that came so many minutes after the first moment."""
    return Wish(key, wanted, size, START + timedelta(minutes=minute), has)


# (what it is about, wishes, stock, rule, shares)
P, S, F = Rule.PROPORTIONAL, Rule.BY_SIZE, Rule.FIRST_COME
JUDGED: list[tuple[str, list[Wish], int, Rule, str]] = [
    ("there is enough", [wish("a", 5), wish("b", 2)], 9, P, "a5 b2"),
    ("nobody wants anything", [], 9, P, ""),
    ("nothing is there", [wish("a", 5), wish("b", 2)], 0, S, "a0 b0"),
    ("one each before a second", [wish("a", 9), wish("b", 1), wish("c", 1)], 3, P, "a1 b1 c1"),
    ("the rest by the wish", [wish("a", 9), wish("b", 3)], 8, P, "a6 b2"),
    ("six of ten", [wish("a", 5), wish("b", 5)], 6, P, "a3 b3"),
    ("an odd unit goes to the first", [wish("b", 5), wish("a", 5, minute=1)], 7, P, "b4 a3"),
    ("the same minute: the smaller key", [wish("b", 5), wish("a", 5)], 7, P, "a4 b3"),
    ("small wishes are filled before large", [wish("a", 2), wish("b", 20)], 11, P, "a1 b10"),
    ("fewer units than people: first come", [wish("a", 9, minute=2), wish("b", 1)], 1, P, "a0 b1"),
    ("by size: the largest first", [wish("a", 3, 20), wish("b", 3, 90)], 1, S, "a0 b1"),
    ("by size: three to one", [wish("a", 9, 90), wish("b", 9, 30)], 8, S, "a6 b2"),
    ("by size, never above the wish", [wish("a", 2, 90), wish("b", 9, 30)], 8, S, "a2 b6"),
    ("no size counts as the middle", [wish("a", 9), wish("b", 9, 10), wish("c", 9, 40)],
     9, S, "a2 b1 c6"),
    ("nobody said a size", [wish("a", 9), wish("b", 9)], 8, S, "a4 b4"),
    ("first come fills wishes", [wish("a", 5, minute=1), wish("b", 5), wish("c", 5, minute=2)],
     9, F, "a3 b5 c1"),
    ("first come: one each first", [wish("a", 5), wish("b", 5, minute=1)], 2, F, "a1 b1"),
    ("what was promised stays", [wish("a", 5, has=4), wish("b", 5)], 6, P, "a4 b2"),
    ("promised above the wish stays", [wish("a", 2, has=3), wish("b", 5)], 6, P, "a3 b3"),
    ("promised above the stock stays", [wish("a", 5, has=4), wish("b", 5)], 3, P, "a4 b0"),
    ("a late order gets its one", [wish("a", 5, has=3), wish("b", 5, has=3), wish("c", 9)],
     7, P, "a3 b3 c1"),
    ("nobody waits for a wish of none", [wish("a", 0), wish("b", 3)], 2, P, "a0 b2"),
]  # fmt: skip


@pytest.mark.parametrize(("_about", "wishes", "stock", "rule", "told"), JUDGED)
def test_it_shares_as_people_judge(
    _about: str, wishes: list[Wish], stock: int, rule: Rule, told: str
) -> None:
    shares = share(wishes, stock, rule)
    assert {f"{key}{count}" for key, count in shares.items()} == set(told.split())


wishes_of_many = st.lists(
    st.builds(
        lambda wanted, size, minute: (wanted, size, minute),
        st.integers(0, 40),
        st.one_of(st.none(), st.integers(0, 300)),
        st.integers(0, 5),
    ),
    max_size=25,
).map(lambda rows: [wish(f"k{n:02}", w, s, minute=m) for n, (w, s, m) in enumerate(rows)])
stocks, rules = st.integers(0, 300), st.sampled_from(Rule)


@MANY
@given(wishes_of_many, stocks, rules)
def test_never_above_stock_or_wish_and_nothing_left_over(
    wishes: list[Wish], stock: int, rule: Rule
) -> None:
    shares = share(wishes, stock, rule)
    wanted = {one.key: one.wanted for one in wishes}
    assert shares.keys() == wanted.keys()
    assert all(0 <= count <= wanted[key] for key, count in shares.items())
    assert sum(shares.values()) == min(stock, sum(wanted.values()))
    assert all(type(count) is int for count in shares.values())


@MANY
@given(wishes_of_many, stocks, rules)
def test_nobody_is_empty_while_another_has_a_second(
    wishes: list[Wish], stock: int, rule: Rule
) -> None:
    shares = share(wishes, stock, rule)
    empty = [one for one in wishes if one.wanted and not shares[one.key]]
    assert not empty or max(shares.values()) <= 1


@MANY
@given(wishes_of_many, stocks, rules, st.randoms(use_true_random=False))
def test_the_order_of_the_wishes_plays_no_part(
    wishes: list[Wish], stock: int, rule: Rule, random: Random
) -> None:
    mixed = random.sample(wishes, len(wishes))
    assert share(mixed, stock, rule) == share(wishes, stock, rule)


@MANY
@given(wishes_of_many, stocks, st.integers(0, 30), rules)
def test_more_stock_takes_from_nobody(
    wishes: list[Wish], stock: int, more: int, rule: Rule
) -> None:
    before, after = share(wishes, stock, rule), share(wishes, stock + more, rule)
    assert all(after[key] >= count for key, count in before.items())


@MANY
@given(wishes_of_many, stocks, rules, st.data())
def test_what_was_promised_stays_and_the_rest_is_shared(
    wishes: list[Wish], stock: int, rule: Rule, data: st.DataObject
) -> None:
    given_before = {one.key: data.draw(st.integers(0, one.wanted)) for one in wishes}
    promised = [replace(one, has=given_before[one.key]) for one in wishes]
    shares = share(promised, stock, rule)
    assert all(shares[key] >= has for key, has in given_before.items())
    total = max(stock, sum(given_before.values()))
    assert sum(shares.values()) == min(total, sum(one.wanted for one in wishes))


@MANY
@given(wishes_of_many, stocks, rules)
def test_who_is_larger_or_earlier_never_gets_less(
    wishes: list[Wish], stock: int, rule: Rule
) -> None:
    """Of two who want alike and are alike, the earlier; of two at once, the larger."""
    shares = share(wishes, stock, rule)
    usual = usual_size(one.size for one in wishes)
    for one in wishes:
        for other in wishes:
            alike = one.wanted == other.wanted and (one.came, one.key) <= (other.came, other.key)
            if rule is Rule.BY_SIZE:
                alike = alike and (one.size or usual) >= (other.size or usual)
            assert not alike or shares[one.key] >= shares[other.key]


@MANY
@given(wishes_of_many, stocks, rules)
def test_it_gives_what_a_loop_over_each_unit_gives(
    wishes: list[Wish], stock: int, rule: Rule
) -> None:
    assert share(wishes, stock, rule) == shared_one_by_one(wishes, stock, rule)


def test_large_numbers_are_shared_alike() -> None:
    random = Random(6)
    wishes = [wish(f"k{n}", random.randint(1, 90_000), random.randint(1, 400)) for n in range(60)]
    for rule in Rule:
        shares = share(wishes, 1_234_567, rule)
        assert sum(shares.values()) == min(1_234_567, sum(one.wanted for one in wishes))


def test_in_proportion_means_that_no_exchange_would_be_fairer() -> None:
    """Nobody who gets more than a unit has one too many by a whole share."""
    random = Random(7)
    wishes = [wish(f"k{n:03}", random.randint(5, 60)) for n in range(200)]
    shares = share(wishes, 2_000, Rule.PROPORTIONAL)
    quota = 2_000 / sum(one.wanted for one in wishes)
    assert all(abs(shares[one.key] - one.wanted * quota) < 1.5 for one in wishes)


def test_one_key_wishes_once() -> None:
    with pytest.raises(ValueError, match="once"):
        share([wish("a", 1), wish("a", 2)], 3, Rule.PROPORTIONAL)
