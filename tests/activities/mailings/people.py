"""Contacts to write to, the audience of all of them, and a circular for it."""

from __future__ import annotations

from typing import Any

from knotenpunkt.activities.mailings.actions.audiences import save_audience
from knotenpunkt.activities.mailings.actions.circulars import CircularDraft, write_circular
from knotenpunkt.activities.mailings.models import Audience, Circular
from knotenpunkt.registers.partners.actions import save_contact
from knotenpunkt.registers.partners.models import Contact
from tests.factories import EXACT_FREIBERG, SYSTEM, make_organisation, make_place

TEXT = "{anrede}\n\nschön, dass {einrichtung} dabei ist.\n\n[Zur Seite]({link})"


def somebody(number: int, *, email: bool = True, **values: Any) -> Contact:
    """One contact of a house of their own; without an address for mail they get letters."""
    house = make_organisation(f"Haus {number:04}", place=make_place(**EXACT_FREIBERG))
    address = f"k{number}@example.org" if email else ""
    return save_contact(
        actor=SYSTEM, organisation=house, name=f"Kontakt {number}", email=address, **values
    )


def everybody(name: str = "Alle") -> Audience:
    """The audience of all contacts."""
    return save_audience(actor=SYSTEM, name=name, parts=[{"how": "add", "words": {}}])


def circular_for(audience: Audience | None = None, **values: Any) -> Circular:
    """A circular that lacks nothing."""
    told = {"title": "Einladung 2027", "subject": "Wir laden ein", "text": TEXT, **values}
    known = audience or Audience.objects.first() or everybody()
    return write_circular(actor=SYSTEM, draft=CircularDraft(audience=known, **told))
