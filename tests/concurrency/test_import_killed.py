"""A worker that is killed in the middle of an import, or of undoing it: nothing is done twice."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.installations import new_installation

ROWS = 800


def test_killed_while_importing_and_while_undoing(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    lines = [f"Treff {n};Verein {n % 40};Weg {n};09599;0373{n:05d}" for n in range(ROWS)]
    path.write_text("Angebot;Träger;Straße;PLZ;Telefon\n" + "\n".join(lines), encoding="utf-8")
    with new_installation(tmp_path / "data") as installation:
        installation.done("network", "create", "mitte", "--name", "Mitte", "--ags", "14522")
        command = [sys.executable, "-m", "tests.concurrency.importers", str(path)]
        played = installation.execute(command)
    assert played.returncode == 0, played.stderr
    told = json.loads(played.stdout)
    assert all(0 < count < ROWS for count in told["cut"])
    done = told["done"]
    assert {done[name] for name in ("Offer", "titles", "Link", "Entry")} - {ROWS} == {
        ROWS + 40  # the links of the bodies
    }
    assert done["counts"] == [ROWS, 0, 0] and done["outcomes"] == ["created"]
    assert told["after"] == told["before"]
    assert (told["undone"]["removed"], told["undone"]["stayed"]) == (ROWS, 0)
