"""One import of FILE and of FILE again, as a process of an installation; prints JSON."""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections, models  # noqa: E402
from openpyxl import load_workbook  # noqa: E402

from benchmarks.offers_list import COLUMNS  # noqa: E402
from knotenpunkt.foundation.accounts.actors import System  # noqa: E402
from knotenpunkt.foundation.networks.actions import create_network  # noqa: E402
from knotenpunkt.foundation.networks.installation import prepare_database  # noqa: E402
from knotenpunkt.foundation.networks.models import Network  # noqa: E402
from knotenpunkt.registers.offers.imports.importer import import_offers  # noqa: E402
from knotenpunkt.tools.search.actions import entries as search_entries  # noqa: E402
from knotenpunkt.tools.search.encoder import encode  # noqa: E402

AT_ONCE = 500


class Clock:
    """Adds up the seconds that a function takes."""

    def __init__(self, function: Any) -> None:
        self.function, self.seconds = function, 0.0

    def __call__(self, *values: Any, **named: Any) -> Any:
        started = time.perf_counter()
        try:
            return self.function(*values, **named)
        finally:
            self.seconds += time.perf_counter() - started


def _plain_table() -> type[models.Model]:
    """One column of text for each of the list: what the import is compared with."""
    cells = {f"cell_{number}": models.TextField() for number in range(len(COLUMNS))}
    meta = type("Meta", (), {"app_label": "benchmarks"})
    return type("PlainRow", (models.Model,), {"__module__": __name__, "Meta": meta, **cells})


def main() -> None:
    """Import twice, then the plain rows."""
    file = Path(sys.argv[1])
    prepare_database()
    network = create_network(slug="auental", name="Auental", area_keys=["14522"])
    encoding = Clock(encode)
    vars(search_entries)["encode"] = encoding
    plain = _plain(file)
    first, counts = _import(network, file)
    found = {"first": first, "encoding": encoding.seconds, "counts": counts, "plain": plain}
    found["again"], again = _import(network, file)
    assert f"unchanged={counts.partition('created=')[2].partition(' ')[0]}" in again, again
    print(json.dumps(found))


def _import(network: Network, file: Path) -> tuple[float, str]:
    started = time.perf_counter()
    result = import_offers(actor=System("benchmark"), network=network, path=file)
    return time.perf_counter() - started, result.counts.last_line


def _plain(file: Path) -> float:
    using, table = settings.OWNER_DATABASE, _plain_table()
    with connections[using].schema_editor() as editor:
        editor.create_model(table)
    started = time.perf_counter()
    told = [
        table(**{f"cell_{n}": row[name] or "" for n, name in enumerate(COLUMNS)})
        for row in _rows(file)
    ]
    table._default_manager.using(using).bulk_create(told, batch_size=AT_ONCE)
    return time.perf_counter() - started


def _rows(file: Path) -> list[dict[str, Any]]:
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as opened:
            return list(csv.DictReader(opened, delimiter=";"))
    sheet = load_workbook(file, read_only=True).worksheets[0]
    return [
        dict(zip(COLUMNS, cells, strict=True))
        for cells in sheet.iter_rows(min_row=2, values_only=True)
    ]


if __name__ == "__main__":
    main()
