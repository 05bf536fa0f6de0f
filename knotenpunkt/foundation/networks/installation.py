"""Bringing the database of an installation to the state that the code expects."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from knotenpunkt.foundation.networks import row_level_security
from knotenpunkt.foundation.networks.changes import watch_tables

# Any number, as long as it is always the same: PostgreSQL knows its locks by one.
PREPARING = 0x6B6E6F74


def is_empty() -> bool:
    """Whether the database was never prepared."""
    owner = connections[settings.OWNER_DATABASE]
    return "django_migrations" not in owner.introspection.table_names()


def pending_migrations() -> int:
    """How many migrations the code has that the database has not."""
    executor = MigrationExecutor(connections[settings.OWNER_DATABASE])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def prepare_database() -> None:
    """Create or upgrade all tables, and lock them on PostgreSQL. Repeatable."""
    with _one_at_a_time():
        _prepare()


def prepare_if_empty() -> bool:
    """Prepare a database that never was; returns whether it is now as the code expects it.

    Of two first commands at once, one waits until the other has prepared it.
    """
    with _one_at_a_time():
        if is_empty():
            _prepare()
        return not pending_migrations()


def _prepare() -> None:
    owner = connections[settings.OWNER_DATABASE]
    if owner.vendor == "postgresql":
        row_level_security.prepare_roles()
    if is_empty():
        create_tables(settings.OWNER_DATABASE)
    call_command("migrate", database=settings.OWNER_DATABASE, verbosity=0, interactive=False)
    call_command("createcachetable", database=settings.OWNER_DATABASE, verbosity=0)
    watch_tables()
    if owner.vendor == "postgresql":
        row_level_security.lock_tables()


def create_tables(alias: str) -> None:
    """What all migrations together would make in an empty database, at once: wholly or not at all.

    It takes a tenth of their time, for there are no rows that they would have to carry along. That
    both ways lead to the same tables is tested (tests/foundation/networks/test_installation.py).
    """
    models = [one for one in apps.get_models() if one._meta.managed and not one._meta.proxy]
    with connections[alias].schema_editor() as editor:
        for model in models:
            editor.create_model(model)
        note_migrations(alias)


def note_migrations(alias: str) -> None:
    """Note that every migration has run, where the tables were made at once."""
    executor = MigrationExecutor(connections[alias])
    executor.recorder.ensure_schema()
    for app, name in executor.loader.graph.nodes:
        executor.recorder.record_applied(app, name)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Wait while another process prepares the same database."""
    connection = connections[settings.OWNER_DATABASE]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])
        return
    with _opened(Path(settings.DATA_DIR) / "preparing.lock") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # until the file is closed
        yield


def _opened(file: Path) -> IO[str]:
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return file.open("w")
    except OSError as problem:
        raise OperationalError(f"{problem.strerror}: {file.parent}") from problem
