"""Personal data in the audit."""

from __future__ import annotations

from typing import Any

from knotenpunkt.foundation.audit.keys import forget_key
from knotenpunkt.foundation.audit.models import Entry, Read
from knotenpunkt.foundation.audit.queries import opened
from knotenpunkt.foundation.core.personal_data import ERASED, Holding, Person, Remains

HOLDINGS = (
    Holding(
        what="who did what, when, and what texts said before and after",
        why="so that a change can be explained and taken back; what it says about a person is"
        " sealed with a key of that person's own",
        legal_basis="Art. 6 (1) e and Art. 5 (2) GDPR: to be able to give account",
        term="as long as the network is kept here; with an erasure the person's key is thrown away,"
        " and names elsewhere are taken out",
        where=(
            "audit.Entry.actor_id",
            "audit.Entry.actor_label",
            "audit.Entry.title",
            "audit.Entry.changes",
            "audit.Entry.person_id",
            "audit.Entry.sealed",
            "audit.PersonKey.person_id",
        ),
    ),
    Holding(
        what="who opened a request of a family or another sealed record, and when",
        why="so that families and the data protection officer can be told who read it",
        legal_basis="Art. 6 (1) e and Art. 5 (2) GDPR: to be able to give account",
        term="as long as the network is kept here; a person is taken out when they are erased",
        where=("audit.Read.actor_id", "audit.Read.actor_label", "audit.Read.title"),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """What a person did, where they ever signed in, and what was done to what is kept of them."""
    deeds = opened(Entry.objects.filter(actor_id__in=person.ids))
    reads = Read.objects.filter(actor_id__in=person.ids)
    about = opened(Entry.objects.filter(person_id__in=person.ids))
    return [
        *({"at": one.at, "deed": one.deed, "kind": one.kind, "title": one.title} for one in deeds),
        *({"deed": "read", **read} for read in reads.values("at", "kind", "title")),
        *({"at": one.at, "about": one.deed, "changes": one.changes} for one in about),
    ]


def erase(person: Person) -> int:
    """Throw the person's key away, take their name off their own deeds and out of all others."""
    forgotten = sum(map(forget_key, person.ids))
    return forgotten + _names_taken_out(person)


def remains(person: Person) -> list[Remains]:
    """That something was done, when and by whom: whoever must give account cannot forget that."""
    about = Entry.objects.filter(person_id__in=person.ids) | Entry.objects.filter(
        object_id__in=person.ids
    )
    if not about.exists() and not Entry.objects.filter(actor_id__in=person.ids).exists():
        return []
    return [
        Remains(
            what="in the change log, that something was done and when, without names and contents",
            why="Art. 5 (2) with Art. 17 (3) b GDPR: to be able to give account",
            term="as long as the network is kept here",
        )
    ]


def _names_taken_out(person: Person) -> int:
    own = Entry.objects.filter(actor_id__in=person.ids).erased(actor_label=ERASED)
    changed = [entry for entry in Entry.objects.iterator() if _emptied(entry, person)]
    for entry in changed:
        Entry.objects.filter(pk=entry.pk).erased(title=entry.title, changes=entry.changes)
    own += Read.objects.filter(actor_id__in=person.ids).erased(actor_label=ERASED)
    return int(own) + len(changed)


def _emptied(entry: Entry, person: Person) -> bool:
    before = (entry.title, entry.changes)
    entry.title = ERASED if person.appears_in(entry.title) else entry.title
    entry.changes = person.taken_out_of(entry.changes)
    return before != (entry.title, entry.changes)
