"""What happened to a partner: the audit of the record itself and of the roles that hang on it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.audit.queries import opened
from knotenpunkt.registers.partners.models import Contact, Organisation, Person
from knotenpunkt.registers.partners.queries import get_organisation, get_person, roles_at_desk
from knotenpunkt.registers.partners.rules import may_keep, may_see_internal

# What the coordination writes about a partner for itself.
FOR_THE_COORDINATION = frozenset(
    {"internal_note", "tags", "confirm_months", "approves_changes", "file"}
)


def entries_of_organisation(actor: Actor, one: Organisation) -> QuerySet[Entry]:
    """Deeds on it and on its contacts, the last first; PermissionDenied for those who only read.

    Who shows them opens them: `shown`.
    """
    _must_keep(actor)
    get_organisation(actor, one.pk)
    contacts = Contact.objects.filter(organisation=one).order_by()
    return _entries(Organisation, [one.pk], contacts)


def entries_of_person(actor: Actor, one: Person) -> QuerySet[Entry]:
    """Deeds on a person and on their roles, the last first; as `entries_of_organisation`.

    A provider reads of the roles in their own organisations only.
    """
    _must_keep(actor)
    get_person(actor, one.pk)
    own = [one.pk] if may_see_internal(actor) else []
    return _entries(Person, own, roles_at_desk(actor).filter(person=one).order_by())


def shown(actor: Actor, entries: Iterable[Entry]) -> list[Entry]:
    """The same, with what was sealed for people; of those who are erased they say so.

    What the coordination writes for itself is left out for a provider.
    """
    found = opened(entries)
    if not may_see_internal(actor):
        for entry in found:
            entry.changes = {
                name: pair
                for name, pair in entry.changes.items()
                if name not in FOR_THE_COORDINATION
            }
    return found


def _must_keep(actor: Actor) -> None:
    if not may_keep(actor):
        raise PermissionDenied


def _entries(
    model: type[Organisation] | type[Person], ids: list[UUID], contacts: QuerySet[Contact]
) -> QuerySet[Entry]:
    own = Q(kind=model._meta.label, object_id__in=ids)
    of_roles = Q(kind=Contact._meta.label, object_id__in=contacts.values("pk"))
    # What they took part in, their involvement says.
    rows: QuerySet[Entry] = Entry.objects.filter(own | of_roles)
    return rows.exclude(deed="partners.take_part")
