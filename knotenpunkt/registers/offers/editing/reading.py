"""Rows and records of a sheet as each other: what a row says, and what it is filled with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from knotenpunkt.registers.areas.actions import complete_place
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.editing.drafts import (
    ADDRESS,
    HOUSE,
    ContactDraft,
    PlaceDraft,
)
from knotenpunkt.registers.offers.editing.forms.rows import (
    PlaceRow,
)
from knotenpunkt.registers.offers.editing.searching import (
    place_of,
)
from knotenpunkt.registers.offers.editing.states import (
    phones_text,
)
from knotenpunkt.registers.partners.actions import PhoneDraft
from knotenpunkt.registers.partners.models import Audience, Contact
from knotenpunkt.tools.imports.cleaning.contacts import telephones


def contact_initial(contact: Contact) -> dict[str, Any]:
    """A contact as the row has it."""
    return {
        "contact": str(contact.pk),
        "name": contact.name,
        "function": contact.function,
        "email": contact.email,
        "phones": phones_text(contact.phones.all()),
    }


def contact_label(contact: Contact) -> str:
    """A contact in one line, to be chosen; a facility may choose one of its body.

    So nothing stands there that is for the coordination only.
    """
    circle = Audience.PROFESSIONALS
    phones = ", ".join(phone.shown for phone in contact.shown_phones(circle))
    who = contact.shown_name(circle) or contact.function or contact.organisation.name
    return ", ".join(part for part in (who, phones, contact.shown_email(circle)) if part)


def unchanged(contact: Contact) -> ContactDraft:
    """A contact that stays as it is."""
    return ContactDraft(
        known=contact,
        name=contact.name,
        function=contact.function,
        email=contact.email,
        phones_text=phones_text(contact.phones.all()),
        phones=None,
    )


def phone_drafts(text: str) -> list[PhoneDraft]:
    """One number a line."""
    lines = [line for line in text.split("\n") if line.strip()]
    return [
        PhoneDraft(shown=one.shown, dialled=one.dialled, note=one.note)
        for line in lines
        for one in telephones(line).value
    ]


def place_draft(row: PlaceRow) -> PlaceDraft:
    """What a row says of a place."""
    told = row.cleaned_data
    known = place_of(key_of(told["place"]))
    return PlaceDraft(
        known=known,
        address={name: told[name] for name in ADDRESS},
        house={name: told[name] for name in HOUSE},
    )


def pinned(row: PlaceRow) -> Place:
    """Where the pin of a row lies: the stored point while the address is the stored one."""
    values = {name: str(row[name].value() or "") for name in ADDRESS}
    known = place_of(key_of(row["place"].value()))
    if known is not None and all(getattr(known, name) == values[name] for name in ADDRESS):
        return known
    place = Place(**{name: value[:200] for name, value in values.items()})
    complete_place(place)
    return place


def key_of(text: Any) -> str:
    """A key as it was sent; "" for what is none."""
    try:
        return str(UUID(str(text)))
    except ValueError:
        return ""
