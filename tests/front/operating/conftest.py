"""One filled installation with its back-up and its exported key, for all tests that only read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.contents import contents
from tests.front.operating import filled
from tests.installations import Installation, new_installation


@dataclass(frozen=True, slots=True)
class Saved:
    """An installation, a back-up of it, its exported master key, and a request sealed by it.

    `contents` is what tests.contents says of it.
    """

    installation: Installation
    backup: Path
    key: Path
    request: str
    contents: dict[str, list[Any]]


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saved]:
    """Never written to by a test."""
    outside = tmp_path_factory.mktemp("saved")
    with new_installation(outside / "data") as installation:
        request = filled.fill(installation, outside)
        key, backup = outside / "master.json", outside / "one.backup.tar"
        installation.done("key", "export", str(key))
        installation.done("backup", str(backup), "--verify")
        yield Saved(installation, backup, key, request, contents(installation))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """A new installation of this run's database, not yet prepared."""
    with new_installation(tmp_path / "data") as installation:
        yield installation
