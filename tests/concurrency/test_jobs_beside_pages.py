"""`knotenpunkt serve` works off what is queued, and takes its worker along when it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.concurrency.test_jobs import states
from tests.installations import CONSOLE, Installation, new_installation, served

PATIENCE_SECONDS = 30
QUEUE = """
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()
from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs.actions import enqueue
with in_network(Network.objects.get()):
    enqueue(actor=System("test"), work="privacy.expire", arguments={}, title="")
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with new_installation(tmp_path_factory.mktemp("beside")) as one:
        one.done("network", "create", "mitte", "--name", "Netzwerk Mitte", "--ags", "14522")
        yield one


def queue(installation: Installation) -> None:
    done = installation.execute([sys.executable, "-c", QUEUE])
    assert done.returncode == 0, done.stderr


def wait_for(installation: Installation, done: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while states(installation)["done"] < done:
        assert time.monotonic() < until, states(installation)
        time.sleep(0.1)


def children(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(word) for word in found.stdout.split()]


def alive(pid: int) -> bool:
    """Neither gone nor waiting for somebody to hear of its end."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return told.rpartition(")")[2].split()[0] != "Z"


def test_pages_and_work_in_one_command(installation: Installation) -> None:
    before = states(installation)["done"]
    with served(installation, "--workers", "1", "--no-work") as site:
        queue(installation)
        time.sleep(2)
        assert len(children(site.process.pid)) == 1
        assert states(installation)["waiting"] == 1
    with served(installation, "--workers", "1") as site:
        wait_for(installation, before + 1)
        crew = children(site.process.pid)
        assert len(crew) == 2
        for pid in crew:  # the one that answers and the one that works
            os.kill(pid, signal.SIGKILL)
        queue(installation)
        wait_for(installation, before + 2)
        crew = children(site.process.pid)
        begun = time.monotonic()
        assert site.stop() == 0
        assert time.monotonic() - begun < 10
        assert not [pid for pid in crew if alive(pid)]


def test_a_worker_whose_server_is_gone_goes_too(installation: Installation) -> None:
    with served(installation, "--workers", "1") as site:
        until = time.monotonic() + PATIENCE_SECONDS
        while len(children(site.process.pid)) < 2:  # the worker starts beside the first answers
            assert time.monotonic() < until
            time.sleep(0.1)
        answering, working = children(site.process.pid)  # in the order of their start
        site.process.kill()
        try:
            while alive(working):
                assert time.monotonic() < until
                time.sleep(0.1)
        finally:
            os.kill(answering, signal.SIGKILL)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_command_works_and_stops(workers: str, installation: Installation) -> None:
    before = states(installation)["done"]
    process = installation.start(str(CONSOLE), "work", "--workers", workers)
    try:
        queue(installation)
        wait_for(installation, before + 1)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        printed, complaints = process.communicate(timeout=PATIENCE_SECONDS)
        assert (process.returncode, complaints) == (0, "")
        assert time.monotonic() - begun < 10 and "works in the background" in printed
    finally:
        process.kill()
