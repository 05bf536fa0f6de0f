"""The worker: takes a job, does its work, says what became of it."""

from __future__ import annotations

import logging

from django.db import transaction

from knotenpunkt.foundation.accounts.actors import ANYONE, Actor, System
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.queries import actor_for
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs import leases
from knotenpunkt.tools.jobs.holding import HeldHere
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.jobs.problems import FINAL, kind_of, without_words
from knotenpunkt.tools.jobs.registry import LeaseLost, Running, Stopped, Unworkable, Work, works

log = logging.getLogger(__name__)


def run_waiting() -> int:
    """Work off everything that is due, here and now; how many attempts that were.

    For tests and the console: on the connection at hand, so also inside a transaction.
    """
    count = 0
    while (job := leases.claim()) is not None:
        perform(job, HeldHere(job))
        count += 1
    return count


def perform(job: Job, held: HeldHere) -> None:
    """One attempt: do the work and say what became of it. Raises only what the database does."""
    work = works()[job.work]
    try:
        _attempt(work, job, held)
    except LeaseLost:
        log.warning("Job %s (%s) was taken over by another worker.", job.pk, job.work)
    except Stopped:
        _ = leases.hand_back(job) if held.stopping else leases.end_stopped(job)
    except Exception as problem:
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


def _note_failure(job: Job, problem: Exception) -> None:
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
