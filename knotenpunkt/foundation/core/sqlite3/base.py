"""The database backend: a transaction, and a statement that writes by itself, wait their turn."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from knotenpunkt.foundation.core.sqlite3.turns import Turns, give_back

WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)

_turns: dict[Path, Turns] = {}
# A lock that another thread held at this moment would stay locked in the child for ever.
os.register_at_fork(after_in_child=_turns.clear)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that writes when its turn has come, and else as Django's own."""

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        self._turn: int | None = None
        self._opened: tuple[int, int] | None = None
        self.execute_wrappers.append(self._in_turn)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection, with a note of which file it opened."""
        connection = super().get_new_connection(conn_params)
        self._opened = self._file_there()
        return connection

    def is_usable(self) -> bool:
        """Not when another file lies in the place of the one that was opened, such as a restored
        one: a connection that is kept would go on with what is not there any more."""
        return self._opened == self._file_there()

    def _file_there(self) -> tuple[int, int] | None:
        try:
            found = Path(str(self.settings_dict["NAME"])).stat()
        except OSError:
            return None  # it lies in memory, or is gone
        return found.st_dev, found.st_ino

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc] # where it fails, _rollback follows
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _in_turn(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if self._turn is not None or self.in_atomic_block or not WRITING.match(sql):
            return execute(sql, params, many, context)
        self._take_turn()
        try:
            return execute(sql, params, many, context)
        finally:
            self._end_turn()

    def _take_turn(self) -> None:
        file = Path(str(self.settings_dict["NAME"]))
        if not file.is_absolute():
            return  # it lies in memory, or has no name: nobody else can open it
        turns = _turns.setdefault(file, Turns(file))
        try:
            self._turn = turns.take(self.settings_dict["OPTIONS"]["timeout"])
        except TimeoutError as problem:
            raise OperationalError("database is locked") from problem
        except OSError as problem:
            raise OperationalError(f"{problem.strerror}: {problem.filename}") from problem

    def _end_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            give_back(turn)
