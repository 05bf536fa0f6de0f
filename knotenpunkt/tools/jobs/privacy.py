"""Personal data in jobs."""

from __future__ import annotations

from typing import Any

from knotenpunkt.foundation.core.personal_data import Expired, Holding, Person
from knotenpunkt.tools.jobs.actions import drop_ended, take_out
from knotenpunkt.tools.jobs.models import Job

HOLDINGS = (
    Holding(
        what="what background work needs, such as the address and text of a mail on its way, and"
        " who started it",
        why="so that it can be done, tried again and explained",
        legal_basis="Art. 6 (1) e GDPR; with the ground of what the work is done for",
        term="what it needs: until it is done; the job itself: 30 days after its end",
        where=(
            "jobs.Job.arguments",
            "jobs.Job.memory",
            "jobs.Job.title",
            "jobs.Job.text",
            "jobs.Job.told",
            "jobs.Job.actor_id",
            "jobs.Job.actor_label",
        ),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """The jobs that a person started, and those that name them."""
    fields = ("created_at", "work", "title", "arguments", "state")
    return [
        {field: getattr(job, field) for field in fields}
        for job in Job.objects.iterator()
        if concerns(job, person)
    ]


def erase(person: Person) -> int:
    """Take the person out of all jobs; what was still to be done for them is not done."""
    jobs = [job for job in Job.objects.select_for_update() if concerns(job, person)]
    for job in jobs:
        take_out(job, person)
    return len(jobs)


def expire() -> list[Expired]:
    """Delete what ended long ago."""
    return [drop_ended()]


def concerns(job: Job, person: Person) -> bool:
    """Whether it was started by this person or names them."""
    return job.actor_id in person.ids or names(job, person)


def names(job: Job, person: Person) -> bool:
    """Whether what it needs or says names this person."""
    held = {"memory": job.memory, "arguments": job.arguments}
    return person.taken_out_of(held) != held or any(
        person.appears_in(text) for text in (job.title, job.text, job.told)
    )
