"""Excel workbooks (XLSX): every visible sheet is a table of its own."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from knotenpunkt.tools.imports.headers import Knows, build_table
from knotenpunkt.tools.imports.readers.packed import has_macros
from knotenpunkt.tools.imports.readers.separated import MAX_COLUMNS, MAX_ROWS
from knotenpunkt.tools.imports.tables import Cell, Reading, Table, UnreadableFile, is_empty

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_MERGED = re.compile(rb'<mergeCell [^>]*ref="([A-Z]+\d+:[A-Z]+\d+)"')
_FORMULA = re.compile(rb"<f[ >/]")


def read_workbook(data: bytes, knows: Knows) -> Reading:
    """The tables of all visible sheets; hidden and empty sheets are named, not read."""
    values = _open(data, computed=True)
    formulas = _open(data, computed=False) if _has_formulas(data) else None
    tables: list[Table] = []
    left_out = _asides(data, has_formulas=formulas is not None)
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            left_out.append(
                _("Sheet “%(sheet)s” is hidden and was left out.") % {"sheet": sheet.title}
            )
            continue
        rows = _rows(sheet, formulas[sheet.title] if formulas else None)
        _fill_merged(rows, data, sheet)
        table, notes = build_table(sheet.title, rows, knows)
        if table is None or not table.rows:
            left_out.append(_("Sheet “%(sheet)s” has no rows.") % {"sheet": sheet.title})
            continue
        left_out.extend(notes)
        tables.append(table)
    if not tables:
        raise UnreadableFile(_("The workbook has no sheet with rows below column names."))
    return Reading("XLSX", tuple(tables), tuple(left_out))


def _asides(data: bytes, *, has_formulas: bool) -> list[str]:
    """What a workbook holds beside values."""
    told = []
    if has_formulas:
        told.append(_("The workbook holds formulas. The values that they last came to were taken."))
    if has_macros(data):
        told.append(_("The workbook holds macros. They were not run and not kept."))
    return told


def _open(data: bytes, *, computed: bool) -> Workbook:
    """openpyxl raises whatever its parser met; all of it means the same to a reader."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(data), read_only=True, data_only=computed)
    except Exception as error:
        raise UnreadableFile(_("The workbook is damaged. Please save it again.")) from error


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(archive.read(name)) for name in sheets)


def _rows(sheet: Any, formulas: Any | None) -> list[list[Cell]]:
    """The sheet's cells; a formula that Excel never computed stays as its text `=…`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows = _plain_rows(sheet)
            if formulas is not None:
                _show_uncomputed(rows, _plain_rows(formulas))
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile(
            _("Sheet “%(sheet)s” is damaged. Please save the file again.") % {"sheet": sheet.title}
        ) from error
    return rows


def _plain_rows(sheet: Any) -> list[list[Cell]]:
    """Up to the last row that holds anything: people colour a million rows below it."""
    sheet.reset_dimensions()
    rows: list[list[Cell]] = []
    empty = 0
    for row in sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1):
        cells = [] if row.count(None) == len(row) else [plain(value) for value in row]
        while cells and is_empty(cells[-1]):
            cells.pop()
        if not cells:
            empty += 1
            continue
        if len(cells) > MAX_COLUMNS or len(rows) + empty >= MAX_ROWS:
            raise UnreadableFile(_("The file has too many rows or columns to be a list."))
        rows.extend([] for _row in range(empty))
        rows.append(cells)
        empty = 0
    return rows


def plain(value: object) -> Cell:
    """Dates become ISO text and times `HH:MM`; numbers, words and yes/no stay what they are."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, datetime.datetime):
        at_midnight = value.time() == datetime.time()
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    return str(value)


def _show_uncomputed(rows: list[list[Cell]], formulas: list[list[Cell]]) -> None:
    for place, row in enumerate(formulas):
        if place >= len(rows):
            rows.append([])
        for column, cell in enumerate(row):
            missing = column >= len(rows[place]) or rows[place][column] is None
            if missing and isinstance(cell, str) and cell.startswith("="):
                rows[place].extend([None] * (column + 1 - len(rows[place])))
                rows[place][column] = cell


def _fill_merged(rows: list[list[Cell]], data: bytes, sheet: Any) -> None:
    """A cell merged over several rows stands in each of them; merged titles stay one cell."""
    for left, top, right, bottom in _merged_ranges(data, sheet):
        if bottom == top or right != left or bottom > len(rows):
            continue
        value = rows[top - 1][left - 1] if left <= len(rows[top - 1]) else None
        for row in rows[top:bottom]:
            row.extend([None] * (left - len(row)))
            row[left - 1] = value


def _merged_ranges(data: bytes, sheet: Any) -> Iterable[tuple[int, int, int, int]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(sheet._worksheet_path)
    for match in _MERGED.finditer(xml):
        left, top, right, bottom = range_boundaries(match.group(1).decode("ascii"))
        if left and top and right and bottom:
            yield left, top, right, bottom
