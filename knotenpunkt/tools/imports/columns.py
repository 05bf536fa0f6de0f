"""Recognising columns by name, and the mapping that comes of it.

A register says which fields it knows, each with the names that people give to it, the best
first. A mapping says for one table which columns fill which field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rapidfuzz.distance import OSA

from knotenpunkt.tools.imports.cleaning.numbers import yes_no
from knotenpunkt.tools.imports.names import fold, fold_tight, without_brackets
from knotenpunkt.tools.imports.tables import Cell, Row, Table, is_empty

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_COPY = re.compile(r"\s*\(\d+\)$")
_TOGETHER = re.compile(r"\s*[/+&,|]\s*|\s+(?:und|u\.|oder|bzw\.?|and|or)\s+", re.IGNORECASE)
_LINKS = {"der", "des", "die", "das", "den", "von", "vom", "fuer", "of", "the", "in", "zur", "zum"}


_Ranks = dict[str, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a register wants to know.

    `names`: column names, the most telling first. `many`: several columns may fill it.
    `flag`: it takes only columns that say yes or no, and leaves others of that name to other
    fields. `pattern`: folded names that no list could hold, such as "gruppe 3 6". `made_of`:
    fields that one column holds together, so that "Straße + Nr." need not be a name of its own.
    """

    key: str
    label: StrOrPromise
    names: tuple[str, ...] = ()
    many: bool = False
    flag: bool = False
    pattern: str = ""
    made_of: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which columns of one table fill which field.

    `doubts` are sentences about columns that were taken although their name is not exact,
    `doubtful` their names.
    """

    table: str
    columns: dict[str, tuple[str, ...]]
    unknown: tuple[str, ...] = ()
    fixed: dict[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()

    def cell(self, row: Row, key: str) -> Cell:
        """The raw value of a field: the only column's cell, or the joined texts of several."""
        cells = [row.values.get(name) for name in self.columns.get(key, ())]
        told = [cell for cell in cells if not is_empty(cell)]
        if not told:
            return self.fixed.get(key)
        return told[0] if len(told) == 1 else "; ".join(str(cell) for cell in told)

    def cells(self, row: Row, key: str) -> list[tuple[str, Cell]]:
        """Every non-empty cell of a field with its column name, in order."""
        pairs = [(name, row.values.get(name)) for name in self.columns.get(key, ())]
        told = [(name, cell) for name, cell in pairs if not is_empty(cell)]
        return told or ([("", self.fixed[key])] if key in self.fixed else [])

    def lines(self, fields: Sequence[Field]) -> list[str]:
        """The mapping as text, one line a field, then what was not recognised."""
        labels = {known.key: str(known.label) for known in fields}
        lines = [
            f"{labels.get(key, key)} ← {', '.join(names)}" for key, names in self.columns.items()
        ]
        lines += [f"{labels.get(key, key)} = {value}" for key, value in self.fixed.items()]
        if self.unknown:
            lines.append(
                _("Not recognised, kept as original: %(names)s")
                % {"names": ", ".join(self.unknown)}
            )
        return [*lines, *self.doubts]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a profile says in advance. A field with no columns is switched off."""

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)


class Vocabulary:
    """All names of all fields, folded once."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self.fields = {known.key: known for known in fields}
        self._ranks: _Ranks = {}
        self._flag_ranks: _Ranks = {}
        for known in self.fields.values():
            ranks = self._flag_ranks if known.flag else self._ranks
            for rank, name in enumerate(known.names):
                ranks.setdefault(fold_tight(name), (known.key, rank))

    def knows(self, name: str) -> bool:
        """Whether a word is exactly the name of a column."""
        known = self._ranks | self._flag_ranks
        if len(name) > 80:
            return False
        return _exact(name, known) is not None or self._together(name) is not None

    def recognise(self, table: Table, wishes: Wishes | None = None) -> Mapping:
        """The mapping of one table: first what the profile wishes, then what names tell."""
        wishes = wishes or Wishes()
        taken = _wished(table, wishes)
        used = {name for names in taken.values() for name in names}
        off = wishes.columns.keys() | wishes.fixed.keys()
        found, doubts = self._candidates(table, used)
        for key, ranked in found.items():
            if key not in off:
                names = [name for _rank, _place, name in sorted(ranked)]
                taken[key] = tuple(names if self.fields[key].many else names[:1])
        used = {name for names in taken.values() for name in names}
        return Mapping(
            table=table.name,
            columns={key: taken[key] for key in self.fields if taken.get(key)},
            unknown=tuple(name for name in table.columns if name not in used),
            fixed=dict(wishes.fixed),
            doubts=tuple(doubt for name, doubt in doubts.items() if name in used),
            doubtful=tuple(name for name in doubts if name in used),
        )

    def _candidates(
        self, table: Table, used: set[str]
    ) -> tuple[dict[str, list[tuple[int, int, str]]], dict[str, str]]:
        found: dict[str, list[tuple[int, int, str]]] = {}
        doubts: dict[str, str] = {}
        for place, name in enumerate(table.columns):
            match = None if name in used else self._match(table, name)
            if match is None:
                continue
            key, rank, certain = match
            found.setdefault(key, []).append((rank if certain else rank + 1000, place, name))
            if not certain:
                doubts[name] = _("The column “%(column)s” was read as “%(field)s”.") % {
                    "column": name,
                    "field": self.fields[key].label,
                }
        return found, doubts

    def _match(self, table: Table, name: str) -> tuple[str, int, bool] | None:
        """Field, rank and certainty of a column's name."""
        flag = _exact(name, self._flag_ranks)
        if flag is not None and _says_yes_or_no(table, name):
            return *flag, True
        exact = _exact(name, self._ranks)
        if exact is not None:
            return *exact, True
        for known in self.fields.values():
            if known.pattern and re.fullmatch(known.pattern, fold(without_brackets(name))):
                return known.key, 0, True
        together = self._together(name)
        if together is not None:
            return *together, True
        near = self._unbroken(name) or self._by_parts(name) or self._misspelt(name)
        return (*near, False) if near is not None else None

    def _together(self, name: str) -> tuple[str, int] | None:
        """`Telefon / Mobil` says one thing twice; `Straße und Hausnr.` names the parts of one."""
        parts = [_exact(part, self._ranks) for part in _TOGETHER.split(name)]
        known = [part for part in parts if part is not None]
        if len(parts) < 2 or len(known) < len(parts):
            return None
        keys = frozenset(key for key, _rank in known)
        if len(keys) == 1:
            return min(known, key=lambda part: part[1])
        wholes = (whole.key for whole in self.fields.values() if keys in whole.made_of)
        return next(((key, 0) for key in wholes), None)

    def _unbroken(self, name: str) -> tuple[str, int] | None:
        """Names whose umlauts an export broke: only names, never values, are repaired."""
        try:
            return _exact(name.encode("cp1252").decode("utf-8"), self._ranks)
        except UnicodeError:
            return None

    def _by_parts(self, name: str) -> tuple[str, int] | None:
        """`Telefonnummer der Einrichtung` starts with a known name and says whose it is."""
        words = fold(name).split()
        for length in range(len(words) - 1, 0, -1):
            match = self._ranks.get("".join(words[:length]))
            if match is not None and words[length] in _LINKS:
                return match
        return None

    def _misspelt(self, name: str) -> tuple[str, int] | None:
        """One wrong letter in a long name; short names differ too easily."""
        tight = fold_tight(name)
        if len(tight) < 8:
            return None
        near = [
            match
            for known, match in self._ranks.items()
            if len(known) >= 8 and OSA.distance(tight, known, score_cutoff=1) <= 1
        ]
        return near[0] if len({key for key, _rank in near}) == 1 else None


