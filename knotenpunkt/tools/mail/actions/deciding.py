"""What a person decides about mails: send once more, stop, go on, or that one has arrived."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.tools.jobs.actions import NotNow
from knotenpunkt.tools.mail.actions import holding
from knotenpunkt.tools.mail.actions.queueing import queue_again
from knotenpunkt.tools.mail.models import Mailing, Message, State
from knotenpunkt.tools.mail.rules import may_be_settled, may_be_tried_again


@transaction.atomic
def try_again(*, actor: Actor, message_id: UUID) -> Message:
    """Send a mail once more that failed or is unclear. Message.DoesNotExist, NotNow."""
    actor.must(Right.SEE_JOBS)
    message = _locked(message_id)
    if not may_be_tried_again(message):
        raise NotNow
    queue_again(actor=actor, messages=[message], title=message.title)
    record(actor=actor, deed="mail.try_again", on=message, title=message.title)
    return message


def try_failed_again(*, actor: Actor, mailing: Mailing) -> int:
    """Send all mails of a mailing once more that failed; never those that are unclear."""
    actor.must(Right.SEE_JOBS)
    return holding.send_failed(actor=actor, mailing=mailing)


@transaction.atomic
def settle(*, actor: Actor, message_id: UUID) -> Message:
    """Somebody has asked: the unclear mail arrived. Message.DoesNotExist, NotNow."""
    actor.must(Right.SEE_JOBS)
    message = _locked(message_id)
    if not may_be_settled(message):
        raise NotNow
    message.state, message.content = State.SENT, b""
    message.reason = _("Somebody has asked: it arrived.")
    message.sent_at = message.changed_at = timezone.now()
    message.save()
    record(actor=actor, deed="mail.settle", on=message, title=message.title)
    return message


def stop(*, actor: Actor, mailing: Mailing) -> None:
    """Send no more of this for now. NotNow."""
    actor.must(Right.SEE_JOBS)
    holding.hold(actor=actor, mailing=mailing)


def go_on(*, actor: Actor, mailing: Mailing) -> None:
    """Send the rest of what was stopped. NotNow."""
    actor.must(Right.SEE_JOBS)
    holding.go_on(actor=actor, mailing=mailing)


def _locked(message_id: UUID) -> Message:
    found: Message = Message.objects.select_for_update().get(pk=message_id)
    return found
