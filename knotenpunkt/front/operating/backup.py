"""Makes and verifies back-ups, while the product runs.

A back-up sees the database at one moment: on SQLite a snapshot of the write-ahead log, on
PostgreSQL a transaction that repeats its reads. It never holds a key.
"""

from __future__ import annotations

import gzip
import json
import os
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from itertools import chain, count
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Model

from knotenpunkt.foundation.core.sealing import Unreadable, version_of
from knotenpunkt.foundation.networks.installation import is_empty
from knotenpunkt.foundation.networks.row_level_security import rows_that_hide
from knotenpunkt.front.operating import keys, rows
from knotenpunkt.front.operating.archive import (
    FILES,
    TABLES,
    BackupProblem,
    Manifest,
    Reader,
    Table,
    Writer,
)
from knotenpunkt.registers.areas.postal_code_table import FILE_NAME as POSTAL_CODES

# What of the data folder cannot be made anew; keys are left out on purpose.
KEPT_FILES = ("logos", "files", POSTAL_CODES)
SNAPSHOT = "snapshot"
NOTE = "last-backup.json"
NAME = "knotenpunkt-%Y-%m-%d-%H%M%S"
SUFFIX = ".backup.tar"
COMPRESSION = 5
# How a sealed value begins in base64, and from how many signs on it can be one.
SEALED_TEXT, SHORTEST_SEALED = "AQ", 120


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When this machine last made a back-up, and where to."""

    at: datetime
    file: Path


def default_file(reason: str = "") -> Path:
    """A new name in the folder for back-ups; `reason` tells why it was made."""
    name = f"{datetime.now(UTC).strftime(NAME)}{reason and '-'}{reason}"
    further = (f"{name}-{number}" for number in count(2))
    files = (Path(settings.BACKUP_DIR) / f"{one}{SUFFIX}" for one in chain([name], further))
    return next(file for file in files if not file.exists())


def make_backup(target: Path) -> Manifest:
    """Write a back-up of the whole installation to a new file, readable by its owner only."""
    target = target.absolute()
    _refuse_place(target)
    if is_empty():
        raise BackupProblem("There is nothing to back up: the database was never prepared.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _one_moment() as alias, Writer(target) as writer:
            manifest = _write(writer, alias)
    except OSError as problem:
        raise BackupProblem(
            f"The back-up could not be written, nothing of it was left: {problem.strerror}: "
            f"{target}"
        ) from problem
    _note(target)
    return manifest


def _refuse_place(target: Path) -> None:
    folder = Path(settings.DATA_DIR).resolve()
    if target.resolve().is_relative_to(folder):
        raise BackupProblem(
            f"A back-up belongs outside the data folder ({folder}): what destroys the one must "
            "not destroy the other."
        )
    if target.exists():
        raise BackupProblem(f"{target} is there already. Name a new file.")


def _write(writer: Writer, alias: str) -> Manifest:
    migrations = rows.applied_migrations(alias)
    sealed: dict[str, Counter[str]] = {}
    tables = {
        model._meta.label: _write_table(writer, alias, model, sealed)
        for model in rows.kept_models(rows.state_after(alias, migrations))
    }
    for file, name in kept_files():
        writer.add_file(file, f"{FILES}/{name}")
    versions = {one for counted in sealed.values() for one in counted}
    manifest = Manifest(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=version("knotenpunkt"),
        database=connections[alias].vendor,
        migrations=tuple(migrations),
        tables=tables,
        master_keys=keys.fingerprints_of(versions),
        sealed={name: dict(counted) for name, counted in sealed.items()},
        sha256=dict(writer.sha256),
    )
    writer.add_manifest(manifest)
    return manifest


def _write_table(
    writer: Writer, alias: str, model: type[Model], sealed: dict[str, Counter[str]]
) -> Table:
    label = model._meta.label
    names = tuple(field.attname for field in rows.columns_of(model))
    watched = [(names.index(name), f"{label}.{name}") for name in rows.may_be_sealed(model)]
    written = 0
    with writer.member(f"{TABLES}/{label}.jsonl.gz") as member, _packed(member) as lines:
        for row in rows.read(alias, model):
            _count_sealed(row, watched, sealed)
            said = json.dumps([rows.plain(value) for value in row], ensure_ascii=False)
            lines.write(said.encode() + b"\n")
            written += 1
    return Table(columns=names, rows=written)


def _packed(member: IO[bytes]) -> IO[bytes]:
    opened = gzip.GzipFile("", "wb", COMPRESSION, member, mtime=0)
    return cast("IO[bytes]", opened)


def _count_sealed(
    row: tuple[Any, ...], watched: list[tuple[int, str]], sealed: dict[str, Counter[str]]
) -> None:
    for index, name in watched:
        for found in _sealed_with(row[index]):
            sealed.setdefault(name, Counter())[found] += 1


def _sealed_with(value: Any) -> Iterator[str]:
    """The versions of the master key that a value needs, also where it was written as text."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _sealed_with(one)
    elif isinstance(value, bytes | memoryview):
        yield from _version_of(bytes(value))
    elif isinstance(value, str) and value.startswith(SEALED_TEXT) and len(value) > SHORTEST_SEALED:
        with suppress(ValueError):
            yield from _version_of(b64decode(value, validate=True))


