"""Addresses of the import in the browser, for one kind of list."""

from __future__ import annotations

from django.urls import URLPattern, path

from knotenpunkt.tools.imports.desk.registers import ListDesk
from knotenpunkt.tools.imports.desk.views import check, columns, run, start, undoing

PAGES = (
    ("", start.start, "start"),
    ("alle/", start.all_runs, "runs"),
    ("import/<uuid:run_id>/", run.run, "run"),
    ("import/<uuid:run_id>/rueckgaengig/", undoing.undo, "undo"),
    ("<uuid:upload_id>/", start.upload, "upload"),
    ("<uuid:upload_id>/spalten/", columns.columns, "columns"),
    ("<uuid:upload_id>/pruefen/", check.check, "check"),
    ("<uuid:upload_id>/bericht.csv", check.report, "report"),
    ("<uuid:upload_id>/abgelehnt.csv", check.rejected, "rejected"),
    ("<uuid:upload_id>/einlesen/", run.import_, "import"),
    ("<uuid:upload_id>/verwerfen/", start.discard, "discard"),
)


def addresses(desk: ListDesk) -> list[URLPattern]:
    """All pages of the import of this kind of list."""
    return [path(route, view, {"desk": desk}, name=name) for route, view, name in PAGES]
