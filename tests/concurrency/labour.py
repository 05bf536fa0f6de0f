"""Worker processes that are killed, stopped and held up, for tests from outside.

    python -m tests.concurrency.labour SCENARIO

Runs inside an installation with the networks "mitte" and "peine". Each effect of a work is one
entry of the audit, so that the database itself tells how often it came about. Prints JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from knotenpunkt.foundation.accounts.actors import System  # noqa: E402
from knotenpunkt.foundation.audit.actions import record  # noqa: E402
from knotenpunkt.foundation.audit.models import Entry  # noqa: E402
from knotenpunkt.foundation.networks.models import Network  # noqa: E402
from knotenpunkt.foundation.networks.scope import (  # noqa: E402
    all_networks,
    current_network,
    in_network,
)
from knotenpunkt.tools.jobs import leases, rules, worker  # noqa: E402
from knotenpunkt.tools.jobs.actions import enqueue  # noqa: E402
from knotenpunkt.tools.jobs.models import Job, State  # noqa: E402
from knotenpunkt.tools.jobs.registry import Running, timetables, work, works  # noqa: E402
from knotenpunkt.tools.jobs.worker import Worker  # noqa: E402
from tests.concurrency.agreed import BATCHES, EFFECT, POINTS  # noqa: E402

SYSTEM = System("test")
LEASE_SECONDS = 1.0
PATIENCE_SECONDS = 40
PROCESSES: list[int] = []

settings.JOB_LEASE_SECONDS = LEASE_SECONDS
settings.JOB_LOOK_SECONDS = 0.05
rules.FIRST_PAUSE = timedelta(seconds=0.1)
works()  # the product's own first
timetables().clear()  # the clock has a scenario of its own


class Untiring(Worker):
    """A worker that goes home when nothing is left to do."""

    def _is_over(self) -> bool:
        return super()._is_over() or not still_open()


def still_open() -> int:
    with all_networks("a test"):
        return Job.objects.filter(state__in=(State.WAITING, State.RUNNING)).count()


def die() -> NoReturn:
    """As the kernel does it when memory is short: no word, no clean-up."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def die_at(point: str) -> None:
    if os.environ.get("DIE_AT") == point:
        die()


def effect(name: str) -> None:
    network = current_network()
    record(actor=SYSTEM, deed=EFFECT, on=network, title=name)


@work("test.one_transaction")
def in_one_transaction(job: Running, *, name: str) -> None:
    die_at("in the work")
    job.progress(1, 2)
    effect(name)
    die_at("after the effect")


@work("test.batches", own_transactions=True)
def in_batches(job: Running, *, name: str) -> None:
    """Repeatable: what an earlier attempt has done is not done again."""
    for number in range(BATCHES):
        with job.one_transaction():
            title = f"{name}/{number}"
            if not Entry.objects.filter(deed=EFFECT, title=title).exists():
                effect(title)
            if number == 1:
                die_at("after the effect")
        if number == 2:
            die_at("in the work")
        job.progress(number + 1, BATCHES)


@work("test.slow")
def slowly(job: Running, *, name: str, seconds: float) -> None:
    """Says nothing for longer than a lease, in one transaction."""
    time.sleep(seconds)
    effect(name)


@work("test.slow_batches", own_transactions=True)
def slowly_by_itself(job: Running, *, name: str, seconds: float) -> None:
    time.sleep(seconds)
    with job.one_transaction():
        effect(name)


@work("test.reporting", own_transactions=True)
def reporting(job: Running, *, name: str) -> None:
    for number in range(600):
        job.progress(number, 600, "zählt")
        time.sleep(0.05)


@work("test.told_inside")
def told_inside(job: Running, *, name: str) -> None:
    """Tells how far it is in the middle of its transaction, and waits for somebody to see it."""
    effect(name)
    job.progress(3, 10, "mittendrin")
    until = time.monotonic() + 20
    while time.monotonic() < until and not Path(name).exists():
        time.sleep(0.05)
    job.progress(10, 10)


@work("test.clock")
def by_the_clock(job: Running) -> None:
    effect("clock")


def queue(kind: str, name: str, **more: Any) -> None:
    with in_network(Network.objects.get(slug="mitte")):
        arguments = {"name": name} | more
        enqueue(actor=SYSTEM, work=kind, arguments=arguments, title=name)


def forked(do: Callable[[], object]) -> int:
    """A process of its own that does this and ends."""
    connections.close_all()
    pid = os.fork()
    if pid:
        PROCESSES.append(pid)
        return pid
    try:
        do()
        os._exit(0)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(1)


