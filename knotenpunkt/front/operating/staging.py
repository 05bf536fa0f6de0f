"""A second database in which a back-up is put together, and the step that puts it in place.

Until that step the present data stay as they are: whatever interrupts a restore, nothing is half.
On SQLite it is a file beside the database, on PostgreSQL a schema beside `public`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction
from psycopg import sql

from knotenpunkt.foundation.networks.changes import watch_tables
from knotenpunkt.foundation.networks.row_level_security import lock_tables
from knotenpunkt.front.operating.archive import BackupProblem

STAGING = "staging"
SCHEMA = "knotenpunkt_restoring"
LEAVING_SECONDS = 3
TABLES_IN = "SELECT tablename FROM pg_tables WHERE schemaname = %s"
OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = ANY(%s) AND pid <> pg_backend_pid()"""


@contextmanager
def staging() -> Iterator[str]:
    """The alias of a fresh and empty database; what is left of it in the end is dropped."""
    if owner_is_postgresql():
        with _schema():
            yield STAGING
    else:
        with _file():
            yield STAGING


def owner_is_postgresql() -> bool:
    """Whether the installation stands on a database server."""
    return connections[settings.OWNER_DATABASE].vendor == "postgresql"


def put_in_place(*, locked: bool) -> None:
    """From now on the installation has what stands in staging, and nothing else."""
    connections[STAGING].close()
    if owner_is_postgresql():
        _move_tables(locked=locked)
    else:
        _exchange_files()


def refuse_in_use() -> None:
    """Pages and workers that keep running would go on with what they remember.

    Who only looked in, such as a second restore that finds the first one at work, may leave first.
    """
    patience = time.monotonic() + LEAVING_SECONDS
    while _other_connections() if owner_is_postgresql() else _holds_sqlite():
        if time.monotonic() > patience:
            raise BackupProblem(
                "Other processes use the database. Stop them first: systemctl stop "
                "knotenpunkt knotenpunkt-work (or the containers web and work)"
            )
        time.sleep(0.1)


def _other_connections() -> bool:
    logins = {connections[alias].settings_dict["USER"] for alias in settings.DATABASES}
    own = connections[settings.OWNER_DATABASE]
    with own.cursor() as cursor:
        cursor.execute(OTHERS, [sorted(logins - {own.settings_dict["USER"]})])
        return bool(cursor.fetchone()[0])


def _holds_sqlite() -> bool:
    """Whether somebody else has the file open; it also clears its write-ahead log."""
    file = _database_file()
    if not file.exists():
        return False
    connections[settings.OWNER_DATABASE].close()
    probe = sqlite3.connect(file, timeout=1, isolation_level=None)
    try:
        probe.execute("PRAGMA journal_mode=DELETE")
        return False
    except sqlite3.OperationalError:
        return True
    finally:
        probe.close()


def _database_file() -> Path:
    return Path(connections[settings.OWNER_DATABASE].settings_dict["NAME"])


def _staged_file() -> Path:
    return _database_file().with_name(f"{_database_file().name}.restoring")


@contextmanager
def _file() -> Iterator[None]:
    login = connections.settings[settings.OWNER_DATABASE] | {"NAME": str(_staged_file())}
    # One file, complete by itself: it is renamed, and a log beside it would not be.
    options = {"init_command": "PRAGMA journal_mode=MEMORY; PRAGMA foreign_keys=ON"}
    connections.settings[STAGING] = login | {"OPTIONS": login["OPTIONS"] | options}
    try:
        _drop_file()
        yield
    finally:
        connections[STAGING].close()
        _drop_file()


def _drop_file() -> None:
    """With its journal, and the files at which its writers waited in line."""
    staged = _staged_file()
    for end in ("", "-journal", "-next", "-writing"):
        staged.with_name(f"{staged.name}{end}").unlink(missing_ok=True)


def _exchange_files() -> None:
    refuse_in_use()
    _staged_file().chmod(0o600)
    _staged_file().replace(_database_file())


@contextmanager
def _schema() -> Iterator[None]:
    login = connections.settings[settings.OWNER_DATABASE]
    path = {"options": f"-c search_path={SCHEMA}"}
    connections.settings[STAGING] = login | {"OPTIONS": login.get("OPTIONS", {}) | path}
    try:
        _execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE", f"CREATE SCHEMA {SCHEMA}")
        yield
    finally:
        connections[STAGING].close()
        with suppress(Exception):  # the next restore drops it, too
            _execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def _execute(*statements: str) -> None:
    with connections[settings.OWNER_DATABASE].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _move_tables(*, locked: bool) -> None:
    """One transaction: the former tables go, the new ones come, are watched and locked.

    The triggers went with the former tables; and in a database that was never prepared nobody made
    the table yet that they write to and that is locked with the others.
    """
    owner = connections[settings.OWNER_DATABASE]
    with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
        cursor.execute(TABLES_IN, [SCHEMA])
        new = [name for (name,) in cursor.fetchall()]
        for name in _former(new):
            cursor.execute(
                sql.SQL("DROP TABLE IF EXISTS public.{} CASCADE").format(sql.Identifier(name))
            )
        for name in new:
            cursor.execute(
                sql.SQL("ALTER TABLE {}.{} SET SCHEMA public").format(
                    sql.Identifier(SCHEMA), sql.Identifier(name)
                )
            )
        if locked:
            watch_tables()
            lock_tables()


def _former(new: list[str]) -> list[str]:
    """Every table of ours, also of a schema that is newer than the back-up; others' stay."""
    from django.apps import apps

    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return sorted(ours | set(new))
