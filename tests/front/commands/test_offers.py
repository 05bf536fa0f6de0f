"""`knotenpunkt offers search`: what it prints of an offer."""

from __future__ import annotations

from click.testing import CliRunner

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands.offers import offers
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.offers.actions import Belongings, publish_offer, save_offer
from knotenpunkt.registers.partners.actions import save_organisation
from knotenpunkt.registers.partners.models import Level

SYSTEM = System("test")


def published(network: Network, title: str) -> None:
    with in_network(network):
        place = save_place(actor=SYSTEM, street="Weg 1", postal_code="09599", town="Freiberg")
        house = save_organisation(actor=SYSTEM, level=Level.BODY, name=f"Haus {title}")
        offer = save_offer(
            actor=SYSTEM, provider=house, title=title, belongings=Belongings(places=[place])
        )
        publish_offer(actor=SYSTEM, offer=offer)


def test_a_hit_names_provider_town_and_the_neighbour(
    network_a: Network, network_b: Network
) -> None:
    published(network_a, "Krabbelgruppe")
    published(network_b, "Krabbelkreis")
    words = ["search", "Krabbelgruppe", "--network", "mitte", "--near", "09599"]
    result = CliRunner().invoke(offers, words)
    assert result.exit_code == 0, result.output
    assert "     Haus Krabbelgruppe, Freiberg\n" in result.output
    assert "     Haus Krabbelkreis, Freiberg, Netzwerk Peine\n" in result.output
