"""What is forgotten of circulars: after its term, and when a person is erased."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, Q

from knotenpunkt.activities.mailings.merging import own_places
from knotenpunkt.activities.mailings.models import Circular, Recipient, Stage
from knotenpunkt.activities.mailings.rules.circulars import CHANGEABLE, OVER
from knotenpunkt.foundation.core.personal_data import Expired, Person, deleted


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
    keys = {str(one) for one in person.ids}
    own = {key: told for key, told in circular.own_values.items() if key not in keys}
    circular.shared_values = person.taken_out_of(circular.shared_values)
    _keep_own(circular, person.taken_out_of(own))


def _keep_own(circular: Circular, own: dict[str, Any]) -> None:
    """Only these values of one's own are left. Places that nobody fills any more stay, empty."""
    places = dict.fromkeys(own_places(circular), "")
    circular.shared_values = places | circular.shared_values
    circular.own_values = own
    circular.save(update_fields=["own_values", "shared_values"])


def drop_old_values(now: datetime, days: int) -> Expired:
    """What was filled in for each, after the term: of circulars that ended, and of drafts that
    nobody changed or sent since."""
    before = now - timedelta(days=days)
    ended = Q(stage__in=OVER, fixed_at__lt=before)
    left_lying = Q(stage__in=CHANGEABLE, changed_at__lt=before)
    never_begun = Q(stage=Stage.SCHEDULED, send_at__lt=before)
    rows = Circular.objects.filter(ended | left_lying | never_begun).exclude(own_values={})
    oldest = rows.order_by().aggregate(oldest=Min("changed_at"))["oldest"]
    found = list(rows)
    for circular in found:
        _keep_own(circular, {})
    return Expired("what circulars had filled in for each", len(found), oldest)


def drop_old_recipients(now: datetime, days: int) -> Expired:
    """Who got a circular, after the term of the network."""
    ended = Circular.objects.filter(fixed_at__lt=now - timedelta(days=days), stage__in=OVER)
    rows = Recipient.objects.filter(circular__in=ended.values("pk"))
    return deleted("who got which circular", rows, by="circular__fixed_at")
