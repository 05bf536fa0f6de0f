"""The import of a list of offers, from file to report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import one_write
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers import findable
from knotenpunkt.registers.offers.actions import prepare_topics, withdraw_offer
from knotenpunkt.registers.offers.imports import keys
from knotenpunkt.registers.offers.imports.childcare import is_childcare_table
from knotenpunkt.registers.offers.imports.drafts import (
    Rejected,
    RowDraft,
    Sheet,
    draft,
    external_id,
)
from knotenpunkt.registers.offers.imports.fields import FIELD_KEYS, FIELDS, VOCABULARY
from knotenpunkt.registers.offers.imports.listing import Listing, is_listing, listed
from knotenpunkt.registers.offers.imports.topics import TopicIndex
from knotenpunkt.registers.offers.imports.writing import Writer
from knotenpunkt.registers.offers.models import Status, Topic
from knotenpunkt.tools.imports.actions import finish_run, remember_profile, start_run
from knotenpunkt.tools.imports.columns import Mapping, Wishes, missing_columns
from knotenpunkt.tools.imports.profiles import ProfileDraft, profile_from, read_profile
from knotenpunkt.tools.imports.queries import profile_named
from knotenpunkt.tools.imports.readers.files import read_file
from knotenpunkt.tools.imports.remarks import Remark
from knotenpunkt.tools.imports.report import Counts, Outcome, Report, RowReport
from knotenpunkt.tools.imports.sources import source_name
from knotenpunkt.tools.imports.tables import Reading, Row, Table, UnreadableFile

KIND = "offers"
# So many rows are written in one transaction: on SQLite others wait that long at most.
BATCH = 100

Progress = Callable[[int, int], None]


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


@dataclass(slots=True)
class _Plan:
    """One file, understood but not written. Lists of organisations stand apart."""

    reading: Reading
    profile: ProfileDraft
    source: str
    sheets: list[tuple[Table, Sheet]]
    listings: list[tuple[Table, Sheet]]
    notes: list[str] = field(default_factory=list)


def _silent(done: int, total: int) -> None:
    """For those who do not watch."""


class _Undo(Exception):
    """Ends a dry run: everything written so far is taken back."""


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
    progress: Progress | None = None,
) -> ImportResult:
    """Import a file of offers into a network.

    `profile` is the path of a profile file or a remembered name; a new name is remembered.
    A dry run does the same in a transaction that is taken back, so it reports the same.
    `progress` is told rows done and rows in all. Raises `UnreadableFile` when the file or
    profile cannot be read.
    """
    reading = read_file(path, VOCABULARY.knows)
    with in_network(network), _taken_back() if dry_run else nullcontext():
        actor.must(Right.IMPORT)
        actor.must(Right.PUBLISH)
        plan = _plan(actor, reading, path, source, profile)
        report = Report(notes=list(plan.notes))
        _Work(
            actor=actor,
            plan=plan,
            report=report,
            path=path,
            as_draft=draft,
            withdraw_missing=withdraw_missing,
            dry_run=dry_run,
            progress=progress or _silent,
        ).run()
    return ImportResult(
        report=report,
        mappings=tuple(sheet.mapping for _table, sheet in (*plan.listings, *plan.sheets)),
        form=reading.form,
        source=plan.source,
        profile=plan.profile.name,
        dry_run=dry_run,
        notes=tuple(plan.notes),
    )


def _plan(actor: Actor, reading: Reading, path: Path, source: str, profile: str) -> _Plan:
    told = _profile(actor, profile)
    mappings = {table.name: VOCABULARY.recognise(table, told.wishes) for table in reading.tables}
    tables = [table for table in reading.tables if _is_told(mappings[table.name])]
    if not tables:
        raise UnreadableFile(
            _(
                "No column was recognised. Please name the columns, for example Titel, Träger,"
                " Straße, PLZ, or give a profile."
            )
        )
    chosen_source = source or told.source or told.name or source_name(path.name)
    plan = _Plan(reading, told, chosen_source[:200], [], [], list(reading.left_out))
    topics = _topic_index()
    told_mappings = [mappings[table.name] for table in tables]
    for table, mapping in zip(tables, told_mappings, strict=True):
        kind = plan.listings if is_listing(mapping, told_mappings) else plan.sheets
        kind.append((table, _sheet(table, mapping, topics, path, plan.notes)))
    for table in reading.tables:
        if table not in tables:
            reason = _(
                "Sheet “%(sheet)s” has no column that was recognised; %(rows)d rows were left out."
            )
            plan.notes.append(reason % {"sheet": table.name, "rows": len(table.rows)})
    missing = missing_columns(reading.tables, told.wishes)
    if missing:
        plan.notes.append(
            _("Columns of the profile that the file does not have: %(names)s")
            % {"names": ", ".join(missing)}
        )
    return plan


def _is_told(mapping: Mapping) -> bool:
    return bool(mapping.columns)


def _profile(actor: Actor, named: str) -> ProfileDraft:
    """The profile of a file, or of a name; an unknown name becomes a new profile."""
    if not named:
        return ProfileDraft()
    if named.endswith(".json") or Path(named).is_file():
        return read_profile(Path(named), FIELD_KEYS)
    kept = profile_named(actor, kind=KIND, name=named)
    if kept is None:
        return ProfileDraft(name=named)
    return profile_from(kept.mapping, FIELD_KEYS, default_name=named)


def _topic_index() -> TopicIndex:
    if not Topic.objects.exists():
        prepare_topics()
    return TopicIndex(Topic.objects.all())


def _sheet(
    table: Table, mapping: Mapping, topics: TopicIndex, path: Path, notes: list[str]
) -> Sheet:
    column = keys.id_column(table, mapping)
    ignored = keys.ignored_numbers(mapping, column)
    if ignored:
        notes.append(_("Running numbers are no ids: %(names)s") % {"names": ", ".join(ignored)})
    if keys.counts_rows(table, mapping):
        reason = _("“%(name)s” was taken as the id, although it only counts the rows.")
        notes.append(reason % {"name": column})
    return Sheet(
        mapping=mapping,
        topics=topics,
        has_ids=bool(column),
        is_childcare=is_childcare_table(mapping, table.name, path.stem),
        id_column=column,
        hint=" ".join((table.name, path.stem, *mapping.columns.get("facility", ()))),
    )


@contextmanager
def _taken_back() -> Iterator[None]:
    """A dry run: do everything and take it back; the search, which costs most, is spared."""
    try:
        with findable.at_the_end(), transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        return


@dataclass(frozen=True, slots=True)
class _Work:
    """The rows of one plan on their way into the register."""

    actor: Actor
    plan: _Plan
    report: Report
    path: Path
    as_draft: bool
    withdraw_missing: bool
    dry_run: bool
    progress: Progress

    def run(self) -> None:
        """Draft all rows, write them in batches, then look for what has vanished."""
        rows = list(self._drafts())
        run = start_run(
            actor=self.actor,
            kind=KIND,
            file_name=self.path.name,
            source=self.plan.source,
            profile=self.plan.profile.name,
        )
        writer = Writer(
            actor=self.actor,
            run=run,
            topics=_topic_index(),
            as_draft=self.as_draft,
        )
        self._write_listed(writer)
        self._write(rows, writer)
        with _one_batch(dry_run=self.dry_run):
            self._vanished(writer)
            self._remember()
            finish_run(actor=self.actor, run=run, counts=self.report.counts)

    def _drafts(self) -> Iterator[RowDraft | RowReport]:
        for table, sheet in self.plan.sheets:
            for row in table.rows:
                try:
                    yield draft(row, sheet)
                except Rejected as reason:
                    yield _rejected(row, sheet, str(reason))

    def _write(self, rows: Sequence[RowDraft | RowReport], writer: Writer) -> None:
        told = [row for row in rows if isinstance(row, RowDraft)]
        doubled = keys.doubled(row.external_id for row in told)
        occurrences: Counter[str] = Counter()
        for start in range(0, len(rows), BATCH):
            with _one_batch(dry_run=self.dry_run):
                for row in rows[start : start + BATCH]:
                    done = (
                        row
                        if isinstance(row, RowReport)
                        else self._one(row, writer, doubled, occurrences)
                    )
                    self.report.rows.append(done)
                writer.flush()
            self.progress(min(start + BATCH, len(rows)), len(rows))

    def _write_listed(self, writer: Writer) -> None:
        """Organisations first, so that offers find those they refer to."""
        rows = [(row, sheet) for table, sheet in self.plan.listings for row in table.rows]
        doubled = keys.doubled(external_id(row, sheet) for row, sheet in rows)
        listing = Listing(actor=self.actor, providers=writer.providers)
        for start in range(0, len(rows), BATCH):
            with _one_batch(dry_run=self.dry_run):
                for row, sheet in rows[start : start + BATCH]:
                    try:
                        told = listed(row, sheet)
                    except Rejected as reason:
                        self.report.rows.append(_rejected(row, sheet, str(reason)))
                        continue
                    identity = "" if told.external_id in doubled else told.external_id
                    self.report.rows.append(listing.write(told, identity))
                writer.flush()

    def _one(
        self, row: RowDraft, writer: Writer, doubled: set[str], occurrences: Counter[str]
    ) -> RowReport:
        plain_key = keys.row_key(row)
        occurrences[plain_key] += 1
        number = occurrences[plain_key]
        identity = "" if row.external_id in doubled else row.external_id
        remarks = [*row.remarks, *_doubts(row, identity, number)]
        written = writer.write(row, identity, keys.row_key(row, number))
        return RowReport(
            number=row.number,
            sheet=row.sheet,
            title=row.title,
            outcome=written.outcome,
            remarks=(*remarks, *written.remarks),
        )

    def _vanished(self, writer: Writer) -> None:
        """Records that no row told of any more: reported, and withdrawn only when asked."""
        rejected = self._rejected_ids()
        for link in writer.links.all:
            offer = writer.offers.get(link.object_id)
            gone = link.pk not in writer.links.seen and link.external_id not in rejected
            if not gone or offer is None or offer.status == Status.WITHDRAWN:
                continue
            outcome = Outcome.VANISHED
            if self.withdraw_missing:
                withdraw_offer(actor=self.actor, offer=offer)
                link.values = {**link.values, "status": Status.WITHDRAWN.value}
                writer.links.change(link)
                outcome = Outcome.WITHDRAWN
            self.report.rows.append(RowReport(0, "", offer.title, outcome))
        writer.flush()

    def _rejected_ids(self) -> set[str]:
        """A row without a title is still there: its record has not vanished."""
        ids = {external_id(row, sheet) for table, sheet in self.plan.sheets for row in table.rows}
        return ids - {""}

    def _remember(self) -> None:
        """Keep a profile that has a name: as it was given, or as the columns were recognised."""
        given = self.plan.profile
        if not given.name:
            return
        wishes = given.wishes
        if not (wishes.columns or wishes.fixed):
            told = (*self.plan.listings, *self.plan.sheets)
            wishes = Wishes(columns=_all_columns([sheet.mapping for _table, sheet in told]))
        kept = ProfileDraft(given.name, self.plan.source, wishes)
        remember_profile(actor=self.actor, kind=KIND, draft=kept)


@contextmanager
def _one_batch(*, dry_run: bool) -> Iterator[None]:
    """Rows, their audit and their search entries arrive together or not at all."""
    found = nullcontext() if dry_run else findable.at_the_end()
    with transaction.atomic(), found, one_write():
        yield


def _rejected(row: Row, sheet: Sheet, reason: str) -> RowReport:
    return RowReport(row.number, sheet.mapping.table, "", Outcome.REJECTED, (), reason)


def _doubts(row: RowDraft, identity: str, occurrence: int) -> list[Remark]:
    doubts = []
    if row.external_id and not identity:
        reason = _("stands in several rows and was not used as an id")
        doubts.append(Remark("doubled_id", reason, row.external_id))
    if occurrence > 1:
        reason = _("has the same provider, title and address as an earlier row; both were kept")
        doubts.append(Remark("doubled_row", reason, row.title))
    return doubts


def _all_columns(mappings: Sequence[Mapping]) -> dict[str, tuple[str, ...]]:
    columns: dict[str, dict[str, None]] = {}
    for mapping in mappings:
        for key, names in mapping.columns.items():
            columns.setdefault(key, {}).update(dict.fromkeys(names))
    return {key: tuple(names) for key, names in columns.items()}
