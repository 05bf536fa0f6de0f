"""The records of a register as plain values, whole, so that one can be put back as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import Model

Values = dict[str, Any]
# What says nothing of its own: keys, what follows from other fields, moments of writing.
BESIDE = {"id", "network", "name_key", "created_at", "changed_at"}
BATCH = 500


@dataclass(frozen=True, slots=True)
class Shelf:
    """What an import of a register may create and change.

    `kinds` names each table, `main` is the kind of what a row becomes. `load` fetches records of
    one kind with all that their state tells, `tell` says the state of one. `about` names the person
    whose key seals what is kept of a record for undo; None where it is nobody's.
    """

    kinds: Mapping[type[Model], str]
    main: str
    load: Callable[[str, list[UUID]], Iterable[Any]]
    tell: Mapping[str, Callable[[Any], Values]]
    about: Callable[[Any], UUID | None] = lambda record: None

    def name_of(self, record: Model) -> tuple[str, UUID]:
        """Kind and id."""
        return self.kinds[type(record)], record.pk

    def state_of(self, record: Model) -> Values:
        """One record as it is in memory, with what hangs on it."""
        return self.tell[self.kinds[type(record)]](record)

    def states(self, kind: str, ids: Iterable[UUID]) -> dict[UUID, Values]:
        """Records as they stand in the database; those that are gone are left out."""
        return {pk: self.tell[kind](record) for pk, record in self.records(kind, ids).items()}

    def records(self, kind: str, ids: Iterable[UUID]) -> dict[UUID, Any]:
        """The records themselves, in a few queries per batch."""
        wanted = list(ids)
        found: dict[UUID, Any] = {}
        for start in range(0, len(wanted), BATCH):
            found |= {row.pk: row for row in self.load(kind, wanted[start : start + BATCH])}
        return found


def columns(row: Model) -> Values:
    """All columns of a record, relations by their id."""
    fields = (field for field in row._meta.concrete_fields if field.name not in BESIDE)
    return {field.name: plain(getattr(row, field.attname)) for field in fields}


def plain(value: Any) -> Any:
    """As JSON keeps it."""
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, (date, time)) else value
