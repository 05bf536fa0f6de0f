"""The import of a list of offers, from file to report."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.imports.fields import FIELDS, VOCABULARY
from knotenpunkt.registers.offers.imports.plans import Plan, make_plan
from knotenpunkt.registers.offers.imports.profiles import is_new
from knotenpunkt.registers.offers.imports.work import Progress, Work
from knotenpunkt.tools.imports.columns import Mapping
from knotenpunkt.tools.imports.readers.files import read_file
from knotenpunkt.tools.imports.rehearsal import rehearsal
from knotenpunkt.tools.imports.report import Counts, Report


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


def import_offers(
    *,
    actor: Actor,
    network: Network,
    path: Path,
    source: str = "",
    profile: str = "",
    dry_run: bool = False,
    draft: bool = False,
    withdraw_missing: bool = False,
    progress: Progress = _silent,
) -> ImportResult:
    """Import a file of offers into a network.

    `profile` is the path of a profile file or a remembered name; a new name is remembered.
    A dry run does the same on a copy of the network, so it reports the same.
    `progress` is told rows done and rows in all. Raises `UnreadableFile` when the file or
    profile cannot be read.
    """
    actor.must(Right.IMPORT)
    actor.must(Right.PUBLISH)
    reading = read_file(path, VOCABULARY.knows)
    with rehearsal(network) if dry_run else nullcontext():
        with in_network(network):
            plan = make_plan(
                actor=actor, reading=reading, path=path, source=source, profile=profile
            )
            if is_new(actor, profile):
                plan.notes += _new_profile(plan, dry_run=dry_run, own_source=not source)
        report = Report(notes=[*plan.notes, *_unrecognised(plan.mappings)])
        Work(
            actor=actor,
            network=network,
            plan=plan,
            report=report,
            as_draft=draft,
            withdraw_missing=withdraw_missing,
            dry_run=dry_run,
            progress=progress,
        ).run()
    return ImportResult(
        report=report,
        mappings=plan.mappings,
        form=reading.form,
        source=plan.source,
        profile=plan.profile.name,
        dry_run=dry_run,
        notes=tuple(plan.notes),
    )
