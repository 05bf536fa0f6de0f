"""Step 3: the dry run, row by row, and mending what it doubts."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.paging import paging
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.tools.imports.desk import review, steps
from knotenpunkt.tools.imports.desk.assignments import kept_assignment
from knotenpunkt.tools.imports.desk.registers import ListDesk
from knotenpunkt.tools.imports.desk.views.frame import (
    crumbs,
    is_being_imported,
    saved,
    seen_anew,
    stages,
    to,
    with_upload,
)
from knotenpunkt.tools.imports.models import Upload
from knotenpunkt.tools.imports.packing import unpack_report, unpack_tables
from knotenpunkt.tools.imports.report import Report, RowReport
from knotenpunkt.tools.jobs.queries import job_about

PER_PAGE = 40
BAR = 1000.0
THINNEST = 8.0


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bar, and the figure below it. `kind` is what the table is filtered by."""

    kind: str
    label: str
    count: int
    start: float
    width: float
    url: str
    current: bool

    @property
    def said(self) -> str:
        """ "2.500"."""
        return number(self.count)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.IMPORT)
@with_upload
def check(request: DeskRequest, desk: ListDesk, upload: Upload) -> HttpResponse:
    """Progress of the dry run; then what it found."""
    if not upload.is_read or is_being_imported(request, desk, upload):
        return to(desk, "upload", upload)
    if request.method == "POST":
        return _corrected(request, desk, upload)
    job = job_about(request.actor, upload.pk)
    if upload.state == Upload.State.READ:
        if job is None:
            return to(desk, "columns", upload)
        upload = upload if job.is_open else seen_anew(request, desk, upload)
    if upload.state == Upload.State.READ:
        context = {"list_desk": desk, "upload": upload, "job": job, "crumbs": crumbs(desk)}
        context["stages"] = _stages(desk, upload)
        return render(request, "imports/checking.html", context)
    return render(request, "imports/check.html", _context(request, desk, upload))


def _stages(desk: ListDesk, upload: Upload) -> object:
    urls = ["", reverse(f"{desk.space}:columns", args=[upload.pk])]
    return stages(3, urls)


def _corrected(request: DeskRequest, desk: ListDesk, upload: Upload) -> HttpResponse:
    """Keep what was corrected in cells, and check once more."""
    cells = {
        cell: saved_cell(str(value))
        for name, value in request.POST.items()
        if (cell := review.told_cell(name)) is not None
    }
    decided = {
        row: saved(str(value))
        for name, value in request.POST.items()
        if (row := review.told_decision(name)) is not None
    }
    if decided:
        steps.decide_rows(actor=request.actor, upload=upload, decisions=decided)
    steps.correct_cells(actor=request.actor, upload=upload, cells=cells)
    steps.queue_check(desk, actor=request.actor, upload=upload)
    return to(desk, "check", upload)


def saved_cell(value: str) -> str:
    """A cell may be long, but nothing that no database can hold."""
    return value.replace("\0", "").replace("\r\n", "\n")[:20_000]


def _context(request: DeskRequest, desk: ListDesk, upload: Upload) -> dict[str, Any]:
    rows, notes = unpack_report(upload.report)
    counted = review.tally(rows)
    ready = sum(row.is_ready for row in rows) - counted[review.GONE]
    total = len(rows) - counted[review.GONE]
    return {
        "list_desk": desk,
        "upload": upload,
        "crumbs": crumbs(desk),
        "stages": _stages(desk, upload),
        "heading": _heading(ready, total),
        "lead": _lead(counted),
        "ready": ready,
        "button": ngettext("Import %(count)s row", "Import %(count)s rows", ready)
        % {"count": number(ready)},
        "form": desk.run_form(missing=counted[review.GONE]),
        "notes": [*upload.notes, *(note for note in notes if note not in upload.notes)],
        "corrected": _count_of_corrections(upload),
        "editable": True,
        "linked": False,
        **rows_context(request, desk, upload, rows, default=review.TO_LOOK_AT),
    }


def _heading(ready: int, total: int) -> str:
    if ready == total:
        told = ngettext("%(count)s row is ready", "All %(count)s rows are ready", total)
        return told % {"count": number(total)}
    return _("%(ready)s of %(count)s rows are ready") % {
        "ready": number(ready),
        "count": number(total),
    }


def _lead(counted: Counter[str]) -> str:
    told = _("This is a trial, nothing is saved yet.")
    rejected = counted[review.REJECTED]
    if not rejected:
        return told
    need = ngettext("%(count)d row needs mending.", "%(count)d rows need mending.", rejected)
    return f"{told} {need % {'count': rejected}}"


def _count_of_corrections(upload: Upload) -> int:
    return sum(len(row) for rows in upload.corrections.values() for row in rows.values())


