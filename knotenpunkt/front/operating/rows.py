"""Rows of all tables as plain values, the same from SQLite and PostgreSQL.

They are read and written by the models of a *state*: the schema as its migrations left it, which
may be older than the code. Such models know neither networks nor rules, only columns.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import BinaryField, CharField, Field, JSONField, Model, TextField

from knotenpunkt.front.operating.archive import BackupProblem, Table

# Who is signed in is nobody's to restore: everyone signs in again.
LEFT_OUT = {"sessions.Session"}
BATCH = 1_000
# One row of these may hold a picture or a whole list.
BATCH_OF_HEAVY = 10

PlainRow = list[Any]


def applied_migrations(alias: str) -> list[tuple[str, str]]:
    """The schema of a database; BackupProblem when a newer program made it."""
    loader = MigrationLoader(connections[alias])
    return known_migrations(loader, list(loader.applied_migrations))


def known_migrations(
    loader: MigrationLoader, names: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """The same names in order; BackupProblem when one of them is none of this program."""
    wanted = sorted(names)
    unknown = [f"{app}.{name}" for app, name in wanted if (app, name) not in loader.disk_migrations]
    if unknown:
        raise BackupProblem(
            f"This was made by a newer program: it knows {unknown[0]}, this one does not. "
            "Install that version first."
        )
    return wanted


def state_after(alias: str, migrations: Iterable[tuple[str, str]]) -> ProjectState:
    """The schema after exactly these migrations."""
    loader = MigrationLoader(connections[alias])
    state: ProjectState = loader.project_state(list(migrations))
    return state


def kept_models(state: ProjectState) -> list[type[Model]]:
    """Every table of a state that a back-up holds."""
    found = state.apps.get_models(include_auto_created=True)
    kept = (model for model in found if model._meta.managed and not model._meta.proxy)
    return sorted(
        (model for model in kept if model._meta.label not in LEFT_OUT),
        key=lambda model: model._meta.label,
    )


def columns_of(model: type[Model]) -> list[Field[Any, Any]]:
    """What is stored of a model; a column that the database computes is not."""
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", 0)]


def is_heavy(model: type[Model]) -> bool:
    """Whether one of its rows may hold a whole file."""
    return any(isinstance(field, BinaryField) for field in columns_of(model))


def may_be_sealed(model: type[Model]) -> list[str]:
    """The columns that could hold a sealed value: as bytes, or written as text."""
    kinds = (BinaryField, JSONField, CharField, TextField)
    return [field.attname for field in columns_of(model) if isinstance(field, kinds)]


def read(alias: str, model: type[Model]) -> Iterator[tuple[Any, ...]]:
    """Every row, in the order of its key, without ever holding many of them."""
    names = [field.attname for field in columns_of(model)]
    rows = model._default_manager.using(alias).order_by("pk").values_list(*names)
    return iter(rows.iterator(chunk_size=BATCH_OF_HEAVY if is_heavy(model) else BATCH))


def plain(value: Any) -> Any:
    """A value as JSON can say it; `stored` knows the way back by the column."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal | timedelta):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return b64encode(value).decode()
    return value


def stored(field: Field[Any, Any], value: Any, alias: str) -> Any:
    """What a database driver takes for this column."""
    connection = connections[alias]
    if isinstance(field, JSONField):
        as_is = field.null and value is None
        return None if as_is else field.get_db_prep_value(value, connection)
    if isinstance(field, BinaryField) and value is not None:
        value = b64decode(value)
    else:
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)


def empty(alias: str, models: list[type[Model]]) -> None:
    """Take out what the migrations themselves put into fresh tables."""
    with connections[alias].cursor() as cursor:
        for model in models:
            cursor.execute(f"DELETE FROM {_quoted(alias, model._meta.db_table)}")  # noqa: S608


def write(alias: str, model: type[Model], table: Table, rows: Iterator[PlainRow]) -> None:
    """Insert the rows as they were: neither rules nor dates of saving touch them."""
    by_name = {field.attname: field for field in columns_of(model)}
    fields = [by_name[name] for name in table.columns]
    statement = _insert(alias, model, fields)
    size = BATCH_OF_HEAVY if is_heavy(model) else BATCH
    prepared = (
        [stored(field, value, alias) for field, value in zip(fields, row, strict=True)]
        for row in rows
    )
    with connections[alias].cursor() as cursor:
        while batch := list(islice(prepared, size)):
            try:
                cursor.executemany(statement, batch)
            except DatabaseError as problem:
                reason = str(problem).strip().splitlines()[0]
                raise BackupProblem(f"{model._meta.label} does not fit: {reason}") from problem


def _insert(alias: str, model: type[Model], fields: list[Field[Any, Any]]) -> str:
    table = _quoted(alias, model._meta.db_table)
    columns = ", ".join(_quoted(alias, str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608


def _quoted(alias: str, name: str) -> str:
    return str(connections[alias].ops.quote_name(name))


def count(alias: str, model: type[Model]) -> int:
    """How many rows a table has."""
    return int(model._default_manager.using(alias).count())


def continue_numbers(alias: str, models: list[type[Model]]) -> None:
    """The next new row gets a number that no restored one has."""
    with connections[alias].cursor() as cursor:
        for statement in connections[alias].ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
