"""Personal data in contact notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.notes import actions
from knotenpunkt.activities.notes.models import Note
from knotenpunkt.activities.notes.queries import OpenNote, opened
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.personal_data import Expired, Holding, Person
from knotenpunkt.foundation.networks.scope import current_network

HOLDINGS = (
    Holding(
        what="contact notes: with whom somebody spoke, what about, when to be reminded, and who"
        " wrote it",
        why="so that colleagues know what was agreed on the telephone; sealed",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG; no social data of families",
        term="one year, or as long as the network sets (knotenpunkt network change --note-days)",
        where=(
            "notes.Note.who",
            "notes.Note.text",
            "notes.Note.author",
            "notes.Note.contact",
        ),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """The notes about this person, opened; of those that they wrote, only when."""
    about = [
        {"created_at": one.note.created_at, "who": one.who, "text": one.text}
        for one in _about(person)
    ]
    own = Note.objects.filter(author_id__in=person.ids).values("created_at")
    return [*about, *({"written": True, **row} for row in own)]


def erase(person: Person) -> int:
    """Delete the notes about this person; what they wrote themselves stays without their name."""
    found = list(_about(person))
    for one in found:
        one.note.delete()
    return len(found)


def mentions(person: Person) -> list[str]:
    """Notes about somebody else whose text names the person."""
    return [
        _("contact note of %(day)s")
        % {"day": spoken.full_date(timezone.localdate(one.note.created_at))}
        for one in map(opened, Note.objects.iterator())
        if person.appears_in(one.text)
    ]


def expire() -> list[Expired]:
    """Delete what is past the term that the network set."""
    return [actions.delete_old(network=current_network(), now=timezone.now())]


def _about(person: Person) -> Iterator[OpenNote]:
    for note in Note.objects.iterator():
        one = opened(note)
        if note.contact_id in person.ids or person.appears_in(one.who):
            yield one