def rows_context(
    request: DeskRequest,
    desk: ListDesk,
    upload: Upload,
    rows: Sequence[RowReport],
    *,
    default: str,
) -> dict[str, Any]:
    """Bar, filters, one page of the table: shared by the trial and the report of the import."""
    counted = review.tally(rows)
    kind = saved(request.GET.get("zeilen", default))
    kind = kind if kind in (*review.KINDS, review.TO_LOOK_AT, "") else default
    if kind == review.TO_LOOK_AT and not counted[review.HINTED] + counted[review.REJECTED]:
        kind = ""
    code = saved(request.GET.get("grund", ""))
    lines = review.selected(rows, kind, code)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("seite"))

    def address(**changes: str | int) -> str:
        told: dict[str, str | int] = {"zeilen": kind, "grund": code, **changes}
        return "?" + urlencode({k: value for k, value in told.items() if value or k == "zeilen"})

    return {
        "segments": _segments(counted, kind, address),
        "kind": kind,
        "code": code,
        "reasons": review.reasons(rows, kind),
        "kinds": _kinds(counted),
        "line_count": _line_count(lines, kind),
        "lines": _lines(desk, upload, list(page)),
        "rejected": counted[review.REJECTED],
        "several_sheets": len({row.sheet for row in rows}) > 1,
        "paging": paging(page, lambda one: address(seite=one)),
    }


def _line_count(lines: Sequence[Any], kind: str) -> str:
    count = len({id(row) for row, _remark in lines})
    if kind == review.TO_LOOK_AT:
        told = ngettext("%(count)s row to look at", "%(count)s rows to look at", count)
    else:
        told = ngettext("%(count)s row", "%(count)s rows", count)
    return told % {"count": number(count)}


def _words() -> dict[str, str]:
    return {
        review.CREATED: _("new"),
        review.CHANGED: _("changed"),
        review.SAME: _("unchanged"),
        review.HINTED: _("with a hint, come in"),
        review.REJECTED: _("left out"),
        review.GONE: _("no longer in the list"),
    }


def _kinds(counted: Counter[str]) -> list[tuple[str, str]]:
    """What the rows can be filtered by."""
    words = _words()
    some = [(kind, f"{words[kind]} ({number(counted[kind])})") for kind in words if counted[kind]]
    both = counted[review.HINTED] + counted[review.REJECTED]
    look = [(review.TO_LOOK_AT, _("to look at (%(count)s)") % {"count": number(both)})]
    return [*(look if both else []), *some]


def _segments(counted: Counter[str], current: str, address: Any) -> list[Segment]:
    """Tiny parts have a least width, so the figures below the bar count."""
    words = _words()
    kinds = [kind for kind in words if kind != review.GONE and counted[kind]]
    total = sum(counted[kind] for kind in kinds) or 1
    widths = [max(THINNEST, counted[kind] / total * BAR) for kind in kinds]
    shrink = BAR / (sum(widths) or 1)
    found, start = [], 0.0
    for kind, width in zip(kinds, widths, strict=True):
        shown = round(width * shrink, 1)
        url = address(zeilen=kind, grund="", seite="")
        found.append(
            Segment(kind, words[kind], counted[kind], round(start, 1), shown, url, kind == current)
        )
        start += shown
    return found


def _lines(desk: ListDesk, upload: Upload, lines: Sequence[Any]) -> list[review.Line]:
    assignment = kept_assignment(upload.assignment)
    tables = unpack_tables(upload.tables, upload.corrections)
    cells = review.Cells(tables, assignment, desk.vocabulary, desk.named_by)
    found, before = [], None
    for row, remark in lines:
        decided = assignment.decisions.get((row.sheet, row.number))
        first = row is not before
        found.append(
            review.line_of(row, remark, cells.of(row, remark), first=first, decided=decided)
        )
        before = row
    return found


@require_safe
@members_only(Right.IMPORT)
@with_upload
def report(request: DeskRequest, desk: ListDesk, upload: Upload) -> HttpResponse:
    """The whole report as CSV."""
    rows, notes = unpack_report(upload.report)
    file = io.StringIO()
    Report(rows=rows, notes=notes).write_to(file)
    return _download(file.getvalue(), _("report %(name)s") % {"name": upload.file_name})


@require_safe
@members_only(Right.IMPORT)
@with_upload
def rejected(request: DeskRequest, desk: ListDesk, upload: Upload) -> HttpResponse:
    """The rows that were left out, with their own columns, to be mended and handed in again."""
    rows, _notes = unpack_report(upload.report)
    tables = unpack_tables(upload.tables, upload.corrections)
    name = _("left out %(name)s") % {"name": upload.file_name}
    return _download(review.rejected_as_csv(rows, tables), name)


def _download(text: str, name: str) -> HttpResponse:
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    stem = name.rsplit(".", 1)[0] if "." in name else name
    response["Content-Disposition"] = content_disposition_header(True, f"{stem}.csv") or ""
    return response
