"""XLSX: a line for each text, the German one beside the translation, its key in grey."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection

from knotenpunkt.tools.translations.units import (
    LARGEST,
    LONGEST_TARGET,
    MOST_UNITS,
    Texts,
    Unit,
    UnreadableTexts,
)

SHEET = "Texte"
# The first cell says the language; below it the head; the columns are known by their place.
LANGUAGE_CELL, HEAD_ROW, FIRST_ROW, COLUMNS = "B1", 2, 3, 5
WIDTHS = {"A": 30, "B": 26, "C": 60, "D": 60, "E": 12}
MOST_UNPACKED = 60 * 1024 * 1024
# Texts shrink to a tenth; one cell again and again to a thousandth.
MOST_RATIO, SMALL = 150, 10_000
GREY = PatternFill("solid", fgColor="EEEEEE")


def write(texts: Texts, *, heads: Sequence[str]) -> bytes:
    """A workbook of these units; `heads` names the columns: record, what it is, German,
    translation, key. Only the translation can be changed."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = SHEET
    sheet["A1"], sheet[LANGUAGE_CELL] = "knotenpunkt", texts.language
    sheet.append(list(heads))
    for cell in sheet[HEAD_ROW]:
        cell.font = Font(bold=True)
    for unit in texts.units:
        _add(sheet, unit)
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _add(sheet: Any, unit: Unit) -> None:
    row = sheet.max_row + 1
    values = (unit.group, unit.note, unit.source, unit.target, unit.key)
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row=row, column=column)
        cell.value = _printable(value)
        if cell.data_type == "f":
            cell.data_type = "s"  # a text is a text, also one that begins with "="
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if column != 4:
            cell.fill = GREY
        cell.protection = Protection(locked=column != 4)


def _printable(text: str) -> str:
    return "".join(one for one in text if one.isprintable() or one in "\n\t")


def read(data: bytes) -> list[Texts]:
    """The units of a workbook that came back; UnreadableTexts when it is none of ours."""
    _refuse_bombs(data)
    language, units = "", []
    for number, row in enumerate(_rows(data), start=1):
        if number == 1:
            language = str(row[1] or "").strip()
        if number < FIRST_ROW or row.count(None) == len(row):
            continue
        if number >= FIRST_ROW + MOST_UNITS:
            raise UnreadableTexts(_("The file holds too many texts."))
        if key := str(row[4] or "").strip():
            units.append(Unit(key=key, source=_cell(row[2]), target=_cell(row[3])))
    return [Texts(language, units)]


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return text[: LONGEST_TARGET + 1].replace("_x000D_", "").replace("\r\n", "\n")


def _rows(data: bytes) -> Iterator[Sequence[object]]:
    """The five columns of our sheet, row by row: what lies far away does not fill the memory."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), data_only=True, read_only=True)
            if SHEET not in book.sheetnames:
                told = _(
                    "This workbook has no sheet “%(name)s”: it was not saved for translation here."
                )
                raise UnreadableTexts(told % {"name": SHEET})
            sheet: Any = book[SHEET]
            sheet.reset_dimensions()
            yield from sheet.iter_rows(max_col=COLUMNS, values_only=True)
    except UnreadableTexts:
        raise
    except Exception as problem:  # openpyxl raises whatever its parser met
        raise UnreadableTexts(_("The workbook is damaged. Please save it again.")) from problem


def _refuse_bombs(data: bytes) -> None:
    """What is inside is looked at before anything unpacks it."""
    if len(data) > LARGEST:
        raise UnreadableTexts(_("The file is too large: 8 MB at most."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            most = min(MOST_UNPACKED, MOST_RATIO * max(len(data), SMALL))
            if unpacked > most or len(entries) > 500:
                raise UnreadableTexts(_("The workbook is too large when unpacked."))
            declared = any(
                b"<!DOCTYPE" in archive.open(entry).read(2_000)
                for entry in entries
                if entry.filename.endswith((".xml", ".rels"))
            )
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError) as problem:
        raise UnreadableTexts(_("The workbook is damaged. Please save it again.")) from problem
    if declared:
        raise UnreadableTexts(_("The workbook is damaged. Please save it again."))
