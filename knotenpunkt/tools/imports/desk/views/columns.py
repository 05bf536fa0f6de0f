"""Step 2: what stands in which column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.tools.imports.cleaning.texts import show
from knotenpunkt.tools.imports.desk import steps
from knotenpunkt.tools.imports.desk.assignments import (
    NOT_TAKEN,
    UNDECIDED,
    Assignment,
    SheetChoice,
    kept_assignment,
)
from knotenpunkt.tools.imports.desk.registers import ListDesk
from knotenpunkt.tools.imports.desk.views.frame import (
    crumbs,
    is_being_imported,
    saved,
    stages,
    to,
    whole,
    with_upload,
)
from knotenpunkt.tools.imports.models import Upload
from knotenpunkt.tools.imports.packing import unpack_tables
from knotenpunkt.tools.imports.tables import Table, is_empty

EXAMPLES, LONGEST_EXAMPLE, LOOK_AT = 3, 40, 300


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of the file: what stands in it, and what becomes of it."""

    name: str
    input: str
    examples: str
    key: str
    state: str
    word: str

    @property
    def shown_name(self) -> str:
        """The name, with a place to break after each slash."""
        return self.name.replace("/", "/\u200b")

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look at it."""
        return self.state == "missing"


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.IMPORT)
@with_upload
def columns(request: DeskRequest, desk: ListDesk, upload: Upload) -> HttpResponse:
    """Every column with examples, what it becomes, and how one row would look."""
    if not upload.is_read or is_being_imported(request, desk, upload):
        return to(desk, "upload", upload)
    if request.method == "POST":
        return _posted(request, desk, upload)
    tables = unpack_tables(upload.tables, upload.corrections)
    assignment = kept_assignment(upload.assignment)
    table = _asked(tables, assignment, request.GET.get("blatt", ""))
    sheet = assignment.sheet(table.name) or assignment.sheets[0]
    return render(
        request, "imports/columns.html", _context(request, desk, upload, tables, table, sheet)
    )


def _asked(tables: Sequence[Table], assignment: Assignment, number: str) -> Table:
    place = whole(number, least=0)
    if 0 < place <= len(tables):
        return tables[place - 1]
    taken = {one.name for one in assignment.sheets if one.taken}
    return next((table for table in tables if table.name in taken), tables[0])


def _context(
    request: DeskRequest,
    desk: ListDesk,
    upload: Upload,
    tables: Sequence[Table],
    table: Table,
    sheet: SheetChoice,
) -> dict[str, Any]:
    assignment = kept_assignment(upload.assignment)
    lines = _lines(table, sheet)
    place = whole(request.GET.get("zeile", ""))
    shown = desk.preview(table, sheet.mapping(assignment.fixed), upload.file_name, place)
    return {
        "list_desk": desk,
        "upload": upload,
        "stages": stages(2),
        "crumbs": crumbs(desk),
        "table": table,
        "sheet": sheet,
        "lines": lines,
        "lead": _lead(lines),
        "groups": desk.groups(),
        "not_taken": NOT_TAKEN,
        "undecided": UNDECIDED,
        "tabs": _tabs(desk, tables, table, upload) if len(tables) > 1 else (),
        "place_of_sheet": tables.index(table) + 1,
        "preview": shown,
        "assignment": assignment,
        "fixed": [(key, desk.label(key), assignment.fixed.get(key, "")) for key in desk.fixed],
        "has_fixed": any(assignment.fixed.values()),
        "remember": assignment.profile or _("List %(name)s") % {"name": assignment.source},
    }


def _lines(table: Table, sheet: SheetChoice) -> list[ColumnLine]:
    return [
        _line(table, sheet, name, f"spalte-{place}") for place, name in enumerate(table.columns)
    ]


def _line(table: Table, sheet: SheetChoice, name: str, input_name: str) -> ColumnLine:
    key = sheet.columns.get(name, NOT_TAKEN)
    told = _examples(table, name)
    state, word = "published", _("recognised")
    if not told:
        state, word = "none", _("empty")
    elif key == UNDECIDED or name in sheet.doubtful:
        state, word = "missing", _("please look")
    elif key == NOT_TAKEN:
        state, word = "withdrawn", _("not taken")
    return ColumnLine(name, input_name, told or _("empty"), key, state, word)


def _examples(table: Table, name: str) -> str:
    """Three different values of the column."""
    told: dict[str, None] = {}
    for row in table.rows[:LOOK_AT]:
        cell = row.values.get(name)
        if not is_empty(cell):
            text = " ".join(show(cell).split())
            told[text if len(text) <= LONGEST_EXAMPLE else f"{text[: LONGEST_EXAMPLE - 1]}…"] = None
        if len(told) == EXAMPLES:
            break
    return ", ".join(told)


def _lead(lines: Sequence[ColumnLine]) -> str:
    """ "11 von 14 Spalten sind erkannt. Bitte sehen Sie sich zwei davon an, eine ist leer."."""
    known = sum(line.state == "published" for line in lines)
    left = sum(line.state == "withdrawn" for line in lines)
    doubtful = sum(line.is_doubtful for line in lines)
    empty = sum(line.state == "none" for line in lines)
    told = [
        ngettext(
            "%(known)d of %(count)d column is recognised.",
            "%(known)d of %(count)d columns are recognised.",
            len(lines),
        )
        % {"known": known, "count": len(lines)}
    ]
    if doubtful:
        told.append(
            ngettext("Please look at one.", "Please look at %(count)d.", doubtful)
            % {"count": doubtful}
        )
    if left:
        told.append(
            ngettext("One is not taken over.", "%(count)d are not taken over.", left)
            % {"count": left}
        )
    if empty:
        told.append(ngettext("One is empty.", "%(count)d are empty.", empty) % {"count": empty})
    return " ".join(told)


def _tabs(
    desk: ListDesk, tables: Sequence[Table], current: Table, upload: Upload
) -> list[dict[str, Any]]:
    url = reverse(f"{desk.space}:columns", args=[upload.pk])
    return [
        {
            "label": table.name,
            "url": f"{url}?blatt={place}",
            "count": number(len(table.rows)),
            "current": table is current,
        }
        for place, table in enumerate(tables, start=1)
    ]


def _posted(request: DeskRequest, desk: ListDesk, upload: Upload) -> HttpResponse:
    """Keep what was chosen; then on, or back to the same page with another row or sheet."""
    if "neu" in request.POST:
        steps.start_over(desk, actor=request.actor, upload=upload)
        return to(desk, "columns", upload)
    tables = unpack_tables(upload.tables, {})
    place = min(whole(request.POST.get("blatt", "")), len(tables))
    assignment = _chosen(request, desk, kept_assignment(upload.assignment), tables[place - 1])
    steps.assign_columns(actor=request.actor, upload=upload, assignment=assignment)
    if "weiter" in request.POST:
        return _on(request, desk, upload)
    row = whole(request.POST.get("zeile") or request.POST.get("diese_zeile", ""))
    return to(desk, "columns", upload, f"?blatt={place}&zeile={row}")


def _on(request: DeskRequest, desk: ListDesk, upload: Upload) -> HttpResponse:
    name = " ".join(saved(request.POST.get("name", "")).split())[:120]
    if "merken" in request.POST and name:
        steps.remember_assignment(desk, actor=request.actor, upload=upload, name=name)
    steps.queue_check(desk, actor=request.actor, upload=upload)
    return to(desk, "check", upload)


def _chosen(request: DeskRequest, desk: ListDesk, kept: Assignment, table: Table) -> Assignment:
    sheet = kept.sheet(table.name)
    if sheet is None:
        return kept
    columns, allowed = dict(sheet.columns), {*desk.keys, NOT_TAKEN, UNDECIDED}
    for place, name in enumerate(table.columns):
        told = request.POST.get(f"spalte-{place}")
        if told is not None and told in allowed:
            columns[name] = told
    changed = replace(
        sheet,
        taken="nehmen" in request.POST or len(kept.sheets) == 1,
        columns=columns,
        doubtful=tuple(one for one in sheet.doubtful if columns[one] == sheet.columns[one]),
    )
    fixed = {key: saved(request.POST.get(f"fest-{key}", "")).strip() for key in desk.fixed}
    source = " ".join(saved(request.POST.get("quelle", "")).split())[:200]
    return replace(
        kept.with_sheet(changed),
        fixed={key: value for key, value in fixed.items() if value},
        source=source or kept.source,
    )
