"""The telephone list holds a number that can be called, whoever of the house has it."""

from __future__ import annotations

import pytest
from django.test import Client

from knotenpunkt.activities.upkeep.actions.asking import ask
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.actions.contacts import PhoneDraft
from knotenpunkt.registers.partners.models import Organisation
from tests.activities.upkeep.asking import make_contact
from tests.conftest import Cast
from tests.factories import SYSTEM, make_organisation

pytestmark = pytest.mark.django_db
CALLS = "/mitte/desk/datenpflege/telefonliste/"
NUMBER = "03731 555123"


def test_a_colleagues_number_stands_where_one_has_none(
    client: Client, cast: Cast, network_a: Network
) -> None:
    with in_network(network_a):
        house, other = make_organisation("Haus Linde"), make_organisation("Haus Ahorn")
        make_contact(house, email="")
        make_contact(house, email="", name="", function="Büro", phones=[PhoneDraft(NUMBER)])
        make_contact(other, email="", name="Ole Auen")
        ask(actor=SYSTEM, organisations=list(Organisation.objects.all()))
    client.force_login(cast.petra)
    lines = {one.organisations: one for one in client.get(CALLS).context["lines"]}
    assert lines["Haus Linde"].number is not None
    assert lines["Haus Linde"].number.shown == NUMBER
    assert lines["Haus Ahorn"].number is None
