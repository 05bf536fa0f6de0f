"""What became of each row, the counts of a run, and both as CSV and last line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from knotenpunkt.foundation.core.spreadsheets import defused
from knotenpunkt.tools.imports.remarks import Remark


class Outcome(StrEnum):
    """What became of a row. The last two are about records that no row told of any more."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    VANISHED = "vanished"
    WITHDRAWN = "withdrawn"


OUTCOME_WORDS = {
    Outcome.CREATED: pgettext_lazy("row", "created"),
    Outcome.UPDATED: pgettext_lazy("row", "updated"),
    Outcome.UNCHANGED: pgettext_lazy("row", "unchanged"),
    Outcome.REJECTED: pgettext_lazy("row", "rejected"),
    Outcome.VANISHED: gettext_lazy("no longer in the file"),
    Outcome.WITHDRAWN: gettext_lazy("withdrawn"),
}


# The remark about a row that may tell of somebody who is there already.
ALIKE = "perhaps_there"


@dataclass(frozen=True, slots=True)
class Alike:
    """A record that a row may tell of: its id, what it is called, and why it may be it."""

    id: str
    title: str
    why: str


class SupportsWrite(Protocol):
    """An open text file."""

    def write(self, text: str, /) -> object:
        """Add a text."""


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row: where it stands, what became of it, and everything that was remarked.

    `record` is what it led to; in a dry run that is gone afterwards. `alike` are records that were
    there before and that it may tell of.
    """

    number: int
    sheet: str
    title: str
    outcome: Outcome
    remarks: tuple[Remark, ...] = ()
    reason: str = ""
    record: UUID | None = field(default=None, compare=False)
    alike: tuple[Alike, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether it arrives, or would."""
        return self.outcome is not Outcome.REJECTED


@dataclass(frozen=True, slots=True)
class Counts:
    """created + updated + unchanged + rejected are the rows of the file; the rest comes beside."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    warnings: int = 0
    rejected: int = 0
    vanished: int = 0
    withdrawn: int = 0

    @property
    def rows(self) -> int:
        """The rows of the file."""
        return self.created + self.updated + self.unchanged + self.rejected

    @property
    def last_line(self) -> str:
        """What the command prints last."""
        return (
            f"created={self.created} updated={self.updated} unchanged={self.unchanged}"
            f" warnings={self.warnings} rejected={self.rejected}"
        )

    @property
    def missing_lines(self) -> list[str]:
        """What became of records that no row told of any more, in words; none of none."""
        told = (
            (self.vanished, _("No longer in the file, left as they are: %(count)d")),
            (self.withdrawn, _("No longer in the file, therefore withdrawn: %(count)d")),
        )
        return [line % {"count": count} for count, line in told if count]


def count(rows: Iterable[RowReport]) -> Counts:
    """Add up the rows; every remark is one warning."""
    told = list(rows)
    outcomes = [row.outcome for row in told]
    return Counts(
        created=outcomes.count(Outcome.CREATED),
        updated=outcomes.count(Outcome.UPDATED),
        unchanged=outcomes.count(Outcome.UNCHANGED),
        rejected=outcomes.count(Outcome.REJECTED),
        vanished=outcomes.count(Outcome.VANISHED),
        withdrawn=outcomes.count(Outcome.WITHDRAWN),
        warnings=sum(len(row.remarks) for row in told),
    )


@dataclass(slots=True)
class Report:
    """Everything a run has to say, in the order of the file."""

    rows: list[RowReport] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        """The counts so far."""
        return count(self.rows)

    def write(self, path: Path) -> None:
        """The report as CSV for spreadsheets: UTF-8 with mark, semicolons, no live formulas."""
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            self.write_to(file)

    def write_to(self, file: SupportsWrite) -> None:
        """The same into an open text file."""
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_header())
        for row in self.rows:
            writer.writerows([defused(cell) for cell in line] for line in _lines(row))
        writer.writerows(["", "", "", _("note"), "", "", "", defused(note)] for note in self.notes)


def _header() -> list[str]:
    place = [_("Row"), _("Sheet"), _("Title"), _("Outcome")]
    return [*place, _("Field"), _("Original"), _("Cleaned"), _("Reason")]


def _lines(row: RowReport) -> list[Sequence[str]]:
    """One line with the outcome, then one for each remark."""
    start = [str(row.number or ""), row.sheet, row.title]
    word = str(OUTCOME_WORDS[row.outcome])
    lines: list[Sequence[str]] = [[*start, word, "", "", "", row.reason]]
    for remark in row.remarks:
        told = [remark.field, remark.original, remark.cleaned, remark.reason]
        lines.append([*start, _("warning"), *told])
    return lines
