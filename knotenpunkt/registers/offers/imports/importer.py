"""The import of a list of offers, from file to report."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.imports.fields import FIELDS, VOCABULARY
from knotenpunkt.registers.offers.imports.plans import Assigned, Plan, make_plan
from knotenpunkt.registers.offers.imports.profiles import chosen_profile, is_new
from knotenpunkt.registers.offers.imports.work import (
    Confirm,
    Finished,
    Progress,
    Work,
    undisputed,
)
from knotenpunkt.tools.imports.columns import Mapping
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.readers.files import read_file
from knotenpunkt.tools.imports.rehearsal import rehearsal
from knotenpunkt.tools.imports.report import Counts, Report
from knotenpunkt.tools.imports.tables import Reading


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or would do when it was a dry run."""

    report: Report
    mappings: tuple[Mapping, ...]
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
            lines.extend(f"  {line}" for line in mapping.lines(FIELDS))
        return [*lines, *self.notes]


def _unrecognised(mappings: Iterable[Mapping]) -> list[str]:
    """One sentence for each column that fills no field."""
    reason = _("The column “%(column)s” was not recognised; it is kept as original only.")
    on_sheet = _("Sheet “%(sheet)s”:")
    return [
        f"{on_sheet % {'sheet': mapping.table}} {told}" if mapping.table else told
        for mapping in mappings
        for told in (reason % {"column": name} for name in mapping.unknown)
    ]


def _new_profile(plan: Plan, *, dry_run: bool, own_source: bool) -> list[str]:
    """A misspelt name would otherwise start a second source without a word."""
    told = (
        _("The profile “%(name)s” is new and would be remembered.")
        if dry_run
        else _("The profile “%(name)s” is new and has been remembered.")
    ) % {"name": plan.profile.name}
    source = _("Ids and keys belong to a new source: %(source)s.") % {"source": plan.source}
    return [f"{told} {source}" if own_source else told]


def _silent(done: int, total: int) -> None:
    """For those who do not watch."""


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
    progress: Progress = _silent
    assigned: Assigned | None = None
    run: Run | None = None
    finished: Finished | None = None
    confirm: Confirm = undisputed


def import_offers(*, actor: Actor, network: Network, path: Path, **wishes: Any) -> ImportResult:
    """Import a file of offers into a network; `wishes` are those of `Order`.

    Raises `UnreadableFile` when the file or profile cannot be read.
    """
    reading = read_file(path, VOCABULARY.knows)
    return import_reading(
        actor=actor, network=network, reading=reading, path=path, order=Order(**wishes)
    )


def import_reading(
    *, actor: Actor, network: Network, reading: Reading, path: Path, order: Order
) -> ImportResult:
    """The same of a file that was read before; of its path only the name counts."""
    actor.must(Right.IMPORT)
    actor.must(Right.PUBLISH)
    with rehearsal(network) if order.dry_run else nullcontext():
        with in_network(network):
            plan = _plan(actor, reading, path, order)
        report = Report(notes=[*plan.notes, *_unrecognised(plan.mappings)])
        Work(
            actor=actor,
            network=network,
            plan=plan,
            report=report,
            as_draft=order.draft,
            withdraw_missing=order.withdraw_missing,
            dry_run=order.dry_run,
            progress=order.progress,
            past=order.run,
            finished=order.finished,
            confirm=order.confirm,
        ).run()
    return ImportResult(
        report=report,
        mappings=plan.mappings,
        form=reading.form,
        source=plan.source,
        profile=plan.profile.name,
        dry_run=order.dry_run,
        notes=tuple(plan.notes),
    )


def _plan(actor: Actor, reading: Reading, path: Path, order: Order) -> Plan:
    plan = make_plan(
        reading=reading,
        path=path,
        source=order.source,
        profile=chosen_profile(actor, order.profile),
        assigned=order.assigned,
    )
    if is_new(actor, order.profile):
        plan.notes += _new_profile(plan, dry_run=order.dry_run, own_source=not order.source)
    return plan
