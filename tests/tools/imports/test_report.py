"""Counts, the report as CSV, and what a second import may write."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from knotenpunkt.foundation.core.spreadsheets import defused
from knotenpunkt.tools.imports.merging import merge
from knotenpunkt.tools.imports.remarks import Remark
from knotenpunkt.tools.imports.report import Outcome, Report, RowReport

REMARK = Remark("x", "because", "=1+1", "-2", "Telefon")


def rows() -> list[RowReport]:
    return [
        RowReport(2, "Kitas", "A", Outcome.CREATED, (REMARK, REMARK)),
        RowReport(3, "Kitas", "B", Outcome.UPDATED),
        RowReport(4, "Kitas", "C", Outcome.UNCHANGED, (REMARK,)),
        RowReport(5, "Kitas", "", Outcome.REJECTED, (), "no title"),
        RowReport(0, "", "D", Outcome.VANISHED),
    ]


def test_rows_add_up_and_warnings_stand_beside() -> None:
    counts = Report(rows()).counts
    assert counts.last_line == "created=1 updated=1 unchanged=1 warnings=3 rejected=1"
    assert counts.rows == 4
    assert [line[-3:] for line in counts.missing_lines] == [": 1"]


def test_the_csv_has_a_line_for_each_row_and_each_remark(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    Report(rows(), ["a note"]).write(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file, delimiter=";"))
    assert len(lines) == 1 + 5 + 3 + 1
    assert lines[2][5:7] == ["'=1+1", "'-2"]


@pytest.mark.parametrize("cell", ["=1", "+49", "-1", "@x", " =1", "\t=1"])
def test_no_cell_is_a_live_formula(cell: str) -> None:
    assert defused(cell).startswith("'")
    assert defused("a=1") == "a=1"


@pytest.mark.parametrize(
    ("incoming", "imported", "current", "write", "kept"),
    [
        ("a", "a", "a", {}, ()),
        ("b", "a", "a", {"f": "b"}, ()),
        ("b", "a", "hand", {}, ("f",)),
        ("a", "a", "hand", {}, ("f",)),
        ("b", "a", "b", {}, ()),
        ("", "", "hand", {}, ()),
        ("", "a", "a", {"f": ""}, ()),
        ("", "a", "hand", {}, ("f",)),
        ([], [], ["x"], {}, ()),
    ],
)
def test_what_a_hand_changed_stays(
    incoming: object,
    imported: object,
    current: object,
    write: dict[str, object],
    kept: tuple[str, ...],
) -> None:
    found = merge(incoming={"f": incoming}, imported={"f": imported}, current={"f": current})
    assert (found.write, found.kept) == (write, kept)


def test_a_new_field_is_written_where_nothing_stands() -> None:
    assert merge(incoming={"f": "a"}, imported={}, current={"f": ""}).write == {"f": "a"}
    assert merge(incoming={"f": 3}, imported={}, current={}).write == {"f": 3}
    assert merge(incoming={"f": "a"}, imported={}, current={"f": "b"}).kept == ("f",)
