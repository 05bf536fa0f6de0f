"""What may be ordered, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.campaigns.models import (
    Came,
    Campaign,
    CampaignState,
    Giving,
    Material,
    Order,
    OrderState,
)
from knotenpunkt.activities.campaigns.ordering import OrderDraft
from knotenpunkt.activities.campaigns.rules.deadlines import has_passed, is_open
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right

LIVE = (OrderState.PLACED, OrderState.LATE)
AT_DESK = (Came.MAIL, Came.TELEPHONE)
MOST_PACKS = 10_000


class NotNow(Exception):
    """An order cannot be placed or changed now; the text says why, fit for whoever orders."""


class AlreadyOrdered(Exception):
    """There is an order already, which can be changed instead."""

    def __init__(self, order: Order) -> None:
        super().__init__(str(order.number))
        self.order = order


def must_be_allowed_to_order(actor: Actor, campaign: Campaign, came: Came) -> None:
    """Anybody on the public page where the campaign has the form; else those who run campaigns."""
    if came == Came.PAGE and campaign.public_orders:
        return
    if not actor.may(Right.RUN_CAMPAIGNS):
        raise PermissionDenied(Right.RUN_CAMPAIGNS)


def refuse_closed(campaign: Campaign, came: Came) -> None:
    """Orders belong to a campaign that takes some; the desk may enter them before it is public."""
    if campaign.order_until is None:
        raise NotNow(_("Nothing can be ordered in this campaign."))
    if campaign.state == CampaignState.ENDED:
        raise NotNow(_("This campaign has ended. Nothing can be ordered any more."))
    if campaign.state == CampaignState.PREPARED and came not in AT_DESK:
        raise NotNow(_("This campaign has not begun yet."))


def is_late(campaign: Campaign, now: datetime) -> bool:
    """Whether the deadline has passed."""
    return campaign.order_until is not None and has_passed(campaign.order_until, now)


def state_on_arrival(campaign: Campaign, now: datetime) -> OrderState:
    """A late order waits for an answer, where the campaign does not simply take it."""
    late = is_late(campaign, now) and not campaign.allows_late
    return OrderState.LATE if late else OrderState.PLACED


def may_change(actor: Actor, order: Order, now: datetime) -> bool:
    """The orderer until the deadline; those at the desk until it is handed over."""
    if order.state not in LIVE or order.handed_over_at is not None:
        return False
    if order.campaign.state == CampaignState.ENDED:
        return False
    if actor.user_id is not None:
        return actor.may(Right.RUN_CAMPAIGNS)
    return order.state == OrderState.PLACED and is_open(order.campaign, now)


def may_cancel(actor: Actor, order: Order, now: datetime) -> bool:
    """As changing; a late order that waits for its answer can always be taken back."""
    waits = order.state == OrderState.LATE and order.campaign.state == CampaignState.OPEN
    return waits or may_change(actor, order, now)


def gives_at_once(material: Material) -> bool:
    """Whether an order claims its packs at once; otherwise it is a wish until it is shared."""
    return material.giving == Giving.FIRST_COME or material.shared_at is not None


def serves_in_turn(material: Material) -> bool:
    """Whether packs that come back go at once to whoever waits. Others are shared again."""
    return material.giving == Giving.FIRST_COME


def goes_by_size(materials: Iterable[Material]) -> bool:
    """Whether the number of children or people decides over one of these."""
    return any(one.giving == Giving.BY_SIZE for one in materials)


def refuse_unfit(
    draft: OrderDraft, materials: Mapping[UUID, Material], came: Came, had: Mapping[UUID, int]
) -> None:
    """ValidationError with all that is wrong with an order.

    `had` is what the order had before: a limit that came later takes nothing away.
    """
    if not any(draft.wanted.values()):
        raise ValidationError(_("Nothing is chosen yet. Please order at least one pack."))
    wrong = [
        problem
        for key, packs in draft.wanted.items()
        if packs and (problem := _problem(materials.get(key), packs, had.get(key, 0)))
    ]
    if came not in AT_DESK:
        wrong += _not_agreed(draft, materials)
    if wrong:
        raise ValidationError(wrong)


def _problem(material: Material | None, packs: int, had: int) -> str:
    if material is None or (not material.is_offered and packs > had):
        return _("One of the materials cannot be ordered any more. Please look at the list again.")
    if packs < 0 or packs > MOST_PACKS:
        return _("%(material)s: please enter a number of packs.") % {"material": material.name}
    most = material.most_packs
    if most is not None and packs > max(most, had):
        return over_limit(material)
    return ""


def over_limit(material: Material) -> str:
    """How many packs of it one order may have, where its name does not stand beside it."""
    return f"{material.name}: {over_limit_here(material)}"


def over_limit_here(material: Material) -> str:
    """The same at its own field."""
    most = material.most_packs or 0
    told = ngettext("Please order at most %(n)d pack.", "Please order at most %(n)d packs.", most)
    return told % {"n": most}


def _not_agreed(draft: OrderDraft, materials: Mapping[UUID, Material]) -> list[str]:
    return [
        _("%(material)s: please agree to the condition.") % {"material": materials[key].name}
        for key, packs in draft.wanted.items()
        if packs and key in materials and materials[key].condition and key not in draft.agreed
    ]
