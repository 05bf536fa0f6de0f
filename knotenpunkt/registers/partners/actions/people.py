"""Writes to people."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store
from knotenpunkt.registers.partners.models import Person, Profession
from knotenpunkt.registers.partners.queries import person_key


@transaction.atomic
def save_person(*, actor: Actor, person: Person | None = None, **values: Any) -> Person:
    """Create a person (the family name is needed) or change the given fields of one."""
    actor.must(Right.EDIT_REGISTERS)
    target = person or Person()
    changes = assign(target, values)
    if not changes:
        return target
    target.name_key = person_key(target.given_name, target.family_name)
    store(target, changes, "name_key")
    deed = "partners.change_person" if person else "partners.create_person"
    record(
        actor=actor,
        deed=deed,
        on=target,
        title=target.full_name,
        changes=changes,
        person=target.pk,
    )
    return target


@transaction.atomic
def save_profession(
    *, actor: Actor, profession: Profession | None = None, **values: Any
) -> Profession:
    """Create a professional group (a name is needed) or change the given fields of one."""
    actor.must(Right.EDIT_REGISTERS)
    target = profession or Profession()
    changes = assign(target, values)
    if not changes:
        return target
    store(target, changes)
    deed = "partners.change_profession" if profession else "partners.create_profession"
    record(actor=actor, deed=deed, on=target, title=target.name, changes=changes)
    return target
