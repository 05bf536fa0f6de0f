"""Personal data in the audit."""

from __future__ import annotations

from typing import Any

from knotenpunkt.foundation.audit.models import Entry, Read
from knotenpunkt.foundation.core.personal_data import ERASED, Holding, Person

HOLDINGS = (
    Holding(
        what="who did what, when, and what texts said before and after",
        why="so that a change can be explained and taken back; names, addresses and numbers of"
        " contacts are not copied into it",
        legal_basis="Art. 6 (1) e and Art. 5 (2) GDPR: to be able to give account",
        term="as long as the network is kept here; a person is taken out when they are erased",
        where=(
            "audit.Entry.actor_id",
            "audit.Entry.actor_label",
            "audit.Entry.title",
            "audit.Entry.changes",
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
    """The deeds of a person; none when the person never signed in."""
    deeds = Entry.objects.filter(actor_id__in=person.ids)
    reads = Read.objects.filter(actor_id__in=person.ids)
    return [
        *deeds.values("at", "deed", "kind", "title"),
        *({"deed": "read", **read} for read in reads.values("at", "kind", "title")),
    ]


def erase(person: Person) -> int:
    """Take the name off the person's own deeds, and out of what was written about others'."""
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
