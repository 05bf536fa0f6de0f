"""Uploads on their way through the four steps. Nothing of them reaches a register by itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.personal_data import Expired, deleted
from knotenpunkt.tools.imports.models import Run, Upload
from knotenpunkt.tools.imports.packing import pack_report, pack_tables
from knotenpunkt.tools.imports.report import RowReport
from knotenpunkt.tools.imports.tables import Reading

KEPT = timedelta(days=30)


def kept_until() -> datetime:
    """Until when what is handed in now is kept."""
    return timezone.now() + KEPT


def receive(*, actor: Actor, kind: str, file_name: str, size: int, file_id: UUID) -> Upload:
    """Note a file that somebody handed in; it is to be read."""
    actor.must(Right.IMPORT)
    upload = Upload(
        kind=kind,
        file_name=file_name[-255:],
        size=size,
        file_id=file_id,
        actor_label=actor.label[:200],
        kept_until=kept_until(),
    )
    upload.save()
    return upload


def note_reading(*, upload: Upload, reading: Reading, assignment: dict[str, Any]) -> None:
    """It was read: the next step is to say what stands in which column."""
    upload.state, upload.problem = Upload.State.READ, ""
    upload.tables = pack_tables(reading.tables)
    upload.form, upload.notes = reading.form[:120], list(reading.left_out)
    upload.assignment = assignment
    upload.save(update_fields=["state", "problem", "tables", "form", "notes", "assignment"])


def refuse(*, upload: Upload, reason: str) -> None:
    """It cannot be read, and why."""
    upload.state, upload.problem = Upload.State.REFUSED, reason[:500]
    upload.save(update_fields=["state", "problem"])


def assign(*, actor: Actor, upload: Upload, assignment: dict[str, Any]) -> None:
    """Keep what somebody decided about the columns; what was checked before counts no more."""
    actor.must(Right.IMPORT)
    if assignment == upload.assignment:
        return
    upload.assignment, upload.report, upload.state = assignment, b"", Upload.State.READ
    upload.save(update_fields=["assignment", "report", "state"])


def correct(*, actor: Actor, upload: Upload, corrections: dict[str, Any]) -> None:
    """Keep what somebody corrected in cells of the upload; the file itself stays."""
    actor.must(Right.IMPORT)
    upload.corrections, upload.report, upload.state = corrections, b"", Upload.State.READ
    upload.save(update_fields=["corrections", "report", "state"])


def note_report(
    *, upload: Upload, rows: Iterable[RowReport], notes: Iterable[str], state: str
) -> None:
    """Keep what a dry run or an import said, unless something else was decided meanwhile."""
    now = Upload.objects.select_for_update().only("assignment", "corrections").get(pk=upload.pk)
    if (now.assignment, now.corrections) != (upload.assignment, upload.corrections):
        return
    upload.report, upload.state = pack_report(rows, notes), state
    upload.save(update_fields=["report", "state"])


def begin(*, upload: Upload, run: Run) -> None:
    """From here on it is being imported."""
    upload.run, upload.state = run, Upload.State.STARTED
    upload.save(update_fields=["run", "state"])


def discard(*, actor: Actor, upload: Upload) -> None:
    """Forget an upload; what it brought into a register stays."""
    actor.must(Right.IMPORT)
    upload.delete()


def drop_expired_uploads() -> Expired:
    """Delete the uploads of the network at hand whose time is over."""
    over = Upload.objects.filter(kept_until__lt=timezone.now())
    return deleted("lists to be imported", over, by="created_at")
