"""Doing one thing to many offers: which ones are meant, and what stands around each batch."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.offers import findable
from knotenpunkt.registers.offers.bulk.kinds import KINDS
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.rules import editable_by
from knotenpunkt.tools.lists.many.doing import Many


def _offers(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Offer]:
    """These offers as they are now, held until the transaction ends; those that are gone lack."""
    held = Offer.objects.filter(editable_by(actor), pk__in=ids).select_for_update(of=("self",))
    rows = held.select_related("provider__body").prefetch_related("topic_links__topic")
    return {offer.pk: offer for offer in rows}


OFFERS = Many(
    listing="offers",
    kinds=KINDS,
    records=_offers,
    work="offers.bulk",
    title=_("One thing for many offers"),
    undo_title=_("Taking back one thing for many offers"),
    around=findable.at_the_end,
)
