"""The page of a campaign's end: what the thanks lack, and that they were sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.activities.campaigns.actions.campaigns import end_campaign
from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.mailings.models import Circular, Stage
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from tests.activities.campaigns.ordering import make_partner, order
from tests.activities.campaigns.preparing import opened, shown_join_in
from tests.conftest import Cast
from tests.factories import SYSTEM


@pytest.fixture
def campaign(network_a: Network, client: Client, cast: Cast) -> Campaign:
    """Ended before its time: one house ordered, an order is nobody's, a festival is to come."""
    client.force_login(cast.petra)
    with in_network(network_a):
        one = opened()
        house, unknown = make_partner(), make_partner("Ada Still", "Hort am Bach")
        material = one.materials.all()[0]
        order(house, (material, 3))
        lost = order(unknown, (material, 2))
        lost.organisation = None
        lost.save(update_fields=["organisation"])
        shown_join_in(one, house, "Winterfest")
        end_campaign(actor=SYSTEM, campaign=one)
        return one


def test_what_the_thanks_lack_is_said_beforehand(client: Client, campaign: Campaign) -> None:
    address = f"/mitte/desk/kampagnen/{campaign.pk}/abschluss/"
    page = client.get(address).content.decode()
    assert "1 Aktion steht noch bevor; sie fehlt im Dank." in page
    told = "1 Bestellung gehört noch zu keinem Partner. Sie bekommt keinen Dank."
    link = f'/mitte/desk/kampagnen/{campaign.pk}/bestellungen/?stand=ohne-partner"'
    assert told in page and link in page
    draft = client.post(f"{address}dank/", follow=True).content.decode()
    assert told in draft and link in draft


def test_once_they_are_sent_further_thanks_are_a_side_matter(
    client: Client, network_a: Network, campaign: Campaign
) -> None:
    address = f"/mitte/desk/kampagnen/{campaign.pk}/abschluss/"
    before = client.get(address).content.decode()
    assert "Dank vorbereiten" in before and "Der Dank ist verschickt" not in before
    with in_network(network_a):
        thanks = Circular.objects.get(about=campaign.pk, occasion="thanks")
        thanks.stage, thanks.fixed_at = Stage.SENT, timezone.now()
        thanks.save(update_fields=["stage", "fixed_at"])
    page = client.get(address).content.decode()
    assert "Der Dank ist verschickt" in page and "Weiteren Dank vorbereiten" in page
    assert "Dank vorbereiten" not in page.replace("Weiteren Dank vorbereiten", "")


def test_its_page_says_that_it_is_over_although_its_days_have_not_begun(
    client: Client, campaign: Campaign
) -> None:
    assert campaign.starts_on > timezone.localdate() + timedelta(days=1)
    page = client.get(f"/mitte/aktionen/{campaign.slug}/").content.decode()
    assert "Das ist vorbei." in page and "Beginnt in" not in page
