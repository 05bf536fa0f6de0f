"""Importing contact lists in the browser: for those who keep the register."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.importing.desk import DESK
from knotenpunkt.tools.imports.actions.uploads import note_report
from knotenpunkt.tools.imports.desk.steps import receive_list
from knotenpunkt.tools.imports.models import Run, Upload
from knotenpunkt.tools.imports.report import Outcome, RowReport
from tests.access.table import EDITORS, Line, moved

ACTOR = System("access table")
LIST = b"Einrichtung;Ansprechpartner;PLZ\nKita A;Frau Kern;09599\n;;09599\n"

FORMS = {
    "partners_import:start",
    "partners_import:columns",
    "partners_import:check",
    "partners_import:import",
    "partners_import:discard",
    "partners_import:undo",
}


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """Uploads at each step, and an import."""
    names = ("read", "checked", "to import", "discarded")
    uploads = {
        f"contacts {name}": receive_list(
            DESK, actor=ACTOR, name=f"{name}.csv", content_type="text/csv", content=LIST
        )
        for name in names
    }
    rows = [
        RowReport(2, "", "Kita A", Outcome.CREATED),
        RowReport(3, "", "", Outcome.REJECTED, reason="nennt niemanden"),
    ]
    for name in ("checked", "to import"):
        upload = uploads[f"contacts {name}"]
        note_report(upload=upload, rows=rows, notes=[], state=Upload.State.CHECKED)
    run = Run(
        kind="partners", file_name="kontakte.csv", source="kontakte", actor_label="Petra",
        started_at=timezone.now(), finished_at=timezone.now(),
    )  # fmt: skip
    run.save()
    return {name: upload.pk for name, upload in uploads.items()} | {"contacts run": run.pk}


def _of(name: str, expected: dict[str, int], of: str, **more: str) -> Line:
    key = "run_id" if of == "contacts run" else "upload_id"
    return Line(f"partners_import:{name}", expected, of=of, key=key, **more)  # type: ignore[arg-type]


LINES = [
    Line("partners_import:start", EDITORS),
    Line("partners_import:start", EDITORS, method="post"),
    Line("partners_import:runs", EDITORS),
    _of("run", EDITORS, "contacts run"),
    _of("undo", EDITORS, "contacts run"),
    _of("undo", moved(EDITORS), "contacts run", method="post"),
    _of("upload", moved(EDITORS), "contacts read"),
    _of("columns", EDITORS, "contacts read"),
    _of("columns", moved(EDITORS), "contacts read", method="post"),
    _of("check", EDITORS, "contacts checked"),
    _of("check", moved(EDITORS), "contacts checked", method="post"),
    _of("report", EDITORS, "contacts checked"),
    _of("rejected", EDITORS, "contacts checked"),
    _of("import", moved(EDITORS), "contacts read"),
    _of("import", moved(EDITORS), "contacts to import", method="post"),
    # Whoever comes second finds it thrown away already.
    _of("discard", moved(EDITORS) | {"coordinator": 404}, "contacts discarded", method="post"),
    _of("discard", dict.fromkeys(EDITORS, 405), "contacts read"),
]
