"""Importing lists in the browser: for those who keep the register."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.importing.desk import DESK
from knotenpunkt.tools.imports.actions.uploads import note_report
from knotenpunkt.tools.imports.desk.steps import receive_list
from knotenpunkt.tools.imports.models import Run, Upload
from knotenpunkt.tools.imports.report import Outcome, RowReport
from tests.access.table import EDITORS, Line, moved

ACTOR = System("access table")
LIST = b"Angebot;Tr\xc3\xa4ger;PLZ\nStillcaf\xc3\xa9;Verein;09599\n;Verein;09599\n"

FORMS = {
    "offers_import:start",
    "offers_import:columns",
    "offers_import:check",
    "offers_import:import",
    "offers_import:discard",
    "offers_import:undo",
}


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """Uploads at each step, and an import."""
    names = ("read", "checked", "to import", "discarded")
    uploads = {
        f"upload {name}": receive_list(
            DESK, actor=ACTOR, name=f"{name}.csv", content_type="text/csv", content=LIST
        )
        for name in names
    }
    rows = [
        RowReport(2, "", "Stillcafé", Outcome.CREATED),
        RowReport(3, "", "", Outcome.REJECTED, reason="hat keinen Titel"),
    ]
    for name in ("checked", "to import"):
        upload = uploads[f"upload {name}"]
        note_report(upload=upload, rows=rows, notes=[], state=Upload.State.CHECKED)
    run = Run(
        kind="offers", file_name="liste.csv", source="liste", actor_label="Petra",
        started_at=timezone.now(), finished_at=timezone.now(),
    )  # fmt: skip
    run.save()
    return {name: upload.pk for name, upload in uploads.items()} | {"run": run.pk}


def _of(name: str, expected: dict[str, int], of: str, **more: str) -> Line:
    key = "run_id" if of == "run" else "upload_id"
    return Line(f"offers_import:{name}", expected, of=of, key=key, **more)  # type: ignore[arg-type]


LINES = [
    Line("offers_import:start", EDITORS),
    Line("offers_import:start", EDITORS, method="post"),
    Line("offers_import:runs", EDITORS),
    _of("run", EDITORS, "run"),
    _of("undo", EDITORS, "run"),
    _of("undo", moved(EDITORS), "run", method="post"),
    _of("upload", moved(EDITORS), "upload read"),
    _of("columns", EDITORS, "upload read"),
    _of("columns", moved(EDITORS), "upload read", method="post"),
    _of("check", EDITORS, "upload checked"),
    _of("check", moved(EDITORS), "upload checked", method="post"),
    _of("report", EDITORS, "upload checked"),
    _of("rejected", EDITORS, "upload checked"),
    _of("import", moved(EDITORS), "upload read"),
    _of("import", moved(EDITORS), "upload to import", method="post"),
    # Whoever comes second finds it thrown away already.
    _of("discard", moved(EDITORS) | {"coordinator": 404}, "upload discarded", method="post"),
    _of("discard", dict.fromkeys(EDITORS, 405), "upload read"),
]
