"""What stands for an id: stable keys of organisations and of people at them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.registers.partners.imports.drafts.shapes import ContactDraft, RowDraft, Values
from knotenpunkt.registers.partners.imports.fields import ID, NUMBER
from knotenpunkt.registers.partners.queries import name_key, person_key
from knotenpunkt.tools.imports.columns import Mapping, is_running
from knotenpunkt.tools.imports.tables import Table


def id_column(table: Table, mapping: Mapping) -> str:
    """The column whose values are ids in the source; "" when there is none."""
    named = mapping.columns.get(ID, ())
    if named:
        return named[0]
    numbers = mapping.columns.get(NUMBER, ())
    if not numbers or is_running([row.values.get(numbers[0]) for row in table.rows]):
        return ""
    return numbers[0]


def place_key(place: Values) -> str:
    """Where an organisation is, as lists tell it: the postal code, else the town."""
    return str(place.get("postal_code") or fold(str(place.get("town", ""))))


def organisation_key(row: RowDraft) -> str:
    """Folded name and place; a facility stands below its body."""
    name, place = name_key(str(row.organisation["name"])), place_key(row.place)
    return _hash("organisation", name_key(row.body), name, place)


def body_key(name: str) -> str:
    """Bodies are shared by their folded name."""
    return _hash("body", name_key(name))


def contact_key(organisation: str, contact: ContactDraft) -> str:
    """A person at an organisation, or its office."""
    told = contact.person or {}
    name = person_key(str(told.get("given_name", "")), str(told.get("family_name", "")))
    return _hash(
        "contact", organisation, name, str(told.get("salutation", "")) if not _given(told) else ""
    )


def _given(told: Values) -> bool:
    return bool(told.get("given_name"))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def doubled(ids: Iterable[str]) -> set[str]:
    """Ids that stand in more than one row."""
    return {one for one, times in Counter(filter(None, ids)).items() if times > 1}
