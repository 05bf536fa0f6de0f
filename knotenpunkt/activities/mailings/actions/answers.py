"""Noting that somebody has answered a circular, by what they did."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from knotenpunkt.activities.mailings.models import Recipient, Way


def note_answer(*, contact_id: UUID, about: UUID) -> None:
    """This contact ordered, reported or answered otherwise: reminders leave them out.

    `about` is the record that the circulars were written for. The deed itself is recorded where it
    was done.
    """
    rows = Recipient.objects.filter(
        contact_id=contact_id, circular__about=about, answered_at=None
    ).exclude(way=Way.NONE)
    for row in rows:
        row.answered_at = timezone.now()
        row.save(update_fields=["answered_at"])