def ended(pid: int) -> int:
    """How a process ended: its exit code, or minus the signal."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            PROCESSES.remove(pid)
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    raise AssertionError("a worker did not end")


def worked_off(count: int = 1) -> list[int]:
    pids = [forked(lambda: Untiring().run()) for _ in range(count)]
    return [ended(pid) for pid in pids]


def dying(point: str) -> None:
    """A worker that is killed at this point of its first job."""
    os.environ["DIE_AT"] = point
    claim, finish, attempt = leases.claim, worker._finish, worker._attempt

    def claimed() -> Job | None:
        die_at("before the claim")
        job = claim()
        if job:
            die_at("after the claim")
        return job

    def finished(job: Job) -> None:
        finish(job)
        die_at("before the commit")

    def attempted(*args: Any) -> None:
        attempt(*args)
        die_at("after the commit")

    leases.claim, worker._finish, worker._attempt = claimed, finished, attempted
    Untiring().run()


def killed() -> dict[str, Any]:
    """Each kind of work, killed at each point, and then done by somebody else."""
    signals = []
    for kind in ("test.one_transaction", "test.batches"):
        for point in POINTS:
            queue(kind, f"{kind} {point}")
            pid = forked(lambda point=point: dying(point))
            signals.append(ended(pid))
            worked_off()
    return {"signals": signals}


def crowd() -> dict[str, Any]:
    """Three workers and sixty jobs of both kinds."""
    for number in range(60):
        queue(("test.one_transaction", "test.batches")[number % 2], f"job {number}")
    return {"codes": worked_off(3)}


def kept() -> dict[str, Any]:
    """Work that is silent for longer than a lease, and a second worker who would take it."""
    for kind in ("test.slow", "test.slow_batches"):
        queue(kind, kind, seconds=3 * LEASE_SECONDS)
    return {"codes": worked_off(3)}


def held_up() -> dict[str, Any]:
    """A worker that hangs until its job is done by another one, and then goes on."""
    kinds = ["test.slow_batches"]
    if connections["default"].vendor == "postgresql":
        kinds.append("test.slow")  # on SQLite its transaction would hold up everybody
    for kind in kinds:
        queue(kind, kind, seconds=0.5)
        slow = forked(lambda: Untiring().run())
        wait_until(lambda: states() == [State.RUNNING])
        os.kill(slow, signal.SIGSTOP)
        worked_off()
        os.kill(slow, signal.SIGCONT)
        ended(slow)
    return {"kinds": kinds}


def seen() -> dict[str, Any]:
    """What others read of a work in the middle of its transaction."""
    sign = Path(os.environ["KNOTENPUNKT_DATA"]) / "seen"
    queue("test.told_inside", str(sign))
    busy = forked(lambda: Untiring().run())
    wait_until(lambda: states() == [State.RUNNING] and one().text == "mittendrin")
    job = one()
    with all_networks("a test"):
        effects = Entry.objects.filter(deed=EFFECT).count()
    sign.touch()
    return {"done": job.done, "total": job.total, "effects": effects, "code": ended(busy)}


def stopped() -> dict[str, Any]:
    """SIGTERM for a work that tells how far it is, and for one that says nothing."""
    told: dict[str, Any] = {}
    for kind, more in (("test.reporting", {}), ("test.slow", {"seconds": 60})):
        queue(kind, kind, **more)
        busy = forked(lambda: Worker().run())
        wait_until(lambda: states()[:1] == [State.RUNNING])
        time.sleep(0.3)
        begun = time.monotonic()
        os.kill(busy, signal.SIGTERM)
        code = ended(busy)
        job = one()
        told[kind] = [code, time.monotonic() - begun, job.state, job.attempt]
        with all_networks("a test"):
            Job.objects.all().delete()
    return told


def clock() -> dict[str, Any]:
    """Three workers after days of silence, in two networks."""
    from knotenpunkt.tools.jobs.registry import timetable

    for network in Network.objects.all():
        network.created_at = timezone.now() - timedelta(days=5)
        network.save()
    due = timezone.localtime() - timedelta(minutes=1)
    timetable("test.clock", daily=due.time())
    workers = [forked(lambda: Worker().run()) for _ in range(3)]
    time.sleep(3)
    for pid in workers:
        os.kill(pid, signal.SIGTERM)
    return {"codes": [ended(pid) for pid in workers]}


def states() -> list[str]:
    with all_networks("a test"):
        rows = Job.objects.order_by("-created_at").values_list("state", flat=True)
        return [state for state in rows if state != State.DONE]


def one() -> Job:
    with all_networks("a test"):
        job: Job = Job.objects.order_by("-created_at")[0]
        return job


def wait_until(so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not so():
        assert time.monotonic() < until, "it did not come so far"
        time.sleep(0.05)


def send_home() -> None:
    """Nobody is left working when a scenario breaks off."""
    for pid in PROCESSES:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    try:
        sys.stdout.write(json.dumps(globals()[sys.argv[1]]()))
        sys.stdout.flush()
    finally:
        send_home()
        connections.close_all()
