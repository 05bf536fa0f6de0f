"""Contacts that name somebody who does not stand among the people of the network yet.

Offers and older lists tell a name beside a telephone number. The name is read as in any list; what
does not look like one person is left to the people at the desk.
"""

from __future__ import annotations

from dataclasses import dataclass

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.registers.partners.queries import contacts
from knotenpunkt.tools.imports.cleaning.people import PersonName, people


@dataclass(frozen=True, slots=True)
class Unenrolled:
    """A contact, and whom its name tells of."""

    contact: Contact
    name: PersonName

    @property
    def full_name(self) -> str:
        """Title, given and family name."""
        parts = (self.name.title, self.name.given, self.name.family)
        return " ".join(part for part in parts if part)


def unenrolled(actor: Actor) -> list[Unenrolled]:
    """All of the network, by name; for those who keep the register."""
    actor.must(Right.EDIT_REGISTERS)
    rows = contacts(actor).filter(person=None).exclude(name="").order_by("name", "pk")
    told = ((contact, named_in(contact.name)) for contact in rows)
    return [Unenrolled(contact, name) for contact, name in told if name is not None]


def named_in(text: str) -> PersonName | None:
    """The one person whom a text names in full; None for an office, a family or several people."""
    found = people(text).value
    name = found[0] if len(found) == 1 else None
    if name is None or name.is_office or name.salutation == "Familie":
        return None
    return name if name.given or name.salutation or name.title else None
