"""Which state the data are in, asked on each request for a page that may be kept.

First the database is asked whether anybody has committed anything at all, which it knows without
looking at a table; only then the marks are read that `changes` left for each network. Both on a
connection of their own that is never inside a transaction, so that it sees what is committed and
nothing else.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Protocol
from uuid import UUID

import psycopg
from django.db import Error as DatabaseProblem
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from knotenpunkt.foundation.networks.changes import is_watched

LOG = logging.getLogger(__name__)
RETRY_SECONDS = 5.0
SQLITE_MARKS = "SELECT network_id, mark FROM page_changes"
POSTGRESQL_MARKS = "SELECT network_id::text, bit_xor(mark) FROM page_changes GROUP BY 1"

Marks = Mapping[UUID, int]
"""The state of each network that was ever changed; EVERYBODY stands for what all share."""


class Failed(Exception):
    """The database could not be asked, or nobody notes what changes there."""


class Asking(Protocol):
    """A connection that can be asked for the state."""

    def moment(self) -> object:
        """Something that is another one after every commit. Takes microseconds."""

    def marks(self) -> dict[UUID, int]:
        """The marks as they are committed now."""

    def close(self) -> None:
        """Give the connection back."""


class DataVersion:
    """The marks of this moment, for one process; threads may share it."""

    def __init__(self, connect: Callable[[], Asking] | None = None) -> None:
        self._connect = connect or connected
        self._lock = Lock()
        self._asking: Asking | None = None
        self._process = 0
        self._moment: object = None
        self._marks: Marks = {}
        self._not_before = 0.0
        self._is_told = False

    def now(self) -> Marks | None:
        """The marks, the same object as long as nothing has changed. None where they cannot be
        known: then nothing may be kept, and nothing that was kept is valid."""
        with self._lock:
            try:
                return self._read()
            except (OSError, sqlite3.Error, psycopg.Error, DatabaseProblem, Failed) as problem:
                self._give_up(problem)
                return None

    def _read(self) -> Marks | None:
        if self._process != os.getpid():
            # What was opened before a fork belongs to the parent.
            self._asking, self._process, self._not_before = None, os.getpid(), 0.0
        if self._asking is None:
            if time.monotonic() < self._not_before:
                return None
            self._asking, self._moment = self._connect(), None
        moment = self._asking.moment()
        if moment != self._moment:
            marks = self._asking.marks()
            self._marks = self._marks if marks == self._marks else marks
            self._moment, self._is_told = moment, False
        return self._marks

    def _give_up(self, problem: Exception) -> None:
        if not self._is_told:
            LOG.warning("No page is kept for now: %s", type(problem).__name__)
        self._is_told = True
        asking, self._asking = self._asking, None
        self._not_before = time.monotonic() + RETRY_SECONDS
        if asking is not None:
            asking.close()


def connected() -> Asking:
    """A connection of its own to the installation's database; Failed when nobody notes changes."""
    own = connections["default"].copy()
    if own.vendor == "sqlite":
        file = Path(str(own.settings_dict["NAME"]))
        seen = _identity(file)  # raises where there is no file, which SQLite would make
        return SQLiteAsking(_checked(own), file, seen)
    return PostgreSQLAsking(_checked(own))


def _checked(own: BaseDatabaseWrapper) -> Any:
    own.inc_thread_sharing()
    own.connect()
    if not is_watched(own):
        own.close()
        raise Failed("Not every table is watched: run `knotenpunkt database migrate`.")
    return own.connection


def _identity(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_dev, found.st_ino


@dataclass(slots=True)
class SQLiteAsking:
    """Asks SQLite. `seen` is which file was opened: a restored one lies in its place."""

    connection: sqlite3.Connection
    file: Path
    seen: tuple[int, int]

    def moment(self) -> object:
        """`data_version` counts the commits of all other connections."""
        if _identity(self.file) != self.seen:
            raise Failed("Another file lies in the place of the database.")
        return self.connection.execute("PRAGMA data_version").fetchone()

    def marks(self) -> dict[UUID, int]:
        """One row for each network."""
        return {UUID(key): mark for key, mark in self.connection.execute(SQLITE_MARKS)}

    def close(self) -> None:
        """Never fails."""
        self.connection.close()


@dataclass(slots=True)
class PostgreSQLAsking:
    """Asks PostgreSQL, past the layers that make a query comfortable: this one is asked always."""

    connection: psycopg.Connection[Any]

    def moment(self) -> object:
        """The snapshot: which transactions are over. It changes with each one that wrote."""
        answer = self.connection.pgconn.exec_(b"SELECT pg_current_snapshot()")
        if answer.status != psycopg.pq.ExecStatus.TUPLES_OK:
            raise Failed("PostgreSQL did not answer.")
        return answer.get_value(0, 0)

    def marks(self) -> dict[UUID, int]:
        """All marks of a network together."""
        return {UUID(key): mark for key, mark in self.connection.execute(POSTGRESQL_MARKS)}

    def close(self) -> None:
        """Never fails."""
        self.connection.close()
