"""What is forgotten of mails: when its term is over, and when a person is erased."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from knotenpunkt.foundation.core.personal_data import Expired
from knotenpunkt.tools.mail.models import Mailing, Message, State, Suppression

UNSENT_DAYS = 30
OPEN = (State.QUEUED, State.SENDING)
UNSENT = (*OPEN, State.STOPPED)


def forget(messages: Iterable[Message]) -> None:
    """An erasure: nothing of the person stays in these, and what waits is not sent."""
    for message in messages:
        if message.state in UNSENT:
            message.state, message.reason = State.SUPPRESSED, _("Erased before it was sent.")
        _empty(message)
        message.about = None
        message.save()


def take_back_texts(messages: Iterable[Message]) -> None:
    """An erasure: these are to others and name the person, so they are not sent."""
    for message in messages:
        if message.state in UNSENT:
            message.state, message.reason = State.SUPPRESSED, _("Erased before it was sent.")
        message.content = b""
        message.save()


def forget_addresses(suppressions: Iterable[Suppression]) -> None:
    """An erasure: the address is not even kept to leave it out."""
    for one in suppressions:
        one.delete()


def forget_senders(mailings: Iterable[Mailing]) -> None:
    """An erasure: the mailing stays without who sent it."""
    for mailing in mailings:
        mailing.actor_id = None
        mailing.save(update_fields=["actor_id"])


def drop_old_texts(now: datetime) -> Expired:
    """Texts that could not be sent, and in a demo those that were; a month after the last try."""
    rows = Message.objects.filter(changed_at__lt=now - timedelta(days=UNSENT_DAYS))
    old = list(rows.exclude(content=b"").exclude(state__in=OPEN))
    for message in old:
        message.content = b""
        message.save(update_fields=["content"])
    oldest = min((message.changed_at for message in old), default=None)
    return Expired("texts of mails that were not sent", len(old), oldest)


def drop_old_addresses(now: datetime, days: int) -> Expired:
    """Who got which mail, after the term of the network."""
    ended = Q(created_at__lt=now - timedelta(days=days)) & ~Q(state__in=OPEN)
    old = list(Message.objects.filter(ended).exclude(recipient=b""))
    for message in old:
        _empty(message)
        message.save(update_fields=["recipient", "address_key", "content"])
    oldest = min((message.created_at for message in old), default=None)
    return Expired("who got which mail", len(old), oldest)


def _empty(message: Message) -> None:
    message.recipient = message.content = b""
    message.address_key = ""
