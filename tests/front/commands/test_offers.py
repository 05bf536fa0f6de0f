"""`knotenpunkt offers search`: what it prints of an offer."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands.offers import offers
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.offers.actions import Belongings, publish_offer, save_offer
from knotenpunkt.registers.partners.actions import save_organisation
from knotenpunkt.registers.partners.models import Level
from tests.conftest import Cast

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


def test_explaining_says_what_was_read_and_the_parts_of_each_score(network_a: Network) -> None:
    published(network_a, "Krabbelgruppe")
    words = ["search", "Krabelgruppe Freiberg", "--network", "mitte", "--explain"]
    told = CliRunner().invoke(offers, words).output
    assert "09599 Freiberg" in told and "„Freiberg“" in told
    assert "krabelgruppe → krabbelgruppe" in told
    assert "concept" in told and "meaning" in told
    answer = json.loads(CliRunner().invoke(offers, [*words, "--json"]).output)
    assert answer["understood"]["searched_for"] == "Krabelgruppe"
    first = answer["results"][0]
    assert sum(part["score"] for part in first["parts"]) == pytest.approx(first["score"], abs=0.05)


def test_without_explaining_nothing_more_is_said(network_a: Network) -> None:
    published(network_a, "Krabbelgruppe")
    words = ["search", "Krabbelgruppe", "--network", "mitte", "--json"]
    answer = json.loads(CliRunner().invoke(offers, words).output)
    assert set(answer) == {"query", "results"}


@pytest.mark.parametrize("text", ["", "b", "?!", "x" * 5000, "\x01\x1b[31m", "{{ 7*7 }} %s", "😭"])
def test_any_text_is_answered(network_a: Network, text: str) -> None:
    published(network_a, "Krabbelgruppe")
    result = CliRunner().invoke(offers, ["search", text, "--network", "mitte", "--explain"])
    assert result.exit_code == 0, result.output


def test_emergency_texts_are_listed_and_signed(network_a: Network, cast: Cast) -> None:
    listed = ["emergency-texts", "--network", "mitte"]
    assert "ar\tnot signed" in CliRunner().invoke(offers, listed).output
    sign = ["sign-emergency-texts", "ar", "--network", "mitte", "--by"]
    assert CliRunner().invoke(offers, [*sign, cast.ede.email]).exit_code != 0
    assert CliRunner().invoke(offers, [*sign, cast.petra.email]).exit_code == 0
    assert "ar\tsigned" in CliRunner().invoke(offers, listed).output
