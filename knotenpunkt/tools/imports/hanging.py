"""What leads to a record that shall go: what somebody wrote, and what the program keeps itself."""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey, Model, QuerySet


def by_hand(model: type[Model]) -> QuerySet[Any]:
    """The rows of a table that somebody wrote: those that hold a record back."""
    rows: QuerySet[Any] = model._default_manager.all()
    by_itself = getattr(model, "kept_by_itself", None)
    return rows if by_itself is None else rows.exclude(by_itself)


def drop_kept_by_itself(record: Model) -> None:
    """Delete what the program keeps about a record, so that nothing of it is left alone."""
    for relation in record._meta.related_objects:
        by_itself = getattr(relation.related_model, "kept_by_itself", None)
        if by_itself is not None and isinstance(relation.field, ForeignKey):
            rows = relation.related_model._default_manager.filter(**{relation.field.name: record})
            for row in rows.filter(by_itself):
                row.delete()
