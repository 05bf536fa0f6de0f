"""Who of an audience is written to, by which way, and why the others are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from uuid import UUID

from knotenpunkt.activities.mailings.models import LeftOut, Way
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.tools.mail.models import Cause, MailKind
from knotenpunkt.tools.mail.rules import ends_by_unsubscribing

# Whoever cannot be reached needs no attention when a colleague of theirs is written to.
UNREACHED = (LeftOut.NO_ADDRESS, LeftOut.NO_MAIL, LeftOut.NO_POST, LeftOut.RETURNED)


@dataclass(frozen=True, slots=True)
class Chosen:
    """One contact of an audience. `left_out` is "" for those who are written to."""

    contact: Contact
    way: Way
    left_out: LeftOut | str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """What is to be sent, and by which ways."""

    kind: MailKind
    by_mail: bool = True
    by_letter: bool = True
    needs_consent: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of those who might be written to.

    `said` is the latest yes or no by `who`, `causes` why addresses get no mail.
    """

    said: Mapping[UUID, bool]
    causes: Mapping[str, Set[str]]


def who(contact: Contact) -> UUID:
    """Whose yes or no it is: that of the person in all their roles, else that of the office."""
    key: UUID = contact.person_id or contact.pk
    return key


def decide(
    contacts: Sequence[Contact],
    sending: Sending,
    known: Known,
    is_postal: Callable[[Contact], bool],
    *,
    one_each: bool,
) -> list[Chosen]:
    """Everybody of an audience in the order of `contacts`, with way or reason."""
    told = {one.pk: _way_to(one, sending, known, is_postal) for one in contacts}
    if one_each:
        told |= {one.contact.pk: one for one in _one_of_each_house(list(told.values()))}
    told |= {one.contact.pk: one for one in _one_of_each_address(list(told.values()))}
    return [told[one.pk] for one in contacts]


def _way_to(
    contact: Contact, sending: Sending, known: Known, is_postal: Callable[[Contact], bool]
) -> Chosen:
    causes = known.causes.get(contact.email, frozenset())
    if reason := _refusal(contact, sending, known, causes):
        return Chosen(contact, Way.NONE, reason)
    if sending.by_mail and contact.email and Cause.RETURNED not in causes:
        return Chosen(contact, Way.MAIL)
    if sending.by_letter and is_postal(contact):
        return Chosen(contact, Way.LETTER)
    return Chosen(contact, Way.NONE, _why_unreached(contact, sending))


def _refusal(contact: Contact, sending: Sending, known: Known, causes: Set[str]) -> LeftOut | None:
    """An objection holds for everything; the rest for what one can do without."""
    said = known.said.get(who(contact))
    if said is False:
        return LeftOut.OBJECTED
    if Cause.UNSUBSCRIBED in causes and ends_by_unsubscribing(sending.kind):
        return LeftOut.UNSUBSCRIBED
    if sending.kind == MailKind.NEWSLETTER and sending.needs_consent and not said:
        return LeftOut.NO_CONSENT
    return None


def _why_unreached(contact: Contact, sending: Sending) -> LeftOut:
    if not sending.by_mail:
        return LeftOut.NO_POST
    if contact.email:
        return LeftOut.RETURNED
    return LeftOut.NO_ADDRESS if sending.by_letter else LeftOut.NO_MAIL


def _one_of_each_house(told: Iterable[Chosen]) -> Iterator[Chosen]:
    """Whoever is responsible of those who can be written to; no other is missed then."""
    houses: dict[UUID, list[Chosen]] = defaultdict(list)
    for one in told:
        houses[one.contact.organisation_id].append(one)
    for inside in houses.values():
        reached = [one for one in inside if not one.left_out]
        if reached:
            first = min(reached, key=_rank)
            spared = [one for one in inside if one.left_out in UNREACHED or one in reached]
            yield from (_left(one, LeftOut.SAME_HOUSE) for one in spared if one is not first)


def _one_of_each_address(told: Iterable[Chosen]) -> Iterator[Chosen]:
    """Nobody finds the same mail twice in one mailbox."""
    seen: set[str] = set()
    for one in sorted((one for one in told if one.way == Way.MAIL), key=_rank):
        address = one.contact.email.strip().casefold()
        if address in seen:
            yield _left(one, LeftOut.SAME_ADDRESS)
        seen.add(address)


def _rank(one: Chosen) -> tuple[bool, bool, int, str, UUID]:
    """Whoever answers inquiries, then whoever has mail, then by position."""
    contact = one.contact
    is_asked, by_mail = contact.answers_inquiries, one.way == Way.MAIL
    return (not is_asked, not by_mail, contact.position, contact.name, contact.pk)


def _left(one: Chosen, reason: LeftOut) -> Chosen:
    return replace(one, way=Way.NONE, left_out=reason)
