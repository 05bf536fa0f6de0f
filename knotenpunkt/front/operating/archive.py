"""The file of a back-up: a plain tar that can be read without this program.

    tables/<app.model>.jsonl.gz   one row a line, a list in the order of the manifest's columns
    files/<path>                  what lies in the data folder beside the database
    manifest.json                 written last: a file without it was never finished

It appears under its name only when it is complete and on disk.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Any, Self, cast

FORMAT = 1
MANIFEST = "manifest.json"
TABLES = "tables"
FILES = "files"
BLOCK = 1 << 20


class BackupProblem(Exception):
    """What keeps a back-up from being made or used, in one sentence for the administrator."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `columns` are attribute names of the model as it was, `rows` their number."""

    columns: tuple[str, ...]
    rows: int

    @classmethod
    def from_json(cls, content: Any) -> Table:
        return cls(columns=tuple(content["columns"]), rows=int(content["rows"]))


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a back-up says about itself.

    `migrations` are (app, name) of the schema; `master_keys` version → fingerprint of the keys that
    the values need, `sealed` column → version → how many values; `sha256` is of each member.
    """

    made_at: str
    version: str
    database: str
    migrations: tuple[tuple[str, str], ...]
    tables: dict[str, Table]
    master_keys: dict[str, str] = field(default_factory=dict)
    sealed: dict[str, dict[str, int]] = field(default_factory=dict)
    sha256: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(table.rows for table in self.tables.values())

    @property
    def files(self) -> list[str]:
        """Paths inside the data folder."""
        return [name.removeprefix(f"{FILES}/") for name in self.sha256 if name.startswith(FILES)]

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Manifest:
        told = dict(content)
        told["tables"] = {name: Table.from_json(one) for name, one in told["tables"].items()}
        told["migrations"] = tuple((app, name) for app, name in told["migrations"])
        return cls(**told)


class Writer:
    """Writes a back-up beside its place; leaving the block without an error puts it there."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        self.sha256: dict[str, str] = {}

    def __enter__(self) -> Self:
        handle = os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(handle, "wb")
        self._tar = tarfile.open(fileobj=self._file, mode="w", format=tarfile.PAX_FORMAT)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            with self._file:  # what could not be written is told once more when it is closed
                if kind is None:
                    self._finish()
        finally:
            self._draft.unlink(missing_ok=True)

    def _finish(self) -> None:
        if MANIFEST not in self.sha256:
            raise BackupProblem("A back-up without a manifest would not be complete.")
        self._tar.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._draft.replace(self._target)
        _sync_folder(self._target.parent)

    @contextmanager
    def member(self, name: str) -> Iterator[IO[bytes]]:
        """A file to write the member's content to; it joins the back-up when the block ends."""
        with tempfile.TemporaryFile(dir=self._target.parent) as content:
            yield cast("IO[bytes]", content)
            self._add(name, cast("IO[bytes]", content))

    def add_file(self, file: Path, name: str) -> None:
        """Put a file into the back-up."""
        with self.member(name) as content, file.open("rb") as source:
            shutil.copyfileobj(source, content)

    def add_manifest(self, manifest: Manifest) -> None:
        """The last member."""
        with self.member(MANIFEST) as content:
            content.write(json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode())

    def _add(self, name: str, content: IO[bytes]) -> None:
        entry = tarfile.TarInfo(name)
        entry.mode = 0o600
        entry.size = content.tell()
        content.seek(0)
        self.sha256[name] = _sha256(content)
        content.seek(0)
        self._tar.addfile(entry, content)


class Reader:
    """Reads a back-up; everything it says comes from a file whose sums were compared."""

    def __init__(self, file: Path) -> None:
        self._path = file

    def __enter__(self) -> Self:
        try:
            self._tar = tarfile.open(self._path, mode="r:")
            self.manifest = self._read_manifest()
        except FileNotFoundError as problem:
            raise BackupProblem(f"There is no file {self._path}.") from problem
        except (tarfile.TarError, EOFError, OSError) as problem:
            raise BackupProblem(f"{self._path} cannot be read as a back-up: {problem}") from problem
        return self

    def __exit__(self, *_problem: object) -> None:
        self._tar.close()

    def _read_manifest(self) -> Manifest:
        with self._content(MANIFEST) as content:
            told = json.loads(content.read())
        if told.get("format", 0) > FORMAT:
            raise BackupProblem(
                f"{self._path} was made by a newer program (version {told.get('version')}). "
                "Install that version first."
            )
        try:
            return Manifest.from_json(told)
        except (KeyError, TypeError, ValueError) as problem:
            raise BackupProblem(f"The manifest of {self._path} is damaged.") from problem

    @contextmanager
    def _content(self, name: str) -> Iterator[IO[bytes]]:
        try:
            found = self._tar.extractfile(name)
        except KeyError as problem:
            raise BackupProblem(f"{self._path} is not complete: {name} is missing.") from problem
        if found is None:
            raise BackupProblem(f"{self._path} is damaged: {name} is no file.")
        with found:
            yield found

    def compare_sums(self) -> None:
        """Read every member once; BackupProblem when one is missing, damaged or unknown."""
        unknown = set(self._tar.getnames()) - {MANIFEST} - self.manifest.sha256.keys()
        if unknown:
            raise BackupProblem(f"{self._path} holds what it does not name: {sorted(unknown)[0]}")
        for name, expected in self.manifest.sha256.items():
            with self._content(name) as content:
                if _sha256(content) != expected:
                    raise BackupProblem(f"{self._path} is damaged: {name} was changed.")

    def rows(self, label: str) -> Iterator[list[Any]]:
        """The rows of a table."""
        with (
            self._content(f"{TABLES}/{label}.jsonl.gz") as packed,
            gzip.open(packed, "rt", encoding="utf-8") as lines,
        ):
            yield from map(json.loads, lines)

    def save_file(self, name: str, folder: Path) -> None:
        """Write a file of the data folder below `folder`, readable by its owner only."""
        target = folder / safe_path(name)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as opened, self._content(f"{FILES}/{name}") as content:
            shutil.copyfileobj(content, opened)
        draft.replace(target)


def safe_path(name: str) -> PurePosixPath:
    """A path that stays below its folder; BackupProblem otherwise."""
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or {"..", "."} & set(path.parts):
        raise BackupProblem(f"The back-up is damaged: it names the file {name}.")
    return path


def _sha256(content: IO[bytes]) -> str:
    found = hashlib.sha256()
    while block := content.read(BLOCK):
        found.update(block)
    return found.hexdigest()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
