"""Sending what waits: one job sends its mails one after the other, in short shifts.

Nothing is lost and nothing sent twice, wherever the worker dies: a mail counts as *on its way* in
the database before its text goes, and as sent when the server has taken it. What an attempt left
on its way is unclear to the next one; nobody sends it again but a person.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.core.sealing import Unreadable
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs.models import State as JobState
from knotenpunkt.tools.jobs.problems import without_words
from knotenpunkt.tools.jobs.registry import Postponed, Running, Unworkable
from knotenpunkt.tools.jobs.rules import pause_after
from knotenpunkt.tools.mail import pace
from knotenpunkt.tools.mail.actions.suppressing import keep_from
from knotenpunkt.tools.mail.composing import letter_of
from knotenpunkt.tools.mail.delivery import (
    Away,
    DemoMailbox,
    Exchange,
    MailServer,
    Refused,
    Unclear,
)
from knotenpunkt.tools.mail.letters import Letter
from knotenpunkt.tools.mail.models import REASON_LENGTH, Message, State
from knotenpunkt.tools.mail.queries import left_out
from knotenpunkt.tools.mail.rules import MOST_ATTEMPTS
from knotenpunkt.tools.mail.sealed import addressee_of

log = logging.getLogger(__name__)

# After so long others have their turn: somebody waits for the link to a new password.
SHIFT_SECONDS = 10.0
AT_ONCE = 20


class NotDue(Exception):
    """Somebody else has sent this mail, or stopped it."""


@dataclass(slots=True)
class Shift:
    """One turn of a job: its mails, the exchange that takes them, and when it ends."""

    job: Running
    exchange: Exchange
    total: int
    done: int
    ends: float

    @property
    def seconds_left(self) -> float:
        """How long it goes on."""
        return self.ends - time.monotonic()


def send_waiting(*, job: Running) -> None:
    """Send the mails of this job that are due; Postponed when some are left."""
    _take_stock_of_lost(job)
    with in_network(job.network):
        rows = Message.objects.filter(job_id=job.id)
        total, waiting = rows.count(), rows.filter(state=State.QUEUED).count()
    with _exchange(job.network) as exchange:
        ends = time.monotonic() + SHIFT_SECONDS
        _work(Shift(job, exchange, total, total - waiting, ends))
    _postpone_the_rest(job)


def _exchange(network: Network) -> MailServer | DemoMailbox:
    """The people of a demo are invented: nothing ever leaves it."""
    return DemoMailbox() if network.is_demo else MailServer()


def _take_stock_of_lost(job: Running) -> None:
    """What an earlier attempt left on its way, nobody knows about."""
    with in_network(job.network):
        Message.objects.filter(job_id=job.id, state=State.SENDING).update(
            state=State.UNCLEAR, reason=str(Unclear()), changed_at=timezone.now()
        )


def note_lost(now: datetime) -> None:
    """On its way for a day, and nobody sends it any more, as after a restore: nobody knows."""
    lost = Message.objects.filter(state=State.SENDING, changed_at__lt=now - timedelta(days=1))
    lost.exclude(job__state__in=(JobState.WAITING, JobState.RUNNING)).update(
        state=State.UNCLEAR, reason=str(Unclear()), changed_at=now
    )


def _work(shift: Shift) -> None:
    while shift.seconds_left > 0 and (batch := _due(shift.job)):
        for message in batch:
            if shift.seconds_left <= 0 or not _is_my_turn(shift):
                return
            shift.job.progress(shift.done, shift.total)
            if not _handle(shift, message):
                return
            shift.done += 1


def _is_my_turn(shift: Shift) -> bool:
    """Mails that stay in the house need not wait for others."""
    return shift.job.network.is_demo or pace.wait_for_turn(shift.seconds_left)


def _due(job: Running) -> list[Message]:
    """The next mails; those to addresses that get none are told so at once."""
    with in_network(job.network), transaction.atomic():
        rows = Message.objects.filter(job_id=job.id, state=State.QUEUED, due_at__lte=timezone.now())
        batch = list(rows.order_by("due_at", "created_at", "id")[:AT_ONCE])
        causes = left_out(batch)
        for message in batch:
            if reason := causes.get(message.pk):
                _end_unsent(message, State.SUPPRESSED, reason, content=b"")
    return [message for message in batch if message.pk not in causes]


def _handle(shift: Shift, message: Message) -> bool:
    """Send one mail and note what became of it; False when no other can be sent now."""
    token = uuid4()
    try:
        letter = _written(shift.job, message)
        if letter is not None:
            shift.exchange.hand_over(letter, lambda: _mark(shift.job, message, token))
            _note_sent(shift.job.network, message, token)
    except NotDue:
        return True
    except Away as problem:
        _note_away(shift.job, str(problem))
        return False
    except Unworkable as problem:
        _note_problem(shift.job.network, message, token, problem)
    return True


def _written(job: Running, message: Message) -> Letter | None:
    """The letter; None where it cannot be written, which is told at the mail."""
    try:
        return letter_of(message, job.network)
    except Unreadable:
        reason = _("The key with which this mail was sealed is missing.")
    except Exception as problem:
        log.error("Mail %s cannot be written:\n%s", message.pk, without_words(problem))
        reason = _("This mail cannot be written.")
    with in_network(job.network):
        _end_unsent(message, State.FAILED, reason)
    return None


def _mark(job: Running, message: Message, token: UUID) -> None:
    """Its text goes now. NotDue, or LeaseLost, keeps it from going."""
    with job.one_transaction():
        mine = Message.objects.filter(pk=message.pk, state=State.QUEUED).update(
            state=State.SENDING,
            token=token,
            attempts=message.attempts + 1,
            changed_at=timezone.now(),
        )
        if not mine:
            raise NotDue


def _note_sent(network: Network, message: Message, token: UUID) -> None:
    """The server has it. True whatever others have thought of it meanwhile."""
    now = timezone.now()
    kept = {} if network.is_demo else {"content": b""}
    with in_network(network):
        Message.objects.filter(pk=message.pk, token=token).exclude(state=State.SENT).update(
            state=State.SENT, reason="", sent_at=now, changed_at=now, **kept
        )


def _note_problem(network: Network, message: Message, token: UUID, problem: Unworkable) -> None:
    with in_network(network), transaction.atomic():
        found = Message.objects.select_for_update().filter(pk=message.pk).first()
        if found is None or (found.state, found.token) not in (
            (State.QUEUED, message.token),
            (State.SENDING, token),
        ):
            return
        if found.state == State.QUEUED:
            found.attempts += 1  # the text did not even go
        _settle(found, problem)


def _settle(message: Message, problem: Unworkable) -> None:
    """What a problem means for a mail: later, never, or nobody knows."""
    if isinstance(problem, Unclear):
        _put(message, State.UNCLEAR, str(problem))
    elif problem.again and message.attempts < MOST_ATTEMPTS:
        message.due_at = timezone.now() + pause_after(message.attempts)
        held = message.mailing is not None and message.mailing.held_at is not None
        _put(message, State.STOPPED if held else State.QUEUED, str(problem))
    elif isinstance(problem, Refused) and problem.bad_address:
        keep_from(addressee_of(message).to, reason=str(problem))
        _put(message, State.BOUNCED, str(problem))
    else:
        _put(message, State.FAILED, str(problem))


def _put(message: Message, state: State, reason: str) -> None:
    message.state, message.reason = state, reason[:REASON_LENGTH]
    message.token, message.changed_at = None, timezone.now()
    message.save()


def _end_unsent(message: Message, state: State, reason: str, **values: bytes) -> None:
    Message.objects.filter(pk=message.pk, state=State.QUEUED).update(
        state=state, reason=reason[:REASON_LENGTH], changed_at=timezone.now(), **values
    )


def _note_away(job: Running, reason: str) -> None:
    """No mail of this job can go now: each has lost an attempt."""
    now = timezone.now()
    told = {"reason": reason[:REASON_LENGTH], "changed_at": now}
    with in_network(job.network), transaction.atomic():
        due = Message.objects.filter(job_id=job.id, state=State.QUEUED, due_at__lte=now)
        fewest = due.aggregate(fewest=Min("attempts"))["fewest"] or 0
        due.filter(attempts__gte=MOST_ATTEMPTS - 1).update(state=State.FAILED, **told)
        due.update(attempts=F("attempts") + 1, due_at=now + pause_after(fewest + 1), **told)


def _postpone_the_rest(job: Running) -> None:
    """The same job goes on when the next mail is due, after others had their turn."""
    with in_network(job.network):
        rows = Message.objects.filter(job_id=job.id, state=State.QUEUED)
        next_due: datetime | None = rows.aggregate(first=Min("due_at"))["first"]
        told = rows.order_by("due_at").values_list("reason", flat=True).first() or ""
    if next_due is not None:
        soonest = timezone.now() + timedelta(seconds=pace.seconds_to_turn())
        raise Postponed(max(next_due, soonest), told)
