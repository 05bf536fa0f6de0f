"""Ids that stand inside JSON: as keys of an object, as items of a list, or as the first of pairs.

As with foreign keys, this knows no table above: such columns are known by how they are called.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import JSONField, Model, TextField
from django.db.models.functions import Cast

from knotenpunkt.registers.partners.duplicates.following import is_followed

# In these stand ids of partners, or of rows that a merge brings together.
NAMING = frozenset({"own_values", "recipients", "missing", "organisation_ids"})
# In these stands nothing of the kind, or only as long as one piece of work takes.
SILENT = frozenset(
    (
        *("access", "after", "area_keys", "arguments", "assignment", "before", "changes"),
        *("corrections", "daytimes", "duties", "facets", "facts", "geometry", "highlights"),
        *("languages", "mapping", "means", "memory", "moves", "names", "notes", "original"),
        *("parts", "phases", "picked", "points", "postal_codes", "rows", "second_factor_roles"),
        *("settled_steps", "shared_values", "source", "undone", "values", "words"),
    )
)
Json = Any
Entry = tuple[str, Json]


def naming(pk: object) -> Iterator[tuple[Model, str]]:
    """Each row that names this id, with the column in which it does."""
    for table in filter(is_followed, apps.get_models()):
        for column in table._meta.concrete_fields:
            if isinstance(column, JSONField) and column.name in NAMING:
                told = table._default_manager.annotate(told=Cast(column.name, TextField()))
                for row in told.filter(told__contains=str(pk)).order_by("pk"):
                    if _place(getattr(row, column.name), str(pk)) is not None:
                        yield row, column.name


def renamed(told: Json, old: str, new: str) -> tuple[Json, dict[str, Json]]:
    """With the new id in place of the old one, and what it takes to take that back.

    Where both stand, what is said of the new one stays.
    """
    entries = _entries(told)
    place = next(at for at, (key, _item) in enumerate(entries) if key == old)
    if any(key == new for key, _item in entries):
        _key, said = entries.pop(place)
        return _like(told, entries), {"id": old, "place": place, "said": said}
    entries[place] = _named(entries[place], new)
    return _like(told, entries), {"id": old}


def parted(told: Json, before: dict[str, Json], new: str) -> Json | None:
    """As it was before `renamed`; None where somebody has taken the new id out since."""
    place = _place(told, new)
    if place is None:
        return None
    entries = _entries(told)
    if "said" in before:
        entries.insert(before["place"], (before["id"], before["said"]))
    else:
        entries[place] = _named(entries[place], before["id"])
    return _like(told, entries)


def _place(told: Json, pk: str) -> int | None:
    keys = [key for key, _item in _entries(told)]
    return keys.index(pk) if pk in keys else None


def _entries(told: Json) -> list[Entry]:
    """Each id with what stands there: the value of a key, or the whole item."""
    if isinstance(told, dict):
        return list(told.items())
    return [(str(item[0] if isinstance(item, list) else item), item) for item in told]


def _named(entry: Entry, pk: str) -> Entry:
    """The same under another id."""
    key, said = entry
    if isinstance(said, list):
        return pk, [pk, *said[1:]]
    return pk, pk if said == key else said


def _like(told: Json, entries: list[Entry]) -> Json:
    return dict(entries) if isinstance(told, dict) else [item for _key, item in entries]
