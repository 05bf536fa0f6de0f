"""Rows as files for spreadsheets, written as they come: the memory never holds all of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils.exceptions import IllegalCharacterError

from knotenpunkt.foundation.core.spreadsheets import defused

CSV, XLSX = "csv", "xlsx"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
IN_MEMORY = 1_000_000
# No spreadsheet takes more in one cell.
LONGEST_CELL = 32_767
WIDEST, WIDTH_OF_TEXT = 40, 14


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, at its beginning, and how many rows it holds."""

    file: IO[bytes]
    rows: int


def write_file(form: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Written:
    """A file of this form, CSV or XLSX. It disappears when it is closed."""
    return {CSV: _csv, XLSX: _xlsx}[form](header, rows)


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Written:
    """UTF-8 with mark and semicolons, as German spreadsheets expect it; no live formulas."""
    file: Any = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the answer closes it
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(header)
    count = 0
    for row in rows:
        writer.writerow([defused(cell) for cell in row])
        count += 1
    text.flush()
    text.detach()
    file.seek(0)
    return Written(file, count)


def _xlsx(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Written:
    """A workbook with one sheet; every cell is a text, so that 01234 keeps its zero."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Liste")
    for place, name in enumerate(header):
        letter = "".join(_letters(place))
        sheet.column_dimensions[letter].width = min(max(len(name) + 2, WIDTH_OF_TEXT), WIDEST)
    sheet.freeze_panes = "A2"
    head = [_text_cell(sheet, name) for name in header]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    count = 0
    for row in rows:
        sheet.append([_text_cell(sheet, cell) for cell in row])
        count += 1
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it
    book.save(file)
    file.seek(0)
    return Written(file, count)


def _text_cell(sheet: Any, text: str) -> Any:
    """A text, never a formula; without signs that no workbook holds."""
    text = defused(text) if text.lstrip().startswith("=") else text
    try:
        cell = WriteOnlyCell(sheet, value=text[:LONGEST_CELL])
    except IllegalCharacterError:
        printable = "".join(one for one in text if one.isprintable() or one in "\n\t")
        cell = WriteOnlyCell(sheet, value=printable[:LONGEST_CELL])
    if text:
        cell.data_type = "s"
    return cell


def _letters(place: int) -> Iterable[str]:
    """ "A" for 0, "AB" for 27."""
    if place >= 26:
        yield chr(ord("A") + place // 26 - 1)
    yield chr(ord("A") + place % 26)
