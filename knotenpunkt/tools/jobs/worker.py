"""The worker: takes a job, does its work, says what became of it."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from types import FrameType

from django.conf import settings
from django.core.cache import cache
from django.db import (
    InterfaceError,
    OperationalError,
    connections,
    transaction,
)

from knotenpunkt.foundation.accounts.actors import ANYONE, Actor, System
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.queries import actor_for
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs import leases
from knotenpunkt.tools.jobs.holding import HeldByKeeper, HeldHere, Keeper
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.jobs.planning import queue_due
from knotenpunkt.tools.jobs.problems import FINAL, kind_of, without_words
from knotenpunkt.tools.jobs.queries import SEEN_SECONDS, WORKER_SEEN
from knotenpunkt.tools.jobs.registry import (
    LeaseLost,
    Postponed,
    Running,
    Stopped,
    Unworkable,
    Work,
    works,
)

log = logging.getLogger(__name__)

# Within ten seconds a worker that was asked to stop is gone: first its work may end by itself at
# the next report, then it is interrupted wherever it is, and at last the process ends.
SECONDS_TO_REPORT = 6.0
SECONDS_TO_UNWIND = 3.0
SECONDS_BETWEEN_ROUNDS = 30.0
LONGEST_WAIT = 5.0


def run_waiting() -> int:
    """Work off everything that is due, here and now; how many attempts that were.

    For tests and the console: on the connection at hand, so also inside a transaction.
    """
    count = 0
    while (job := leases.claim()) is not None:
        perform(job, HeldHere(job))
        count += 1
    return count


class Worker:
    """One process that works until it is asked to stop. `parent` is whose end is its end, too."""

    def __init__(self, parent: int = 0) -> None:
        self.parent = parent
        self.stopping = False
        self.held: HeldHere | None = None
        self.keeper = Keeper()
        self.next_round = 0.0
        self.failures = 0
        self.asked_to_stop, self.stop_asker = os.pipe()

    def run(self) -> None:
        """Work until SIGTERM or SIGINT."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGALRM, self._interrupt)
        self.keeper.start()
        threading.Thread(target=self._end_in_time, name="end in time", daemon=True).start()
        while not self._is_over():
            if not self._turned():
                time.sleep(min(settings.JOB_LOOK_SECONDS * 2**self.failures, LONGEST_WAIT))
        connections.close_all()

    def _is_over(self) -> bool:
        return self.stopping or (self.parent > 0 and os.getppid() != self.parent)

    def _turned(self) -> bool:
        """One turn; whether there was work. A database that is away for a while is waited for."""
        try:
            _drop_broken()
            self._look_after_others()
            worked = self._work_once()
            self.failures = 0
        except (OperationalError, InterfaceError) as problem:
            log.warning("The worker cannot use the database: %s", type(problem).__qualname__)
            connections.close_all()
            self.failures = min(self.failures + 1, 10)
            return False
        return worked

    def _look_after_others(self) -> None:
        """Now and then: take back what a dead worker held, and queue what is due."""
        if time.monotonic() < self.next_round:
            return
        leases.return_lost()
        queue_due()
        cache.set(WORKER_SEEN, True, SEEN_SECONDS)
        pause = min(SECONDS_BETWEEN_ROUNDS, settings.JOB_LEASE_SECONDS / 4)
        self.next_round = time.monotonic() + pause

    def _work_once(self) -> bool:
        job = leases.claim()
        if job is None:
            return False
        held = self.held = HeldByKeeper(job, self.keeper)
        try:
            if self.stopping:  # since the last look
                leases.hand_back(job)
                return True
            self.keeper.hold(held)
            perform(job, held)
        finally:
            self.keeper.hold(None)
            self.held = None
        return True

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        """Asked to stop: take nothing new, and let go of what is in hand."""
        if self.stopping:
            return
        self.stopping = True
        os.write(self.stop_asker, b".")
        if self.held is not None:
            self.held.stopping = True
            signal.setitimer(signal.ITIMER_REAL, SECONDS_TO_REPORT)

    def _interrupt(self, signum: int, frame: FrameType | None) -> None:
        """The work has not told how far it is for too long: leave it where it is."""
        if self.held is not None and self.held.is_working:
            self.held.is_interrupted = True
            raise Stopped

    def _end_in_time(self) -> None:
        """The last resort, where the process hangs outside of Python."""
        os.read(self.asked_to_stop, 1)
        time.sleep(SECONDS_TO_REPORT + SECONDS_TO_UNWIND)
        log.warning("The worker ended in the middle of its work; another one begins it anew.")
        os._exit(1)


def perform(job: Job, held: HeldHere) -> None:
    """One attempt: do the work and say what became of it. Raises only what the database does."""
    work = works()[job.work]
    try:
        held.is_working = True
        _attempt(work, job, held)
    except LeaseLost:
        log.warning("Job %s (%s) was taken over by another worker.", job.pk, job.work)
    except (Stopped, Exception) as problem:
        held.is_working = False
        _note_end(job, held, problem)
    finally:
        held.is_working = False


def _drop_broken() -> None:
    """Connections that are broken or old are opened anew; never one with an open transaction."""
    for one in connections.all(initialized_only=True):
        if not one.in_atomic_block:
            one.close_if_unusable_or_obsolete()


def _note_end(job: Job, held: HeldHere, problem: BaseException) -> None:
    """Stopped by somebody, handed back by this worker, or failed."""
    if held.is_interrupted:  # in the middle of a question, perhaps
        connections.close_all()
    _drop_broken()  # also what broke under the work
    if held.stopping and (held.is_interrupted or isinstance(problem, Stopped)):
        leases.hand_back(job)
    elif isinstance(problem, Stopped):
        leases.end_stopped(job)
    elif isinstance(problem, Postponed):
        leases.postpone(job, problem.until, str(problem))
    else:
        _note_failure(job, problem)


def _attempt(work: Work, job: Job, held: HeldHere) -> None:
    """The work, and that it is done: together, where it runs in one transaction."""
    if work.own_transactions:
        work.run(_running(job, held), **job.arguments)
        _finish(job)
        return
    with in_network(job.network), transaction.atomic():
        work.run(_running(job, held), **job.arguments)
        _finish(job)


def _finish(job: Job) -> None:
    with in_network(job.network):
        if not leases.finish(job):
            raise LeaseLost


def _running(job: Job, held: HeldHere) -> Running:
    with in_network(job.network):
        actor = _actor(job)
    return Running(job.pk, job.network, actor, job.attempt, dict(job.memory), held)


def _actor(job: Job) -> Actor:
    """Who queued it, with the rights that they have now."""
    if job.actor_label:
        return System(job.actor_label)
    user = User.objects.filter(pk=job.actor_id).first() if job.actor_id else None
    return actor_for(user) if user else ANYONE


def _note_failure(job: Job, problem: BaseException) -> None:
    kind = kind_of(problem)
    log.error(
        "Job %s (%s), attempt %s, failed:\n%s",
        job.pk, job.work, job.attempt, without_words(problem),
    )  # fmt: skip
    with in_network(job.network):
        if isinstance(problem, Unworkable):
            leases.end_failed(job, kind, str(problem), again=problem.again)
        else:
            leases.end_failed(job, kind, again=kind not in FINAL)
