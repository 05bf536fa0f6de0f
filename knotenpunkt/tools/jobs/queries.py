"""Reads of jobs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.jobs.models import Job, State
from knotenpunkt.tools.jobs.registry import timetables, works
from knotenpunkt.tools.jobs.rules import may_follow

# A worker says every half minute that it is there, but not during a long piece of work.
WORKER_SEEN, SEEN_SECONDS = "jobs:worker_seen", 600


@dataclass(frozen=True, slots=True)
class Planned:
    """What the clock starts next."""

    title: str
    at: datetime


def worker_seen() -> bool:
    """Whether any worker of this installation was there in the last minutes."""
    return bool(cache.get(WORKER_SEEN))


def job_about(actor: Actor, about: UUID) -> Job | None:
    """The latest job for a record. Who may see the record, the app that owns it decides."""
    actor.must(Right.OPEN_DESK)
    found: Job | None = Job.objects.filter(about=about).first()
    return found


def followed_job(actor: Actor, job_id: UUID) -> Job:
    """A job to watch. Job.DoesNotExist; PermissionDenied for those whom it does not concern."""
    job: Job = Job.objects.get(pk=job_id)
    work = works().get(job.work)
    if not may_follow(actor, job, work.followed_by if work else Right.SEE_JOBS):
        raise PermissionDenied(Right.SEE_JOBS)
    return job


def job_to_handle(actor: Actor, job_id: UUID) -> Job:
    """A job to stop or to try again. Job.DoesNotExist, PermissionDenied."""
    actor.must(Right.SEE_JOBS)
    found: Job = Job.objects.get(pk=job_id)
    return found


def jobs_in(actor: Actor, *states: State) -> QuerySet[Job]:
    """The jobs of the network at hand in these states, the last change first."""
    actor.must(Right.SEE_JOBS)
    rows: QuerySet[Job] = Job.objects.filter(state__in=states).order_by("-changed_at")
    return rows


def counted(actor: Actor) -> Counter[str]:
    """How many jobs of the network at hand are in which state."""
    actor.must(Right.SEE_JOBS)
    rows = Job.objects.order_by().values_list("state").annotate(Count("pk"))
    return Counter(dict(rows))


def names_of(jobs: list[Job]) -> dict[UUID, str]:
    """Who queued these jobs: id of the user → name. Accounts that are gone are left out."""
    ids = {job.actor_id for job in jobs if job.actor_id}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def title_of(job: Job) -> str:
    """What a job is called: by itself, else by its work."""
    work = works().get(job.work)
    return job.title or (str(work.title) if work else "") or job.work


def planned(actor: Actor) -> list[Planned]:
    """What the clock starts next in the network at hand, the soonest first."""
    actor.must(Right.SEE_JOBS)
    now = timezone.now()
    runs = [Planned(str(works()[one.work].title), one.next(now)) for one in timetables()]
    return sorted(runs, key=lambda run: run.at)
