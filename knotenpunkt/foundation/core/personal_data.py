"""How an app says which personal data it holds, and how a person is recognised in copies.

It lies at the very bottom because every app says it in its `privacy.py`, also those that stand
below the room that runs them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet

from knotenpunkt.foundation.core.folding import fold

ERASED = "(erased)"
"""Stands where a record must name somebody and the name was erased."""

SHORTEST_NUMBER = 6  # fewer digits are in too many other numbers


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of personal data: what, why, on which ground, until when, and in which fields.

    `where` names every field that holds it, copies too, as "partners.Contact.email". The words are
    msgids: pages and documents say them in German.
    """

    what: str
    why: str
    legal_basis: str
    term: str
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remains:
    """What stays after an erasure: what, on which ground, and until when. The words are msgids."""

    what: str
    why: str
    term: str


@dataclass(frozen=True, slots=True)
class Expired:
    """What one run of the clock deleted of one kind: how many, and of when the oldest was."""

    what: str
    count: int
    oldest: datetime | None = None


def deleted(what: str, rows: QuerySet[Any], *, by: str) -> Expired:
    """Delete rows that are past their term; `by` is the column that says of when they are."""
    told = rows.order_by().aggregate(oldest=Min(by))
    count = rows.count()
    if count:
        rows.delete()
    return Expired(what, count, told["oldest"])


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose data are exported or erased.

    `kind` and `ids` are the records that stand for them ("partners.Contact"), `networks` where
    those are. Copies are recognised by `names` (also e-mail addresses) and by `numbers` (digits of
    telephone numbers without what stands before the area code). What others share is not in them.
    `main` is the record that the others hang on, where there is one.
    """

    kind: str
    ids: frozenset[UUID]
    networks: frozenset[UUID]
    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    main: UUID | None = None

    @property
    def record(self) -> UUID:
        """The record that an erasure is written down for; the others hang on it."""
        return self.main or min(self.ids)

    def appears_in(self, text: str) -> bool:
        """Whether the text names this person, in any spelling."""
        folded = f" {fold(text)} "
        digits = "".join(filter(str.isdigit, text))
        return any(f" {fold(name)} " in folded for name in self.names) or any(
            number in digits for number in self.numbers
        )

    def taken_out_of(self, value: Any) -> Any:
        """A JSON value, with every text or number that names this person emptied."""
        if isinstance(value, dict):
            return {key: self.taken_out_of(part) for key, part in value.items()}
        if isinstance(value, list):
            return [self.taken_out_of(part) for part in value]
        if isinstance(value, str):
            return "" if self.appears_in(value) else value
        # A spreadsheet gives telephone numbers as numbers, also as 3731123456.0; a coordinate
        # has its own decimals and may hold the same digits by chance.
        if isinstance(value, int | float) and self.appears_in(str(value).removesuffix(".0")):
            return value if isinstance(value, float) and not value.is_integer() else None
        return value


def telling_names(texts: Iterable[str], shared: Iterable[str] = ()) -> frozenset[str]:
    """The names and addresses by which only this person is meant."""
    others = {fold(text) for text in shared}
    return frozenset(text for text in texts if fold(text) and fold(text) not in others)


def telling_numbers(numbers: Iterable[str], shared: Iterable[str] = ()) -> frozenset[str]:
    """The telephone numbers by which only this person is meant: "+49 3731 55" → "373155"."""
    found = {_national(number) for number in numbers} - {_national(number) for number in shared}
    return frozenset(number for number in found if len(number) >= SHORTEST_NUMBER)


def _national(number: str) -> str:
    digits = "".join(filter(str.isdigit, number))
    if number.strip().startswith("+49") or digits.startswith("0049"):
        digits = digits.lstrip("0").removeprefix("49")
    return digits.lstrip("0")
