"""The address of a list: read without failing, and made again from what it meant."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.tools.lists.listing import Cell, Column, Listing, Order, Tab, choice, text, tick
from knotenpunkt.tools.lists.wanted import Wanted, read


def listing() -> Listing:
    return Listing(
        name="places",
        columns=[
            Column("Haus", lambda one: Cell(one.venue), [Order("haus", "Haus", ["venue"])]),
            Column("Ort", lambda one: Cell(one.town), [Order("ort", "Ort", ["town"])]),
            Column("PLZ", lambda one: Cell(one.postal_code)),
        ],
        tabs=[Tab("alle", "Alle", Q()), Tab("ohne", "Ohne Ort", Q(town=""))],
        filters=[
            text("q", "Suche", lambda typed: Q(venue__contains=typed)),
            choice("land", "Land", [("SN", "Sachsen"), ("Gruppe", [("NI", "Niedersachsen")])],
                   lambda value: Q(state=value)),
            tick("stufenlos", "Stufenlos", Q(step_free="yes")),
        ],
        completed=lambda rows: rows,
        sort="haus",
        count=str,
    )  # fmt: skip


def wanted(**given_: str) -> Wanted:
    return read(listing(), given_)[0]


def test_an_empty_address_is_everything() -> None:
    state = wanted()
    assert (state.tab.key, state.order.key, state.descending, state.page) == (
        "alle",
        "haus",
        False,
        1,
    )
    assert (state.active, state.address(), state.view) == ((), "?", "")


def test_everything_that_was_given_comes_back() -> None:
    address = "?q=M%C3%BChle&land=NI&stufenlos=ja&stand=ohne&sort=-ort&seite=3"
    state = wanted(q="Mühle", land="NI", stufenlos="ja", stand="ohne", sort="-ort", seite="3")
    assert state.address(seite="3") == address
    assert state.view == address[1:].replace("&seite=3", "")
    labels = [one.label for one in state.active]
    assert labels == ["Suche: Mühle", "Land: Niedersachsen", "Stufenlos"]


def test_a_filter_is_taken_away_by_its_chip_and_the_page_begins_anew() -> None:
    state = wanted(q="Mühle", land="NI", seite="3")
    assert [state.without(one) for one in state.active] == ["?land=NI", "?q=M%C3%BChle"]
    assert state.bare() == "?"


def test_sorting_by_what_it_is_sorted_by_turns_it_round() -> None:
    assert wanted().sorted_by(listing().orders[0], descending=True) == "?sort=-haus"


@pytest.mark.parametrize(
    "given_",
    [{"sort": "plz"}, {"sort": "--ort"}, {"stand": "nichts"}, {"land": "XX"}, {"seite": "-1"},
     {"seite": "९"}, {"seite": "9" * 50}, {"q": "\0"}],
)  # fmt: skip
def test_what_means_nothing_is_left_out(given_: dict[str, str]) -> None:
    state = wanted(**given_)
    assert (state.tab.key, state.order.key, state.active) == ("alle", "haus", ())


WORDS = st.sampled_from(["q", "land", "stufenlos", "stand", "sort", "seite", "alle", "x"])


@given(st.dictionaries(WORDS, st.text(max_size=30)))
def test_reading_never_fails_and_its_address_means_the_same(given_: dict[str, Any]) -> None:
    state = wanted(**given_)
    again = wanted(**dict(state.values), **dict(state.kept))
    assert (again.view, again.tab.key) == (state.view, state.tab.key)
