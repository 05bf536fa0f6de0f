"""Reads of duplicates: the pairs that are open, one pair, what was merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.duplicates.candidates import Candidate, Card, candidates
from knotenpunkt.registers.partners.duplicates.cards import organisation_cards, people_cards
from knotenpunkt.registers.partners.models import (
    DuplicateKind,
    Merge,
    NotSame,
    Organisation,
    Person,
)

CARDS: Mapping[str, Callable[[], list[Card]]] = {
    DuplicateKind.ORGANISATION: organisation_cards,
    DuplicateKind.PERSON: people_cards,
}
TABLES: Mapping[str, type[Organisation] | type[Person]] = {
    DuplicateKind.ORGANISATION: Organisation,
    DuplicateKind.PERSON: Person,
}


def open_pairs(actor: Actor, kind: str) -> list[Candidate]:
    """Pairs that may be one, the most likely first, without those that were told apart."""
    actor.must(Right.EDIT_REGISTERS)
    apart = set(NotSame.objects.filter(kind=kind).values_list("first_id", "second_id"))
    apart |= _body_and_house() if kind == DuplicateKind.ORGANISATION else set()
    found = candidates(CARDS[kind]())
    return [pair for pair in found if pair_of(pair.first, pair.second) not in apart]


def _body_and_house() -> set[tuple[UUID, UUID]]:
    """A body and the house that it runs are called alike and are not one."""
    rows = Organisation.objects.exclude(body=None).order_by().values_list("pk", "body_id")
    return {pair_of(house, body) for house, body in rows}


def compared(actor: Actor, kind: str, first: UUID, second: UUID) -> Candidate:
    """How two records compare, however likely; a stranger pair scores 0."""
    actor.must(Right.EDIT_REGISTERS)
    cards = [card for card in CARDS[kind]() if card.key in (first, second)]
    found = candidates(cards, shown=0.0)
    return found[0] if found else Candidate(first, second, 0.0, (), ())


def pair_of(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Two ids in the order in which a pair is kept."""
    first, second = sorted((one, other), key=str)
    return first, second


def get_pair(
    actor: Actor, kind: str, first: UUID, second: UUID
) -> tuple[Organisation, Organisation] | tuple[Person, Person]:
    """Both records; DoesNotExist when one is gone."""
    actor.must(Right.EDIT_REGISTERS)
    if kind == DuplicateKind.PERSON:
        people = Person.objects.select_related("profession")
        return people.get(pk=first), people.get(pk=second)
    rows = Organisation.objects.select_related("body", "place", "sub_kind")
    return rows.get(pk=first), rows.get(pk=second)


def titles(kind: str, pairs: Sequence[Candidate]) -> dict[UUID, tuple[str, str]]:
    """Name and a second line of the records of some pairs, in a fixed number of queries."""
    ids = {pk for pair in pairs for pk in (pair.first, pair.second)}
    if kind == DuplicateKind.PERSON:
        people = Person.objects.filter(pk__in=ids).prefetch_related("roles__organisation")
        return {row.pk: (row.full_name, _houses(row)) for row in people}
    rows = Organisation.objects.filter(pk__in=ids).select_related("body", "place")
    return {row.pk: (row.name, second_line(row)) for row in rows}


def second_line(row: Organisation) -> str:
    """Body and address of an organisation."""
    told = (row.body.name if row.body else "", row.place.address_line if row.place else "")
    return ", ".join(part for part in told if part)


def _houses(person: Person) -> str:
    return ", ".join(dict.fromkeys(role.organisation.name for role in person.roles.all()))


def merges(actor: Actor) -> QuerySet[Merge]:
    """What was made one, the last first."""
    actor.must(Right.EDIT_REGISTERS)
    rows: QuerySet[Merge] = Merge.objects.all()
    return rows


def get_merge(actor: Actor, merge_id: UUID) -> Merge:
    """One of them; Merge.DoesNotExist."""
    return merges(actor).get(pk=merge_id)


def survivors(actor: Actor, found: Sequence[Merge]) -> dict[UUID, str]:
    """What those who remained of these merges are called; who is gone is left out."""
    actor.must(Right.EDIT_REGISTERS)
    names: dict[UUID, str] = {}
    for kind, table in TABLES.items():
        ids = [one.survivor_id for one in found if one.kind == kind]
        names |= {row.pk: str(row) for row in table.objects.filter(pk__in=ids)}
    return names


def former_ids(record_id: UUID) -> list[UUID]:
    """The ids of records that this one took up: history tells of them, too."""
    rows = Merge.objects.filter(survivor_id=record_id, undone_at=None)
    return list(rows.values_list("absorbed_id", flat=True))
