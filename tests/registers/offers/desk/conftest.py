"""A desk with a few offers, and somebody at it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.actions import withdraw_offer
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.models import Representative
from tests.conftest import Cast
from tests.factories import DOEBELN, SYSTEM, make_offer, make_organisation

LIST = "/mitte/desk/angebote/"
Titles = Callable[..., list[str]]


@pytest.fixture
def offers(network_a: Network, cast: Cast) -> dict[str, Offer]:
    """Six offers of three providers; Frida keeps those of the Mühle."""
    today = timezone.localdate()
    with in_network(network_a):
        mill = make_organisation("Treffpunkt Mühle")
        house = make_organisation("Haus Wiesenpfad")
        Representative.objects.create(organisation=mill, user=cast.frida)
        told = [
            make_offer("Äpfel pflücken", provider=mill, kind="leisure", topics=["baby"],
                       checked_on=today, languages=["de", "ar"], age_from=0, age_to=11),
            make_offer("Zwergentreff", provider=mill, place=DOEBELN, kind="meeting_place",
                       checked_on=today - timedelta(days=400), costs="free", age_from=36),
            make_offer("Babycafé", provider=house, sort="Stillcafé", checked_on=None),
            make_offer("Groß und Klein", provider=house, place={"town": "Roßwein"}, age_to=12),
            make_offer("Entwurf", provider=house, published=False),
            make_offer("Vorbei", provider=make_organisation("Alter Verein")),
        ]  # fmt: skip
        withdraw_offer(actor=SYSTEM, offer=told[-1])
    return {offer.title: offer for offer in told}


@pytest.fixture
def petra(client: Client, cast: Cast) -> Client:
    """The coordinator at her desk."""
    client.force_login(cast.petra)
    return client


@pytest.fixture
def titles(petra: Client, offers: dict[str, Offer]) -> Titles:
    """What the list shows for a query string, in its order."""

    def shown(query: str = "") -> list[str]:
        rows = petra.get(f"{LIST}?{query}").context["shown"].rows
        return [row.cells[0].text for row in rows]

    return shown
