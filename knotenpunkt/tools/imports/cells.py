"""Taking cleaned values out of one row, and collecting what is remarked on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from knotenpunkt.tools.imports.cleaning import addresses
from knotenpunkt.tools.imports.cleaning.numbers import number, yes_no
from knotenpunkt.tools.imports.cleaning.texts import text
from knotenpunkt.tools.imports.columns import Mapping, Vocabulary
from knotenpunkt.tools.imports.remarks import Cleaned, Remark
from knotenpunkt.tools.imports.tables import Cell, Row, is_empty

T = TypeVar("T")


@dataclass(slots=True)
class Cells:
    """One row as seen through the mapping of its table."""

    row: Row
    mapping: Mapping
    vocabulary: Vocabulary
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
        self.remarks.extend(remark.about(self.label(key)) for remark in cleaned.remarks)
        return cleaned.value

    def remark(
        self, key: str, code: str, reason: str, original: str = "", cleaned: str = ""
    ) -> None:
        """Say something about a field."""
        self.remarks.append(Remark(code, reason, original, cleaned, self.label(key)))

    def label(self, key: str) -> str:
        """The name of a field in the current language."""
        known = self.vocabulary.fields.get(key)
        return str(known.label) if known else key

    def address(self) -> addresses.Address:
        """Street, house number, postal code and town, from whichever columns say them."""
        line = self.take("address", addresses.address)
        town_line = self.take("town_line", addresses.town_with_code)
        street, house = self.text("street", 180), self.take("house_number", addresses.house_number)
        extra = self.text("address_extra", 60)
        code = self.take("postal_code", addresses.postal_code)
        town = self.keep("town", addresses.town_with_code(self.raw("town")))
        if not street:
            street, house = line.street, house or line.house_number
        return addresses.Address(
            street=street,
            house_number=", ".join(filter(None, (house, extra))),
            postal_code=code or town_line.postal_code or town.postal_code or line.postal_code,
            town=town.town or town_line.town or line.town,
        )
