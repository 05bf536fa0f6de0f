"""Taking those into the register of people whom contacts name."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.partners.actions.contacts import save_contact
from knotenpunkt.registers.partners.actions.people import save_person
from knotenpunkt.registers.partners.enrolment import unenrolled
from knotenpunkt.registers.partners.models import Contact, Person
from knotenpunkt.registers.partners.queries import person_key
from knotenpunkt.tools.imports.cleaning.people import PersonName


@transaction.atomic
def enrol(*, actor: Actor) -> int:
    """Give each contact that names a person this person; returns how many people are new.

    The same name in the same organisation is the same person; namesakes elsewhere stay two, and
    are found among the double entries. Done again it does nothing.
    """
    people: dict[tuple[UUID, str], Person] = {}
    new = 0
    for one in unenrolled(actor):
        key = (one.contact.organisation_id, person_key(one.name.given, one.name.family))
        if key not in people:
            known = _serving(*key)
            new += known is None
            people[key] = known or _new(actor, one.name)
        _tie(actor, one.contact, people[key])
    return new


def _serving(organisation_id: UUID, key: str) -> Person | None:
    rows = Person.objects.filter(roles__organisation_id=organisation_id, name_key=key)
    found: Person | None = rows.first()
    return found


def _new(actor: Actor, name: PersonName) -> Person:
    return save_person(
        actor=actor,
        salutation=name.salutation,
        title=name.title,
        given_name=name.given,
        family_name=name.family,
    )


def _tie(actor: Actor, contact: Contact, person: Person) -> None:
    save_contact(actor=actor, organisation=contact.organisation, contact=contact, person=person)
