"""Rows that only add up the others."""

from __future__ import annotations

import pytest

from knotenpunkt.tools.imports.tables import Cell, Row
from knotenpunkt.tools.imports.totals import is_total


@pytest.mark.parametrize(
    ("cells", "total"),
    [(["Summe", None, 42], True), (["Gesamt:", "", "1.234,5"], True), (["Anzahl", "", 12], True),
     (["Summe Plätze", "", 12], True), (["", "Insgesamt", 12], True), (["Anzahl: 12", ""], True),
     (["Summe", "", ""], False), (["Gesamt", "Verein", 12], False), ([None, None, 3], False),
     (["Gesamtelternrat", "", 12], False), (["Total Sozial", "", 12], False)],
)  # fmt: skip
def test_totals(cells: list[Cell], total: bool) -> None:
    row = Row(2, {str(place): cell for place, cell in enumerate(cells)})
    assert is_total(row) is total


def test_the_title_may_stand_behind_a_number() -> None:
    row = Row(2, {"Nr": 9, "Titel": "Summe", "Plätze": 40})
    assert is_total(row, "Summe")
    assert not is_total(row, "")
