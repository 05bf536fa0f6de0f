"""Decisions about jobs."""

from __future__ import annotations

import random
from datetime import timedelta

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.jobs.models import Job

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)


def may_follow(actor: Actor, job: Job, right: Right) -> bool:
    """Whoever queued it sees how far it is; so do coordinators, and holders of its right."""
    own = actor.user_id is not None and actor.user_id == job.actor_id
    return own or actor.may(right) or actor.may(Right.SEE_JOBS)


def pause_after(attempt: int) -> timedelta:
    """How long to wait after the n-th attempt failed: 10 s, 40 s, … up to an hour.

    A fifth more or less by chance, so that what failed together does not come back together.
    """
    pause = min(FIRST_PAUSE * 4 ** min(attempt - 1, 10), LONGEST_PAUSE)
    return timedelta(seconds=pause.total_seconds() * random.uniform(0.8, 1.2))  # noqa: S311 # nothing secret hangs on it
