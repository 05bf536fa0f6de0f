"""Step 4: the import itself, its progress, and what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.registers.offers.importing import actions, review
from knotenpunkt.registers.offers.importing.forms import RunForm
from knotenpunkt.registers.offers.importing.views.check import rows_context
from knotenpunkt.registers.offers.importing.views.frame import (
    crumbs,
    seen_anew,
    stages,
    to,
    with_upload,
)
from knotenpunkt.registers.offers.importing.views.start import run_line
from knotenpunkt.registers.offers.imports.profiles import KIND
from knotenpunkt.registers.offers.imports.records import KINDS, OFFER, records
from knotenpunkt.registers.offers.imports.undoing.undo import KEPT_RECORDS
from knotenpunkt.tools.imports.models import Run, Upload
from knotenpunkt.tools.imports.packing import unpack_report
from knotenpunkt.tools.imports.queries import get_run, upload_of
from knotenpunkt.tools.jobs.queries import job_about


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.IMPORT)
@with_upload
def import_(request: DeskRequest, upload: Upload) -> HttpResponse:
    """Start the import, watch it, read its report."""
    if request.method == "POST":
        return _started(request, upload)
    job = job_about(request.actor, upload.pk)
    if not _is_done(upload) and job is not None and not job.is_open:
        upload = seen_anew(request, upload)
    is_done = _is_done(upload)
    if not is_done and (job is None or job.work != actions.IMPORT):
        return to("upload", upload)
    if not is_done or upload.run is None:
        context = {"upload": upload, "job": job, "crumbs": crumbs(), "stages": stages(4)}
        return render(request, "offers/import/importing.html", context)
    return render(request, "offers/import/done.html", _context(request, upload, upload.run))


def _is_done(upload: Upload) -> bool:
    return upload.run is not None and upload.run.finished_at is not None


def _started(request: DeskRequest, upload: Upload) -> HttpResponse:
    """A second click, or one after a failure, goes on with the same import."""
    request.actor.must(Right.PUBLISH)
    if upload.state not in (Upload.State.CHECKED, Upload.State.STARTED) or _is_done(upload):
        return to("upload", upload)
    actions.queue_import(actor=request.actor, upload=upload, **_wishes(request, upload))
    return to("import", upload)


def _wishes(request: DeskRequest, upload: Upload) -> dict[str, bool]:
    """What was chosen; after a failure what had been chosen before it."""
    job = job_about(request.actor, upload.pk)
    if job is not None and job.work == actions.IMPORT and "draft" in job.arguments:
        return {name: bool(job.arguments[name]) for name in ("draft", "withdraw_missing")}
    form = RunForm(request.POST, missing=1)
    told = form.cleaned_data if form.is_valid() else {}
    return {
        "draft": told.get("state") == RunForm.DRAFT,
        "withdraw_missing": bool(told.get("withdraw_missing")),
    }


def _context(request: DeskRequest, upload: Upload, run: Run) -> dict[str, Any]:
    rows, notes = unpack_report(upload.report)
    return {
        "upload": upload,
        "run": run,
        "line": run_line(run),
        "crumbs": crumbs(),
        "stages": stages(5),
        "heading": _heading(run),
        "linked": run.undone_at is None,
        "editable": False,
        "notes": [*upload.notes, *(note for note in notes if note not in upload.notes)],
        "has_report": bool(upload.report),
        "stayed": _stayed(run),
        "corrected": 0,
        "offers_url": reverse("offers_desk:list"),
        **rows_context(request, upload, rows, default=review.TO_LOOK_AT),
    }


def _heading(run: Run) -> str:
    if run.undone_at is not None:
        return _("This import was undone")
    arrived = run.created + run.updated + run.unchanged
    told = ngettext("%(count)s row is imported", "%(count)s rows are imported", arrived)
    return told % {"count": number(arrived)}


@require_safe
@members_only(Right.IMPORT)
def run(request: DeskRequest, run_id: UUID) -> HttpResponse:
    """An import of the list: its report, where it is still kept, else its counts."""
    try:
        found = get_run(request.actor, kind=KIND, run_id=run_id)
    except Run.DoesNotExist as missing:
        raise Http404 from missing
    upload = upload_of(found)
    if upload is not None:
        return to("import", upload)
    context = {
        "run": found,
        "line": run_line(found),
        "crumbs": crumbs(),
        "stayed": _stayed(found),
    }
    return render(request, "offers/import/run.html", context)


def _stayed(run: Run) -> list[dict[str, str]]:
    """What an undo left as it was, as far as it is still there."""
    named = [(kind, UUID(pk)) for kind, pk in run.undone.get(KEPT_RECORDS, ())]
    told = []
    for kind in KINDS.values():
        found = records(kind, [pk for one, pk in named if one == kind])
        told += [{"title": str(row), "url": _url(kind, row)} for row in found.values()]
    return told


def _url(kind: str, row: Any) -> str:
    return reverse("offers_desk:detail", args=[row.pk]) if kind == OFFER else ""
