"""Links of people: what they keep is sealed with the person's key, and opened once at the start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from knotenpunkt.tools.imports.linkbook import LinkBook
from knotenpunkt.tools.imports.models import Link
from knotenpunkt.tools.imports.sealed import opened_values, sealed_values

Values = Mapping[str, Any]


class ContactLinks:
    """A link book whose values are plain in memory and sealed in the database."""

    def __init__(self, book: LinkBook) -> None:
        self.book = book
        opened = opened_values([link.values for link in book.all])
        originals = opened_values([link.original for link in book.all])
        self._values = {link.pk: said or {} for link, said in zip(book.all, opened, strict=True)}
        self._original = {
            link.pk: said or {} for link, said in zip(book.all, originals, strict=True)
        }
        self._waiting: dict[UUID, tuple[Link, UUID | None]] = {}

    def values(self, link: Link) -> Values:
        """What was imported last."""
        return self._values.get(link.pk, {})

    def keep(self, link: Link, person: UUID | None, values: Values, original: Values) -> None:
        """What counts as imported from now on."""
        if self._values.get(link.pk) == values and self._original.get(link.pk) == original:
            return
        self._values[link.pk], self._original[link.pk] = values, original
        self._waiting[link.pk] = (link, person)
        self.book.change(link)

    def flush(self) -> None:
        """Seal what changed, in two statements for all of a batch, and write it."""
        told = list(self._waiting.values())
        people = [(link, person) for link, person in told if person is not None]
        values = sealed_values([(person, self._values[link.pk]) for link, person in people])
        originals = sealed_values([(person, self._original[link.pk]) for link, person in people])
        for (link, _person), said, row in zip(people, values, originals, strict=True):
            link.values, link.original = said, row
        for link, person in told:
            if person is None:
                link.values = dict(self._values[link.pk])
                link.original = dict(self._original[link.pk])
        self.book.flush()
        self._waiting = {}
