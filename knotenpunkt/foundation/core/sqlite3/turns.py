"""Whose turn it is to write, where only one can at a time.

SQLite lets whoever finds the database locked look again after ever longer pauses. So the one who
has just written is the first to write again, and beside an import or in a crowd somebody may look
at the wrong moment until their patience ends: "database is locked".

Here they wait in line. Two files lie beside the database, and a lock on each: one has whoever is
next, the other one whoever writes. Who has just written is not next while somebody else is, so each
turn goes to another one. Only the first in line of each process looks again and again. The system
itself takes the locks away when a process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from threading import Lock

PAUSE_SECONDS = 0.001


class Turns:
    """The line before one database file; each process has one for all its threads."""

    def __init__(self, database: Path) -> None:
        self._next = database.with_name(f"{database.name}-next")
        self._writing = database.with_name(f"{database.name}-writing")
        self._line = Lock()

    def take(self, seconds: float) -> int:
        """Wait for the turn; `give_back` takes what is returned. TimeoutError after so long."""
        deadline = time.monotonic() + seconds
        if not self._line.acquire(timeout=seconds):
            raise TimeoutError
        try:
            following = _locked(self._next, deadline)
            try:
                return _locked(self._writing, deadline)
            finally:
                os.close(following)
        finally:
            self._line.release()


def give_back(turn: int) -> None:
    """Let the next one write."""
    os.close(turn)


def _locked(file: Path, deadline: float) -> int:
    """The number of an open file that is locked until it is closed."""
    opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while not _lock(opened):
            if time.monotonic() > deadline:
                raise TimeoutError
            time.sleep(PAUSE_SECONDS)
    except BaseException:
        os.close(opened)
        raise
    return opened


def _lock(opened: int) -> bool:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