def _exact(name: str, ranks: _Ranks) -> tuple[str, int] | None:
    bare = _COPY.sub("", name)
    for spelling in (bare, without_brackets(bare)):
        match = ranks.get(fold_tight(spelling))
        if match is not None:
            return match
    return None


def _says_yes_or_no(table: Table, name: str) -> bool:
    cells = [row.values.get(name) for row in table.rows]
    told = [cell for cell in cells if not is_empty(cell)]
    understood = sum(yes_no(cell).value is not None or _is_count(cell) for cell in told)
    return bool(told) and understood * 10 >= len(told) * 8


def _is_count(cell: Cell) -> bool:
    """Some lists count groups where others say yes."""
    return _whole(cell) is not None


def _wished(table: Table, wishes: Wishes) -> dict[str, tuple[str, ...]]:
    """The profile's columns as this table spells them."""
    spelt = {fold_tight(name): name for name in reversed(table.columns)}
    exact = set(table.columns)
    wished = {}
    for key, names in wishes.columns.items():
        here = [name if name in exact else spelt.get(fold_tight(name)) for name in names]
        wished[key] = tuple(name for name in here if name is not None)
    return wished


def fits(tables: Iterable[Table], wishes: Wishes) -> bool:
    """Whether a remembered mapping was made for tables like these: nothing of it is missing."""
    wished = {name for names in wishes.columns.values() for name in names}
    return len(wished) > 1 and not missing_columns(tables, wishes)


def missing_columns(tables: Iterable[Table], wishes: Wishes) -> tuple[str, ...]:
    """Columns that a profile names and no table of the file has."""
    there = {fold_tight(name) for table in tables for name in table.columns}
    wished = (name for names in wishes.columns.values() for name in names)
    return tuple(name for name in wished if fold_tight(name) not in there)


def is_running(numbers: Sequence[Cell]) -> bool:
    """Whether values only count the rows: 1..n or 0..n-1 in order, gaps allowed.

    Gaps appear when rows are deleted or filtered; a real id is rarely both rising and that low.
    """
    whole = [_whole(value) for value in numbers if not is_empty(value)]
    if not whole or any(number is None for number in whole):
        return False
    counted = [number for number in whole if number is not None]
    rising = all(before < after for before, after in pairwise(counted))
    return rising and counted[0] >= 0 and counted[-1] <= 2 * len(numbers) + 5


def _whole(value: Cell) -> int | None:
    text = str(value).strip().removesuffix(".0").rstrip(".)")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
