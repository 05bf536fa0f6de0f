"""8 writers and 50 readers at once, in two processes: nothing is lost and nothing fails.

On SQLite they share one file, on PostgreSQL one server with the real roles.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.concurrency.crowd import OFFERS, READS
from tests.installations import Installation, new_installation

PROCESSES, WRITERS, READERS = 2, 8, 50
EXPECTED = WRITERS * OFFERS
PATIENCE_SECONDS = 120


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with new_installation(tmp_path_factory.mktemp("crowd")) as one:
        one.done("network", "create", "mitte", "--name", "Netzwerk Mitte", "--ags", "14522")
        yield one


@pytest.fixture(scope="module")
def told(installation: Installation) -> list[dict[str, Any]]:
    """What each process says after all of them have run at the same time."""
    each = (str(WRITERS // PROCESSES), str(READERS // PROCESSES))
    crowd = [sys.executable, "-m", "tests.concurrency.crowd", "mitte"]
    processes = [installation.start(*crowd, f"Haus{n}n", *each) for n in range(PROCESSES)]
    answers = [process.communicate(timeout=PATIENCE_SECONDS) for process in processes]
    assert [process.returncode for process in processes] == [0] * PROCESSES, answers
    return [json.loads(printed) for printed, _problems in answers]


def asked(installation: Installation, question: str) -> list[tuple[Any, ...]]:
    """Rows of the database itself."""
    if installation.is_postgresql:
        with psycopg.connect(installation.database_url) as owner:
            return owner.execute(question).fetchall()
    file = Path(installation.folder) / "knotenpunkt.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(question).fetchall()


def test_nothing_fails(told: list[dict[str, Any]]) -> None:
    assert [failure for one in told for failure in one["failures"]] == []
    assert sum(one["reads"] for one in told) == READERS * READS


def test_each_write_has_arrived(told: list[dict[str, Any]], installation: Installation) -> None:
    written = {one.replace("-", "") for process in told for one in process["written"]}
    rows = asked(installation, "SELECT id FROM offers_offer WHERE status = 'published'")
    assert {str(row[0]).replace("-", "") for row in rows} == written
    assert len(written) == EXPECTED


def test_each_deed_is_on_record(told: list[dict[str, Any]], installation: Installation) -> None:
    counted = dict(asked(installation, "SELECT deed, count(*) FROM audit_entry GROUP BY deed"))
    assert counted["offers.create"] == counted["offers.publish"] == EXPECTED
    assert counted["partners.create"] == WRITERS


def test_each_offer_is_found_afterwards(
    told: list[dict[str, Any]], installation: Installation
) -> None:
    words = ("Krabbelgruppe", "--network", "mitte", "--limit", "1000", "--json")
    answer = json.loads(installation.done("offers", "search", *words))
    found = {result["id"] for result in answer["results"]}
    assert found == {one for process in told for one in process["written"]}
