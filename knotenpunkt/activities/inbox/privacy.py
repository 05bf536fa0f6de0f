"""Personal data of families and readers who wrote to the network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.inbox import actions
from knotenpunkt.activities.inbox.forms import international
from knotenpunkt.activities.inbox.models import OPEN, SEALED, Concern
from knotenpunkt.activities.inbox.queries import CALLER
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.personal_data import Expired, Holding, Person, telling_numbers
from knotenpunkt.foundation.core.sealing import blind_indexes, unsealed
from knotenpunkt.foundation.networks.scope import current_network_id

KIND = Concern._meta.label

HOLDINGS = (
    Holding(
        what="families who ask to be called: telephone number, name, what it is about, when and in"
        " which language; readers who report a mistake: their text and how to answer",
        why="so that somebody calls back, and a mistake is mended; sealed, and opened only by the"
        " person who takes care of it, which is written down",
        legal_basis="Art. 6 (1) a and e GDPR: the family asks for the call",
        term="until it is answered, then emptied at once; unanswered ones 30 days",
        where=(
            "inbox.Concern.phone",
            "inbox.Concern.name",
            "inbox.Concern.text",
            "inbox.Concern.twin_key",
            "inbox.Concern.caller_key",
            "inbox.Concern.daytimes",
            "inbox.Concern.language",
        ),
    ),
    Holding(
        what="who takes care of a request, and to which office it was passed on",
        why="so that a family is called once, and nothing is lost between two people",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="the member until it is answered; the office as long as the network is kept here",
        where=("inbox.Concern.taken_by", "inbox.Concern.passed_to"),
    ),
)


def find_caller(number: str) -> Person | None:
    """Who asked to be called at that number in the network at hand; None when nobody did.

    None, too, for what is no telephone number.
    """
    try:
        dialled = international(number)
    except ValidationError:
        return None
    keys = blind_indexes(dialled, purpose=CALLER)
    ids = frozenset(Concern.objects.filter(OPEN, caller_key__in=keys).values_list("pk", flat=True))
    return _caller(ids, number) if ids else None


def caller_of(concern_id: UUID) -> Person | None:
    """Who asked by that open request to be called; None when it is answered or none at all."""
    concern = Concern.objects.filter(OPEN, pk=concern_id).first()
    if concern is None:
        return None
    number = unsealed(concern, "phone")
    return find_caller(number) or _caller(frozenset([concern.pk]), number)


def _caller(ids: frozenset[UUID], number: str) -> Person:
    return Person(
        kind=KIND,
        ids=ids,
        networks=frozenset([current_network_id()]),
        numbers=telling_numbers([international(number)]),
        main=min(ids),
    )


def export(person: Person) -> list[dict[str, Any]]:
    """The open concerns of this person, opened."""
    return [
        {
            "received_at": concern.received_at,
            "about": concern.about,
            **{column: unsealed(concern, column) for column in SEALED},
        }
        for concern in _of(person)
    ]


def erase(person: Person) -> int:
    """Delete the concerns of this person."""
    found = list(_of(person))
    for concern in found:
        concern.delete()
    return len(found)


def expire() -> list[Expired]:
    """Empty what nobody answered in 30 days."""
    return [actions.expire(now=timezone.now())]


def mentions(person: Person) -> list[str]:
    """Open concerns whose text names the person; they are emptied with the answer."""
    return [
        _("request of %(day)s about “%(subject)s”")
        % {
            "day": spoken.full_date(timezone.localdate(concern.received_at)),
            "subject": concern.about,
        }
        for concern in Concern.objects.filter(OPEN).iterator()
        if person.appears_in(f"{unsealed(concern, 'name')} {unsealed(concern, 'text')}")
    ]


def _of(person: Person) -> Iterator[Concern]:
    """Named by id, or recognised by the number or address. Only open ones hold anything."""
    for concern in Concern.objects.filter(OPEN).iterator():
        if concern.pk in person.ids or person.appears_in(unsealed(concern, "phone")):
            yield concern
