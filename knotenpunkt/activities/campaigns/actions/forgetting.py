"""Taking people out of orders and join-ins; the packs and the actions stay as they were."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from knotenpunkt.activities.campaigns.models import JoinIn, Order, PersonToAsk
from knotenpunkt.foundation.core.personal_data import Expired


@transaction.atomic
def forget_orderers(orders: Iterable[Order]) -> int:
    """Only the house, if there is one, and the packs stay."""
    count = 0
    for order in orders:
        order.contact, order.orderer, order.note = None, b"", b""
        order.save(update_fields=["contact", "orderer", "note", "changed_at"])
        count += 1
    return count


@transaction.atomic
def forget_hands(orders: Iterable[Order]) -> int:
    """Who gave the packs out is no longer said."""
    count = 0
    for order in orders:
        order.handed_over_by = ""
        order.save(update_fields=["handed_over_by", "changed_at"])
        count += 1
    return count


@transaction.atomic
def forget_reporters(join_ins: Iterable[JoinIn]) -> int:
    """Who reported it is no longer said; what was shown stays."""
    count = 0
    for join_in in join_ins:
        join_in.contact = None
        join_in.save(update_fields=["contact", "changed_at"])
        count += 1
    return count


@transaction.atomic
def forget_asked(people: Iterable[PersonToAsk]) -> int:
    """The page names them no more as somebody to ask."""
    count = 0
    for one in people:
        one.delete()
        count += 1
    return count


def forget_reporters_of(rows: QuerySet[JoinIn]) -> Expired:
    """The same on time: of campaigns whose orders are deleted already."""
    oldest = rows.order_by("reported_at").values_list("reported_at", flat=True).first()
    return Expired("who reported actions of campaigns that have ended", forget_reporters(rows),
                   oldest)  # fmt: skip
