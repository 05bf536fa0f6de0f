"""Facts about partners that follow from orders and join-ins: who took part in a campaign."""

from __future__ import annotations

from datetime import date
from typing import Final

from knotenpunkt.activities.campaigns.models import JoinIn, JoinInState, Order, OrderState
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.partners.actions.facts import no_part, take_part
from knotenpunkt.registers.partners.models import Person

KIND: Final = "campaign"


def takes_part(*, actor: Actor, by: Order | JoinIn, on: date) -> None:
    """Its organisation takes part by this; once for the whole campaign."""
    if by.organisation is None:
        return
    take_part(
        actor=actor,
        organisation=by.organisation,
        person=_person(by),
        kind=KIND,
        title=by.campaign.title,
        on=on,
        source_id=by.campaign_id,
    )


def takes_part_no_more(*, actor: Actor, by: Order | JoinIn) -> None:
    """The fact goes when nothing else says that they took part."""
    if by.organisation is None or _something_else_says_so(by):
        return
    no_part(
        actor=actor,
        organisation=by.organisation,
        person=_person(by),
        source_id=by.campaign_id,
    )


def _something_else_says_so(by: Order | JoinIn) -> bool:
    who = {
        "campaign": by.campaign_id,
        "organisation": by.organisation_id,
        "contact": by.contact_id,
    }
    orders = Order.objects.filter(**who, state=OrderState.PLACED).exclude(pk=by.pk)
    shown = JoinIn.objects.filter(**who, state=JoinInState.APPROVED).exclude(pk=by.pk)
    return bool(orders.exists() or shown.exists())


def _person(by: Order | JoinIn) -> Person | None:
    return by.contact.person if by.contact else None
