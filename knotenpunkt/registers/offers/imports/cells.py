"""The cells of one row of offers."""

from __future__ import annotations

from knotenpunkt.registers.offers.imports.fields import VOCABULARY
from knotenpunkt.tools.imports import cells
from knotenpunkt.tools.imports.columns import Mapping
from knotenpunkt.tools.imports.tables import Row


class Cells(cells.Cells):
    """One row as seen through the mapping of its table."""

    def __init__(self, row: Row, mapping: Mapping) -> None:
        super().__init__(row, mapping, VOCABULARY)


def label(key: str) -> str:
    """The name of a field in the current language."""
    return str(VOCABULARY.fields[key].label) if key in VOCABULARY.fields else key
