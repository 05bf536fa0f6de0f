"""Rows of contact lists, and what they mean."""

from __future__ import annotations

from typing import Any

import pytest

from knotenpunkt.registers.partners.imports.drafts.rows import draft
from knotenpunkt.registers.partners.imports.drafts.shapes import Rejected, RowDraft
from knotenpunkt.registers.partners.imports.fields import VOCABULARY
from knotenpunkt.registers.partners.imports.plans import sheet_of
from knotenpunkt.tools.imports.tables import Row, Table
from tests.registers.partners.imports.messy_rows import ROWS, Messy


def _draft(cells: dict[str, Any]) -> RowDraft:
    table = Table("", tuple(cells), (Row(2, cells),))
    return draft(table.rows[0], sheet_of(table, VOCABULARY.recognise(table), "kontakte.csv"))


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_row_means_what_a_person_would_read(row: Messy) -> None:
    if row.rejected:
        with pytest.raises(Rejected):
            _draft(row.cells)
        return
    told = _draft(row.cells)
    assert {name: _said(told, name) for name in row.means} == row.means
    if row.people is not None:
        assert _people(told) == list(row.people)


def _said(told: RowDraft, name: str) -> Any:
    office = next((one for one in told.contacts if one.person is None), None)
    people = [one for one in told.contacts if one.person is not None]
    beside = {
        "body": told.body,
        "external_id": told.external_id,
        "tags": told.tags,
        "regions": told.regions,
        "note": told.organisation["internal_note"],
        "office": (office.email, tuple(n[2] for n in office.phones)) if office else None,
        "office_function": office.function if office else None,
        "has_left": bool(people) and people[0].has_left,
        "left_on": people[0].left_on if people else None,
        "profession": people[0].profession if people else None,
    }
    return beside[name] if name in beside else (told.organisation | told.place)[name]


def _people(told: RowDraft) -> list[tuple[Any, ...]]:
    return [
        (
            *(one.person[name] for name in ("salutation", "title", "given_name", "family_name")),
            one.function,
            one.email,
            tuple(number[2] for number in one.phones if number[0] != "fax"),
        )
        for one in told.contacts
        if one.person is not None
    ]
