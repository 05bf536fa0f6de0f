"""Step 1: choosing a file; and what was imported before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.paging import paging
from knotenpunkt.tools.imports.desk import steps
from knotenpunkt.tools.imports.desk.forms import UploadForm
from knotenpunkt.tools.imports.desk.receiving import too_large, with_quota
from knotenpunkt.tools.imports.desk.registers import ListDesk
from knotenpunkt.tools.imports.desk.views.frame import (
    crumbs,
    is_being_imported,
    stages,
    to,
    with_upload,
)
from knotenpunkt.tools.imports.models import Run, Upload
from knotenpunkt.tools.imports.queries import open_uploads, runs
from knotenpunkt.tools.imports.tables import UnreadableFile
from knotenpunkt.tools.jobs.queries import job_about

LATEST, PER_PAGE = 5, 50
TOO_LARGE = 413


def _refused(request: DeskRequest, desk: ListDesk) -> HttpResponse:
    """Answered before anything of the file was kept, also to those who are not signed in."""
    context = {"list_desk": desk, "reason": too_large()}
    return render(request, "imports/too_large.html", context, status=TOO_LARGE)


@csrf_exempt  # the token stands in the form: it is looked at below, once the file has its quota
@with_quota(_refused)
@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect  # before anything is kept for those who have no session
@members_only(Right.IMPORT)
def start(request: DeskRequest, desk: ListDesk) -> HttpResponse:
    """The form for a file, uploads that wait, and the latest imports."""
    form = UploadForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()), desk=desk
    )
    if form.is_bound and form.is_valid():
        upload = _received(request, desk, form)
        if upload is not None:
            return to(desk, "upload", upload)
    return render(request, "imports/start.html", _context(request, desk, form))


def _received(request: DeskRequest, desk: ListDesk, form: UploadForm) -> Upload | None:
    file = form.cleaned_data["file"]
    try:
        return steps.receive_list(
            desk,
            actor=request.actor,
            name=file.name or _("list"),
            content_type=file.content_type or "",
            content=file.read(),
        )
    except UnreadableFile as problem:
        form.add_error("file", str(problem))
        return None


def _context(request: DeskRequest, desk: ListDesk, form: UploadForm) -> dict[str, Any]:
    waiting = list(open_uploads(request.actor, kind=desk.kind)[:LATEST])
    latest = list(runs(request.actor, kind=desk.kind)[: LATEST + 1])
    return {
        "list_desk": desk,
        "form": form,
        "stages": stages(1),
        "crumbs": crumbs(desk),
        "waiting": [_waiting(desk, one) for one in waiting],
        "runs": [run_line(desk, run) for run in latest[:LATEST]],
        "has_more": len(latest) > LATEST,
    }


def _waiting(desk: ListDesk, upload: Upload) -> dict[str, str]:
    return {
        "name": upload.file_name,
        "url": reverse(f"{desk.space}:upload", args=[upload.pk]),
        "when": spoken.moment(upload.created_at),
        "who": upload.actor_label,
    }


@dataclass(frozen=True, slots=True)
class RunLine:
    """One import as lists show it."""

    run: Run
    url: str
    when: str
    state: str
    label: str

    @property
    def said(self) -> dict[str, str]:
        """How many rows were what: "2.500"."""
        names = ("created", "updated", "rejected")
        return {name: spoken.number(getattr(self.run, name)) for name in names}


def run_line(desk: ListDesk, run: Run) -> RunLine:
    """How an import stands."""
    state, label = "active", _("imported")
    if run.undone_at is not None:
        state, label = "withdrawn", _("undone")
    elif run.finished_at is None:
        state, label = "waiting", _("not finished")
    url = reverse(f"{desk.space}:run", args=[run.pk])
    return RunLine(run, url, spoken.moment(run.started_at), state, label)


@require_safe
@members_only(Right.IMPORT)
def all_runs(request: DeskRequest, desk: ListDesk) -> HttpResponse:
    """Every import of the network, also those of the console."""
    rows = runs(request.actor, kind=desk.kind)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "list_desk": desk,
        "crumbs": crumbs(desk),
        "runs": [run_line(desk, run) for run in page],
        "paging": paging(page, lambda number: f"?seite={number}"),
    }
    return render(request, "imports/runs.html", context)


@require_safe
@members_only(Right.IMPORT)
@with_upload
def upload(request: DeskRequest, desk: ListDesk, upload: Upload) -> HttpResponse:
    """Where this file stands: on to that step."""
    if is_being_imported(request, desk, upload):
        return to(desk, "import", upload)
    if upload.state == Upload.State.CHECKED:
        return to(desk, "check", upload)
    if upload.state == Upload.State.READ:
        job = job_about(request.actor, upload.pk)
        return to(desk, "check" if job is not None and job.is_open else "columns", upload)
    context = {
        "list_desk": desk,
        "upload": upload,
        "job": job_about(request.actor, upload.pk),
        "stages": stages(1),
        "crumbs": crumbs(desk),
    }
    return render(request, "imports/reading.html", context)


@require_POST
@members_only(Right.IMPORT)
@with_upload
def discard(request: DeskRequest, desk: ListDesk, upload: Upload) -> HttpResponse:
    """Not this file after all: forget it, and begin anew."""
    if not is_being_imported(request, desk, upload):
        steps.discard_upload(desk, actor=request.actor, upload=upload)
    return HttpResponseRedirect(reverse(f"{desk.space}:start"))
