"""Fifty orders for the last three packs: three get one, all others their own place on the list."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.concurrency.orderers import PACKS, PARTNERS
from tests.installations import Installation, new_installation

PROCESSES = 2


def test_exactly_as_many_succeed_as_there_are_packs(tmp_path: Path) -> None:
    with new_installation(tmp_path) as installation:
        installation.done("network", "create", "mitte", "--name", "Netz", "--ags", "14522")
        _done(installation, "prepare")
        numbers = _all_order(installation)
        told = _done(installation, "outcome")
    assert all(isinstance(number, int) for number in numbers), numbers
    assert len(set(numbers)) == PARTNERS  # who pressed twice has one order
    assert told["numbers"] == list(range(1, PARTNERS + 1))
    assert told["granted"] == [0] * (PARTNERS - PACKS) + [1] * PACKS
    assert told["places"] == list(range(1, PARTNERS - PACKS + 1))
    assert told["in_turn"] == told["places"]
    assert (told["taken"], told["left"]) == (PACKS, 0)


def _all_order(installation: Installation) -> list[Any]:
    """Several processes, in each a thread for every press of a button."""
    share = PARTNERS // PROCESSES
    running = [installation.start(*_words("order", at * share, share)) for at in range(PROCESSES)]
    printed = [process.communicate(timeout=180) for process in running]
    failed = [said for process, (_out, said) in zip(running, printed, strict=True)
              if process.returncode]  # fmt: skip
    assert not failed, failed
    return [number for out, _said in printed for number in json.loads(out)["numbers"]]


def _done(installation: Installation, deed: str) -> dict[str, Any]:
    done = installation.execute(_words(deed, 0, 0))
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _words(deed: str, first: int, count: int) -> list[str]:
    module = "tests.concurrency.orderers"
    return [sys.executable, "-m", module, "mitte", deed, str(first), str(count)]
