"""Trying an import out: it runs as it is, on a copy of the tables, so that nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connections, transaction
from psycopg import sql

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.row_level_security import scoped_tables
from knotenpunkt.foundation.networks.scope import in_network

DATABASE = "default"
# A database without a name: SQLite keeps it in a file that no folder lists and that is gone when
# it is closed, also after a crash.
NAMELESS = "file:"
COVER = (
    "CREATE TEMPORARY TABLE {table} (LIKE public.{table} INCLUDING ALL)",
    "INSERT INTO pg_temp.{table} SELECT * FROM public.{table}",
)

_real: ContextVar[Any] = ContextVar("rehearsal_real", default=None)


@contextmanager
def rehearsal(network: Network) -> Iterator[None]:
    """Everything inside sees the network as it is; what it writes is gone at the end.

    Neither rows nor the database are locked for others meanwhile.
    """
    connection = connections[DATABASE]
    # Inside a transaction a copy would miss what that has written, and others wait already.
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with _on_a_copy(), in_network(network):
            yield
    else:
        with in_network(network), _taken_back():
            yield


@contextmanager
def _on_a_copy() -> Iterator[None]:
    real = connections[DATABASE]
    copy = real.copy()
    copy.settings_dict["NAME"] = NAMELESS
    real.ensure_connection()
    copy.ensure_connection()
    real.connection.backup(copy.connection)
    connections[DATABASE] = copy
    token = _real.set(real)
    try:
        yield
    finally:
        _real.reset(token)
        connections[DATABASE] = real
        copy.close()


def heard_outside(tell: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """What is told while something is tried out, told where others can hear it."""

    def told(done: int, total: int) -> None:
        real = _real.get()
        if real is None:
            tell(done, total)
            return
        copy = connections[DATABASE]
        connections[DATABASE] = real
        try:
            tell(done, total)
        finally:
            connections[DATABASE] = copy

    return told


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic(using=DATABASE):
        if connections[DATABASE].vendor == "postgresql":
            _cover_tables()
        try:
            yield
        finally:
            transaction.set_rollback(True, using=DATABASE)


def _cover_tables() -> None:
    """Temporary tables of the same names are found first, and the rows below stay free."""
    with connections[DATABASE].cursor() as cursor:
        for table in map(sql.Identifier, scoped_tables()):
            for statement in COVER:
                cursor.execute(sql.SQL(statement).format(table=table))
