"""Mail of an earlier day, as a demo tells it: it has arrived then, and nobody sends it now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.mail.actions.returning import note
from knotenpunkt.tools.mail.bounces import Returned, Verdict
from knotenpunkt.tools.mail.models import Message, State

ON_ITS_WAY = timedelta(minutes=4)
FULL = "5.2.2"  # the mailbox, as RFC 3463 counts


def has_arrived(*, before: datetime) -> int:
    """All that was queued in the network at hand before that moment was sent soon after; returns
    how many. The jobs that would send it go."""
    rows = list(Message.objects.filter(state=State.QUEUED, created_at__lt=before))
    jobs = {one.job_id for one in rows}
    for message in rows:
        message.state, message.job = State.SENT, None
        message.sent_at = message.changed_at = message.created_at + ON_ITS_WAY
    Message.objects.bulk_update(rows, ["state", "job", "sent_at", "changed_at"], batch_size=200)
    Job.objects.filter(pk__in=jobs).delete()
    return len(rows)


def have_come_back(*, numbers: Collection[UUID]) -> None:
    """These mails could not be delivered, as their mailboxes were full; later ones arrive."""
    for message in Message.objects.filter(pk__in=numbers):
        note(message, Returned(message.pk, Verdict.RETURNED, FULL))
