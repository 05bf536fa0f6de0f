"""The rows of a file on their way into the register, batch by batch."""

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
from knotenpunkt.registers.offers import findable
from knotenpunkt.registers.offers.imports import keys, vanished
from knotenpunkt.registers.offers.imports.drafts.rows import draft, external_id
from knotenpunkt.registers.offers.imports.drafts.shapes import Rejected, RowDraft, Sheet
from knotenpunkt.registers.offers.imports.listing import Listing, listed
from knotenpunkt.registers.offers.imports.plans import Plan
from knotenpunkt.registers.offers.imports.profiles import KIND
from knotenpunkt.registers.offers.imports.records import SHELF
from knotenpunkt.registers.offers.imports.writing import Writer
from knotenpunkt.tools.imports.actions.runs import finish_run, start_run
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.orders import Confirm, Finished, Progress, undisputed
from knotenpunkt.tools.imports.remarks import Remark
from knotenpunkt.tools.imports.remembering import remember
from knotenpunkt.tools.imports.report import Outcome, Report, RowReport
from knotenpunkt.tools.imports.steps import StepBook
from knotenpunkt.tools.imports.tables import Row
from knotenpunkt.tools.imports.trail import Trail
from knotenpunkt.tools.search.encoder import warm_up

# So many rows are written in one transaction: on SQLite others wait that long at most.
BATCH = 100

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """A drafted row and what it is found again by."""

    row: RowDraft
    identity: str
    key: str
    doubts: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """Each batch is a transaction of its own, and what it needs is made before that opens."""

    actor: Actor
    network: Network
    plan: Plan
    report: Report
    as_draft: bool
    withdraw_missing: bool
    dry_run: bool
    progress: Progress
    past: Run | None = None
    finished: Finished | None = None
    confirm: Confirm = undisputed

    def run(self) -> None:
        """Draft all rows, write them in batches, then look for what has vanished."""
        if not self.dry_run:
            warm_up()
        rows = list(_identified(list(self._drafts())))
        with in_network(self.network):
            run = self.past or self._start()
            writer = Writer(
                actor=self.actor,
                run=run,
                topics=self.plan.topics,
                as_draft=self.as_draft,
                trail=Trail(StepBook(run, keeps=not self.dry_run), SHELF),
            )
            told = [(one.row, one.identity, one.key) for one in rows if isinstance(one, Told)]
            sheets = {sheet.mapping.table: sheet for _table, sheet in self.plan.sheets}
            writer.recognise(told, sheets)
        self._write_listed(writer)
        self._write(rows, writer)
        self._leave_vanished(writer)
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
        """Rows, their audit and their search entries arrive together or not at all."""
        entries = findable.left_alone if self.dry_run else findable.at_the_end
        with in_network(self.network), transaction.atomic():
            with entries(), one_write():
                yield
            self.confirm()

    def _drafts(self) -> Iterator[RowDraft | RowReport]:
        for table, sheet in self.plan.sheets:
            for row in table.rows:
                try:
                    yield draft(row, sheet)
                except Rejected as reason:
                    yield _rejected(row, sheet, str(reason))

    def _write_listed(self, writer: Writer) -> None:
        """Organisations first, so that offers find those they refer to."""
        rows = [(row, sheet) for table, sheet in self.plan.listings for row in table.rows]
        doubled = keys.doubled(external_id(row, sheet) for row, sheet in rows)
        listing = Listing(actor=self.actor, providers=writer.providers)
        for batch in _batches(rows):
            with self._one_batch():
                done = [_listed(row, sheet, listing, doubled) for row, sheet in batch]
                writer.flush()
            self.report.rows.extend(done)

    def _write(self, rows: Sequence[Told | RowReport], writer: Writer) -> None:
        total, done = len(rows), 0
        for batch in _batches(rows):
            self._prepare(batch, writer)
            with self._one_batch():
                self.report.rows.extend(_one(row, writer) for row in batch)
                writer.flush()
            done += len(batch)
            self.progress(done, total)

    def _prepare(self, batch: Sequence[Told | RowReport], writer: Writer) -> None:
        """The search reads what it will hold now, because others wait while a batch is written."""
        if self.dry_run:
            return
        told = [row for row in batch if isinstance(row, Told)]
        offers = [writer.foretold(one.row, one.identity, one.key) for one in told]
        with in_network(self.network):
            findable.prepare(offer for offer in offers if offer is not None)

    def _leave_vanished(self, writer: Writer) -> None:
        for batch in _batches(vanished.vanished(self.plan, writer)):
            if not self.withdraw_missing:
                self.report.rows.extend(vanished.tell(batch))
                continue
            with self._one_batch():
                self.report.rows.extend(vanished.withdraw(batch, actor=self.actor, writer=writer))
                writer.flush()


def _batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _identified(rows: Sequence[RowDraft | RowReport]) -> Iterator[Told | RowReport]:
    """Give each row its id, if it is the only one with it, and its key."""
    doubled = keys.doubled(row.external_id for row in rows if isinstance(row, RowDraft))
    occurrences: Counter[str] = Counter()
    for row in rows:
        if isinstance(row, RowReport):
            yield row
            continue
        plain_key = keys.row_key(row)
        occurrences[plain_key] += 1
        number = occurrences[plain_key]
        identity = "" if row.external_id in doubled else row.external_id
        doubts = tuple(_doubts(row, identity, number))
        yield Told(row, identity, keys.row_key(row, number), doubts)


def _one(told: Told | RowReport, writer: Writer) -> RowReport:
    if isinstance(told, RowReport):
        return told
    row, written = told.row, writer.write(told.row, told.identity, told.key)
    return RowReport(
        number=row.number,
        sheet=row.sheet,
        title=row.title,
        outcome=written.outcome,
        remarks=(*row.remarks, *told.doubts, *written.remarks),
        record=written.record,
    )


def _listed(row: Row, sheet: Sheet, listing: Listing, doubled: set[str]) -> RowReport:
    try:
        told = listed(row, sheet)
    except Rejected as reason:
        return _rejected(row, sheet, str(reason))
    identity = "" if told.external_id in doubled else told.external_id
    return listing.write(told, identity)


def _rejected(row: Row, sheet: Sheet, reason: str) -> RowReport:
    return RowReport(row.number, sheet.mapping.table, "", Outcome.REJECTED, reason=reason)


def _doubts(row: RowDraft, identity: str, occurrence: int) -> list[Remark]:
    doubts = []
    if row.external_id and not identity:
        reason = _("stands in several rows and was not used as an id")
        doubts.append(Remark("doubled_id", reason, row.external_id))
    if occurrence > 1:
        reason = _("has the same provider, title and address as an earlier row; both were kept")
        doubts.append(Remark("doubled_row", reason, row.title))
    return doubts
