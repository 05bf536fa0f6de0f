"""Personal data of partners' contacts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from knotenpunkt.foundation.core.personal_data import (
    Holding,
    Person,
    telling_names,
    telling_numbers,
)
from knotenpunkt.foundation.networks.scope import current_network_id
from knotenpunkt.registers.partners.models import Contact, Organisation, Phone

KIND = Contact._meta.label

HOLDINGS = (
    Holding(
        what="contacts of organisations: name, function, e-mail address, telephone numbers",
        why="so that families and colleagues reach the right person; public only where it is"
        " marked so",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG; consent where a person is shown by name"
        " without it being their office",
        term="as long as the person is the contact, then erased (knotenpunkt privacy erase)",
        where=(
            "partners.Contact.name",
            "partners.Contact.function",
            "partners.Contact.email",
            "partners.Phone.shown",
            "partners.Phone.dialled",
            "partners.Phone.note",
        ),
    ),
    Holding(
        what="organisations that are one person, such as a midwife or a childminder: name, text,"
        " website, address",
        why="they are providers like all others",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="as long as the offer exists; there is no command that removes an organisation yet",
        where=(
            "partners.Organisation.name",
            "partners.Organisation.name_key",
            "partners.Organisation.description",
            "partners.Organisation.website",
            "areas.Place.venue",
            "areas.Place.street",
        ),
    ),
    Holding(
        what="which organisations a signed-in provider keeps",
        why="so that they change their own entries and no others",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="until the account is erased or the organisation is given to somebody else",
        where=("partners.Representative.user",),
    ),
)


def find_contact(text: str) -> Person | None:
    """Who is meant by a contact's id, e-mail address or name in the network at hand.

    By address or name it is every contact that carries it; by id only that one.
    """
    found = list(_meant(text.strip()).prefetch_related("phones")) if text.strip() else []
    if not found:
        return None
    ids = frozenset(contact.pk for contact in found)
    others = Contact.objects.exclude(pk__in=ids)
    shared = [value for pair in others.values_list("name", "email") for value in pair]
    return Person(
        kind=KIND,
        ids=ids,
        networks=frozenset([current_network_id()]),
        names=telling_names([t for c in found for t in (c.name, c.email)], shared=shared),
        numbers=telling_numbers(
            [phone.dialled or phone.shown for c in found for phone in c.phones.all()],
            shared=[p.dialled or p.shown for p in Phone.objects.exclude(contact_id__in=ids)],
        ),
    )


def export(person: Person) -> list[dict[str, Any]]:
    """The contacts that are this person."""
    return [
        {
            "id": contact.pk,
            "organisation": contact.organisation.name,
            "name": contact.name,
            "function": contact.function,
            "email": contact.email,
            "phones": [phone.shown for phone in contact.phones.all()],
            "public": contact.is_public,
        }
        for contact in _contacts(person).select_related("organisation").prefetch_related("phones")
    ]


def erase(person: Person) -> int:
    """Delete the contacts with their numbers."""
    return _contacts(person).delete()[0]


def mentions(person: Person) -> list[str]:
    """Organisations whose text names the person."""
    rows = Organisation.objects.exclude(description="")
    return [f"organisation “{row.name}”" for row in rows if person.appears_in(row.description)]


def _contacts(person: Person) -> QuerySet[Contact]:
    ids = person.ids if person.kind == KIND else frozenset()
    rows: QuerySet[Contact] = Contact.objects.filter(pk__in=ids)
    return rows


def _meant(text: str) -> QuerySet[Contact]:
    try:
        wanted = Q(pk=UUID(text))
    except ValueError:
        wanted = Q(email__iexact=text) | Q(name__iexact=text)
    rows: QuerySet[Contact] = Contact.objects.filter(wanted)
    return rows
