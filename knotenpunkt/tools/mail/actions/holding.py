"""Holding what was written to many, letting it go on, and sending once more what failed.

Whoever may write to many may do this; `deciding` does it for those who look after all mail.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.tools.jobs import actions as jobs
from knotenpunkt.tools.jobs.actions import NotNow, enqueue
from knotenpunkt.tools.mail.actions.queueing import queue_again
from knotenpunkt.tools.mail.models import Mailing, Message, State
from knotenpunkt.tools.mail.queries import WORK, repeatable


@transaction.atomic
def hold(*, actor: Actor, mailing: Mailing) -> int:
    """Send nothing more of this for now; how many mails wait. NotNow when it is held already.

    What is on its way at this moment still arrives. Texts are kept, so that it can go on.
    """
    actor.must(Right.EDIT_REGISTERS)
    found = _locked(mailing)
    if found.held_at is not None:
        raise NotNow
    waiting = Message.objects.filter(mailing=found, state=State.QUEUED)
    count: int = waiting.update(state=State.STOPPED, changed_at=timezone.now())
    found.held_at = timezone.now()
    found.save(update_fields=["held_at"])
    if found.job is not None and found.job.is_open:
        jobs.stop(actor=actor, job=found.job, right=Right.EDIT_REGISTERS)
    record(actor=actor, deed="mail.hold", on=found, title=found.title)
    return count


@transaction.atomic
def go_on(*, actor: Actor, mailing: Mailing) -> int:
    """Send the rest of what was held, or whose work ended badly; how many mails. NotNow."""
    actor.must(Right.EDIT_REGISTERS)
    found = _locked(mailing)
    if found.held_at is None and found.job is not None and found.job.is_open:
        raise NotNow
    waiting = Message.objects.filter(mailing=found, state__in=(State.STOPPED, State.QUEUED))
    left = waiting.exclude(content=b"")
    if not left.exists():
        raise NotNow
    found.job = enqueue(actor=actor, work=WORK, arguments={}, title=found.title, about=found.pk)
    found.held_at = None
    found.save(update_fields=["job", "held_at"])
    now = timezone.now()
    count: int = left.update(
        state=State.QUEUED, job=found.job, token=None, due_at=now, changed_at=now
    )
    record(actor=actor, deed="mail.go_on", on=found, title=found.title)
    return count


@transaction.atomic
def end(*, actor: Actor, mailing: Mailing) -> int:
    """What is held is never sent: its texts go, so that nobody lets it go on by mistake."""
    actor.must(Right.EDIT_REGISTERS)
    held = Message.objects.filter(mailing=_locked(mailing), state=State.STOPPED)
    count: int = held.update(content=b"", changed_at=timezone.now())
    return count


@transaction.atomic
def send_failed(*, actor: Actor, mailing: Mailing) -> int:
    """Send all mails of a mailing once more that failed; never those that are unclear. NotNow."""
    actor.must(Right.EDIT_REGISTERS)
    found = _locked(mailing)
    failed = list(repeatable(found).select_for_update())
    if not failed or found.held_at is not None:
        raise NotNow
    found.job = queue_again(actor=actor, messages=failed, title=found.title)
    found.save(update_fields=["job"])
    record(actor=actor, deed="mail.try_again", on=found, title=found.title)
    return len(failed)


def _locked(mailing: Mailing) -> Mailing:
    rows = Mailing.objects.select_for_update(of=("self",)).select_related("job")
    found: Mailing = rows.get(pk=mailing.pk)
    return found
