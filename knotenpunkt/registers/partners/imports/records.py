"""Records as plain values, whole, so that one can be put back as it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model

from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.partners.models import Contact, Organisation, Person
from knotenpunkt.tools.imports.shelf import Shelf, Values, columns

ORGANISATION, CONTACT, PERSON, PLACE = "organisation", "contact", "person", "place"
KINDS: dict[type[Model], str] = {
    Organisation: ORGANISATION, Contact: CONTACT, Person: PERSON, Place: PLACE,
}  # fmt: skip


def _load(kind: str, ids: list[UUID]) -> Iterable[Any]:
    if kind == CONTACT:
        contacts = Contact.objects.filter(pk__in=ids).select_related("organisation", "person")
        return list(contacts.prefetch_related("phones"))
    if kind == ORGANISATION:
        organisations = Organisation.objects.filter(pk__in=ids).select_related("body", "place")
        return list(organisations.prefetch_related("region_links", "tag_links__tag"))
    model = Person if kind == PERSON else Place
    return list(model.objects.filter(pk__in=ids))


def _organisation(row: Organisation) -> Values:
    return columns(row) | {
        "regions": sorted(str(link.region_id) for link in row.region_links.all()),
        "tags": sorted(link.tag.name for link in row.tag_links.all()),
    }


def _contact(row: Contact) -> Values:
    phones = [
        [one.form, one.shown, one.dialled, one.note, one.audience] for one in row.phones.all()
    ]
    return columns(row) | {"phones": phones}


def _about(record: Any) -> UUID | None:
    """Whose key seals what is kept of it."""
    if isinstance(record, Person):
        return record.pk
    return record.person_id if isinstance(record, Contact) else None


SHELF = Shelf(
    kinds=KINDS,
    main=ORGANISATION,
    load=_load,
    tell={ORGANISATION: _organisation, CONTACT: _contact, PERSON: columns, PLACE: columns},
    about=_about,
)
