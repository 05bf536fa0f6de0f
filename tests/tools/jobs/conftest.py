"""Works that only tests know; the registry is afterwards as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from knotenpunkt.tools.jobs import registry


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    registry.works()  # the product's own are found first
    monkeypatch.setattr(registry, "_works", dict(registry._works))
    monkeypatch.setattr(registry, "_timetables", list(registry._timetables))
    yield
