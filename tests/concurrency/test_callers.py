"""A family that presses twice is one request, and of all who want to call exactly one does."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.concurrency.callers import PEOPLE, PRESSED
from tests.installations import new_installation


def test_one_family_is_called_by_one_person(tmp_path: Path) -> None:
    with new_installation(tmp_path) as installation:
        installation.done("network", "create", "mitte", "--name", "Netz", "--ags", "14522")
        done = installation.execute([sys.executable, "-m", "tests.concurrency.callers", "mitte"])
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["asked"] == ["asked"] * PRESSED
    assert (told["requests"], told["repeated"]) == (1, [PRESSED - 1])
    assert told["taken"] == ["TakenByAnother"] * (PEOPLE - 1) + ["taken"]
