"""Two processes count the same searches at the same time, and no count is lost or doubled."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.installations import Installation, new_installation

TIMES = 60


def counted(installation: Installation) -> list[tuple[Any, ...]]:
    """(text, count, without result) of all rows, from the database itself."""
    question = "SELECT text, count, without_result FROM search_searchcount WHERE count > 0"
    if installation.is_postgresql:
        with psycopg.connect(installation.database_url) as owner:
            return owner.execute(question).fetchall()
    with closing(sqlite3.connect(installation.folder / "knotenpunkt.sqlite3")) as connection:
        return connection.execute(question).fetchall()


@pytest.mark.parametrize("processes", [3])
def test_processes_that_count_at_once(tmp_path: Path, processes: int) -> None:
    with new_installation(tmp_path) as installation:
        installation.done("network", "create", "mitte", "--name", "Mitte", "--ags", "14522")
        command = [sys.executable, "-m", "tests.concurrency.searchers", str(TIMES)]
        running = [installation.start(*command) for _one in range(processes)]
        for process in running:
            _out, told = process.communicate(timeout=120)
            assert process.returncode == 0, told
        total = processes * TIMES
        assert sorted(counted(installation)) == [
            ("Hebamme", total, 0),
            ("Krabbelgruppe", total, 0),
            ("Mukibu", total, total),
        ]
