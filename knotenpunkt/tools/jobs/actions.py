"""Queueing work, stopping it and trying it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor, System
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.core.personal_data import ERASED, Expired, Person, deleted
from knotenpunkt.foundation.networks.scope import scoped_database
from knotenpunkt.tools.jobs.models import Job, State
from knotenpunkt.tools.jobs.queries import title_of
from knotenpunkt.tools.jobs.registry import JSON, works

KEPT = timedelta(days=30)
TITLE_LENGTH = 200
# What an erasure may change.
TAKEN_OUT = (
    "arguments", "memory", "title", "text", "told", "actor_id", "state", "stop_asked",
)  # fmt: skip


class NotNow(Exception):
    """The job is not in a state in which that can be done to it."""


def enqueue(
    *,
    actor: Actor,
    work: str,
    arguments: Mapping[str, JSON],
    title: str,
    key: str = "",
    about: UUID | None = None,
    run_at: datetime | None = None,
) -> Job:
    """Queue a work in the network at hand, with the transaction at hand.

    A second time with the same key, nothing is queued and the first job returned. The job works
    with the actor's rights as they are when it runs. Keep people out of the title.
    """
    job = Job(
        work=works()[work].name,
        arguments=dict(arguments),
        title=title[:TITLE_LENGTH],
        key=key,
        about=about,
        actor_id=actor.user_id,
        actor_label=actor.label[:200] if isinstance(actor, System) else "",
        run_at=run_at or timezone.now(),
        changed_at=timezone.now(),
    )
    return _queued_once(job) if key else _queued(job)


def _queued(job: Job) -> Job:
    job.save(force_insert=True)
    return job


def _queued_once(job: Job) -> Job:
    same = Job.objects.filter(work=job.work, key=job.key)
    try:
        with transaction.atomic(using=scoped_database()):
            return same.first() or _queued(job)
    except IntegrityError:  # somebody else queued it at this moment
        first: Job = same.get()
        return first


def try_again(*, actor: Actor, job: Job) -> Job:
    """Queue a job anew that failed or was stopped, with all its attempts."""
    actor.must(Right.SEE_JOBS)
    with transaction.atomic():
        job = _locked(job, State.FAILED, State.STOPPED)
        job.state, job.attempt, job.memory = State.WAITING, 0, {}
        job.problem = job.told = job.text = ""
        job.done = job.total = 0
        job.run_at = job.changed_at = timezone.now()
        job.save()
        record(actor=actor, deed="jobs.try_again", on=job, title=title_of(job))
    return job


def stop(*, actor: Actor, job: Job, right: Right = Right.SEE_JOBS) -> Job:
    """Stop a job: at once while it waits, else when its work next tells how far it is.

    `right` is what the app wants of those who stop its own work. NotNow when it has ended.
    """
    actor.must(right)
    with transaction.atomic():
        job = _locked(job, State.WAITING, State.RUNNING)
        if job.state == State.WAITING:
            job.state, job.changed_at = State.STOPPED, timezone.now()
        job.stop_asked = True
        job.save(update_fields=["state", "changed_at", "stop_asked"])
        record(actor=actor, deed="jobs.stop", on=job, title=title_of(job))
    return job


def _locked(job: Job, *states: State) -> Job:
    """The job as it is now, and stays until the end of the transaction; NotNow."""
    found: Job | None = Job.objects.select_for_update().filter(pk=job.pk, state__in=states).first()
    if found is None:
        raise NotNow
    return found


def drop_ended() -> Expired:
    """Delete the jobs of the network at hand that ended thirty days ago."""
    ended = Job.objects.filter(
        state__in=(State.DONE, State.FAILED, State.STOPPED),
        changed_at__lt=timezone.now() - KEPT,
    )
    return deleted("background work that ended", ended, by="changed_at")


def give_up(job: Job) -> None:
    """An erasure: what was to be done names the person, so it is not done any more."""
    _empty(job)
    job.save(update_fields=TAKEN_OUT)


def _empty(job: Job) -> None:
    job.arguments, job.memory, job.stop_asked = {}, {}, True
    job.state = State.STOPPED if job.state == State.WAITING else job.state


def take_out(job: Job, person: Person) -> None:
    """An erasure: nothing of the person stays, and nothing is still to be done with it."""
    if person.taken_out_of(job.arguments) != job.arguments:
        _empty(job)
    job.memory = person.taken_out_of(job.memory)
    job.title, job.text, job.told = (
        ERASED if person.appears_in(text) else text for text in (job.title, job.text, job.told)
    )
    job.actor_id = None if job.actor_id in person.ids else job.actor_id
    job.save(update_fields=TAKEN_OUT)
