"""Short ways to import a few lines."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.imports.importer import ImportResult, import_offers

Importing = Callable[..., ImportResult]


@pytest.fixture
def bring(network_a: Network, tmp_path: Path) -> Importing:
    """Import a text (or bytes) as a file of the given name into the first network."""

    def run(content: str | bytes, name: str = "liste.csv", **wishes: Any) -> ImportResult:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_offers(actor=System("test"), network=network_a, path=path, **wishes)

    return run


@pytest.fixture
def real_files() -> Path:
    """The folder of real lists, named by the environment."""
    folder = os.environ.get("KNOTENPUNKT_TEST_DATA")
    if not folder:
        pytest.skip("KNOTENPUNKT_TEST_DATA names no data folder")
    return Path(folder) / "offers"
