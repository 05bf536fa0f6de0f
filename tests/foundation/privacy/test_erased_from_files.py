"""Who is erased is in no byte of the data folder: in no table, no free page, no packed value."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest

from tests.foundation.privacy.lived import CONTACTS, EMAIL, FULL_NAME, LIST, TRACES
from tests.installations import Installation, new_installation, server_url


@pytest.fixture
def lived(tmp_path: Path) -> Iterator[Installation]:
    """An installation in which she has left traces everywhere."""
    with new_installation(tmp_path) as installation:
        installation.done("network", "create", "nord", "--name", "Netz Nord", "--ags", "14522")
        filling = [sys.executable, "-m", "tests.foundation.privacy.lived", "nord"]
        done = installation.execute(filling)
        assert done.returncode == 0, done.stderr
        handed_in = tmp_path / "liste.csv"
        for words in (LIST, LIST.replace("Stillcafé", "Stilltreff")):
            handed_in.write_text(words, encoding="utf-8")
            installation.done("offers", "import", str(handed_in), "--network", "nord")
        handed_in.write_text(CONTACTS, encoding="utf-8")
        installation.done("partners", "import", str(handed_in), "--network", "nord")
        handed_in.unlink()
        yield installation


def values(installation: Installation) -> Iterator[bytes]:
    """Every value of every table."""
    if installation.is_postgresql:
        yield from _of_postgresql(installation.database_url)
        return
    with closing(sqlite3.connect(installation.folder / "knotenpunkt.sqlite3")) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master"
                                                    " WHERE type = 'table'")]  # fmt: skip
        for table in names:
            for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608
                yield from map(_bytes, row)


def _of_postgresql(url: str) -> Iterator[bytes]:
    with psycopg.connect(url) as database:
        tables = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in tables.fetchall():
            for row in database.execute(f'SELECT * FROM "{table}"').fetchall():  # type: ignore[arg-type]  # noqa: S608
                yield from map(_bytes, row)


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
    return text.encode()


def unpacked(value: bytes) -> Iterator[bytes]:
    """A value as it is, and what it holds where it is packed."""
    yield value
    for unpack in (zlib.decompress, gzip.decompress, _out_of_zip):
        with suppress(zlib.error, OSError, EOFError, zipfile.BadZipFile):
            yield unpack(value)
    # JSON may write letters as numbers.
    with suppress(ValueError):
        yield json.dumps(json.loads(value), ensure_ascii=False).encode()


def _out_of_zip(value: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(value)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def files(folder: Path) -> Iterator[bytes]:
    """Every byte of every file of the data folder, packed files also unpacked."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.name.encode()
            yield from unpacked(file.read_bytes())


def found(pieces: Iterator[bytes]) -> set[str]:
    """Which of her traces are in these bytes, in upper or lower case."""
    left = set(TRACES)
    for piece in pieces:
        lowered = piece.lower()
        left -= {trace for trace in left if trace.encode() in lowered}
    return set(TRACES) - left


def everywhere(installation: Installation) -> Iterator[bytes]:
    """Tables with what they pack, and all bytes of the data folder."""
    for value in values(installation):
        yield from unpacked(value)
    yield from files(installation.folder)


def test_before_she_is_erased_every_trace_is_there(lived: Installation) -> None:
    """Otherwise the test below could not fail."""
    assert found(everywhere(lived)) == set(TRACES)


def test_an_erasure_leaves_her_in_no_byte(lived: Installation) -> None:
    told = json.loads(lived.done("privacy", "export", "contact", EMAIL, "--network", "nord"))
    assert {"partners", "offers", "imports", "notes", "mail", "jobs", "audit"} <= told.keys()
    lived.done("privacy", "erase", "contact", FULL_NAME, "--network", "nord", "--yes")
    if lived.is_postgresql:
        lived.done("privacy", "compact")
    assert found(everywhere(lived)) == set()
    again = lived.run("privacy", "export", "contact", EMAIL, "--network", "nord")
    assert again.returncode == 2


def test_a_later_backup_holds_nothing_of_her(
    lived: Installation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    earlier, archive = (tmp_path_factory.mktemp("elsewhere") / one for one in ("1.kn", "2.kn"))
    lived.done("backup", str(earlier))
    assert found(_out_of_backup(earlier)) == set(TRACES)
    lived.done("privacy", "erase", "contact", FULL_NAME, "--network", "nord", "--yes")
    lived.done("backup", str(archive))
    assert found(_out_of_backup(archive)) == set()


def _out_of_backup(archive: Path) -> Iterator[bytes]:
    content = archive.read_bytes()
    yield from unpacked(content)
    with suppress(tarfile.TarError), tarfile.open(fileobj=io.BytesIO(content)) as members:
        for member in members:
            opened = members.extractfile(member)
            if opened is not None:
                yield from unpacked(opened.read())


@pytest.mark.skipif(bool(server_url()), reason="free pages are a matter of SQLite's own file")
def test_what_is_deleted_is_overwritten_even_before_compacting(lived: Installation) -> None:
    """The database's own files; a copy in its log lasts until the next checkpoint."""
    before = (lived.folder / "knotenpunkt.sqlite3").stat().st_size
    lived.done("privacy", "erase", "contact", FULL_NAME, "--network", "nord", "--yes")
    log = lived.folder / "knotenpunkt.sqlite3-wal"
    assert not log.exists() or log.stat().st_size == 0
    assert (lived.folder / "knotenpunkt.sqlite3").stat().st_size <= before
