"""What is forgotten of circulars: after its term, and when a person is erased."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from knotenpunkt.activities.mailings.models import Circular, Recipient, Stage
from knotenpunkt.foundation.core.personal_data import Expired, Person, deleted

ENDED = (Stage.SENT, Stage.STOPPED)


def forget_recipients(rows: Iterable[Recipient]) -> int:
    """An erasure: that they were written to is gone with them."""
    return sum(row.delete()[0] for row in rows)


def forget_writers(circulars: Iterable[Circular], ids: frozenset[object]) -> int:
    """An erasure: the circular stays without who wrote or released it."""
    count = 0
    for one in circulars:
        one.author_id = None if one.author_id in ids else one.author_id
        one.released_by_id = None if one.released_by_id in ids else one.released_by_id
        one.save(update_fields=["author", "released_by"])
        count += 1
    return count


def take_out(circular: Circular, person: Person) -> None:
    """An erasure: nothing that was filled in for the person, or names them, stays."""
    own = {key: told for key, told in circular.own_values.items() if key not in _keys(person)}
    circular.own_values = person.taken_out_of(own)
    circular.shared_values = person.taken_out_of(circular.shared_values)
    circular.save(update_fields=["own_values", "shared_values"])


def _keys(person: Person) -> set[str]:
    return {str(one) for one in person.ids}


def drop_old_recipients(now: datetime, days: int) -> Expired:
    """Who got a circular, after the term of the network; also what was filled in for each."""
    before = now - timedelta(days=days)
    ended = Circular.objects.filter(fixed_at__lt=before, stage__in=ENDED)
    for circular in ended.exclude(own_values={}):
        circular.own_values = {}
        circular.save(update_fields=["own_values"])
    rows = Recipient.objects.filter(circular__in=ended.values("pk"))
    return deleted("who got which circular", rows, by="circular__fixed_at")
