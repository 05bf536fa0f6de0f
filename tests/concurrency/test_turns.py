"""Who writes on SQLite waits in line: nobody is passed by again and again."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from config.installation import SQLITE, SQLITE_SETTINGS
from knotenpunkt.foundation.core.sqlite3.turns import Turns, give_back
from tests.installations import ROOT

# Somebody who writes again at once, for ever: each time it says so by one more sign in a file.
GREEDY = """
import sys, time
from pathlib import Path
from knotenpunkt.foundation.core.sqlite3.turns import Turns, give_back
turns, told = Turns(Path(sys.argv[1])), open(sys.argv[2], "a", buffering=1)
while True:
    turn = turns.take(20)
    told.write(".")
    told.flush()
    time.sleep(0.02)
    give_back(turn)
"""
# Whoever writes when one begins to wait, whoever was next already, and oneself.
MOST_BEFORE = 2


@contextmanager
def greedy_process(database: Path, told: Path) -> Iterator[None]:
    told.touch()
    words = [sys.executable, "-c", GREEDY, str(database), str(told)]
    process = subprocess.Popen(words, cwd=ROOT)
    try:
        _wait_for(lambda: told.stat().st_size > 0)
        yield
    finally:
        process.kill()
        process.wait()


def _wait_for(happened: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def _after_one_more(count: Callable[[], int]) -> int:
    """The count at a moment in which the other one is writing."""
    before = count()
    _wait_for(lambda: count() > before)
    return count()


def test_who_has_just_written_lets_the_next_one_write(tmp_path: Path) -> None:
    database, told = tmp_path / "one.sqlite3", tmp_path / "told"
    with greedy_process(database, told):
        turns = Turns(database)
        for _number in range(20):
            before = _after_one_more(lambda: told.stat().st_size)
            give_back(turns.take(20))
            assert told.stat().st_size - before <= MOST_BEFORE


def test_threads_of_one_process_stand_in_the_same_line(tmp_path: Path) -> None:
    turns, done, written = Turns(tmp_path / "one.sqlite3"), Event(), [0]

    def write_again_and_again() -> None:
        while not done.is_set():
            turn = turns.take(20)
            written[0] += 1
            time.sleep(0.02)
            give_back(turn)

    greedy = Thread(target=write_again_and_again)
    greedy.start()
    try:
        _wait_for(lambda: written[0])
        for _number in range(20):
            before = _after_one_more(lambda: written[0])
            give_back(turns.take(20))
            assert written[0] - before <= MOST_BEFORE
    finally:
        done.set()
        greedy.join()


def test_a_process_that_is_killed_leaves_the_line(tmp_path: Path) -> None:
    database, told = tmp_path / "one.sqlite3", tmp_path / "told"
    with greedy_process(database, told):
        pass
    give_back(Turns(database).take(5))


def test_patience_ends(tmp_path: Path) -> None:
    database = tmp_path / "one.sqlite3"
    turn = Turns(database).take(1)
    with pytest.raises(TimeoutError):
        Turns(database).take(0.1)
    give_back(turn)
    give_back(Turns(database).take(0.1))


# ── the connections of Django ───────────────────────────────────────────────────────────────────


@contextmanager
def connected(file: Path, seconds: float = 20) -> Iterator[Any]:
    options = SQLITE_SETTINGS | {"timeout": seconds}
    login = {"ENGINE": SQLITE, "NAME": str(file), "OPTIONS": options}
    with closing(ConnectionHandler({"default": login})["default"]) as connection:
        yield connection


def begin(connection: Any) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connection: Any, how: str = "commit") -> None:
    getattr(connection, how)()
    connection.set_autocommit(True)


def write(connection: Any, statement: str = "INSERT INTO notes VALUES (1)") -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def file(db: None, tmp_path: Path) -> Path:
    """Of its own, whatever database this run is on."""
    file = tmp_path / "one.sqlite3"
    with connected(file) as connection:
        write(connection, "CREATE TABLE notes (number integer CHECK (number > 0))")
    return file


@pytest.mark.parametrize("ending", ["commit", "rollback", "close"])
def test_a_transaction_has_the_turn_until_it_ends(file: Path, ending: str) -> None:
    with connected(file) as first, connected(file, seconds=0.1) as second:
        begin(first)
        with pytest.raises(OperationalError, match="locked"):
            begin(second)
        with pytest.raises(OperationalError, match="locked"):
            write(second)
        if ending == "close":
            first.close()
        else:
            end(first, ending)
        write(second)
        begin(second)
        end(second)


def test_a_statement_by_itself_has_it_while_it_runs(file: Path) -> None:
    with connected(file) as first, connected(file, seconds=0.1) as second:
        write(first)
        with pytest.raises(OperationalError):
            write(first, "INSERT INTO nowhere VALUES (1)")
        write(second)


def test_who_only_reads_waits_for_nobody(file: Path) -> None:
    with connected(file) as first, connected(file, seconds=0.1) as second:
        begin(first)
        write(first)
        with second.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM notes")
            assert cursor.fetchone() == (0,)
        end(first)


def test_beside_an_import_a_change_at_the_desk_waits_for_one_transaction(file: Path) -> None:
    """An import begins its next transaction at the moment in which the last one ended."""
    done, written = Event(), [0]

    def import_all() -> None:
        with connected(file) as connection:
            while not done.is_set():
                begin(connection)
                write(connection)
                written[0] += 1
                time.sleep(0.03)
                end(connection)

    importing = Thread(target=import_all)
    importing.start()
    try:
        _wait_for(lambda: written[0])
        with connected(file) as desk:
            for _number in range(10):
                before = _after_one_more(lambda: written[0])
                write(desk, "INSERT INTO notes VALUES (2)")
                assert written[0] - before <= MOST_BEFORE
    finally:
        done.set()
        importing.join()
