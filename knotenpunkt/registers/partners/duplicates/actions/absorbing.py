"""One record takes up another: everything that led there leads here, nothing is said twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Field, Model

from knotenpunkt.registers.partners.duplicates import naming
from knotenpunkt.registers.partners.duplicates.following import attname, in_the_way, leading_to
from knotenpunkt.registers.partners.duplicates.moves import (
    CHANGED,
    RENAMED,
    Move,
    changed,
    gone,
    renamed,
    whose,
)
from knotenpunkt.registers.partners.models import Contact, Organisation, Person, Phone


def absorb(survivor: Model, absorbed: Model, moves: list[Move]) -> None:
    """Move all that leads to `absorbed`, then delete it. What was done is added to `moves`."""
    for row, column in list(leading_to(absorbed)):
        if row.pk == survivor.pk and type(row) is type(survivor):
            _change(row, {column: None}, moves)  # it would lead to itself
            setattr(survivor, attname(row, column), None)
        elif (other := in_the_way(row, column, survivor.pk)) is not None:
            absorb(other, row, moves)
        else:
            _change(row, {column: survivor.pk}, moves)
    _rename(survivor, absorbed, moves)
    moves.append(gone(absorbed))
    pk = absorbed.pk
    absorbed.delete()
    absorbed.pk = pk  # the audit names it after it is gone


def _rename(survivor: Model, absorbed: Model, moves: list[Move]) -> None:
    """Where JSON names the one, it names the other."""
    old, new = str(absorbed.pk), str(survivor.pk)
    for row, column in list(naming.naming(absorbed.pk)):
        value, before = naming.renamed(getattr(row, column), old, new)
        moves.append(renamed(row, column, before, new, whose(absorbed)))
        setattr(row, column, value)
        row.save(update_fields=[column])


def contacts_of(partner: Model) -> frozenset[UUID]:
    """The contacts that a partner has."""
    return frozenset(Contact.objects.filter(**_of(partner)).values_list("pk", flat=True))


def join_contacts(survivor: Model, own: frozenset[UUID], moves: list[Move]) -> None:
    """Of two roles of one person at one organisation, or of two nameless offices, one remains:
    the survivor's `own`."""
    rows = list(Contact.objects.filter(**_of(survivor)).select_related("person", "organisation"))
    rows.sort(key=lambda row: (row.pk not in own, row.position, str(row.pk)))
    first: dict[tuple[Any, ...], Contact] = {}
    for row in rows:
        if row.person_id is None and row.name:
            continue
        key = (row.organisation_id, row.person_id, row.until is None)
        if key in first:
            _join(first[key], row, moves)
        else:
            first[key] = row


def _of(survivor: Model) -> dict[str, Any]:
    return {"organisation" if isinstance(survivor, Organisation) else "person": survivor}


def _join(one: Contact, other: Contact, moves: list[Move]) -> None:
    """The other's ways come along; what the one leaves open, the other fills."""
    filled = {
        name: getattr(other, name)
        for name in ("function", "email", "since", "until")
        if not getattr(one, name) and getattr(other, name)
    }
    if filled:
        _change(one, filled, moves)
    known = {phone.dialled or phone.shown: phone for phone in one.phones.all()}
    for phone in other.phones.all():
        same: Phone | None = known.get(phone.dialled or phone.shown)
        if same is not None:
            absorb(same, phone, moves)
    absorb(one, other, moves)


def choose(survivor: Organisation | Person, chosen: Mapping[str, Any], moves: list[Move]) -> None:
    """Let the survivor say what was chosen field by field."""
    told = {
        name: value
        for name, value in chosen.items()
        if getattr(survivor, attname(survivor, name)) != _key(value)
    }
    if told:
        _change(survivor, told, moves)


def _change(row: Model, values: Mapping[str, Any], moves: list[Move]) -> None:
    columns = [attname(row, name) for name in values]
    before = {name: getattr(row, name) for name in columns}
    after = dict(zip(columns, map(_key, values.values()), strict=True))
    for name, value in after.items():
        setattr(row, name, value)
    moves.append(changed(row, before, after))
    row.save(update_fields=list(values))


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def take_back(moves: Sequence[Move]) -> int:
    """Everything as it was before, in reverse; what somebody changed since stays. How many stay."""
    stayed = 0
    with transaction.atomic():
        for move in reversed(moves):
            table = apps.get_model(move.table)
            if move.deed == CHANGED:
                stayed += not _put_back(table, move)
            elif move.deed == RENAMED:
                stayed += not _name_again(table, move)
            elif not table._default_manager.filter(pk=move.pk).exists():
                _make_again(table, move)
    return stayed


def _put_back(table: type[Model], move: Move) -> bool:
    row = table._default_manager.filter(pk=move.pk).first()
    if row is None:
        return False
    columns = {field.attname: field for field in table._meta.concrete_fields}
    mine = [
        name
        for name, after in move.after.items()
        if _same(columns[name], getattr(row, name), after)
    ]
    for name in mine:
        setattr(row, name, columns[name].to_python(move.before[name]))
    if mine:
        row.save(update_fields=[columns[name].name for name in mine])
    return len(mine) == len(move.after)


def _name_again(table: type[Model], move: Move) -> bool:
    row = table._default_manager.filter(pk=move.pk).first()
    column = move.after["column"]
    value = naming.parted(getattr(row, column), move.before, move.after["id"]) if row else None
    if row is None or value is None:
        return False
    setattr(row, column, value)
    row.save(update_fields=[column])
    return True


def _same(column: Field[Any, Any], now: Any, after: Any) -> bool:
    return bool(now == column.to_python(after))


def _make_again(table: type[Model], move: Move) -> None:
    columns = {field.attname: field for field in table._meta.concrete_fields}
    values = {name: columns[name].to_python(value) for name, value in move.before.items()}
    row = table(**values)
    row.save(force_insert=True)
    moments = {
        name: value
        for name, value in values.items()
        if isinstance(value, (date, datetime)) and getattr(columns[name], "auto_now_add", False)
    }
    if moments:  # a moment of writing is not now
        for name, value in moments.items():
            setattr(row, name, value)
        row.save(update_fields=list(moments))
