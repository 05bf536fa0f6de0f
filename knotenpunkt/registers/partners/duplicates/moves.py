"""What a merge did, move by move, as plain values that can be taken back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BinaryField, Model

from knotenpunkt.registers.partners.models import Contact, Person, Phone, Release
from knotenpunkt.tools.imports.sealed import opened_values, sealed_values

Values = dict[str, Any]
CHANGED, GONE, RENAMED = "changed", "gone", "renamed"


@dataclass(frozen=True, slots=True)
class Move:
    """One row: changed in some columns (`before`, `after`), gone with all that it said, or naming
    another id in one of its columns."""

    deed: str
    table: str
    pk: str
    before: Values
    after: Values
    person: UUID | None = None


def changed(row: Model, before: Values, after: Values) -> Move:
    """These columns say something else now."""
    return Move(CHANGED, row._meta.label, str(row.pk), plain(before), plain(after), whose(row))


def gone(row: Model) -> Move:
    """The row is not there any more."""
    said = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not isinstance(field, BinaryField)
    }
    return Move(GONE, row._meta.label, str(row.pk), plain(said), {}, whose(row))


def renamed(row: Model, column: str, before: Values, new: str, person: UUID | None) -> Move:
    """The column names another id; `before` is what `naming.renamed` says, about that person."""
    after = {"column": column, "id": new}
    return Move(RENAMED, row._meta.label, str(row.pk), plain(before), after, person)


def whose(row: Model) -> UUID | None:
    """The person whom a row tells about."""
    if isinstance(row, Person):
        return row.pk
    if isinstance(row, Contact):
        return row.person_id or row.pk
    if isinstance(row, (Phone, Release)):
        return whose(row.contact)
    return None


def plain(values: Values) -> Values:
    """As JSON keeps them."""
    told: Values = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return told


def kept(moves: list[Move]) -> list[Values]:
    """As a merge keeps them: what is about a person sealed with their key."""
    about = [(one.person, one) for one in moves if one.person is not None]
    said = sealed_values([(p, {"before": m.before, "after": m.after}) for p, m in about])
    sealed = {id(one): value for (_person, one), value in zip(about, said, strict=True)}
    return [
        {
            "deed": one.deed,
            "table": one.table,
            "pk": one.pk,
            "said": sealed.get(id(one)) or {"before": one.before, "after": one.after},
        }
        for one in moves
    ]


def opened(told: list[Values]) -> list[Move] | None:
    """The moves again; None when a person in them was erased: then nothing can be taken back."""
    said = opened_values([one["said"] for one in told])
    if any(one is None for one in said):
        return None
    return [
        Move(one["deed"], one["table"], one["pk"], values["before"], values["after"])
        for one, values in zip(told, said, strict=True)
        if values is not None
    ]
