"""Taking cleaned values out of one row, and collecting what is remarked on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from knotenpunkt.registers.offers.imports.fields import VOCABULARY
from knotenpunkt.tools.imports.cleaning.numbers import number, yes_no
from knotenpunkt.tools.imports.cleaning.texts import text
from knotenpunkt.tools.imports.columns import Mapping
from knotenpunkt.tools.imports.remarks import Cleaned, Remark
from knotenpunkt.tools.imports.tables import Cell, Row, is_empty

T = TypeVar("T")


@dataclass(slots=True)
class Cells:
    """One row as seen through the mapping of its table."""

    row: Row
    mapping: Mapping
    remarks: list[Remark] = field(default_factory=list)

    def raw(self, key: str) -> Cell:
        """The cell as it came."""
        return self.mapping.cell(self.row, key)

    def has(self, key: str) -> bool:
        """Whether the row says anything about this field."""
        return not is_empty(self.raw(key))

    def is_set(self, key: str) -> bool:
        """Yes, or a count above zero."""
        cell = self.raw(key)
        return bool(yes_no(cell).value) or (number(cell).value or 0) > 0

    def text(self, key: str, limit: int = 0) -> str:
        """One line of text."""
        return self.keep(key, text(self.raw(key), limit=limit))

    def lines(self, key: str, limit: int) -> list[str]:
        """The texts of all columns of a field, each with its line breaks."""
        cells = [cell for _name, cell in self.mapping.cells(self.row, key)]
        return [
            told for cell in cells if (told := self.keep(key, text(cell, limit=limit, lines=True)))
        ]

    def take(self, key: str, cleaner: Callable[[Cell], Cleaned[T]]) -> T:
        """The value that a cleaner makes of the cell."""
        return self.keep(key, cleaner(self.raw(key)))

    def keep(self, key: str, cleaned: Cleaned[T]) -> T:
        """The value; its remarks are kept with the name of the field."""
        self.remarks.extend(remark.about(label(key)) for remark in cleaned.remarks)
        return cleaned.value

    def remark(
        self, key: str, code: str, reason: str, original: str = "", cleaned: str = ""
    ) -> None:
        """Say something about a field."""
        self.remarks.append(Remark(code, reason, original, cleaned, label(key)))


def label(key: str) -> str:
    """The name of a field in the current language."""
    return str(VOCABULARY.fields[key].label) if key in VOCABULARY.fields else key
