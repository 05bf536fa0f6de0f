"""Two records of one person become one, and both had ordered: no order is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from knotenpunkt.activities.campaigns.actions.materials import MaterialDraft, save_material
from knotenpunkt.activities.campaigns.actions.orders import place_order
from knotenpunkt.activities.campaigns.models import Came, Campaign, CampaignState, Order
from knotenpunkt.activities.campaigns.ordering import OrderDraft
from knotenpunkt.registers.partners.actions import save_contact, save_person
from knotenpunkt.registers.partners.duplicates.actions.deciding import merge
from tests.factories import SYSTEM, make_organisation

pytestmark = pytest.mark.usefixtures("inside_a")


def test_both_orders_stay_with_whoever_remains() -> None:
    now, house = timezone.now(), make_organisation("Haus Linde")
    campaign = Campaign(
        title="Sommer", slug="sommer", state=CampaignState.OPEN, starts_on=now.date(),
        ends_on=now.date() + timedelta(days=30), order_until=now + timedelta(days=9),
    )  # fmt: skip
    campaign.save(force_insert=True)
    material = save_material(
        actor=SYSTEM, campaign=campaign, draft=MaterialDraft(name="Karten", packs=10)
    )
    people = [save_person(actor=SYSTEM, given_name="Mira", family_name=n) for n in ("Ost", "West")]
    for number, person in enumerate(people):
        contact = save_contact(
            actor=SYSTEM, organisation=house, person=person, name=person.full_name, phones=[]
        )
        place_order(
            actor=SYSTEM, campaign=campaign, came=Came.TELEPHONE, key=str(number),
            draft=OrderDraft(contact=contact, wanted={material.pk: number + 1}),
        )  # fmt: skip
    merge(actor=SYSTEM, survivor=people[0], absorbed=people[1], chosen={})
    orders = list(Order.objects.all())
    assert sorted(one.lines.get().wanted for one in orders) == [1, 2]
    assert {one.contact.person for one in orders if one.contact} == {people[0]}
