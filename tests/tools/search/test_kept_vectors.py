"""What was encoded once is read from the data folder, and a damaged file does no harm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knotenpunkt.tools.search import kept_vectors as kept
from knotenpunkt.tools.search.encoder import encode

TEXTS = ["Hebamme", "Krabbelgruppe"]


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR, settings.VECTORS_DIR = tmp_path, ""
    return tmp_path / "cache"


def no_encoding(texts: object) -> None:
    raise AssertionError("encoded again")


def test_the_second_process_does_not_encode(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = kept.kept_vectors("words", TEXTS)
    monkeypatch.setattr(kept, "encode", no_encoding)
    assert np.array_equal(kept.kept_vectors("words", TEXTS), first)
    assert np.allclose(first, encode(TEXTS), atol=0.01)


def test_only_what_is_new_is_encoded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.kept_vectors("words", TEXTS)
    encoded: list[str] = []

    def watched(texts: list[str]) -> object:
        encoded.extend(texts)
        return encode(texts)

    monkeypatch.setattr(kept, "encode", watched)
    kept.kept_vectors("words", ["Wiege", *TEXTS])
    assert encoded == ["Wiege"]


def test_other_texts_take_the_place_of_the_old_ones(folder: Path) -> None:
    kept.kept_vectors("words", TEXTS)
    kept.kept_vectors("words", [*TEXTS, "Wiege"])
    assert len(list(folder.iterdir())) == 1
    assert kept.kept_vectors("words", [*TEXTS, "Wiege"]).shape == (3, 512)


@pytest.mark.parametrize("damage", [b"", b"not vectors", b"\x93NUMPY"])
def test_a_damaged_file_is_made_anew(folder: Path, damage: bytes) -> None:
    vectors = kept.kept_vectors("words", TEXTS)
    next(folder.iterdir()).write_bytes(damage)
    assert np.array_equal(kept.kept_vectors("words", TEXTS), vectors)
    assert next(folder.iterdir()).stat().st_size > 1_000


def test_a_folder_that_cannot_be_written_to_only_costs_time(folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    assert kept.kept_vectors("words", TEXTS).shape == (2, 512)
