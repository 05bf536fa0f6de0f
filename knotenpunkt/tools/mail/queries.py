"""Reads about mail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from knotenpunkt.foundation.core.sealing import Unreadable
from knotenpunkt.foundation.networks.scope import Reach, current_network, current_scope
from knotenpunkt.tools.mail.models import Cause, Mailing, MailKind, Message, State, Suppression
from knotenpunkt.tools.mail.rules import ends_by_unsubscribing, is_left_out
from knotenpunkt.tools.mail.sealed import (
    Addressee,
    Content,
    address_keys,
    addressee_of,
    content_of,
)

WORK = "mail.send"


def mail_is_set_up() -> bool:
    """Whether mail can be sent here: by a mail server, or in a demo into its own mailbox."""
    return bool(settings.EMAIL_HOST) or _is_demo()


def _is_demo() -> bool:
    scope = current_scope()
    in_one = scope is not None and scope.reach is Reach.ONE_NETWORK
    return in_one and current_network().is_demo


def messages_about(about: UUID) -> QuerySet[Message]:
    """The mails to a contact or for an organisation, the latest first.

    Who may see the record, the app that owns it decides.
    """
    rows: QuerySet[Message] = Message.objects.filter(about=about)
    return rows


def waiting_mails() -> Iterator[tuple[Message, Addressee, Content]]:
    """The mails of the scope at hand whose text is still kept, opened.

    Those that nobody can read any more are left out.
    """
    for message in Message.objects.exclude(content=b"").iterator():
        try:
            yield message, addressee_of(message), content_of(message)
        except Unreadable:
            continue


def suppressions_of(address: str) -> QuerySet[Suppression]:
    """Why this address gets no mail, or not every mail."""
    rows: QuerySet[Suppression] = Suppression.objects.filter(address_key__in=address_keys(address))
    return rows


def left_out(messages: Sequence[Message]) -> dict[UUID, str]:
    """Which of these must not be sent, each with the reason in words."""
    keys = {message.pk: _keys_of(message) for message in messages}
    wanted = {key for some in keys.values() for key in some}
    causes: dict[str, set[str]] = defaultdict(set)
    rows = Suppression.objects.filter(address_key__in=wanted).values_list("address_key", "cause")
    for key, cause in rows:
        causes[key].add(cause)
    found = {
        message.pk: set[str]().union(*(causes[key] for key in keys[message.pk]))
        for message in messages
    }
    return {
        message.pk: _why(found[message.pk])
        for message in messages
        if is_left_out(message.kind, found[message.pk])
    }


def _keys_of(message: Message) -> list[str]:
    """By every version of the master key, because an address may stand on the list for long."""
    try:
        return address_keys(addressee_of(message).to)
    except Unreadable:
        return []


def _why(causes: set[str]) -> str:
    cause = Cause.RETURNED if Cause.RETURNED in causes else Cause.UNSUBSCRIBED
    return str(cause.label)


def unsubscribable(message_id: UUID | None) -> Message:
    """The mail from which somebody ends such mails. Message.DoesNotExist.

    Whoever holds the signed link got the mail: no further right is needed.
    """
    kinds = [kind for kind in MailKind if ends_by_unsubscribing(kind)]
    found: Message = Message.objects.get(pk=message_id, kind__in=kinds)
    return found


def addressee(message: Message) -> Addressee:
    """Who gets a mail; nobody once that was forgotten, or without the master key."""
    try:
        return addressee_of(message)
    except Unreadable:
        return Addressee()


def content(message: Message) -> Content:
    """What a mail says, as long as that is kept and can be read."""
    try:
        return content_of(message)
    except Unreadable:
        return Content()


def repeatable(mailing: Mailing) -> QuerySet[Message]:
    """The mails of a mailing that failed and could be sent once more."""
    rows: QuerySet[Message] = Message.objects.filter(mailing=mailing, state=State.FAILED)
    return rows.exclude(content=b"")
