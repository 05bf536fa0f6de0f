"""Sending mail."""

from __future__ import annotations

from base64 import b64encode
from uuid import UUID

from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.sealing import Unreadable, seal
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.jobs.registry import Running, Unworkable
from knotenpunkt.tools.mail.delivery import Unclear, hand_over
from knotenpunkt.tools.mail.letters import Letter, refuse_unusable
from knotenpunkt.tools.mail.queries import SEALED, WORK, text_of


def send_mail(*, actor: Actor, to: str, subject: str, text: str, title: str, key: str = "") -> None:
    """Queue a mail to one person, in the network and with the transaction at hand.

    `title` stands on the page of jobs: no names, no addresses. The text waits sealed, because a
    link in it may open an account. ValidationError when `to` is no address or the subject not one
    line.
    """
    refuse_unusable(to, subject)
    sealed = b64encode(seal(text, about=SEALED)).decode()
    arguments = {"to": to, "subject": subject, "sealed_text": sealed}
    enqueue(actor=actor, work=WORK, arguments=arguments, title=title, key=key)


def deliver(*, job: Running, to: str, subject: str, sealed_text: str) -> None:
    """Hand a mail over, at most once for each time that the server may have taken it.

    The job remembers that the text is on its way before it goes: an attempt that finds this
    remembered was cut off, and nobody knows whether the mail arrived.
    """
    if job.memory.get("text_sent"):
        raise Unclear
    letter = _letter(job.network, job.id, to, subject, _opened(sealed_text))
    try:
        hand_over(letter, before_text=lambda: job.remember(text_sent=True))
    except Unclear:
        raise
    except Exception:
        if job.memory.get("text_sent"):  # it was refused: that is clear
            job.remember(text_sent=False)
        raise


def _opened(sealed: str) -> str:
    try:
        return text_of(sealed)
    except Unreadable as problem:
        raise Unworkable(_("The key with which this mail was sealed is missing.")) from problem


def _letter(network: Network, number: UUID, to: str, subject: str, text: str) -> Letter:
    """In the network's name; who answers writes to its coordinators."""
    return Letter(
        number=number,
        to=to,
        subject=subject,
        text=text,
        sender_name=network.name,
        reply_to=network.contact_email,
    )
