"""The rows of a contact list on their way into the register, batch by batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.actions import one_write
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.imports import keys
from knotenpunkt.registers.partners.imports.alike import Before, Done
from knotenpunkt.registers.partners.imports.drafts.rows import draft
from knotenpunkt.registers.partners.imports.drafts.shapes import Rejected, RowDraft, Sheet
from knotenpunkt.registers.partners.imports.plans import Plan
from knotenpunkt.registers.partners.imports.profiles import KIND
from knotenpunkt.registers.partners.imports.records import SHELF
from knotenpunkt.registers.partners.imports.repeats import join_repeats
from knotenpunkt.registers.partners.imports.writing import Asked, Writer
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.tools.imports.actions.runs import finish_run, start_run
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.orders import Confirm, Finished, Progress, silent, undisputed
from knotenpunkt.tools.imports.remarks import Remark
from knotenpunkt.tools.imports.remembering import remember
from knotenpunkt.tools.imports.report import Outcome, Report, RowReport
from knotenpunkt.tools.imports.steps import StepBook
from knotenpunkt.tools.imports.tables import Row
from knotenpunkt.tools.imports.trail import Trail

# So many rows are written in one transaction: on SQLite others wait that long at most.
BATCH = 50
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """A drafted row, and what must be said about its id."""

    asked: Asked
    doubts: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """Each batch is a transaction of its own."""

    actor: Actor
    network: Network
    plan: Plan
    report: Report
    dry_run: bool = False
    progress: Progress = silent
    past: Run | None = None
    finished: Finished | None = None
    confirm: Confirm = undisputed

    def run(self) -> None:
        """Draft all rows, write them in batches, then tell what has vanished."""
        rows = list(self._identified(list(self._drafts())))
        with in_network(self.network):
            run = self.past or self._start()
            trail = Trail(StepBook(run, keeps=not self.dry_run), SHELF)
            before = Before() if self.dry_run else None
            writer = Writer(actor=self.actor, run=run, trail=trail)
        self._write(rows, writer, before)
        with in_network(self.network):
            self.report.rows.extend(_vanished(writer))
        with self._one_batch():
            self._finish(run)

    def _start(self) -> Run:
        return start_run(
            actor=self.actor,
            kind=KIND,
            file_name=self.plan.path.name,
            source=self.plan.source,
            profile=self.plan.profile.name,
        )

    def _finish(self, run: Run) -> None:
        remember(
            actor=self.actor,
            kind=KIND,
            profile=self.plan.profile,
            source=self.plan.source,
            mappings=self.plan.mappings,
        )
        finish_run(actor=self.actor, run=run, counts=self.report.counts)
        if self.finished is not None:
            self.finished(run, self.report)

    @contextmanager
    def _one_batch(self) -> Iterator[None]:
        with in_network(self.network), transaction.atomic():
            with one_write():
                yield
            self.confirm()

    def _drafts(self) -> Iterator[tuple[RowDraft, Sheet] | RowReport]:
        for table, sheet in self.plan.sheets:
            for row in table.rows:
                try:
                    yield draft(row, sheet), sheet
                except Rejected as reason:
                    yield _rejected(row, sheet, str(reason))

    def _identified(
        self, rows: Sequence[tuple[RowDraft, Sheet] | RowReport]
    ) -> Iterator[Told | RowReport]:
        """Give each row its id, if it alone has it and its organisation, and its key."""
        drafts = [row[0] for row in rows if isinstance(row, tuple)]
        join_repeats(drafts)
        doubled = keys.doubled(one.external_id for one in drafts)
        times = Counter(keys.organisation_key(one) for one in drafts)
        for row in rows:
            if isinstance(row, RowReport):
                yield row
                continue
            one, sheet = row
            key = keys.organisation_key(one)
            alone = one.external_id not in doubled and times[key] == 1
            decision = self.plan.decisions.get((one.sheet, one.number))
            asked = Asked(one, one.external_id if alone else "", key, sheet.mapping, decision)
            yield Told(asked, tuple(_doubts(one, doubled)))

    def _write(
        self, rows: Sequence[Told | RowReport], writer: Writer, before: Before | None
    ) -> None:
        total, done = len(rows), 0
        for batch in _batches(rows):
            with self._one_batch():
                told = [_one(row, writer) for row in batch]
                writer.flush()
                self.report.rows.extend(_reports(told, before))
            done += len(batch)
            self.progress(done, total)


def _batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _one(told: Told | RowReport, writer: Writer) -> RowReport | Done:
    if isinstance(told, RowReport):
        return told
    row, written = told.asked.row, writer.write(told.asked)
    report = RowReport(
        number=row.number,
        sheet=row.sheet,
        title=row.title,
        outcome=written.outcome,
        remarks=(*row.remarks, *told.doubts, *written.remarks),
        record=written.record,
    )
    return report, written


def _reports(told: Sequence[RowReport | Done], before: Before | None) -> list[RowReport]:
    if before is None:
        return [one if isinstance(one, RowReport) else one[0] for one in told]
    done = iter(before.marked([one for one in told if not isinstance(one, RowReport)]))
    return [one if isinstance(one, RowReport) else next(done) for one in told]


def _rejected(row: Row, sheet: Sheet, reason: str) -> RowReport:
    return RowReport(row.number, sheet.mapping.table, "", Outcome.REJECTED, reason=reason)


def _doubts(row: RowDraft, doubled: set[str]) -> Iterator[Remark]:
    if row.external_id in doubled:
        reason = _("stands in several rows and was not used as an id")
        yield Remark("doubled_id", reason, row.external_id)


def _vanished(writer: Writer) -> list[RowReport]:
    """What the source brought before and does not bring any more stays, and is reported."""
    gone = [link.object_id for link in writer.links.all if link.pk not in writer.links.seen]
    rows = Organisation.objects.filter(pk__in=gone, left_on=None).order_by("name")
    return [RowReport(0, "", row.name, Outcome.VANISHED) for row in rows]
