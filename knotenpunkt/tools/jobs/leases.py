"""What a worker writes about the jobs that it holds.

Each write names the attempt's token: when another worker has the job by now, nothing is written,
and the function says so. No person does this, so nothing is recorded; the work records its deeds.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from knotenpunkt.foundation.networks.models import ScopedQuerySet
from knotenpunkt.foundation.networks.scope import all_networks, in_network, scoped_database
from knotenpunkt.tools.jobs.models import Job, Problem, State
from knotenpunkt.tools.jobs.registry import works
from knotenpunkt.tools.jobs.rules import pause_after

TOLD_LENGTH = 300


def claim() -> Job | None:
    """Take the next job that is due, in whatever network; None when there is none."""
    with all_networks("claim the next job"):
        due = Job.objects.filter(state=State.WAITING, run_at__lte=timezone.now(), work__in=works())
        if not due.exists():  # so that an idle worker never locks the file of SQLite
            return None
        with transaction.atomic(using=scoped_database()):
            job = (
                due.select_for_update(skip_locked=True, of=("self",))
                .select_related("network")
                .order_by("run_at", "created_at")
                .first()
            )
            return _taken(job) if job else None


def _taken(job: Job) -> Job:
    values = {
        "state": State.RUNNING,
        "token": uuid4(),
        "attempt": job.attempt + 1,
        "lease_until": lease_end(),
        "changed_at": timezone.now(),
        "stop_asked": False,
        "done": 0,
        "total": 0,
        "text": "",
    }
    Job.objects.filter(pk=job.pk).update(**values)
    for field, value in values.items():
        setattr(job, field, value)
    return job


def lease_end() -> datetime:
    """Until when a worker that says something now holds its job."""
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def extend(job: Job, **values: object) -> bool | None:
    """Say that the work goes on, with `values` of its progress or memory.

    True: go on. False: somebody asked to stop it. None: another worker has it by now.
    """
    with in_network(job.network):
        if not _held(job).update(lease_until=lease_end(), **values):
            return None
        return not _held(job).filter(stop_asked=True).exists()


def finish(job: Job) -> bool:
    """Count the work as done, in the transaction at hand; what it needed is emptied."""
    return _end(job, State.DONE, arguments={}, memory={}, problem="", told="")


def end_stopped(job: Job) -> bool:
    """Somebody stopped it."""
    return _end(job, State.STOPPED, problem="", told="")


def hand_back(job: Job) -> bool:
    """This worker ends before the work does: another one begins anew, at once."""
    return _end(job, State.WAITING, attempt=job.attempt - 1, run_at=timezone.now())


def postpone(job: Job, until: datetime, told: str) -> bool:
    """The work goes on later, unless somebody has asked to stop it."""
    with in_network(job.network):
        if _held(job).filter(stop_asked=True).exists():
            return end_stopped(job)
    return _end(
        job, State.WAITING, attempt=job.attempt - 1, run_at=until, problem="",
        told=told[:TOLD_LENGTH],
    )  # fmt: skip


def end_failed(job: Job, problem: str, told: str = "", *, again: bool = True) -> bool:
    """An attempt failed: try it again after a pause, or give it up after the last."""
    return _end(job, **_after_failure(job, problem, told, again=again))


def _after_failure(job: Job, problem: str, told: str, *, again: bool) -> dict[str, Any]:
    work = works().get(job.work)
    goes_on = again and work is not None and job.attempt < work.attempts
    found: dict[str, Any] = {"problem": problem, "told": told[:TOLD_LENGTH]}
    if not goes_on:
        return found | {"state": State.FAILED}
    return found | {"state": State.WAITING, "run_at": timezone.now() + pause_after(job.attempt)}


def return_lost() -> int:
    """Take back the jobs whose worker has not been heard of, over all networks; how many."""
    with all_networks("return jobs whose worker is gone"):
        lost = Job.objects.filter(state=State.RUNNING, lease_until__lt=timezone.now())
        if not lost.exists():
            return 0
        with transaction.atomic(using=scoped_database()):
            jobs = list(lost.select_for_update(skip_locked=True))
            return sum(_returned(job) for job in jobs)


def _returned(job: Job) -> bool:
    """On the connection that has locked it: another one would wait for ever."""
    if job.stop_asked:
        return _let_go(job, state=State.STOPPED)
    return _let_go(job, **_after_failure(job, Problem.LOST, "", again=True))


def _end(job: Job, state: str, **values: object) -> bool:
    """Let go of the job, inside its network; whether this attempt still held it."""
    with in_network(job.network):
        return _let_go(job, state=state, **values)


def _let_go(job: Job, **values: object) -> bool:
    done = _held(job).update(token=None, lease_until=None, changed_at=timezone.now(), **values)
    return bool(done)


def _held(job: Job) -> ScopedQuerySet:
    rows: ScopedQuerySet = Job.objects.filter(pk=job.pk, token=job.token, state=State.RUNNING)
    return rows
