"""Reads about mail."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator

from django.conf import settings

from knotenpunkt.foundation.core.sealing import Unreadable, unseal
from knotenpunkt.tools.jobs.models import Job

WORK = "mail.send"
SEALED = "mail.send.text"
"""What the text of a waiting mail is sealed for."""


def mail_is_set_up() -> bool:
    """Whether this installation can send mail at all."""
    return bool(settings.EMAIL_HOST)


def text_of(sealed: str) -> str:
    """The text of a mail that waits; Unreadable without the master key."""
    return unseal(b64decode(sealed), about=SEALED)


def waiting_mails() -> Iterator[tuple[Job, str]]:
    """The mails of the scope at hand that were not sent yet, each with its text.

    Those that nobody can read any more are left out.
    """
    for job in Job.objects.filter(work=WORK).exclude(arguments={}).iterator():
        try:
            yield job, text_of(job.arguments.get("sealed_text", ""))
        except Unreadable:
            continue
