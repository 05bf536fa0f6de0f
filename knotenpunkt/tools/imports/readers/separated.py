"""CSV and its relatives: any separator, any of the encodings that offices really use."""

from __future__ import annotations

import csv
import io
from collections import Counter

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.headers import Knows, build_table
from knotenpunkt.tools.imports.tables import Cell, Reading, UnreadableFile

SEPARATORS = (";", ",", "\t", "|")
MAX_ROWS = 100_000
MAX_COLUMNS = 500
_LONGEST_CELL = 1_000_000
_SAMPLE = 200


def read_separated(data: bytes, knows: Knows) -> Reading:
    """The one table of a text file; the separator is the one that gives the best columns."""
    text, encoding = decode(data)
    text, told = _without_separator_line(text)
    separator = told or _best_separator(text, knows)
    rows = _records(text, separator)
    if told:
        rows.insert(0, [])
    if len(rows) > MAX_ROWS or any(len(row) > MAX_COLUMNS for row in rows):
        raise UnreadableFile(_("The file has too many rows or columns to be a list."))
    table, left_out = build_table("", rows, knows)
    if table is None or not table.rows:
        raise UnreadableFile(_("The file has no rows below the column names."))
    shown = {"\t": _("tab")}.get(separator, separator)
    return Reading(f"CSV, {encoding}, {shown}", (table,), left_out)


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding's name: UTF-8, UTF-16 with mark, else Windows-1252.

    A mostly UTF-8 text with single broken bytes stays UTF-8, so that only the broken
    letters become "�" and are reported, instead of every umlaut of the file.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").replace("\0", ""), "UTF-16"
    if b"\0" in data:
        unmarked = _unmarked_utf16(data)
        if unmarked:
            return data.decode(unmarked, errors="replace").replace("\0", ""), "UTF-16"
        raise UnreadableFile(_("This is not a text file. Please save it as CSV or XLSX."))
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        if _mostly_utf8(data):
            return data.decode("utf-8-sig", errors="replace"), "UTF-8"
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def _unmarked_utf16(data: bytes) -> str:
    """The encoding in which every other byte of plain letters is zero; "" when it is another."""
    sample = data[:4096]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if odd * 4 > len(sample) and not even:
        return "utf-16-le"
    return "utf-16-be" if even * 4 > len(sample) and not odd else ""


def _mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(ord(letter) > 127 for letter in text) - broken
    return whole > broken


def _without_separator_line(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;` names the separator."""
    first, _newline, rest = text.partition("\n")
    told = first.strip().strip('"').lower()
    if told.startswith("sep=") and len(told) == 5:
        return rest, told[-1]
    return (rest, "\t") if first.strip(" \r\n").lower() == "sep=\t" else (text, "")


def _best_separator(text: str, knows: Knows) -> str:
    return max(SEPARATORS, key=lambda separator: _fitness(text, separator, knows))


def _fitness(text: str, separator: str, knows: Knows) -> tuple[int, float, int]:
    """Known names in one row first, then how even the rows are, then their width."""
    try:
        rows = [row for row in _records(text, separator, limit=_SAMPLE) if any(row)]
    except UnreadableFile:
        return (0, 0.0, 0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return (0, 0.0, 0)
    width, count = widths.most_common(1)[0]
    known = max(sum(knows(str(cell)) for cell in row) for row in rows if len(row) > 1)
    return (known, count / len(rows), width)


def _records(text: str, separator: str, limit: int = MAX_ROWS + 1) -> list[list[Cell]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[list[Cell]] = []
    try:
        for row in reader:
            rows.append(list(row))
            if len(rows) >= limit:
                break
    except csv.Error as error:
        raise UnreadableFile(
            _("Row %(row)d cannot be read; perhaps a quotation mark is missing.")
            % {"row": len(rows) + 1}
        ) from error
    return rows
