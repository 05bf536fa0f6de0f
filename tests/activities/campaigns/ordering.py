"""Short ways to campaigns with material, and to orders, through the product's own actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from knotenpunkt.activities.campaigns.actions.campaigns import CampaignDraft, save_campaign
from knotenpunkt.activities.campaigns.actions.materials import MaterialDraft, save_material
from knotenpunkt.activities.campaigns.actions.orders import place_order
from knotenpunkt.activities.campaigns.models import (
    Came,
    Campaign,
    CampaignState,
    Giving,
    Line,
    Material,
    Order,
    Station,
)
from knotenpunkt.activities.campaigns.ordering import OrderDraft, Orderer
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.partners.actions import save_contact, save_organisation
from knotenpunkt.registers.partners.models import Contact, Level
from tests.factories import SYSTEM, make_place

ANNA = Orderer(name="Anna Ungebunden", house="Kita Birke", email="anna@example.org")


def ordering_campaign(**values: Any) -> Campaign:
    """A public campaign whose orders are open for ten more days."""
    told: dict[str, Any] = {
        "title": "Danke sagen",
        "starts_on": date(2030, 6, 1),
        "ends_on": date(2030, 9, 20),
        "order_until": timezone.now() + timedelta(days=10),
        **values,
    }
    state = told.pop("state", CampaignState.OPEN)
    campaign = save_campaign(actor=SYSTEM, draft=CampaignDraft(**told))
    campaign.state = state
    campaign.save(update_fields=["state"])
    return campaign


def close_orders(campaign: Campaign, at: datetime | None = None) -> None:
    """Let the deadline be over."""
    campaign.order_until = at or timezone.now() - timedelta(days=1)
    campaign.save(update_fields=["order_until"])


def make_material(campaign: Campaign, name: str = "Postkarten", **values: Any) -> Material:
    """Three packs, first come; told otherwise by `values`."""
    told: dict[str, Any] = {"packs": 3, "giving": Giving.FIRST_COME, "pack_size": 50}
    told |= {"unit": "Postkarten"} | values
    draft = MaterialDraft(name=name, **told)
    return save_material(actor=SYSTEM, campaign=campaign, draft=draft)


def make_partner(name: str = "Mira Beispiel", house: str = "Kita Wiesenpfad") -> Contact:
    """Somebody at a house in Freiberg, who has an address."""
    organisation = save_organisation(
        actor=SYSTEM, level=Level.FACILITY, name=house, place=make_place()
    )
    mail = f"{name.split()[0].lower()}@example.org"
    return save_contact(actor=SYSTEM, organisation=organisation, name=name, email=mail)


def make_station(campaign: Campaign, name: str = "Rathaus", **values: Any) -> Station:
    """Where packs are fetched."""
    station = Station(campaign=campaign, name=name, **values)
    station.save(force_insert=True)
    return station


def order(
    contact: Contact | None,
    *wanted: tuple[Material, int],
    actor: Actor = SYSTEM,
    came: Came = Came.LINK,
    key: str = "",
    **values: Any,
) -> Order:
    """Place one."""
    draft = draft_for(contact, *wanted, **values)
    campaign = wanted[0][0].campaign
    return place_order(
        actor=actor, campaign=campaign, draft=draft, came=came, key=key or uuid4().hex
    )


def draft_for(contact: Contact | None, *wanted: tuple[Material, int], **values: Any) -> OrderDraft:
    """What somebody orders."""
    packs = {material.pk: count for material, count in wanted}
    who: dict[str, Any] = {"contact": contact} if contact else {"orderer": ANNA}
    return OrderDraft(**{**who, "wanted": packs, **values})


def line_of(order: Order, material: Material) -> Line:
    """What an order says of a material now."""
    found: Line = Line.objects.get(order=order, material=material)
    return found
