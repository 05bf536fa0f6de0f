"""Tables as `design/components/_table.html` shows them. Each list fills them with its own rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column, or of its second lines (`more`). `sorted`: ascending, descending."""

    label: str
    numeric: bool = False
    sort_url: str = ""
    sorted: str = ""
    more: Sequence[Head] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a row; `label` names it on the phone, `state` shows it as a status word."""

    text: str
    label: str = ""
    note: str = ""
    url: str = ""
    state: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One record. To be picked it needs its id (`value`) and what it is called then (`name`)."""

    cells: Sequence[Cell]
    value: str = ""
    name: str = ""
    picked: bool = False
