"""Sharing and handing over by several at once: the stock holds, and each deed is done once."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.concurrency.sharers import ORDERS, PACKS
from tests.installations import Installation, new_installation


def test_several_share_and_hand_over_at_once(tmp_path: Path) -> None:
    with new_installation(tmp_path) as installation:
        installation.done("network", "create", "mitte", "--name", "Netz", "--ags", "14522")
        _done(installation, "prepare")
        told = _done(installation, "work")["told"]
        rows = _done(installation, "outcome")
    assert set(told) <= {"stands", "changed", "given"}, told
    assert "stands" in told
    assert told.count("given") == 3
    assert len(rows["granted"]) == ORDERS
    assert sum(rows["granted"]) == rows["taken"] == PACKS
    assert min(rows["granted"]) >= 1
    assert rows["handed_over"] == [1]
    assert rows["deeds"] == 1


def _done(installation: Installation, deed: str) -> dict[str, Any]:
    done = installation.execute([sys.executable, "-m", "tests.concurrency.sharers", "mitte", deed])
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told