def _version_of(value: bytes) -> Iterator[str]:
    with suppress(Unreadable):
        found = version_of(value)
        if found.isdigit():
            yield found


def kept_files() -> Iterator[tuple[Path, str]]:
    """(file, its path in the data folder) of everything that cannot be made anew."""
    folder = Path(settings.DATA_DIR)
    for kept in KEPT_FILES:
        for file in sorted([folder / kept, *(folder / kept).rglob("*")]):
            if file.is_file() and not file.is_symlink():
                yield file, file.relative_to(folder).as_posix()


@contextmanager
def _one_moment() -> Iterator[str]:
    """A connection that sees the whole database as it is now, and keeps nobody from writing."""
    alias = _reading_alias()
    connection = connections[alias]
    try:
        with transaction.atomic(using=alias):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                _refuse_hidden_rows(alias)
            yield alias
    finally:
        connection.close()


def _reading_alias() -> str:
    """A connection of its own, under a name of its own."""
    owner_is_known = "owner" in connections.settings
    given = settings.OWNER_DATABASE if owner_is_known else settings.ALL_NETWORKS_DATABASE
    login = dict(connections.settings[given])
    if login["ENGINE"].endswith("sqlite3"):
        # A transaction that only reads holds no lock that a writer waits for.
        login["OPTIONS"] = login["OPTIONS"] | {"transaction_mode": "DEFERRED"}
    connections.settings[SNAPSHOT] = login
    return SNAPSHOT


def _refuse_hidden_rows(alias: str) -> None:
    hiding = rows_that_hide(alias)
    if hiding:
        raise BackupProblem(
            f"This database login does not see every row of {hiding[0]}, so the back-up would "
            "miss some. Give the owner's address in DATABASE_URL, and run: "
            "knotenpunkt database migrate"
        )


def verify(file: Path) -> Manifest:
    """Open a back-up again and read all of it; BackupProblem when it could not be restored."""
    with Reader(file) as reader:
        reader.compare_sums()
        for label, table in reader.manifest.tables.items():
            found = sum(1 for row in reader.rows(label) if len(row) == len(table.columns))
            if found != table.rows:
                raise BackupProblem(f"{file} is damaged: {label} has {found}, not {table.rows}.")
        return reader.manifest


def drop_older(days: int) -> list[Path]:
    """Delete the back-ups in the folder for back-ups that are older; returns which."""
    before = (datetime.now(UTC) - timedelta(days=days)).timestamp()
    old = [
        file
        for file in sorted(Path(settings.BACKUP_DIR).glob(f"knotenpunkt-*{SUFFIX}"))
        if file.is_file() and file.stat().st_mtime < before
    ]
    for file in old:
        file.unlink()
    return old


def _note(target: Path) -> None:
    said = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "file": str(target)}
    note = Path(settings.DATA_DIR) / NOTE
    draft = note.with_name(f"{NOTE}.{os.getpid()}")
    draft.write_text(json.dumps(said), encoding="utf-8")
    draft.replace(note)


def last_backup() -> LastBackup | None:
    """The last back-up that was made on this machine."""
    try:
        said = json.loads((Path(settings.DATA_DIR) / NOTE).read_text(encoding="utf-8"))
        return LastBackup(at=datetime.fromisoformat(said["at"]), file=Path(said["file"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
