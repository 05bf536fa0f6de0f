"""Personal data in what imports keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.core.personal_data import ERASED, Holding, Person
from knotenpunkt.tools.imports.models import Link, Run

HOLDINGS = (
    Holding(
        what="imported rows as they came and as they were read, with the contacts in them",
        why="so that nothing of a list is lost, and that the next import knows what a person"
        " changed by hand",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="until the next import of the same row, or until the person is erased",
        where=("imports.Link.original", "imports.Link.values"),
    ),
    Holding(
        what="who started an import",
        why="so that questions about it find somebody",
        legal_basis="Art. 6 (1) e and Art. 5 (2) GDPR: to be able to give account",
        term="as long as the network is kept here; the name goes when the account is erased",
        where=("imports.Run.actor_label",),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """The rows that name the person."""
    if _signs_in(person):
        return list(_runs(person).values("file_name", "started_at"))
    return [{"source": link.source, "row": link.original} for link, _emptied in _links(person)]


def erase(person: Person) -> int:
    """Empty the cells that name the person; the rest of the row stays."""
    if _signs_in(person):
        return int(_runs(person).update(actor_label=ERASED))
    changed = []
    for link, (original, values) in _links(person):
        link.original, link.values = original, values
        changed.append(link)
    Link.objects.bulk_update(changed, ["original", "values"], batch_size=100)
    return len(changed)


def _signs_in(person: Person) -> bool:
    return person.kind == User._meta.label


def _runs(person: Person) -> Any:
    return Run.objects.filter(actor_label__in=person.names)


def _links(person: Person) -> Iterator[tuple[Link, tuple[Any, Any]]]:
    """The links that name the person, each with its row and values without them."""
    for link in Link.objects.iterator():
        emptied = person.taken_out_of(link.original), person.taken_out_of(link.values)
        if emptied != (link.original, link.values):
            yield link, emptied
