"""What leads to a record, from whichever app: foreign keys, and ids without one.

The arrows of the house point down, so this knows no table above: Django says which foreign keys
lead here, and ids without one are known by how their column is called. A test goes through all
columns of the product and fails when one is neither to follow nor to stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Field, Model, Q, UniqueConstraint, UUIDField

from knotenpunkt.foundation.audit.models import OnlyAdded
from knotenpunkt.foundation.networks.models import NetworkModel

# Columns of ids that say whose something is: they follow who remains.
FOLLOWING = frozenset({"about", "holder", "object_id", "record_id", "source_id"})
# Columns of ids that stay: accounts, keys that seal, tickets, files, and pairs already decided.
STAYING = frozenset(
    (
        *("actor_id", "invited_by_id", "key_id", "person_id", "follows", "token", "stamp"),
        *("file_id", "facility_identity", "first_id", "second_id", "survivor_id", "absorbed_id"),
    )
)
Reference = tuple[type[Model], str]


def references(model: type[Model]) -> Iterator[Reference]:
    """Table and column of everything that may lead to a record of this table."""
    for relation in model._meta.related_objects:
        if not relation.many_to_many:  # the rows between are moved
            yield relation.related_model, relation.field.name
    for table in apps.get_models():
        if is_followed(table):
            for column in table._meta.concrete_fields:
                if _is_loose_id(column) and column.name in FOLLOWING:
                    yield table, column.name


def is_followed(table: type[Model]) -> bool:
    """Whether ids in it follow. History is never rewritten: it is read by both ids."""
    return issubclass(table, NetworkModel) and not issubclass(table, OnlyAdded)


def _is_loose_id(column: Field[Any, Any]) -> bool:
    return isinstance(column, UUIDField) and not column.primary_key and not column.is_relation


def leading_to(record: Model) -> Iterator[tuple[Model, str]]:
    """Each row that leads to a record, with the column by which it does."""
    for table, column in references(type(record)):
        name = column if table._meta.get_field(column).is_relation else f"{column}"
        for row in table._default_manager.filter(**{name: record.pk}).order_by("pk"):
            yield row, column


def in_the_way(row: Model, column: str, pk: UUID) -> Model | None:
    """The row that already says of the other record what this one would say of it."""
    for constraint in row._meta.constraints:
        if not isinstance(constraint, UniqueConstraint) or column not in constraint.fields:
            continue
        if found := _equal(row, constraint, column, pk):
            return found
    return None


def _equal(row: Model, constraint: UniqueConstraint, column: str, pk: UUID) -> Model | None:
    wanted = {name: getattr(row, attname(row, name)) for name in constraint.fields}
    wanted[column] = pk
    if None in wanted.values():
        return None
    rows = type(row)._default_manager.filter(constraint.condition or Q())
    if constraint.condition is not None and not rows.filter(pk=row.pk).exists():
        return None  # such rows may be alike, as long as the constraint does not speak of them
    return rows.filter(**wanted).exclude(pk=row.pk).first()


def attname(row: Model, name: str) -> str:
    """How the row itself calls a column: "place_id" for "place"."""
    return next(one.attname for one in row._meta.concrete_fields if one.name == name)
