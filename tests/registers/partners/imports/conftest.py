"""Bringing contact lists into a network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.imports.importer import import_partners
from knotenpunkt.tools.imports.orders import ImportResult

ACTOR = System("tests")
Bring = Callable[..., ImportResult]


@pytest.fixture
def bring(network_a: Network, tmp_path: Path) -> Bring:
    """Import a list into network A."""

    def brought(content: str | bytes, name: str = "kontakte.csv", **wishes: Any) -> ImportResult:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_partners(actor=ACTOR, network=network_a, path=path, **wishes)

    return brought
