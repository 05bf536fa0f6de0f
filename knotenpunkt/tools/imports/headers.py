"""Finding the row that names the columns, also below title lines, and building the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.tables import Cell, Row, Table, is_empty

Knows = Callable[[str], bool]

_LOOK_AT = 30


def find_header(rows: Sequence[Sequence[Cell]], knows: Knows) -> int | None:
    """The index of the row that names the columns, or None when no row holds anything.

    The row with the most known names wins; without any known name it is the first row that
    is as wide as its followers, because title lines are narrower than the table.
    """
    shown = list(rows[:_LOOK_AT])
    scores = [_known_names(row, knows) for row in shown]
    best = max(scores, default=0)
    if best >= 2 or (best == 1 and _width(shown[scores.index(1)]) <= 2):
        return scores.index(best)
    return _first_wide_row(shown)


def _first_wide_row(rows: Sequence[Sequence[Cell]]) -> int | None:
    widths = [_width(row) for row in rows]
    widest = max(widths, default=0)
    if widest == 0:
        return None
    return next(place for place, width in enumerate(widths) if width * 2 > widest)


def _known_names(row: Sequence[Cell], knows: Knows) -> int:
    return sum(isinstance(cell, str) and knows(cell) for cell in row)


def _width(row: Sequence[Cell]) -> int:
    return sum(not is_empty(cell) for cell in row)


def build_table(
    name: str, rows: Sequence[Sequence[Cell]], knows: Knows
) -> tuple[Table | None, tuple[str, ...]]:
    """The table below the header, and sentences about lines above it and repeated headers.

    `rows` start at row 1 of the sheet. Empty rows are no records and leave no sentence.
    """
    header = find_header(rows, knows)
    if header is None:
        return None, ()
    columns = _column_names(rows[header], max(len(row) for row in rows))
    left_out = list(_title_lines(name, rows[:header]))
    records = []
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        if _repeats(row, rows[header]):
            left_out.append(_place(name, number, _("repeats the column names")))
        elif _width(row):
            records.append(Row(number, dict(zip(columns, _padded(row, columns), strict=True))))
    used = _used_columns(columns, rows[header], records)
    trimmed = tuple(Row(row.number, {name: row.values[name] for name in used}) for row in records)
    return Table(name, used, trimmed), tuple(left_out)


def _column_names(header: Sequence[Cell], width: int) -> tuple[str, ...]:
    names: list[str] = []
    taken: set[str] = set()
    for place in range(width):
        cell = header[place] if place < len(header) else None
        name = _unnamed(place) if is_empty(cell) else " ".join(str(cell).split())
        unique, copy = name, 2
        while unique in taken:
            unique, copy = f"{name} ({copy})", copy + 1
        taken.add(unique)
        names.append(unique)
    return tuple(names)


def _unnamed(place: int) -> str:
    letters, rest = "", place
    while rest >= 0:
        letters = chr(ord("A") + rest % 26) + letters
        rest = rest // 26 - 1
    return _("Column %(letters)s") % {"letters": letters}


def _used_columns(
    columns: tuple[str, ...], header: Sequence[Cell], records: list[Row]
) -> tuple[str, ...]:
    """Columns with a name or a value; nameless empty ones are only the sheet's margin."""
    return tuple(
        name
        for place, name in enumerate(columns)
        if (place < len(header) and not is_empty(header[place]))
        or any(not is_empty(row.values[name]) for row in records)
    )


def _padded(row: Sequence[Cell], columns: tuple[str, ...]) -> list[Cell]:
    return [*row, *[None] * (len(columns) - len(row))]


def _repeats(row: Sequence[Cell], header: Sequence[Cell]) -> bool:
    return _width(row) >= 2 and _visible(row) == _visible(header)


def _visible(row: Sequence[Cell]) -> list[tuple[int, str]]:
    return [(place, str(cell).strip()) for place, cell in enumerate(row) if not is_empty(cell)]


def _title_lines(name: str, rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    lines = []
    for number, row in enumerate(rows, start=1):
        words = " ".join(str(cell) for cell in row if not is_empty(cell))
        if words:
            text = _("stands above the column names: %(words)s") % {"words": words[:200]}
            lines.append(_place(name, number, text))
    return tuple(lines)


def _place(sheet: str, number: int, text: str) -> str:
    if sheet:
        return _("Sheet “%(sheet)s”, row %(row)d %(text)s") % {
            "sheet": sheet,
            "row": number,
            "text": text,
        }
    return _("Row %(row)d %(text)s") % {"row": number, "text": text}
