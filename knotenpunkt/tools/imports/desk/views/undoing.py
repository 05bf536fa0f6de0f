"""Taking a whole import back: what it would do, its progress, what it did."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.tools.imports.desk import steps
from knotenpunkt.tools.imports.desk.registers import ListDesk
from knotenpunkt.tools.imports.desk.views.frame import crumbs
from knotenpunkt.tools.imports.desk.views.start import run_line
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.queries import get_run
from knotenpunkt.tools.imports.undoing import TooLate, refuse_too_late
from knotenpunkt.tools.jobs.queries import job_about

SHOWN = 40


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.IMPORT)
def undo(request: DeskRequest, desk: ListDesk, run_id: UUID) -> HttpResponse:
    """First what would go, change and stay; then, after the button, how far it is."""
    run = _found(request, desk, run_id)
    here = reverse(f"{desk.space}:undo", args=[run.pk])
    if request.method == "POST":
        desk.must(request.actor)
        if _reason(request, run) == "":
            steps.queue_undo(desk, actor=request.actor, run=run)
        return HttpResponseRedirect(here)
    # The job first: what it did until then is seen in the run.
    job, run = job_about(request.actor, run.pk), _found(request, desk, run_id)
    if run.undone_at is not None:
        return HttpResponseRedirect(reverse(f"{desk.space}:run", args=[run.pk]))
    context: dict[str, Any] = {"list_desk": desk, "run": run, "line": run_line(desk, run)}
    context |= {"crumbs": crumbs(desk), "job": job}
    if job is not None and job.is_open:
        return render(request, "imports/undoing.html", context)
    context |= {"reason": _reason(request, run)}
    return render(request, "imports/undo.html", context | _seen(desk, run))


def _found(request: DeskRequest, desk: ListDesk, run_id: UUID) -> Run:
    try:
        return get_run(request.actor, kind=desk.kind, run_id=run_id)
    except Run.DoesNotExist as missing:
        raise Http404 from missing


def _reason(request: DeskRequest, run: Run) -> str:
    """Why it cannot be taken back; "" when it can."""
    try:
        refuse_too_late(run)
    except TooLate as reason:
        return str(reason)
    upload = run.uploads.only("pk").first()
    job = job_about(request.actor, upload.pk) if upload else None
    return steps.still_at_work() if job is not None and job.is_open else ""


def _seen(desk: ListDesk, run: Run) -> dict[str, Any]:
    seen = desk.foresee(run)
    gone = desk.words.goes(len(seen.go))
    restored = ngettext(
        "%(count)s entry gets its former values back",
        "%(count)s entries get their former values back",
        len(seen.restored),
    )
    stay = ngettext(
        "%(count)s entry was changed by hand since and stays as it is",
        "%(count)s entries were changed by hand since and stay as they are",
        len(seen.stay),
    )
    told = ((gone, seen.go), (restored, seen.restored), (stay, seen.stay))
    return {
        "parts": [_part(words, names) for words, names in told],
        "others": seen.others_go,
        "is_empty": not (seen.go or seen.restored or seen.others_go),
    }


def _part(words: str, names: Any) -> dict[str, Any]:
    return {
        "title": words % {"count": number(len(names))},
        "names": names[:SHOWN],
        "more": max(0, len(names) - SHOWN),
        "count": len(names),
    }
