"""Step 4: the import itself, its progress, and what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.tools.imports.desk import review, steps
from knotenpunkt.tools.imports.desk.registers import ListDesk
from knotenpunkt.tools.imports.desk.views.check import rows_context
from knotenpunkt.tools.imports.desk.views.frame import (
    crumbs,
    seen_anew,
    stages,
    to,
    with_upload,
)
from knotenpunkt.tools.imports.desk.views.start import run_line
from knotenpunkt.tools.imports.models import Run, Upload
from knotenpunkt.tools.imports.packing import unpack_report
from knotenpunkt.tools.imports.queries import get_run, upload_of
from knotenpunkt.tools.imports.undoing import KEPT_RECORDS
from knotenpunkt.tools.jobs.queries import job_about


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.IMPORT)
@with_upload
def import_(request: DeskRequest, desk: ListDesk, upload: Upload) -> HttpResponse:
    """Start the import, watch it, read its report."""
    if request.method == "POST":
        return _started(request, desk, upload)
    job = job_about(request.actor, upload.pk)
    if not _is_done(upload) and job is not None and not job.is_open:
        upload = seen_anew(request, desk, upload)
    is_done = _is_done(upload)
    if not is_done and (job is None or job.work != desk.importing):
        return to(desk, "upload", upload)
    if not is_done or upload.run is None:
        context = {"list_desk": desk, "upload": upload, "job": job, "crumbs": crumbs(desk)}
        context["stages"] = stages(4)
        return render(request, "imports/importing.html", context)
    return render(request, "imports/done.html", _context(request, desk, upload, upload.run))


def _is_done(upload: Upload) -> bool:
    return upload.run is not None and upload.run.finished_at is not None


def _started(request: DeskRequest, desk: ListDesk, upload: Upload) -> HttpResponse:
    """A second click, or one after a failure, goes on with the same import."""
    desk.must(request.actor)
    if upload.state not in (Upload.State.CHECKED, Upload.State.STARTED) or _is_done(upload):
        return to(desk, "upload", upload)
    steps.queue_import(desk, actor=request.actor, upload=upload, **_wishes(request, desk, upload))
    return to(desk, "import", upload)


def _wishes(request: DeskRequest, desk: ListDesk, upload: Upload) -> dict[str, bool]:
    """What was chosen; after a failure what had been chosen before it."""
    job = job_about(request.actor, upload.pk)
    if job is not None and job.work == desk.importing and "draft" in job.arguments:
        return {name: bool(job.arguments[name]) for name in ("draft", "withdraw_missing")}
    return desk.run_form(request.POST, missing=1).wishes()


def _context(request: DeskRequest, desk: ListDesk, upload: Upload, run: Run) -> dict[str, Any]:
    rows, notes = unpack_report(upload.report)
    return {
        "list_desk": desk,
        "upload": upload,
        "run": run,
        "line": run_line(desk, run),
        "crumbs": crumbs(desk),
        "stages": stages(5),
        "heading": _heading(run),
        "linked": run.undone_at is None,
        "editable": False,
        "notes": [*upload.notes, *(note for note in notes if note not in upload.notes)],
        "has_report": bool(upload.report),
        "stayed": _stayed(desk, run),
        "removed": desk.words.removed(run.undone.get("removed", 0)),
        "corrected": 0,
        **rows_context(request, desk, upload, rows, default=review.TO_LOOK_AT),
    }


def _heading(run: Run) -> str:
    if run.undone_at is not None:
        return _("This import was undone")
    arrived = run.created + run.updated + run.unchanged
    told = ngettext("%(count)s row is imported", "%(count)s rows are imported", arrived)
    return told % {"count": number(arrived)}


@require_safe
@members_only(Right.IMPORT)
def run(request: DeskRequest, desk: ListDesk, run_id: UUID) -> HttpResponse:
    """An import of the list: its report, where it is still kept, else its counts."""
    try:
        found = get_run(request.actor, kind=desk.kind, run_id=run_id)
    except Run.DoesNotExist as missing:
        raise Http404 from missing
    upload = upload_of(found)
    if upload is not None:
        return to(desk, "import", upload)
    context = {
        "list_desk": desk,
        "run": found,
        "line": run_line(desk, found),
        "crumbs": crumbs(desk),
        "stayed": _stayed(desk, found),
        "removed": desk.words.removed(found.undone.get("removed", 0)),
    }
    return render(request, "imports/run.html", context)


def _stayed(desk: ListDesk, run: Run) -> list[dict[str, str]]:
    """What an undo left as it was, as far as it is still there."""
    return desk.stayed([(kind, UUID(pk)) for kind, pk in run.undone.get(KEPT_RECORDS, ())])
