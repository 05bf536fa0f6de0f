"""Reads of notes. Who may read one may read them all; they are unsealed in memory only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from knotenpunkt.activities.notes.models import Note
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.core.sealing import unsealed
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.tools.lists.matching import says, words_of

SUGGESTIONS = 8
# A search opens notes one by one: so many of the latest ones, a tenth of a second.
SEARCHED = 3_000


@dataclass(frozen=True, slots=True)
class OpenNote:
    """A note with its words."""

    note: Note
    who: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation or a contact as one types them: label, and the record."""

    label: str
    organisation: Organisation
    contact: Contact | None = None


def notes(actor: Actor) -> QuerySet[Note]:
    """The notes of the network at hand; PermissionDenied for those who write none."""
    actor.must(Right.WRITE_NOTES)
    rows: QuerySet[Note] = Note.objects.select_related("author")
    return rows


def get_note(actor: Actor, note_id: UUID) -> Note:
    """One note; Note.DoesNotExist, or PermissionDenied as `notes` says."""
    return notes(actor).get(pk=note_id)


def opened(note: Note) -> OpenNote:
    """A note that `notes` gave, with its words."""
    return OpenNote(note, unsealed(note, "who"), unsealed(note, "text"))


def found(rows: QuerySet[Note], words: str) -> list[OpenNote]:
    """Those of the latest notes that hold all of the words, in any spelling."""
    wanted = fold(words).split()
    latest = (opened(note) for note in rows[:SEARCHED])
    return [one for one in latest if _holds(fold(f"{one.who} {one.text}"), wanted)]


def _holds(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def due(actor: Actor, today: date) -> QuerySet[Note]:
    """Own notes whose day has come and that are not done."""
    rows = notes(actor).filter(author_id=actor.user_id, done_at=None, remind_on__lte=today)
    return rows.order_by("remind_on", "created_at")


def partners_like(actor: Actor, typed: str, *, limit: int = SUGGESTIONS) -> list[Partner]:
    """Organisations and contacts whose names hold what somebody types."""
    actor.must(Right.WRITE_NOTES)
    words = words_of(typed)
    if not words:
        return []
    houses = Organisation.objects.all()
    people = Contact.objects.exclude(name="").select_related("organisation")
    for word in words:
        houses, people = houses.filter(says(F("name"), word)), people.filter(says(F("name"), word))
    found = [Partner(_contact_label(one), one.organisation, one) for one in people[:limit]]
    found += [Partner(one.name, one) for one in houses[:limit]]
    return found[:limit]


def partner_called(actor: Actor, label: str) -> Partner | None:
    """The one that was chosen; None when it is free text, or several are called like that."""
    name, _comma, _house = label.partition(", ")
    known = [one for one in partners_like(actor, name, limit=50) if one.label == label.strip()]
    return known[0] if len(known) == 1 else None


def _contact_label(contact: Contact) -> str:
    return f"{contact.name}, {contact.organisation.name}"
