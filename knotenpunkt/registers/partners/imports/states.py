"""Records as they are now, in the same plain values that drafts hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.partners.models import Contact, Organisation, Person

Values = dict[str, Any]
PLACE = "place."
PERSON = "person."
PLACE_FIELDS = ("street", "postal_code", "town")
PERSON_FIELDS = ("salutation", "title", "given_name", "family_name", "internal_note")


def organisation_state(row: Organisation) -> Values:
    """What a list may say of an organisation and its place."""
    return {
        "name": row.name,
        "kind": row.kind,
        "website": row.website,
        "internal_note": row.internal_note,
        "body": str(row.body_id or ""),
        "confirmed_on": _day(row.confirmed_on),
        **prefixed(PLACE, place_state(row.place)),
    }


def place_state(place: Place | None) -> Values:
    """The address alone."""
    return {name: getattr(place, name) for name in PLACE_FIELDS} if place else {}


def contact_state(row: Contact) -> Values:
    """What a list may say of somebody at an organisation."""
    return {
        "function": row.function,
        "email": row.email,
        "phones": [[one.form, one.shown, one.dialled, one.note] for one in row.phones.all()],
        "since": _day(row.since),
        "until": _day(row.until),
        **prefixed(PERSON, person_state(row.person)),
    }


def person_state(person: Person | None) -> Values:
    """The person alone."""
    if person is None:
        return {}
    told = {name: getattr(person, name) for name in PERSON_FIELDS}
    return told | {"profession": str(person.profession_id or "")}


def _day(told: date | None) -> str:
    return told.isoformat() if told else ""


def prefixed(start: str, values: Values) -> Values:
    """`{"street": …}` → `{"place.street": …}`."""
    return {f"{start}{key}": value for key, value in values.items()}


def part(start: str, values: Values) -> Values:
    """The inverse of `prefixed`: only that part, without its prefix."""
    return {
        key.removeprefix(start): value for key, value in values.items() if key.startswith(start)
    }


def rest(values: Values, *starts: str) -> Values:
    """All but the parts."""
    return {key: value for key, value in values.items() if not key.startswith(starts)}
