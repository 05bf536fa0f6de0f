"""Background work by real processes: killed, held up and stopped, it comes about exactly once."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from tests.concurrency.agreed import BATCHES, EFFECT, POINTS
from tests.installations import Installation, new_installation

SIGKILL = -9


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with new_installation(tmp_path_factory.mktemp("jobs")) as one:
        for slug in ("mitte", "peine"):
            one.done("network", "create", slug, "--name", f"Netzwerk {slug}", "--ags", "14522")
        yield one


@pytest.fixture
def installation(installed: Installation) -> Iterator[Installation]:
    """Nothing of the test before is left."""
    yield installed
    for rubbish in (f"DELETE FROM audit_entry WHERE deed = '{EFFECT}'", "DELETE FROM jobs_job"):  # noqa: S608
        swept(installed, rubbish)


def played(installation: Installation, scenario: str) -> Any:
    """What a scenario of tests.concurrency.labour tells."""
    command = [sys.executable, "-m", "tests.concurrency.labour", scenario]
    done = installation.execute(command)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def asked(installation: Installation, question: str) -> list[tuple[Any, ...]]:
    """Rows of the database itself."""
    if installation.is_postgresql:
        with psycopg.connect(installation.database_url) as owner:
            return owner.execute(question).fetchall()
    with closing(sqlite3.connect(installation.folder / "knotenpunkt.sqlite3")) as connection:
        return connection.execute(question).fetchall()


def swept(installation: Installation, statement: str) -> None:
    if installation.is_postgresql:
        with psycopg.connect(installation.database_url) as owner:
            owner.execute(statement)
        return
    with closing(sqlite3.connect(installation.folder / "knotenpunkt.sqlite3")) as connection:
        connection.execute(statement)
        connection.commit()


def effects(installation: Installation) -> Counter[str]:
    rows = asked(installation, f"SELECT title FROM audit_entry WHERE deed = '{EFFECT}'")  # noqa: S608
    return Counter(row[0] for row in rows)


def states(installation: Installation) -> Counter[str]:
    return Counter(row[0] for row in asked(installation, "SELECT state FROM jobs_job"))


def batches(name: str) -> list[str]:
    return [f"{name}/{number}" for number in range(BATCHES)]


def test_a_worker_killed_at_any_point_loses_nothing_and_does_nothing_twice(
    installation: Installation,
) -> None:
    told = played(installation, "killed")
    assert told["signals"] == [SIGKILL] * 2 * len(POINTS)
    whole = {f"test.one_transaction {point}" for point in POINTS}
    parts = {part for point in POINTS for part in batches(f"test.batches {point}")}
    assert effects(installation) == Counter(whole | parts)
    assert states(installation) == {"done": 2 * len(POINTS)}


def test_three_workers_share_sixty_jobs(installation: Installation) -> None:
    assert played(installation, "crowd")["codes"] == [0, 0, 0]
    whole = {f"job {number}" for number in range(0, 60, 2)}
    parts = {part for number in range(1, 60, 2) for part in batches(f"job {number}")}
    assert effects(installation) == Counter(whole | parts)
    assert states(installation) == {"done": 60}
    attempts = asked(installation, "SELECT DISTINCT attempt FROM jobs_job")
    assert attempts == [(1,)]


def test_silent_work_keeps_its_lease(installation: Installation) -> None:
    assert played(installation, "kept")["codes"] == [0, 0, 0]
    assert effects(installation) == {"test.slow": 1, "test.slow_batches": 1}
    assert asked(installation, "SELECT DISTINCT attempt FROM jobs_job") == [(1,)]


def test_who_lost_the_job_finishes_nothing(installation: Installation) -> None:
    kinds = played(installation, "held_up")["kinds"]
    assert effects(installation) == Counter(kinds)
    assert states(installation) == {"done": len(kinds)}
    assert asked(installation, "SELECT DISTINCT attempt FROM jobs_job") == [(2,)]


@pytest.mark.postgresql  # on SQLite nobody writes beside an open transaction: it is seen at its end
def test_progress_is_seen_out_of_a_transaction(installation: Installation) -> None:
    told = played(installation, "seen")
    assert told == {"done": 3, "total": 10, "effects": 0, "code": 0}
    assert len(effects(installation)) == 1


def test_a_worker_stops_within_ten_seconds(installation: Installation) -> None:
    told = played(installation, "stopped")
    code, seconds, state, attempt = told["test.reporting"]
    assert (code, state, attempt) == (0, "waiting", 0)
    assert seconds < 2
    code, seconds, state, attempt = told["test.slow"]
    assert (code, state, attempt) == (0, "waiting", 0)
    assert seconds < 10
    assert effects(installation) == {}


def test_the_clock_starts_each_work_once_for_each_network(installation: Installation) -> None:
    assert played(installation, "clock")["codes"] == [0, 0, 0]
    assert effects(installation) == {"clock": 2}
    runs = asked(installation, "SELECT count(DISTINCT network_id), count(*) FROM jobs_job")
    assert runs == [(2, 2)]
