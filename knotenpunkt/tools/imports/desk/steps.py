"""The four steps of an import in the browser. Nothing reaches the register before the last one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.imports.actions import uploads
from knotenpunkt.tools.imports.actions.runs import remember_profile, start_run
from knotenpunkt.tools.imports.desk.assignments import (
    Assignment,
    first_assignment,
    fitting_profile,
    kept_assignment,
)
from knotenpunkt.tools.imports.desk.registers import ListDesk
from knotenpunkt.tools.imports.models import Run, Upload
from knotenpunkt.tools.imports.orders import Confirm, Order, Progress, undisputed
from knotenpunkt.tools.imports.packing import unpack_tables
from knotenpunkt.tools.imports.profiles import ProfileDraft
from knotenpunkt.tools.imports.queries import get_upload, profiles
from knotenpunkt.tools.imports.readers.files import read_bytes, refuse_at_sight
from knotenpunkt.tools.imports.readers.packed import unpacked_size
from knotenpunkt.tools.imports.rehearsal import heard_outside
from knotenpunkt.tools.imports.report import Report
from knotenpunkt.tools.imports.sources import source_name
from knotenpunkt.tools.imports.tables import Cell, Reading, UnreadableFile
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.jobs.queries import job_about
from knotenpunkt.tools.jobs.registry import JSON

# What unpacks to more is read beside the pages: a browser waits a second or two, not a minute.
READ_AT_ONCE = 4 * 1024 * 1024


def receive_list(
    desk: ListDesk, *, actor: Actor, name: str, content_type: str, content: bytes
) -> Upload:
    """Take a file in, and read it at once when it is of an ordinary size.

    `UnreadableFile` when it is none that can be used; nothing is kept of it then.
    """
    refuse_at_sight(content)
    at_once = unpacked_size(content) <= READ_AT_ONCE
    reading = read_bytes(content, desk.vocabulary.knows) if at_once else None
    until = uploads.kept_until()
    file_id = desk.keeper.keep(
        name=name, content_type=content_type[:100], content=content, until=until
    )
    upload = uploads.receive(
        actor=actor, kind=desk.kind, file_name=name, size=len(content), file_id=file_id
    )
    if reading is not None:
        _note_reading(desk, actor, upload, reading)
    else:
        queue(actor=actor, upload=upload, work=desk.reading, title=_("Reading a list"))
    return upload


def _note_reading(desk: ListDesk, actor: Actor, upload: Upload, reading: Reading) -> None:
    words, remembered = desk.vocabulary, profiles(actor, kind=desk.kind)
    profile = fitting_profile(reading.tables, words, remembered) or ProfileDraft()
    assignment = first_assignment(reading.tables, words, profile, source_name(upload.file_name))
    uploads.note_reading(upload=upload, reading=reading, assignment=assignment.as_json())


def read_list(desk: ListDesk, *, actor: Actor, upload_id: UUID, language: str) -> None:
    """Read a large file. What is wrong with it is kept with the upload."""
    upload = get_upload(actor, kind=desk.kind, upload_id=upload_id)
    if upload.state != Upload.State.RECEIVED or upload.file_id is None:
        return
    try:
        with override(language):
            reading = read_bytes(desk.keeper.content_of(upload.file_id), desk.vocabulary.knows)
    except UnreadableFile as problem:
        uploads.refuse(upload=upload, reason=str(problem))
    else:
        _note_reading(desk, actor, upload, reading)


def assign_columns(*, actor: Actor, upload: Upload, assignment: Assignment) -> None:
    """Keep what was decided about the columns."""
    uploads.assign(actor=actor, upload=upload, assignment=assignment.as_json())


def start_over(desk: ListDesk, *, actor: Actor, upload: Upload) -> None:
    """Recognise the columns anew, without a remembered assignment."""
    tables = unpack_tables(upload.tables, {})
    fresh = first_assignment(tables, desk.vocabulary, ProfileDraft(), source_name(upload.file_name))
    uploads.assign(actor=actor, upload=upload, assignment=fresh.as_json())


def remember_assignment(desk: ListDesk, *, actor: Actor, upload: Upload, name: str) -> None:
    """Keep the assignment under a name: the next file with these columns gets it."""
    draft = kept_assignment(upload.assignment).draft(name, desk.keys)
    remember_profile(actor=actor, kind=desk.kind, draft=draft)


def decide_rows(*, actor: Actor, upload: Upload, decisions: Mapping[tuple[str, int], str]) -> None:
    """Keep of single rows which record they are, or that they are new."""
    kept = kept_assignment(upload.assignment)
    changed = replace(kept, decisions={**kept.decisions, **decisions})
    uploads.assign(actor=actor, upload=upload, assignment=changed.as_json())


def correct_cells(
    *, actor: Actor, upload: Upload, cells: Mapping[tuple[str, int, str], str]
) -> int:
    """Keep other values for cells: (sheet, row, column) → value; returns how many are new."""
    tables = {table.name: table for table in unpack_tables(upload.tables, upload.corrections)}
    corrections = {
        sheet: {number: dict(row) for number, row in rows.items()}
        for sheet, rows in upload.corrections.items()
    }
    changed = 0
    for (sheet, number, column), value in cells.items():
        row = next((one for one in tables[sheet].rows if one.number == number), None)
        if row is None or column not in row.values or _shown(row.values[column]) == value:
            continue
        corrections.setdefault(sheet, {}).setdefault(str(number), {})[column] = value
        changed += 1
    if changed:
        uploads.correct(actor=actor, upload=upload, corrections=corrections)
    return changed


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def queue_check(desk: ListDesk, *, actor: Actor, upload: Upload) -> Job:
    """Try the import out, beside the pages."""
    return queue(actor=actor, upload=upload, work=desk.checking, title=_("Checking a list"))


def queue_import(
    desk: ListDesk, *, actor: Actor, upload: Upload, draft: bool, withdraw_missing: bool
) -> Job:
    """Import for good, beside the pages."""
    return queue(
        actor=actor,
        upload=upload,
        work=desk.importing,
        title=_("Import of a list"),
        draft=draft,
        withdraw_missing=withdraw_missing,
    )


def queue(*, actor: Actor, upload: Upload, work: str, title: str, **wishes: bool) -> Job:
    """One job at a time for an upload, however often somebody clicks."""
    last = job_about(actor, upload.pk)
    if last is not None and last.is_open:
        return last
    count = Job.objects.filter(about=upload.pk).count()
    told: dict[str, JSON] = {"upload": str(upload.pk), "language": get_language() or "de", **wishes}
    key = f"{upload.pk}:{count}"
    return enqueue(actor=actor, work=work, arguments=told, title=title, key=key, about=upload.pk)


def check_list(
    desk: ListDesk,
    *,
    actor: Actor,
    network: Network,
    upload_id: UUID,
    language: str,
    progress: Progress,
) -> None:
    """The dry run; its report is kept with the upload."""
    with in_network(network):
        upload = get_upload(actor, kind=desk.kind, upload_id=upload_id)
        if upload.state not in (Upload.State.READ, Upload.State.CHECKED):
            return
    order = Order(
        dry_run=True,
        source=kept_assignment(upload.assignment).source,
        progress=heard_outside(progress),
        assigned=kept_assignment(upload.assignment).assigned(),
    )
    with override(language):
        report = _run(desk, actor, network, upload, order)
    with in_network(network):
        uploads.note_report(
            upload=upload, rows=report.rows, notes=report.notes, state=Upload.State.CHECKED
        )


def import_list(
    desk: ListDesk,
    *,
    actor: Actor,
    network: Network,
    upload_id: UUID,
    language: str,
    progress: Progress,
    draft: bool,
    withdraw_missing: bool,
    confirm: Confirm = undisputed,
) -> None:
    """The import itself. Repeatable: what was written before is known again by its links."""
    with in_network(network):
        run = _begun(desk, actor, upload_id)
        upload = get_upload(actor, kind=desk.kind, upload_id=upload_id)
    if run.finished_at is not None or run.undone_at is not None:
        return

    def finished(_run: Run, report: Report) -> None:
        uploads.note_report(
            upload=upload, rows=report.rows, notes=report.notes, state=Upload.State.STARTED
        )

    order = Order(
        source=run.source,
        draft=draft,
        withdraw_missing=withdraw_missing,
        progress=progress,
        assigned=kept_assignment(upload.assignment).assigned(),
        run=run,
        finished=finished,
        confirm=confirm,
    )
    with override(language):
        _run(desk, actor, network, upload, order)


def _begun(desk: ListDesk, actor: Actor, upload_id: UUID) -> Run:
    """The run of this upload: one, however often it is begun."""
    upload = Upload.objects.select_for_update().get(kind=desk.kind, pk=upload_id)
    if upload.run_id is not None:
        begun: Run = Run.objects.get(pk=upload.run_id)
        return begun
    assignment = kept_assignment(upload.assignment)
    run = start_run(
        actor=actor,
        kind=desk.kind,
        file_name=upload.file_name,
        source=assignment.source[:200],
        profile=assignment.profile,
    )
    uploads.begin(upload=upload, run=run)
    return run


def queue_undo(desk: ListDesk, *, actor: Actor, run: Run) -> Job:
    """Take an import back, beside the pages."""
    last = job_about(actor, run.pk)
    if last is not None and last.is_open:
        return last
    count = Job.objects.filter(about=run.pk).count()
    return enqueue(
        actor=actor,
        work=desk.undoing,
        arguments={"run": str(run.pk)},
        title=_("Undoing an import"),
        key=f"{run.pk}:{count}",
        about=run.pk,
    )


def still_at_work() -> str:
    """Why an import cannot be taken back yet."""
    return _("This list is still being imported. Please wait for its end.")


def _run(desk: ListDesk, actor: Actor, network: Network, upload: Upload, order: Order) -> Report:
    tables = unpack_tables(upload.tables, upload.corrections)
    reading = Reading(upload.form, tables, tuple(upload.notes))
    path = Path(upload.file_name)
    return desk.carry_out(actor, network, reading, path, order).report


def discard_upload(desk: ListDesk, *, actor: Actor, upload: Upload) -> None:
    """Forget a file that is not to be imported after all."""
    if upload.file_id is not None:
        desk.keeper.drop(upload.file_id)
    uploads.discard(actor=actor, upload=upload)
