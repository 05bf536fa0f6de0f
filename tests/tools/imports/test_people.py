"""Names of people out of cells."""

from __future__ import annotations

import pytest

from knotenpunkt.tools.imports.cleaning.people import people
from tests.tools.imports.name_cells import CELLS, Person


@pytest.mark.parametrize(("cell", "meant"), CELLS, ids=[cell or "(empty)" for cell, _ in CELLS])
def test_a_cell_tells_who_is_meant(cell: str, meant: list[Person]) -> None:
    found = people(cell).value
    assert [(p.salutation, p.title, p.given, p.family, p.function) for p in found] == meant


def test_an_aside_is_kept_with_its_person() -> None:
    (left,) = people("Anna Müller (ausgeschieden)").value
    (until,) = people("Anna Müller bis 30.06.2024").value
    assert (left.note, until.note) == ("ausgeschieden", "bis 30.06.2024")


def test_what_is_not_taken_is_told() -> None:
    assert [one.code for one in people("Frau Anna Müller geb. Schmidt").remarks] == ["name_before"]
    assert [one.code for one in people("Frau Müller und Team").remarks] == ["and_others"]
    assert [one.code for one in people("Raum 3.14").remarks] == ["no_name"]


def test_capitals_are_told_and_a_name_of_mixed_case_stays() -> None:
    assert [one.code for one in people("ANNA MÜLLER").remarks] == ["capitals"]
    assert people("Ronald McDonald").value[0].family == "McDonald"


def test_nothing_that_a_cell_may_hold_breaks_it() -> None:
    for cell in (None, 0, 12.5, True, "((((", "Dr. Dr. Dr.", "von", ",;/", "Frau", "a" * 5000):
        people(cell)
