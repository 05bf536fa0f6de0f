"""Reads of letters: who gets one, what was printed, and who is missing in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from knotenpunkt.activities.mailings.models import Circular, Print, Recipient, Way
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.postal import LOADED_WITH

WITH_CONTACT = ("contact", *(f"contact__{path}" for path in LOADED_WITH), "contact__organisation")


def letters(actor: Actor, circular: Circular) -> QuerySet[Recipient]:
    """Who gets a letter of this circular, with all that its address needs."""
    actor.must(Right.WRITE_TO_MANY)
    rows: QuerySet[Recipient] = Recipient.objects.filter(circular=circular, way=Way.LETTER)
    return rows.select_related("organisation", "circular", *WITH_CONTACT)


def get_letter(actor: Actor, circular: Circular, recipient_id: UUID) -> Recipient:
    """One of them. Recipient.DoesNotExist."""
    return letters(actor, circular).get(pk=recipient_id)


def prints(actor: Actor, circular: Circular) -> list[Print]:
    """The files that were made for a circular, the latest first; their content stays unread."""
    actor.must(Right.WRITE_TO_MANY)
    rows = Print.objects.filter(circular=circular).select_related("file").defer("file__content")
    return list(rows)


def get_print(actor: Actor, circular: Circular, print_id: UUID) -> Print:
    """One of them. Print.DoesNotExist."""
    actor.must(Right.WRITE_TO_MANY)
    rows = Print.objects.select_related("file", "circular").defer("file__content")
    found: Print = rows.get(circular=circular, pk=print_id)
    return found


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody whose letter is not in the file. `row` is None when they are gone by now."""

    row: Recipient | None
    reason: str


def missing_in(actor: Actor, made: Iterable[Print]) -> dict[UUID, list[Missing]]:
    """Who is missing in these files and why, in one query."""
    files = list(made)
    ids = {pk for one in files for pk, _reason in one.missing}
    rows = {str(row.pk): row for row in _rows(actor, ids)} if ids else {}
    return {one.pk: [Missing(rows.get(pk), reason) for pk, reason in one.missing] for one in files}


def _rows(actor: Actor, ids: Iterable[str]) -> QuerySet[Recipient]:
    actor.must(Right.WRITE_TO_MANY)
    rows: QuerySet[Recipient] = Recipient.objects.filter(pk__in=list(ids))
    return rows.select_related("organisation", "contact__person")
