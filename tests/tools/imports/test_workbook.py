"""Excel workbooks."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from knotenpunkt.tools.imports.readers import files, packed
from knotenpunkt.tools.imports.readers.files import read_bytes
from knotenpunkt.tools.imports.tables import UnreadableFile

NAMES = {"Titel", "PLZ", "Träger", "Telefon", "Stand", "Beginn"}


def saved(fill: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    fill(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_each_sheet_is_a_table_with_columns_of_its_own() -> None:
    def fill(book: Workbook) -> None:
        first = book.active
        first.title = "Kitas"
        first.append(["Titel", "PLZ"])
        first.append(["Haus A", 9599])
        second = book.create_sheet("Beratung")
        second.append(["Angebote 2024"])
        second.append([])
        second.append(["Titel", "Träger", "Telefon"])
        second.append(["Schuldnerberatung", "Verein", "03731 1"])
        book.create_sheet("Leer")
        hidden = book.create_sheet("Listen")
        hidden.append(["Titel"])
        hidden.append(["x"])
        hidden.sheet_state = "hidden"

    reading = read_bytes(saved(fill), NAMES.__contains__)
    assert [table.name for table in reading.tables] == ["Kitas", "Beratung"]
    assert reading.tables[0].rows[0].values == {"Titel": "Haus A", "PLZ": 9599}
    assert reading.tables[1].rows[0].number == 4
    assert len(reading.left_out) == 3


def test_dates_times_and_numbers_become_plain_cells() -> None:
    def fill(book: Workbook) -> None:
        book.active.append(["Titel", "Stand", "Beginn", "PLZ"])
        book.active.append(["A", datetime.date(2024, 5, 1), datetime.time(9, 30), 7768.0])
        book.active.append(["B", datetime.datetime(2024, 5, 1, 8, 0), True, None])

    (table,) = read_bytes(saved(fill), NAMES.__contains__).tables
    assert table.rows[0].values == {
        "Titel": "A", "Stand": "2024-05-01", "Beginn": "09:30", "PLZ": 7768,
    }  # fmt: skip
    assert table.rows[1].values["Stand"] == "2024-05-01 08:00"
    assert table.rows[1].values["Beginn"] is True


def test_a_formula_without_a_value_stays_visible() -> None:
    def fill(book: Workbook) -> None:
        book.active.append(["Titel", "PLZ"])
        book.active.append(['=CONCATENATE("A","B")', 9599])

    (table,) = read_bytes(saved(fill), NAMES.__contains__).tables
    assert str(table.rows[0].values["Titel"]).startswith("=CONCATENATE")


def test_a_cell_merged_over_rows_stands_in_each() -> None:
    def fill(book: Workbook) -> None:
        for line in (["Träger", "Titel"], ["Verein", "A"], [None, "B"], [None, "C"]):
            book.active.append(line)
        book.active.merge_cells("A2:A4")

    (table,) = read_bytes(saved(fill), NAMES.__contains__).tables
    assert [row.values["Träger"] for row in table.rows] == ["Verein"] * 3


def test_empty_rows_between_and_below_are_no_rows() -> None:
    def fill(book: Workbook) -> None:
        for line in (["Titel", "PLZ"], [], ["A", 1], [None, "  "], ["B", 2], [], []):
            book.active.append(line)
        book.active.cell(row=500, column=3).value = ""

    (table,) = read_bytes(saved(fill), NAMES.__contains__).tables
    assert [row.values["Titel"] for row in table.rows] == ["A", "B"]


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 6_000_000)
    with pytest.raises(UnreadableFile):
        read_bytes(target.getvalue())
    monkeypatch.setattr(packed, "MAX_UNPACKED", 10)
    with pytest.raises(UnreadableFile):
        read_bytes(saved(lambda book: book.active.append(["Titel"])))


def test_entities_in_the_xml_are_refused() -> None:
    book = saved(lambda book: book.active.append(["Titel", "PLZ"]))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/workbook.xml":
                data = b'<!DOCTYPE x [<!ENTITY a "b">]>' + data
            changed.writestr(name, data)
    with pytest.raises(UnreadableFile):
        read_bytes(target.getvalue())


def test_another_zip_is_named_as_such() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableFile):
        read_bytes(target.getvalue())


def test_too_large_files_are_not_read(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "list.csv"
    path.write_text("Titel;Ort\nA;B\n", encoding="utf-8")
    monkeypatch.setattr(files, "MAX_BYTES", 3)
    with pytest.raises(UnreadableFile):
        files.read_file(path)
    with pytest.raises(UnreadableFile):
        files.read_file(path.with_name("missing.csv"))
