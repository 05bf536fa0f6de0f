"""What every reader returns: plain tables of plain cells."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int | float | bool | None


class UnreadableFile(Exception):
    """The file cannot be read at all; the text is fit for the person who chose it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record. `number` is its row in the spreadsheet, or its place in a list, from 1."""

    number: int
    values: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet or list. `name` is empty where the format knows only one."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one file gave.

    `form` says how it was read ("CSV, Windows-1252, ;"); `left_out` has one sentence for
    each part that was seen and not taken, so that nothing disappears silently.
    """

    form: str
    tables: tuple[Table, ...]
    left_out: tuple[str, ...] = ()


def is_empty(cell: Cell) -> bool:
    """Whether a cell holds nothing that a reader could see."""
    return cell is None or (isinstance(cell, str) and not cell.strip("\ufeff\u200b \t\r\n\xa0"))
