"""Taking an import of contacts back: what it brought goes, what it changed is as before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ForeignKey, Model, ProtectedError

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.areas.actions import DERIVED, save_place
from knotenpunkt.registers.areas.models import Place, Region
from knotenpunkt.registers.partners.actions import (
    PhoneDraft,
    save_contact,
    save_organisation,
    save_person,
    set_regions,
    set_tags,
)
from knotenpunkt.registers.partners.imports.profiles import KIND
from knotenpunkt.registers.partners.imports.records import (
    CONTACT,
    ORGANISATION,
    PERSON,
    PLACE,
    SHELF,
)
from knotenpunkt.registers.partners.models import (
    Audience,
    Contact,
    Level,
    Organisation,
    Person,
    Phone,
    Serves,
    Tagging,
    WayForm,
)
from knotenpunkt.tools.imports import fates, undoing
from knotenpunkt.tools.imports.fates import Foreseen
from knotenpunkt.tools.imports.hanging import by_hand, drop_kept_by_itself
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.orders import Confirm, Progress, silent, undisputed
from knotenpunkt.tools.imports.queries import steps_of
from knotenpunkt.tools.imports.shelf import Values
from knotenpunkt.tools.imports.steps import told
from knotenpunkt.tools.links.actions import revoke

DEED = "partners.undo_import"
# What hangs on a record as a part of it.
OWN: dict[type[Model], set[type[Model]]] = {
    Organisation: {Serves, Tagging},
    Contact: {Phone},
    Person: {Tagging},
    Place: set(),
}


def foresee(run: Run) -> Foreseen:
    """What taking this import back would do."""
    found = fates.fates(told(steps_of(run)), SHELF)
    going = frozenset(fate.object_id for fate in found if fate.goes)
    return fates.foresee(found, SHELF, lambda ids: _needed(ids, going))


def undo_import(
    *,
    actor: Actor,
    network: Network,
    run_id: UUID,
    progress: Progress = silent,
    confirm: Confirm = undisputed,
) -> Run:
    """Take an import back. `TooLate` when that cannot be."""
    return undoing.undo_import(
        UNDO, actor=actor, network=network, run_id=run_id, progress=progress, confirm=confirm
    )


def _used_elsewhere(ids: Iterable[UUID]) -> frozenset[UUID]:
    """Organisations that more hangs on than these themselves."""
    return _needed(ids, frozenset(ids := list(ids)))


def _needed(ids: Iterable[UUID], going: frozenset[UUID]) -> frozenset[UUID]:
    wanted, found = list(ids), set[UUID]()
    for relation in Organisation._meta.related_objects:
        if relation.related_model in OWN[Organisation]:
            continue
        name = relation.field.name
        rows = by_hand(relation.related_model).filter(**{f"{name}__in": wanted})
        found |= set(rows.exclude(pk__in=going).values_list(f"{name}_id", flat=True))
    return frozenset(found)


@transaction.atomic
def _put_back(actor: Actor, kind: str, found: Any, values: Values) -> None:
    """Give a record its former values, through the same actions as every change."""
    actor.must(Right.IMPORT)
    _PUT_BACK[kind](actor, found, values)


def _columns(row: Model, values: Values) -> Values:
    """The columns among the values as the record takes them; what they led to may be gone."""
    told: Values = {}
    for field in row._meta.concrete_fields:
        if field.name not in values:
            continue
        value = values[field.name]
        if isinstance(field, ForeignKey):
            there = field.related_model._default_manager.filter(pk=value).first()
            if there is not None or field.null:
                told[field.name] = there
        else:
            told[field.name] = None if value is None else field.to_python(value)
    return told


def _organisation(actor: Actor, row: Organisation, values: Values) -> None:
    save_organisation(actor=actor, organisation=row, **_columns(row, values))
    if "tags" in values:
        set_tags(actor=actor, partner=row, names=values["tags"])
    if "regions" in values:
        regions = Region.objects.filter(pk__in=values["regions"])
        set_regions(actor=actor, organisation=row, regions=list(regions))


def _contact(actor: Actor, row: Contact, values: Values) -> None:
    phones = [_phone(one) for one in values["phones"]] if "phones" in values else None
    told = _columns(row, values)
    save_contact(actor=actor, organisation=row.organisation, contact=row, phones=phones, **told)


def _phone(told: list[str]) -> PhoneDraft:
    form, shown, dialled, note, audience = told
    return PhoneDraft(shown, dialled, note, form=WayForm(form), audience=Audience(audience))


def _person(actor: Actor, row: Person, values: Values) -> None:
    save_person(actor=actor, person=row, **_columns(row, values))


def _place(actor: Actor, row: Place, values: Values) -> None:
    """What follows from an address is put back with it, not derived anew."""
    told = {name: getattr(row, name) for name in DERIVED} if DERIVED & values.keys() else {}
    save_place(actor=actor, place=row, **told | _columns(row, values))


_PUT_BACK: dict[str, Callable[[Actor, Any, Values], None]] = {
    ORGANISATION: _organisation, CONTACT: _contact, PERSON: _person, PLACE: _place,
}  # fmt: skip


@transaction.atomic
def _remove(actor: Actor, found: Any) -> bool:
    """Delete what an import brought, unless something else needs it."""
    actor.must(Right.IMPORT)
    pk, title = found.pk, found.name if isinstance(found, Organisation) else ""
    if _hangs_on(found):
        return False
    try:
        with transaction.atomic():
            drop_kept_by_itself(found)
            if isinstance(found, Contact):
                revoke(actor=actor, holder=pk)
            found.delete()
    except ProtectedError:
        return False
    finally:
        found.pk = pk  # the audit names it after it is gone
    record(actor=actor, deed=DEED, on=found, title=title)
    return True


def _hangs_on(found: Any) -> bool:
    """Whether any other record leads here; what is a part of it does not count."""
    return any(
        by_hand(relation.related_model).filter(**{relation.field.name: found}).exists()
        for relation in found._meta.related_objects
        if relation.related_model not in OWN[type(found)]
    )


def _is_body(record: Any) -> bool:
    """A facility hangs on its body: the body goes last."""
    return bool(getattr(record, "level", "") == Level.BODY)


UNDO = undoing.Undo(
    kind=KIND,
    shelf=SHELF,
    rights=(Right.EDIT_REGISTERS,),
    first=(CONTACT, PERSON),
    after=(PLACE,),
    linked=(ORGANISATION, CONTACT),
    used_elsewhere=_used_elsewhere,
    put_back=_put_back,
    remove=_remove,
    remove_unneeded=_remove,
    last=_is_body,
)
