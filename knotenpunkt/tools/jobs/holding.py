"""Holding on to a job while its work runs.

A worker process has one *keeper*: a thread with a database connection of its own. It tells that
the work goes on while the work itself sits in a long transaction, so that others see how far it
is. On SQLite a transaction keeps every other connection from writing, and with that also those
who might take the job away: there its own connection writes, and the keeper only between
transactions.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, connections

from knotenpunkt.tools.jobs import leases
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.jobs.registry import JSON, LeaseLost, Stopped, works

log = logging.getLogger(__name__)

TEXT_LENGTH = 200
# What comes sooner is told with the next report: nobody reads faster, and writing takes time.
SECONDS_BETWEEN_REPORTS = 0.2


class HeldHere:
    """Holds a job on the connection of its work: where nobody else works beside it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.stopping = False  # the worker is to end
        self.is_working = False
        self.is_interrupted = False

    def report(self, done: int, total: int, text: str) -> None:
        if self.stopping:
            raise Stopped
        self._write({"done": max(0, done), "total": max(0, total), "text": text[:TEXT_LENGTH]})

    def remember(self, memory: Mapping[str, JSON]) -> None:
        self._write({"memory": dict(memory)})

    def confirm(self) -> None:
        self._obey(leases.extend(self.job))

    def _write(self, values: Mapping[str, object]) -> None:
        self._obey(leases.extend(self.job, **values))

    def _obey(self, goes_on: bool | None) -> None:
        if goes_on is None:
            raise LeaseLost
        if not goes_on:
            raise Stopped


class HeldByKeeper(HeldHere):
    """Holds a job with a keeper, who speaks also while the work says nothing."""

    def __init__(self, job: Job, keeper: Keeper) -> None:
        super().__init__(job)
        self.keeper = keeper
        self.told_at = 0.0
        self.untold: dict[str, object] = {}

    def report(self, done: int, total: int, text: str) -> None:
        if self.stopping:
            raise Stopped
        changed = text != self.untold.get("text", self.job.text)
        self.untold = {"done": max(0, done), "total": max(0, total), "text": text[:TEXT_LENGTH]}
        soon = time.monotonic() - self.told_at < SECONDS_BETWEEN_REPORTS
        if not soon or changed or done >= total:
            self._write(self.untold)
            self.job.text = text

    def _write(self, values: Mapping[str, object]) -> None:
        self.told_at = time.monotonic()
        if connection.vendor == "sqlite":
            self._obey(leases.extend(self.job, **values))
        else:
            self._obey(self.keeper.asked(lambda: leases.extend(self.job, **values)))

    @property
    def needs_keeping(self) -> bool:
        """Not where its own transaction keeps everybody else from writing."""
        return connection.vendor != "sqlite" or works()[self.job.work].own_transactions

    def beat(self) -> None:
        """What the keeper does when it was not asked for a while."""
        leases.extend(self.job, **self.untold)


class Keeper(threading.Thread):
    """A thread with a connection of its own; `hold` names the job that it cares for."""

    def __init__(self) -> None:
        super().__init__(name="keeper", daemon=True)
        self.questions: queue.SimpleQueue[tuple[Callable[[], bool | None], Future[bool | None]]]
        self.questions = queue.SimpleQueue()
        self.held: HeldByKeeper | None = None

    def hold(self, held: HeldByKeeper | None) -> None:
        """From now on keep this job alive, or none."""
        self.held = held if held is None or held.needs_keeping else None

    def asked(self, question: Callable[[], bool | None]) -> bool | None:
        """Do it on the keeper's connection, and wait for the answer."""
        answer: Future[bool | None] = Future()
        self.questions.put((question, answer))
        return answer.result()

    def run(self) -> None:
        while True:
            try:
                self._answer(*self.questions.get(timeout=settings.JOB_LEASE_SECONDS / 3))
            except queue.Empty:
                self._beat()

    def _answer(self, question: Callable[[], bool | None], answer: Future[bool | None]) -> None:
        try:
            answer.set_result(question())
        except BaseException as problem:
            answer.set_exception(problem)
            connections.close_all()

    def _beat(self) -> None:
        close_old_connections()
        held = self.held
        try:
            if held is not None:
                held.beat()
        except DatabaseError:
            log.warning("A job could not be kept alive; it is tried again soon.")
            connections.close_all()
