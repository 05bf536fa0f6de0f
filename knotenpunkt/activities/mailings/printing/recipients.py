"""From the recipients of a circular to the letters and labels that are printed for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from knotenpunkt.activities.mailings.composing import dead_link, links_for, reading_for
from knotenpunkt.activities.mailings.merging import LINK
from knotenpunkt.activities.mailings.models import Circular, Recipient
from knotenpunkt.activities.mailings.printing.labels import Label
from knotenpunkt.activities.mailings.printing.letters import LetterText, letters_pdf
from knotenpunkt.activities.mailings.queries.settings import mailing_settings
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.registers.partners.postal import address_lines, is_postal
from knotenpunkt.tools.mail.source import blocks, placeholders


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads a circular on paper."""

    contact: Contact


def letter_texts(
    actor: Actor, circular: Circular, rows: Iterable[Recipient], day: date
) -> list[LetterText]:
    """Their letters, each with the personal link that its text has a place for."""
    known = [(row.pk, row.contact) for row in rows]
    links = links_for(actor, circular, [one.pk for _key, one in known if one is not None])
    sender = return_line()
    return [
        _letter(circular, key, contact, links.get(contact.pk, ""), day, sender)
        if contact is not None
        else _nobody(key, day)
        for key, contact in known
    ]


def _letter(
    circular: Circular, key: UUID, contact: Contact, link: str, day: date, sender: str
) -> LetterText:
    reading = reading_for(Reader(contact), circular, link)
    return LetterText(
        key=key,
        address_lines=lines_for(contact),
        return_line=sender,
        subject=reading.subject,
        blocks=blocks(reading.text),
        date=day,
        qr_url=link,
    )


def _nobody(key: UUID, day: date) -> LetterText:
    """A recipient who is gone: without an address, so that it is named as missing."""
    return LetterText(key, [], "", "", [], day)


def lines_for(contact: Contact) -> list[str]:
    """The address; none at all where a letter would not arrive."""
    return address_lines(contact) if is_postal(contact) else []


def label_texts(rows: Iterable[Recipient]) -> list[Label]:
    """The labels for these recipients."""
    return [Label(row.pk, lines_for(row.contact) if row.contact else []) for row in rows]


def return_line() -> str:
    """Who writes, in one line above the address."""
    own = mailing_settings().return_line.strip()
    if own:
        return own
    network = current_network()
    lines = (network.operator or network.name, *network.operator_address.splitlines())
    return " · ".join(filter(None, map(str.strip, lines)))


def letter_preview(circular: Circular, contact: Contact, day: date) -> tuple[bytes, str]:
    """The letter of one contact, with a link that opens nothing; or "" and why there is none."""
    link = dead_link() if LINK in placeholders(circular.text) else ""
    made = letters_pdf([_letter(circular, contact.pk, contact, link, day, return_line())])
    return made.content, made.missing[0][1] if made.missing else ""


def reasons(missing: Sequence[tuple[object, str]]) -> list[list[str]]:
    """As they are stored: pairs of id and reason."""
    return [[str(key), reason] for key, reason in missing]
