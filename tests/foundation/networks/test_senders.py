"""In whose name a network writes."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.senders import sender_address, sender_name
from knotenpunkt.front.founding import change_network

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installation(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Knoten <post@netz.example.org>"
    settings.MAIL_DOMAINS = []


def test_a_network_writes_in_its_own_name(system: Actor, network_a: Network) -> None:
    assert (sender_name(network_a), sender_address(network_a)) == (
        "Knoten",
        "post@netz.example.org",
    )
    change_network(
        actor=system, network=network_a, mail_address="mitte@netz.example.org",
        mail_name="Frühe  Hilfen Mitte",
    )  # fmt: skip
    assert sender_name(network_a) == "Frühe Hilfen Mitte"
    assert sender_address(network_a) == "mitte@netz.example.org"


@pytest.mark.parametrize(
    "address",
    [
        "mitte@anders.example.org",
        "mitte@netz.example.org.boese.example",
        "mitte",
        "a b@netz.example.org",
    ],
)
def test_only_from_domains_of_the_installation(
    address: str, system: Actor, network_a: Network
) -> None:
    with pytest.raises(ValidationError):
        change_network(actor=system, network=network_a, mail_address=address)
    network_a.refresh_from_db()
    assert network_a.mail_address == ""


def test_a_domain_that_is_no_longer_allowed_is_not_used(
    system: Actor, network_a: Network, settings: Settings
) -> None:
    settings.MAIL_DOMAINS = ["Mitte.example.org"]
    change_network(actor=system, network=network_a, mail_address="post@mitte.example.org")
    assert sender_address(network_a) == "post@mitte.example.org"
    settings.MAIL_DOMAINS = []
    assert sender_address(network_a) == "post@netz.example.org"


@pytest.mark.parametrize("name", ["Chef <chef@bund.example>", "a\x00b", "chef@bund.example"])
def test_a_name_that_looks_like_another_sender_is_refused(
    name: str, system: Actor, network_a: Network
) -> None:
    with pytest.raises(ValidationError):
        change_network(actor=system, network=network_a, mail_name=name)
