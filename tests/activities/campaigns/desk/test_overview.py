"""How a campaign stands at a glance: also after its end nothing speaks as if it ran."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from knotenpunkt.activities.campaigns.actions.campaigns import end_campaign
from knotenpunkt.activities.campaigns.desk.overview.timeline import timeline
from knotenpunkt.activities.campaigns.desk.overview.views import told_material
from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.overview import Figures, figures, writings
from knotenpunkt.activities.mailings.models import Circular
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from tests.activities.campaigns.ordering import make_partner, order
from tests.activities.campaigns.preparing import opened, prepared, shown_join_in
from tests.conftest import Cast
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def short_of_cards() -> Campaign:
    """Four packs are wanted, three are there."""
    campaign = opened()
    cards = campaign.materials.all()[0]
    partner = make_partner()
    order(partner, (cards, 4))
    cards.packs = 3
    cards.save(update_fields=["packs"])
    shown_join_in(campaign, partner, "Sommerfest")
    return campaign


def page_of(client: Client, campaign: Campaign) -> str:
    return client.get(f"/mitte/desk/kampagnen/{campaign.pk}/").content.decode()


def test_what_is_missing_warns_until_shares_stand(
    client: Client, cast: Cast, network_a: Network
) -> None:
    client.force_login(cast.petra)
    with in_network(network_a):
        campaign = short_of_cards()
    assert "Es fehlt 1 Packung" in page_of(client, campaign)
    with in_network(network_a):
        cards = campaign.materials.all()[0]
        cards.shared_at = timezone.now()
        cards.save(update_fields=["shared_at"])
        cards.lines.update(granted=3)
    page = page_of(client, campaign)
    assert "aufgeteilt: 3 von 4" in page
    assert "Es fehlen" not in page


def test_an_ended_campaign_is_told_as_ended(client: Client, cast: Cast, network_a: Network) -> None:
    client.force_login(cast.petra)
    with in_network(network_a):
        campaign = short_of_cards()
        end_campaign(actor=SYSTEM, campaign=campaign)
    page = page_of(client, campaign)
    assert "Nächste Mitmachaktionen" not in page
    assert "1 hat stattgefunden." in page
    assert "Es fehlen" not in page


def test_facts_of_earlier_campaigns_do_not_say_whether_shares_stand(network_a: Network) -> None:
    with in_network(network_a):
        found = figures(short_of_cards()).materials[0]
    assert told_material(found, has_ended=True)["is_settled"]
    assert not told_material(found, has_ended=False)["is_settled"]


def test_circulars_stand_in_the_order_in_which_they_are_sent(network_a: Network) -> None:
    with in_network(network_a):
        campaign = opened()
        Circular.objects.filter(about=campaign.pk).delete()
        for occasion in ("thanks", "", "reminder", "invitation"):
            Circular.objects.create(title=occasion, occasion=occasion, about=campaign.pk)
        found = [one.circular.occasion for one in writings(campaign)]
    assert found == ["invitation", "", "reminder", "thanks"]


def test_what_comes_after_the_picture_is_an_arrow_at_its_edge(network_a: Network) -> None:
    with in_network(network_a), translation.override("de"):
        campaign = prepared(starts_on=date(2031, 5, 1), ends_on=date(2031, 9, 20))
        campaign.forget_days = 20
        near = timeline(campaign, Figures(), date(2031, 6, 1)).bars[-1]
        campaign.forget_days = 180
        far = timeline(campaign, Figures(), date(2031, 6, 1)).bars[-1]
    assert (near.is_beyond, far.is_beyond) == (False, True)
    assert far.note == "18. März 2032"
    assert (far.note_x, far.note_ends) == ("100.00%", True)


@pytest.mark.parametrize("days", range(0, 60, 7))
def test_no_month_hangs_over_the_edge(network_a: Network, days: int) -> None:
    with in_network(network_a), translation.override("de"):
        ends = date(2031, 8, 1) + timedelta(days=days)
        campaign = prepared(starts_on=date(2031, 5, 1), ends_on=ends)
        months = timeline(campaign, Figures(), date(2031, 6, 1)).months
    assert all(float(one.x.rstrip("%")) <= 90 for one in months if one.label)
    assert sum(not one.label for one in months) <= 1
