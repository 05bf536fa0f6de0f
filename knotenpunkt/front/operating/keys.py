"""The master keys as an administrator handles them: told apart by fingerprint, kept elsewhere.

A back-up never holds them. Whoever finds a back-up then reads nothing that was sealed; whoever
loses the keys reads it no more either, so they are exported once and kept in another place.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from knotenpunkt.foundation.core.sealing import (
    MasterKeys,
    Unreadable,
    keep_master_keys,
    master_keys_in,
    own_master_keys,
)
from knotenpunkt.front.operating.archive import BackupProblem

EXPORTED = "exported.json"
SIGNS = 16


@dataclass(frozen=True, slots=True)
class KeyStatus:
    """One master key of this installation; `exported` when it lies elsewhere, too."""

    version: str
    fingerprint: str
    is_current: bool
    exported: bool


def key_file() -> Path:
    """Where the master keys of this installation lie."""
    return Path(settings.MASTER_KEY_FILE)


def own_keys() -> MasterKeys | None:
    """The master keys of this installation; None as long as nothing was ever sealed."""
    return keys_in(key_file()) if key_file().exists() else None


def keys_in(file: Path) -> MasterKeys:
    """The keys of a file; BackupProblem when it is none."""
    try:
        return master_keys_in(file)
    except Unreadable as problem:
        raise BackupProblem(str(problem)) from problem


def fingerprint(key: bytes) -> str:
    """What tells a key from others and gives nothing of it away."""
    return hashlib.sha256(b"knotenpunkt.master_key." + key).hexdigest()[:SIGNS]


def fingerprints(keys: MasterKeys | None) -> dict[str, str]:
    """Version → fingerprint."""
    return {name: fingerprint(key) for name, key in keys.keys.items()} if keys else {}


def fingerprints_of(versions: Iterable[str]) -> dict[str, str]:
    """The same for the versions that are needed; "" for one that is missing here."""
    have = fingerprints(own_keys())
    return {name: have.get(name, "") for name in sorted(versions)}


def statuses() -> list[KeyStatus]:
    """The master keys of this installation."""
    own = own_keys()
    noted = _noted()
    return [
        KeyStatus(name, shown, name == (own and own.current), noted.get(name) == shown)
        for name, shown in fingerprints(own).items()
    ]


def export(target: Path) -> list[KeyStatus]:
    """Copy the master keys to a new file that is readable by its owner only.

    Where nothing was sealed yet the key is made now, so that one can keep it from the first day.
    """
    if target.exists():
        raise BackupProblem(f"{target} is there already. Name a new file.")
    if target.resolve().is_relative_to(Path(settings.DATA_DIR).resolve()):
        raise BackupProblem("The copy belongs outside the data folder, best on another machine.")
    own = own_master_keys()
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as opened:
            opened.write(key_file().read_bytes())
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as problem:
        raise BackupProblem(f"{problem.strerror}: {target}") from problem
    _note(fingerprints(own))
    return statuses()


def add_from(file: Path) -> list[str]:
    """Take over the keys of a file besides the own ones; returns the versions that are new.

    What was sealed with them can be read again. The own current key keeps sealing.
    """
    found, own = keys_in(file), own_keys()
    have, come = fingerprints(own), fingerprints(found)
    clash = [name for name in come if name in have and have[name] != come[name]]
    if clash:
        raise BackupProblem(
            f"Version {clash[0]} is another key here ({have[clash[0]]}) than in {file} "
            f"({come[clash[0]]}). Nothing was changed."
        )
    current = own.current if own else found.current
    keep_master_keys(MasterKeys(current, {**found.keys, **(own.keys if own else {})}))
    return [name for name in come if name not in have]


def replace_by(keys: MasterKeys) -> Path | None:
    """Seal with these keys from now on; returns where the former ones lie aside, if any."""
    aside = None
    if key_file().exists():
        stamp = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S")
        aside = key_file().with_name(f"{key_file().name}.before-{stamp}")
        os.link(key_file(), aside)
    keep_master_keys(keys)
    return aside


def _note_file() -> Path:
    return Path(settings.DATA_DIR) / "keys" / EXPORTED


def _noted() -> dict[str, str]:
    try:
        said = json.loads(_note_file().read_text(encoding="utf-8"))
        return {str(name): str(shown) for name, shown in said.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _note(shown: dict[str, str]) -> None:
    _note_file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _note_file().write_text(json.dumps(_noted() | shown), encoding="utf-8")
