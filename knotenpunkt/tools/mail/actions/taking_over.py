"""Mails that an earlier release has queued: a job was the mail, and had no row of its own."""

from __future__ import annotations

from base64 import b64decode

from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.core.sealing import Unreadable, unseal
from knotenpunkt.tools.jobs.registry import Running
from knotenpunkt.tools.mail.models import Message, State
from knotenpunkt.tools.mail.sealed import Addressee, Content, seal_addressee, seal_content

SEALED = "mail.send.text"


def take_over(*, job: Running, to: str, subject: str, sealed_text: str) -> None:
    """Give such a mail its row, once; what was cut off at the end of it stays unclear."""
    with job.one_transaction():
        if Message.objects.filter(job_id=job.id).exists():
            return
        message = Message(job_id=job.id, due_at=timezone.now(), changed_at=timezone.now())
        message.title = _("Send mail")
        message.state = State.SENDING if job.memory.get("text_sent") else State.QUEUED
        seal_addressee(message, Addressee(to))
        seal_content(message, Content(subject, _opened(sealed_text)))
        message.save(force_insert=True)


def _opened(sealed: str) -> str:
    try:
        return unseal(b64decode(sealed), about=SEALED)
    except Unreadable:
        return ""
