"""A throw-away installation, and programs that run as its processes."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.installations import CONSOLE, ROOT, Installation, new_installation

MOST_SECONDS = 900
NETWORK = "mittelsachsen"


@contextmanager
def installation() -> Iterator[Installation]:
    """An empty one, on the database that `DATABASE_URL` names; nothing of it stays."""
    # Also when somebody ends the measurement, its servers end with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended before it was measured."))
    with (
        tempfile.TemporaryDirectory(prefix="knotenpunkt-benchmark-") as folder,
        new_installation(Path(folder), PYTHONWARNINGS="ignore") as new,
    ):
        yield new


@contextmanager
def demo_installation() -> Iterator[Installation]:
    """One with the larger demo network."""
    with installation() as new:
        run(new, str(CONSOLE), "demo", "load", "--network", NETWORK)
        yield new


def run(inside: Installation, *command: str) -> str:
    """Run a command as a process of the installation; returns what it printed."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=inside.environ,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=MOST_SECONDS,
    )
    return done.stdout


def measured(inside: Installation, module: str, *words: str) -> Any:
    """What a module that prints JSON on its last line measured inside the installation."""
    printed = run(inside, sys.executable, "-m", module, *words)
    return json.loads(printed.splitlines()[-1])
