"""What is sealed of a mail: who gets it, and what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass

from knotenpunkt.foundation.core.sealing import (
    blind_index,
    blind_indexes,
    seal_into,
    unsealed,
)
from knotenpunkt.tools.mail.models import Message, Suppression

PURPOSE = "mail.address"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who gets a mail; empty once the term of the address is over."""

    to: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a mail says; empty once it was sent. `why` it came, where it is not as for others."""

    subject: str = ""
    text: str = ""
    why: str = ""


def seal_addressee(message: Message, addressee: Addressee) -> None:
    """Put the recipient into the row."""
    told = json.dumps([addressee.to, addressee.name], ensure_ascii=False)
    seal_into(message, "recipient", told)
    message.address_key = address_key(addressee.to)


def seal_content(message: Message, content: Content) -> None:
    """Put what it says into the row."""
    told = json.dumps([content.subject, content.text, content.why], ensure_ascii=False)
    seal_into(message, "content", told)


def addressee_of(message: Message) -> Addressee:
    """Who gets it; Unreadable without the master key."""
    told = unsealed(message, "recipient")
    return Addressee(*json.loads(told)) if told else Addressee()


def content_of(message: Message) -> Content:
    """What it says; Unreadable without the master key."""
    told = unsealed(message, "content")
    return Content(*json.loads(told)) if told else Content()


def seal_address(suppression: Suppression, address: str) -> None:
    """Put the address into the row."""
    seal_into(suppression, "address", address)
    suppression.address_key = address_key(address)


def address_key(address: str) -> str:
    """What mails to the same address share, whatever its capitals."""
    return blind_index(address.strip().casefold(), purpose=PURPOSE)


def address_keys(address: str) -> list[str]:
    """The same for every version of the master key: what to look for."""
    return blind_indexes(address.strip().casefold(), purpose=PURPOSE)
