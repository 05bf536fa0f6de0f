"""Address labels on the sheets that are sold, from the first label that is still there."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from knotenpunkt.activities.mailings.printing.letters import FEW, Printed, postal_order
from knotenpunkt.activities.mailings.printing.problems import problem_of_address
from knotenpunkt.tools.documents.fitting import broken, fitted
from knotenpunkt.tools.documents.typesetting import JSON, pdf

A4_WIDTH, A4_HEIGHT = 210.0, 297.0
SIZES = (10, 9, 8, 7)
# A line takes this much of its size in height.
LINE_HEIGHT = 1.3
POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Label:
    """One address. `key` is whatever the caller knows it by."""

    key: Hashable
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of labels in mm; `gap` lies between columns. The labels stand in its middle."""

    key: str
    columns: int
    rows: int
    width: float
    height: float
    gap: float = 0
    products: str = ""

    @property
    def places(self) -> int:
        """How many labels are on it."""
        return self.columns * self.rows

    @property
    def left(self) -> float:
        """The left edge of the first label."""
        return (A4_WIDTH - self.columns * self.width - (self.columns - 1) * self.gap) / 2

    @property
    def top(self) -> float:
        """The upper edge of the first label."""
        return (A4_HEIGHT - self.rows * self.height) / 2

    @property
    def inset(self) -> float:
        """What stays free left and right; printers leave out the edge of a sheet."""
        return max(5.0, 8.0 - self.left)


SHEETS = (
    Sheet("70x36", 3, 8, 70, 36, products="Avery Zweckform 3490"),
    Sheet("70x37", 3, 8, 70, 37, products="Avery Zweckform 3474, Herma 4464"),
    Sheet("99x38", 2, 7, 99.1, 38.1, gap=2.5, products="Avery Zweckform L7163"),
    Sheet("105x48", 2, 6, 105, 48, products="Avery Zweckform 3424, Herma 4457"),
)


def sheet_of(key: str) -> Sheet:
    """The sheet of this name; KeyError."""
    return {one.key: one for one in SHEETS}[key]


def labels_pdf(labels: Sequence[Label], *, sheet: Sheet = SHEETS[0], start: int = 1) -> Printed:
    """Labels by postal code, the first at place `start` (1: top left, counted along the rows)."""
    with override(settings.LANGUAGE_CODE):
        problems = [(one, problem_of_address(one.lines)) for one in labels]
        missing = [(one.key, problem) for one, problem in problems if problem]
        able = sorted(
            (one for one, problem in problems if not problem),
            key=lambda one: postal_order(one.lines),
        )
        if not able:
            return Printed(b"", 0, missing)
        first = min(max(start, 1), sheet.places) - 1
        content = pdf(
            "mailings/labels", _sheets(able, sheet, first), title=_title(able),
            language=settings.LANGUAGE_CODE, mark_unknown=True, apart=len(able) > FEW,
        )  # fmt: skip
    return Printed(content, len(able), missing)


def _title(labels: Sequence[Label]) -> str:
    return _("Address labels (%(count)s)") % {"count": len(labels)}


def _sheets(labels: Sequence[Label], sheet: Sheet, first: int) -> dict[str, JSON]:
    return {
        "sheet": {
            "columns": sheet.columns,
            "rows": sheet.rows,
            "width": sheet.width,
            "height": sheet.height,
            "left": sheet.left,
            "top": sheet.top,
            "step_x": sheet.width + sheet.gap,
            "step_y": sheet.height,
            "inset": sheet.inset,
        },
        "sheets": -(-(first + len(labels)) // sheet.places),
        "labels": [_set(one, first + place, sheet) for place, one in enumerate(labels)],
    }


def _set(label: Label, place: int, sheet: Sheet) -> JSON:
    """In the first size in which the lines, broken where they are too wide, fit on the label."""
    lines = [line for line in label.lines if line.strip()]
    width = sheet.width - 2 * sheet.inset
    for size in SIZES:
        parts = broken(lines, width=width, size=size)
        found = fitted(parts, width=width, sizes=[size])
        if found.lines == parts and len(parts) <= _room(sheet, size):
            break
    else:
        found = fitted(lines, width=width, sizes=SIZES[-1:])
    return {"place": place, "lines": list(found.lines), "size": found.size}


def _room(sheet: Sheet, size: float) -> int:
    """How many lines of this size stand on a label."""
    return int((sheet.height - 4) * POINTS_PER_MM / (size * LINE_HEIGHT))
