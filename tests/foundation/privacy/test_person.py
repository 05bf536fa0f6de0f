"""A person is recognised in any spelling, and nobody else with them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.foundation.core.personal_data import Person, telling_names, telling_numbers


def person(names: list[str], numbers: list[str]) -> Person:
    return Person(
        kind="partners.Contact",
        ids=frozenset([uuid4()]),
        networks=frozenset(),
        names=telling_names(names),
        numbers=telling_numbers(numbers),
    )


MIRA = person(["Mira Müller", "mira.m@example.org", ""], ["+49 3731 123456", "110"])


@pytest.mark.parametrize(
    "text",
    ["Frau mira mueller", "MIRA MÜLLER, Leitung", "<Mira.M@example.org>", "03731 / 12 34 56",
     "+49 (0)3731-123456", "0049 3731 123456 (AB)"],
)  # fmt: skip
def test_spellings_of_one_person(text: str) -> None:
    assert MIRA.appears_in(text)


@pytest.mark.parametrize("text", ["", "Miranda Müllerin", "Müller", "Notruf 110", "03731 12345"])
def test_others_are_left_alone(text: str) -> None:
    assert not MIRA.appears_in(text)


def test_what_others_share_does_not_tell_a_person() -> None:
    assert telling_names(["Empfang", "mira@example.org"], shared=["EMPFANG"]) == {
        "mira@example.org"
    }
    assert telling_numbers(["03731 123456"], shared=["+493731123456"]) == frozenset()


def test_a_telephone_number_may_come_as_a_number_and_a_coordinate_may_look_like_one() -> None:
    assert MIRA.taken_out_of([3731123456, 3731123456.0, 50.3731123456]) == [
        None,
        None,
        50.3731123456,
    ]
    assert MIRA.taken_out_of([True, float("inf"), float("nan")])[:2] == [True, float("inf")]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just("Mira Müller"),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(json_values)
def test_nothing_is_left_and_nothing_else_is_touched(value: object) -> None:
    emptied = MIRA.taken_out_of(value)
    assert MIRA.taken_out_of(emptied) == emptied
    assert "Mira Müller" not in str(emptied)
    nobody = person([], [])
    assert nobody.taken_out_of(value) == value
