"""Ending a role warns that nobody is left to be asked only where that is so."""

from __future__ import annotations

import pytest
from django.test import Client

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.actions import save_contact
from tests.conftest import Cast
from tests.factories import SYSTEM, make_organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("others", [0, 1])
def test_it_is_said_only_when_nobody_else_answers(
    client: Client, cast: Cast, network_a: Network, others: int
) -> None:
    with in_network(network_a):
        house = make_organisation("Haus Linde")
        going = save_contact(
            actor=SYSTEM, organisation=house, name="Mira Beispiel", answers_inquiries=True
        )
        for _number in range(others):
            save_contact(actor=SYSTEM, organisation=house, name="Ole Auen", email="o@example.org")
    client.force_login(cast.petra)
    path = f"/mitte/desk/partner/{house.pk}/kontakte/{going.pk}/beenden/"
    shown = client.get(path).content.decode()
    assert "Rolle" in shown or "Aufgabe" in shown
    assert ("Dann ist dort niemand mehr benannt" in shown) is (not others)
