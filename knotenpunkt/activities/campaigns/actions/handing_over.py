"""Marking what was handed over, in whole or in part, and taking that back."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.campaigns.actions.stock import locked
from knotenpunkt.activities.campaigns.models import Line, Order
from knotenpunkt.activities.campaigns.rules.handing_over import Handing, handing, may_hand_over
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record


@transaction.atomic
def hand_over(*, actor: Actor, order: Order, packs: Mapping[UUID, int] | None = None) -> Order:
    """The orderer has these packs (line → packs in all, not more); without `packs` everything.

    A second time nothing changes, and who was first stays. PermissionDenied; ValidationError where
    it is more than was given.
    """
    order = _again(actor, order)
    lines = [line for line in order.lines.select_related("material") if line.granted]
    wanted = {line.pk: line.granted or 0 for line in lines} if packs is None else packs
    changed = []
    for line in lines:
        count = wanted.get(line.pk, line.handed_over)
        if not 0 <= count <= (line.granted or 0):
            raise ValidationError(_too_many(line))
        if count != line.handed_over:
            line.handed_over = count
            changed.append(line)
    if not changed:
        return order
    for line in changed:
        line.save(update_fields=["handed_over"])
    _sign(actor, order, handing(lines))
    return order


def _too_many(line: Line) -> str:
    most = line.granted or 0
    told = ngettext(
        "%(material)s: at most %(n)d pack can be handed over.",
        "%(material)s: at most %(n)d packs can be handed over.",
        most,
    )
    return told % {"material": line.material.name, "n": most}


@transaction.atomic
def take_back(*, actor: Actor, order: Order) -> Order:
    """It was a mistake: nothing of this order is handed over."""
    order = _again(actor, order)
    lines = [line for line in order.lines.all() if line.handed_over]
    for line in lines:
        line.handed_over = 0
        line.save(update_fields=["handed_over"])
    if lines or order.handed_over_at is not None:
        _sign(actor, order, Handing.OPEN)
    return order


def _again(actor: Actor, order: Order) -> Order:
    """The order as it is now; of two who press at the same moment the second one waits."""
    locked(order.campaign_id)
    found: Order = Order.objects.select_related("campaign", "station").get(pk=order.pk)
    if not may_hand_over(actor, found):
        raise PermissionDenied(Right.RUN_CAMPAIGNS)
    return found


def _sign(actor: Actor, order: Order, state: Handing) -> None:
    is_out = state in (Handing.PART, Handing.DONE)
    order.handed_over_at = timezone.now() if is_out else None
    order.handed_over_by = actor.label[:200] if is_out else ""
    order.save(update_fields=["handed_over_at", "handed_over_by", "changed_at"])
    deeds = {Handing.DONE: "campaigns.hand_over", Handing.PART: "campaigns.hand_over_part"}
    deed = deeds.get(state, "campaigns.take_handing_back")
    record(
        actor=actor, deed=deed, on=order, title=_("Order no. %(number)d") % {"number": order.number}
    )
