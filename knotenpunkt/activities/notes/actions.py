"""Writes to notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from knotenpunkt.activities.notes.models import Note
from knotenpunkt.activities.notes.queries import partner_called
from knotenpunkt.activities.notes.rules import may_change
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.core.personal_data import Expired, deleted
from knotenpunkt.foundation.core.sealing import seal_into, unsealed
from knotenpunkt.foundation.networks.models import Network


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """What somebody noted. `who` may be an organisation or contact by name, or anything else."""

    who: str = field(repr=False)
    text: str = field(repr=False)
    remind_on: date | None = None


@transaction.atomic
def write_note(*, actor: Actor, draft: NoteDraft) -> Note:
    """Keep a note."""
    actor.must(Right.WRITE_NOTES)
    note = Note(author_id=actor.user_id)
    _fill(actor, note, draft)
    note.save(force_insert=True)
    _record(actor, "notes.write", note)
    return note


@transaction.atomic
def change_note(*, actor: Actor, note: Note, draft: NoteDraft) -> Note:
    """Change a note; a new day of reminder opens it again."""
    _must_change(actor, note)
    if draft.remind_on != note.remind_on and draft.remind_on is not None:
        note.done_at = None
    _fill(actor, note, draft)
    note.save()
    _record(actor, "notes.change", note)
    return note


def _fill(actor: Actor, note: Note, draft: NoteDraft) -> None:
    """What did not change stays as it was sealed."""
    if note._state.adding or draft.who != unsealed(note, "who"):
        partner = partner_called(actor, draft.who)
        note.organisation = partner.organisation if partner else None
        note.contact = partner.contact if partner else None
        seal_into(note, "who", draft.who)
    if note._state.adding or draft.text != unsealed(note, "text"):
        seal_into(note, "text", draft.text)
    note.remind_on = draft.remind_on


@transaction.atomic
def finish_note(*, actor: Actor, note: Note) -> Note:
    """Nothing is left to do; it reminds nobody any more."""
    _must_change(actor, note)
    if not note.is_done:
        note.done_at = timezone.now()
        note.save(update_fields=["done_at"])
        _record(actor, "notes.finish", note)
    return note


@transaction.atomic
def reopen_note(*, actor: Actor, note: Note) -> Note:
    """It was not done after all."""
    _must_change(actor, note)
    if note.is_done:
        note.done_at = None
        note.save(update_fields=["done_at"])
        _record(actor, "notes.reopen", note)
    return note


@transaction.atomic
def delete_note(*, actor: Actor, note: Note) -> None:
    """Delete a note for ever."""
    _must_change(actor, note)
    _record(actor, "notes.delete", note)
    note.delete()


def _must_change(actor: Actor, note: Note) -> None:
    if not may_change(actor, note):
        raise PermissionDenied


def _record(actor: Actor, deed: str, note: Note) -> None:
    """Without a word of it: the audit is read by others and kept longer."""
    house = note.organisation
    record(actor=actor, deed=deed, on=note, title=house.name if house else "")


def delete_old(*, network: Network, now: datetime) -> Expired:
    """Delete the notes whose term is over; one that still reminds stays until its day."""
    old = Note.objects.filter(created_at__lt=now - timedelta(days=network.note_days))
    waiting = old.filter(done_at=None, remind_on__gte=now.date())
    past = old.exclude(pk__in=waiting.values("pk"))
    return deleted("contact notes", past, by="created_at")
