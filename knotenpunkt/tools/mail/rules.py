"""Decisions about mails."""

from __future__ import annotations

from collections.abc import Iterable

from knotenpunkt.tools.mail.models import Cause, MailKind, Message, State

# Twelve attempts reach over most of a working day.
MOST_ATTEMPTS = 12


def ends_by_unsubscribing(kind: str) -> bool:
    """Newsletters and invitations can be unsubscribed from, service mail cannot."""
    return kind in (MailKind.NEWSLETTER, MailKind.INVITATION)


def is_left_out(kind: str, causes: Iterable[str]) -> bool:
    """An address from which mail came back gets none; who unsubscribed still gets service mail."""
    found = set(causes)
    return Cause.RETURNED in found or (Cause.UNSUBSCRIBED in found and ends_by_unsubscribing(kind))


def may_be_tried_again(message: Message) -> bool:
    """A person may decide so while the text is kept; nothing that was taken is sent twice."""
    return message.state in (State.FAILED, State.UNCLEAR) and bool(message.content)


def may_be_settled(message: Message) -> bool:
    """Of an unclear mail a person may find out that it arrived."""
    return message.state == State.UNCLEAR
