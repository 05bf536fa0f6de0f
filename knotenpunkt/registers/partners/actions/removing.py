"""Removing what nobody needs: a partner that was added by mistake, or that left long ago."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError, RestrictedError
from django.db.models.deletion import Collector

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.registers.partners.models import Contact, Organisation, Person


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a record, by the label of its table, such as "offers.Offer": 3.

    `goes` would be deleted with it, `holds` forbids it.
    """

    goes: Mapping[str, int] = field(default_factory=dict)
    holds: Mapping[str, int] = field(default_factory=dict)


class StillNeeded(Exception):
    """Something else needs it: it stays, and is marked as left instead."""


def hanging_on(record_: Model) -> Hanging:
    """What would go with a record, and what holds it, whichever app it belongs to."""
    collector = Collector(using=record_._state.db or "default", origin=record_)
    try:
        collector.collect([record_])
    except ProtectedError as problem:
        return Hanging(holds=Counter(one._meta.label for one in problem.protected_objects))
    except RestrictedError as problem:
        return Hanging(holds=Counter(one._meta.label for one in problem.restricted_objects))
    goes: Counter[str] = Counter()
    for model, rows in collector.data.items():
        goes[model._meta.label] += len(rows)
    fast: Any = collector.fast_deletes
    for rows in fast:
        goes[rows.model._meta.label] += rows.count()
    goes[record_._meta.label] -= 1
    return Hanging(goes={label: count for label, count in goes.items() if count > 0})


@transaction.atomic
def remove_organisation(*, actor: Actor, organisation: Organisation) -> None:
    """Delete an organisation with its contacts. StillNeeded while families find something of it."""
    actor.must(Right.EDIT_REGISTERS)
    held = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if held.is_public or hanging_on(held).holds:
        raise StillNeeded
    record(actor=actor, deed="partners.remove", on=held, title=held.name)
    held.delete()


@transaction.atomic
def remove_person(*, actor: Actor, person: Person) -> None:
    """Delete a person with their roles. StillNeeded while families see them somewhere."""
    actor.must(Right.EDIT_REGISTERS)
    held = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if Contact.objects.filter(person=held, is_public=True).exists() or hanging_on(held).holds:
        raise StillNeeded
    record(
        actor=actor,
        deed="partners.remove_person",
        on=held,
        title=held.full_name,
        person=held.pk,
    )
    held.delete()


@transaction.atomic
def remove_role(*, actor: Actor, contact: Contact) -> None:
    """Delete a role that was written down by mistake. StillNeeded while families see it."""
    actor.must(Right.EDIT_REGISTERS)
    if contact.is_public or hanging_on(contact).holds:
        raise StillNeeded
    name = contact.organisation.name
    title = f"{contact.name}, {name}" if contact.name else name
    record(
        actor=actor,
        deed="partners.remove_contact",
        on=contact,
        title=title,
        person=contact.person_id or contact.pk,
    )
    contact.delete()
