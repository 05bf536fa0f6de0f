"""Workers that are killed in the middle of an import, for tests from outside.

    python -m tests.concurrency.importers FILE

Runs inside an installation with the network "mitte". Prints JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.concurrency import labour
from tests.concurrency.labour import (
    SYSTEM,
    Untiring,
    connections,
    ended,
    forked,
    send_home,
    wait_until,
    worked_off,
)

from knotenpunkt.foundation.networks.models import Network  # isort: skip
from knotenpunkt.foundation.networks.scope import in_network  # isort: skip
from knotenpunkt.registers.areas.models import Place  # isort: skip
from knotenpunkt.registers.offers.importing.desk import DESK  # isort: skip
from knotenpunkt.registers.offers.models import Offer  # isort: skip
from knotenpunkt.registers.partners.models import Contact, Organisation  # isort: skip
from knotenpunkt.tools.imports.desk import steps  # isort: skip
from knotenpunkt.tools.imports.models import Link, Run, Upload  # isort: skip
from knotenpunkt.tools.imports.packing import unpack_report  # isort: skip
from knotenpunkt.tools.search.models import Entry  # isort: skip

# Batches take longer than the works of that room.
labour.settings.JOB_LEASE_SECONDS = 4.0
labour.PATIENCE_SECONDS = 150


def main(path: Path) -> dict[str, Any]:
    """An import and its undoing, each killed once and then done by another worker."""
    network = Network.objects.get(slug="mitte")
    before = look(network)
    with in_network(network):
        upload = steps.receive_list(
            DESK, actor=SYSTEM, name=path.name, content_type="text/csv", content=path.read_bytes()
        )
        steps.queue_import(DESK, actor=SYSTEM, upload=upload, draft=False, withdraw_missing=False)
    whole = upload_rows(network)
    cut = killed(network, lambda: 0 < offers(network) < whole)
    worked_off(2)
    done = look(network) | outcome(network)
    with in_network(network):
        steps.queue_undo(DESK, actor=SYSTEM, run=Run.objects.get())
    cut_again = killed(network, lambda: offers(network) < whole)
    worked_off(2)
    with in_network(network):
        undone = Run.objects.get().undone
    return {
        "before": before, "cut": [cut, cut_again], "done": done, "after": look(network),
        "undone": undone,
    }  # fmt: skip


def killed(network: Network, at: Callable[[], bool]) -> int:
    """Kill a worker once it has come so far; how many offers there are then."""
    pid = forked(lambda: Untiring().run())
    wait_until(at)
    os.kill(pid, signal.SIGKILL)
    ended(pid)
    return offers(network)


def offers(network: Network) -> int:
    with in_network(network):
        return int(Offer.objects.count())


def upload_rows(network: Network) -> int:
    with in_network(network):
        tables = steps.unpack_tables(Upload.objects.get().tables, {})
    return sum(len(table.rows) for table in tables)


def look(network: Network) -> dict[str, int]:
    with in_network(network):
        counts = {
            model.__name__: int(model.objects.count())
            for model in (Offer, Place, Contact, Organisation, Link, Entry)
        }
        return counts | {"titles": int(Offer.objects.values("title").distinct().count())}


def outcome(network: Network) -> dict[str, Any]:
    with in_network(network):
        run = Run.objects.get()
        rows, _notes = unpack_report(Upload.objects.get().report)
    counts = [run.created, run.updated, run.unchanged]
    return {"counts": counts, "outcomes": sorted({row.outcome.value for row in rows})}


if __name__ == "__main__":
    try:
        sys.stdout.write(json.dumps(main(Path(sys.argv[1]))))
        sys.stdout.flush()
    finally:
        send_home()
        connections.close_all()
