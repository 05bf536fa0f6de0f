"""Writing to the audit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.keys import seal_all
from knotenpunkt.foundation.audit.models import Entry, Read
from knotenpunkt.foundation.networks.models import NetworkModel

Changes = dict[str, list[Any]]

_batch: ContextVar[list[Entry] | None] = ContextVar("audit_batch", default=None)


def record(
    *,
    actor: Actor,
    deed: str,
    on: Model,
    title: str,
    changes: Changes | None = None,
    person: UUID | None = None,
) -> None:
    """Write one deed. `changes` maps a field to [old, new].

    With `person` title and changes may hold their name and values: they are sealed with the key of
    that person (`queries.opened` reads them) until the person is erased.
    """
    entry = Entry(
        actor_id=actor.user_id,
        actor_label=actor.label[:200],
        deed=deed,
        kind=on._meta.label,
        object_id=on.pk,
        title=title[:300],
        changes=changes or {},
        person_id=person,
    )
    waiting = _batch.get()
    if waiting is None:
        _seal([entry])
        entry.save()
    else:
        waiting.append(entry)


def _seal(entries: Sequence[Entry]) -> None:
    """What is about a person goes where only their key opens it."""
    about = [(one.person_id, one) for one in entries if one.person_id is not None]
    said = seal_all([(person_id, _as_text(one)) for person_id, one in about])
    for (_person, entry), sealed in zip(about, said, strict=True):
        entry.title, entry.changes, entry.sealed = "", {}, sealed


def _as_text(entry: Entry) -> str:
    told = {"title": entry.title, "changes": entry.changes}
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False)


def record_read(*, actor: Actor, on: Model, title: str) -> None:
    """Write down who opens a record that only few may read; call it before opening.

    One of the two writes that a GET may do. On PostgreSQL it has a connection of its own: what
    fails afterwards rolls back the page, not this line. `title` names nobody.
    """
    read = Read(
        actor_id=actor.user_id,
        actor_label=actor.label[:200],
        kind=on._meta.label,
        object_id=on.pk,
        title=title[:300],
    )
    read.save(using=settings.ALL_NETWORKS_DATABASE)


@contextmanager
def one_write() -> Iterator[None]:
    """Collect the entries of many deeds and write them at the end, for imports of thousands."""
    waiting: list[Entry] = []
    token = _batch.set(waiting)
    try:
        yield
        _seal(waiting)
        Entry.objects.bulk_create(waiting, batch_size=500)
    finally:
        _batch.reset(token)


def changed(record: NetworkModel, values: Mapping[str, Any]) -> Changes:
    """What assigning `values` to `record` would change: field → [old, new]."""
    pairs = ((field, getattr(record, field, None), new) for field, new in values.items())
    return {field: [_plain(old), _plain(new)] for field, old, new in pairs if old != new}


def assign(record: NetworkModel, values: Mapping[str, Any]) -> Changes:
    """Assign `values` and return what changed by it.

    ValidationError, by field, when a value cannot be stored; FieldDoesNotExist for a typo.
    """
    changes = changed(record, values)
    for field, value in values.items():
        record._meta.get_field(field)
        _refuse_nul(field, value)
        setattr(record, field, value)
    record.clean_fields(exclude=_unasked(record, values))
    record.clean()
    return changes


def _refuse_nul(field: str, value: Any) -> None:
    """No database field of PostgreSQL holds a NUL; SQLite shall not either."""
    if isinstance(value, str) and "\0" in value:
        raise ValidationError({field: _("This text holds a sign that cannot be stored.")})


def store(record: NetworkModel, changes: Changes, *also: str) -> None:
    """Write a new record, or only the fields that changed.

    What somebody else changed since this record was read stays as they left it. `also` names
    fields that follow from the changed ones.
    """
    if record._state.adding:
        record.save(force_insert=True)
    elif changes:
        record.save(update_fields=[*changes, *also])


def _unasked(record: NetworkModel, values: Mapping[str, Any]) -> set[str]:
    """Fields that are not to be checked: keys (the database does) and what was not given."""
    fields = record._meta.concrete_fields
    keys = {field.name for field in fields if field.is_relation}
    return keys if record._state.adding else {field.name for field in fields} - set(values) | keys


def without_values(changes: Changes, fields: Iterable[str]) -> Changes:
    """Name the fields of a person that changed, but keep no copy of what stood in them."""
    hidden = set(fields)
    return {field: [] if field in hidden else pair for field, pair in changes.items()}


def _plain(value: Any) -> Any:
    return str(value.pk) if hasattr(value, "pk") else value
