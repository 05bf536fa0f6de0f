"""Offers that stand out for a campaign, as long as it lasts."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.actions import end_highlights, set_highlights
from knotenpunkt.registers.offers.models import Highlight, Offer
from knotenpunkt.registers.offers.queries import highlighted
from tests.factories import make_offer

SOURCE = uuid4()


@pytest.fixture
def offer(network_a: Network) -> Offer:
    with in_network(network_a):
        return make_offer("Krabbelgruppe am Bach")


def stand_out(
    actor: Actor,
    *offers: Offer,
    days: tuple[int, int] = (0, 10),
    label: str = "Sommer der Nachbarn",
) -> None:
    today = timezone.localdate()
    set_highlights(
        actor=actor,
        source_id=SOURCE,
        label=label,
        link="aktionen/sommer/",
        starts_on=today + timedelta(days=days[0]),
        ends_on=today + timedelta(days=days[1]),
        offer_ids=[one.pk for one in offers],
    )


def test_its_card_and_its_page_say_so_and_lead_there(
    client: Client, system: Actor, network_a: Network, offer: Offer
) -> None:
    with in_network(network_a):
        stand_out(system, offer)
    link = '<a href="/mitte/aktionen/sommer/">Sommer der Nachbarn</a>'
    assert link in client.get("/mitte/angebote/").content.decode()
    assert link in client.get(f"/mitte/angebote/{offer.pk}/").content.decode()
    english = client.get("/mitte/en/angebote/").content.decode()
    assert 'href="/mitte/en/aktionen/sommer/"' in english


@pytest.mark.parametrize("days", [(1, 9), (-9, -1)])
def test_before_and_after_it_does_not_stand_out(
    client: Client, system: Actor, network_a: Network, offer: Offer, days: tuple[int, int]
) -> None:
    with in_network(network_a):
        stand_out(system, offer, days=days)
    assert "Sommer der Nachbarn" not in client.get("/mitte/angebote/").content.decode()


def test_exactly_the_chosen_ones_stand_out(system: Actor, network_a: Network, offer: Offer) -> None:
    with in_network(network_a):
        other = make_offer("Babytreff")
        draft = make_offer("Entwurf", published=False)
        stand_out(system, offer, draft)
        stand_out(system, other, draft, label="Herbst der Nachbarn")
        assert set(Highlight.objects.values_list("offer", flat=True)) == {other.pk, draft.pk}
        assert [one.title for one in highlighted(SOURCE)] == ["Babytreff"]
        assert set(Highlight.objects.values_list("label", flat=True)) == {"Herbst der Nachbarn"}
        end_highlights(actor=system, source_id=SOURCE)
        assert not Highlight.objects.exists()


def test_who_may_not_publish_may_not_do_it(network_a: Network, offer: Offer, anyone: Actor) -> None:
    with in_network(network_a), pytest.raises(PermissionDenied):
        stand_out(anyone, offer)
