"""How a list is to be imported, and what somebody decided about it before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.columns import Field, Mapping
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.report import Counts, Report

Progress = Callable[[int, int], None]
Finished = Callable[[Run, Report], None]
Confirm = Callable[[], None]


def undisputed() -> None:
    """For those whom nobody else could relieve."""


def silent(done: int, total: int) -> None:
    """For those who do not watch."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """What a person decided before: the mapping of each table that is to be taken.

    `passed_over` are the names of those that are not. `decisions` say of single rows (sheet,
    number) what they are: the id of a record that is there, or "" for a new one.
    """

    mappings: dict[str, Mapping]
    passed_over: tuple[str, ...] = ()
    decisions: dict[tuple[str, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is to be imported.

    `profile` is the path of a profile file or a remembered name; a new name is remembered. A dry
    run does the same on a copy of the network, so it reports the same. `assigned` is what a person
    decided about the columns; without it they are recognised. `run` goes on with one that was cut
    off. `finished` is called with the run in the transaction that ends it. `progress` is told
    rows done and rows in all. `confirm` is called at the end of each batch, in its transaction:
    what it raises takes the batch back.
    """

    source: str = ""
    profile: str = ""
    dry_run: bool = False
    draft: bool = False
    withdraw_missing: bool = False
    progress: Progress = silent
    assigned: Assigned | None = None
    run: Run | None = None
    finished: Finished | None = None
    confirm: Confirm = undisputed


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or would do when it was a dry run."""

    report: Report
    mappings: tuple[Mapping, ...]
    fields: tuple[Field, ...]
    form: str
    source: str
    profile: str
    dry_run: bool
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> Counts:
        """The counts of the last line."""
        return self.report.counts

    @property
    def exit_code(self) -> int:
        """0 when all rows arrived, 1 when some were rejected; 2 is an `UnreadableFile`."""
        return 1 if self.counts.rejected else 0

    def mapping_lines(self) -> list[str]:
        """How the file was read, one line each, to be printed before the counts."""
        lines = [self.form]
        for mapping in self.mappings:
            if mapping.table:
                lines.append(_("Sheet “%(sheet)s”:") % {"sheet": mapping.table})
            lines.extend(f"  {line}" for line in mapping.lines(self.fields))
        return [*lines, *self.notes]
