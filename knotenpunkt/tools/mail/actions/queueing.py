"""Queueing mails: one to one person, or one text to many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor, System
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.mail.letters import refuse_unusable, usable_address
from knotenpunkt.tools.mail.models import TITLE_LENGTH, Mailing, MailKind, Message, State
from knotenpunkt.tools.mail.queries import WORK
from knotenpunkt.tools.mail.sealed import Addressee, Content, seal_addressee, seal_content
from knotenpunkt.tools.mail.source import filled, placeholders

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Recipient:
    """One of many: address, name, the record they stand for, and what fills the placeholders.

    `number` becomes the id of the mail, so that others can point at it.
    """

    to: str
    name: str = ""
    about: UUID | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    number: UUID = field(default_factory=uuid4)


@transaction.atomic
def send_mail(
    *,
    actor: Actor,
    to: str,
    subject: str,
    text: str,
    title: str,
    key: str = "",
    about: UUID | None = None,
    kind: MailKind = MailKind.SERVICE,
    name: str = "",
    why: str = "",
) -> Message:
    """Queue a mail to one person, in the network and with the transaction at hand.

    `title` is shown in lists: no names, no addresses. A second time with the same key, nothing is
    queued and the first mail returned. `about` is the contact or organisation that it is for, and
    `text` is written as `source` says; `why` tells below it why it came, to whoever may not be
    known here. ValidationError when `to` is no address or the subject not one line.
    """
    refuse_unusable(to, subject)
    job = enqueue(actor=actor, work=WORK, arguments={}, title=title, key=key)
    known: Message | None = Message.objects.filter(job=job).first() if key else None
    if known is not None:
        return known
    message = _message(Recipient(to, name, about), Content(subject, text, why), title, kind)
    message.job = job
    message.save(force_insert=True)
    return message


@transaction.atomic
def post(
    *,
    actor: Actor,
    title: str,
    recipients: Sequence[Recipient],
    subject: str,
    text: str,
    kind: MailKind,
    why: str = "",
) -> Mailing:
    """Queue one text to many, each with its own values in `{places}` of subject and text.

    `{name}` is the recipient's name, `why` as in `send_mail`. An address that is none is told at
    its own mail and keeps no other back. ValidationError when a place has no value, or nobody is
    written to.
    """
    actor.must(Right.EDIT_REGISTERS)
    _refuse_incomplete(recipients, subject, text)
    mailing = Mailing(
        title=title[:TITLE_LENGTH],
        kind=kind,
        actor_id=actor.user_id,
        actor_label=actor.label[:200] if isinstance(actor, System) else "",
    )
    mailing.job = enqueue(actor=actor, work=WORK, arguments={}, title=title, about=mailing.pk)
    mailing.save(force_insert=True)
    messages = [_one_of_many(mailing, one, Content(subject, text, why)) for one in recipients]
    Message.objects.bulk_create(messages, batch_size=AT_ONCE)
    record(
        actor=actor,
        deed="mail.post",
        on=mailing,
        title=mailing.title,
        changes={"recipients": [None, len(messages)]},
    )
    return mailing


def _refuse_incomplete(recipients: Sequence[Recipient], subject: str, text: str) -> None:
    if not recipients:
        raise ValidationError(_("Nobody is written to: choose recipients first."))
    if not text.strip():
        raise ValidationError(_("This mail has no text yet."))
    named = placeholders(subject) | placeholders(text)
    missing = {place for one in recipients for place in named - {"name", *one.values}}
    if missing:
        told = ", ".join(f"{{{place}}}" for place in sorted(missing))
        raise ValidationError(_("Nothing is known for %(places)s.") % {"places": told})


def _one_of_many(mailing: Mailing, one: Recipient, pattern: Content) -> Message:
    values = {"name": one.name, **one.values}
    subject = " ".join(filled(pattern.subject, values).split())
    content = Content(subject, filled(pattern.text, values), pattern.why)
    message = _message(one, content, mailing.title, MailKind(mailing.kind))
    message.mailing, message.job = mailing, mailing.job
    if not usable_address(one.to):
        message.state, message.reason = State.FAILED, _("This is no e-mail address.")
    return message


def _message(one: Recipient, content: Content, title: str, kind: MailKind) -> Message:
    now = timezone.now()
    message = Message(
        pk=one.number, title=title[:TITLE_LENGTH], kind=kind, about=one.about, due_at=now,
        changed_at=now,
    )  # fmt: skip
    seal_addressee(message, Addressee(one.to.strip(), one.name))
    seal_content(message, content)
    return message


def queue_again(*, actor: Actor, messages: Sequence[Message], title: str) -> Job:
    """Let a new job send these, with all their attempts."""
    job = enqueue(actor=actor, work=WORK, arguments={}, title=title)
    for message in messages:
        message.job, message.state, message.attempts = job, State.QUEUED, 0
        message.reason, message.token = "", None
        message.due_at = message.changed_at = timezone.now()
        message.save()
    return job
