"""The public pages ask the database a fixed number of times, however much they show.

Whoever changes a number here says in the commit why a page needs more.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.actions import TimeDraft
from knotenpunkt.registers.offers.models import Offer
from tests.factories import make_offer

pytestmark = pytest.mark.django_db
Asserted = Callable[..., AbstractContextManager[Any]]

# The network of the address, and the help numbers below every page.
FRAME = 2
# Offers, places, topics, contacts, telephone numbers, times, pictures, what they stand out for.
CARDS = 8
# Topics and languages to choose from; the versions of the index and of its neighbours; holidays.
FINDER = FRAME + 5 + CARDS
# The offer with its texts; holidays; what is similar, with the versions and holidays anew.
DETAIL = FRAME + CARDS + 1 + 1 + 3 + CARDS
# Topics; holidays; campaigns; times of today and tomorrow; the same of two weeks when those are
# too few.
START = FRAME + 4 + CARDS
# Entering a network on PostgreSQL: a transaction, and the network told to it and taken back.
ENTERING = 4 if connection.vendor == "postgresql" else 0
# Looking at what neighbours published: a transaction that may only read.
LOOKING = 3 if connection.vendor == "postgresql" else 0


@pytest.fixture
def many(network_a: Network) -> list[Offer]:
    """More offers than a page shows, each with everything that a card can show."""
    daily = [TimeDraft("weekly", time(9), time(11), weekday=day) for day in range(7)]
    with in_network(network_a):
        return [
            make_offer(f"Krabbelgruppe {number}", kind="group", topics=["baby"], times=daily)
            for number in range(24)
        ]


def asked_before(client: Client, address: str) -> str:
    """The address; what is remembered for the life of a process has now been read."""
    assert client.get(address).status_code == 200
    return address


@pytest.mark.parametrize("wish", ["", "?q=krabbelgruppe&ort=09599&alter=1", "?seite=2"])
def test_finder(
    client: Client, many: list[Offer], django_assert_num_queries: Asserted, wish: str
) -> None:
    address = asked_before(client, f"/mitte/angebote/{wish}")
    around = LOOKING if "ort=" in wish else -1  # neighbours are asked for inside a circle only
    with django_assert_num_queries(FINDER + around + ENTERING):
        shown = client.get(address).context["cards"]
    assert len(shown) == (4 if "seite=" in wish else 20)


def test_detail(client: Client, many: list[Offer], django_assert_num_queries: Asserted) -> None:
    address = asked_before(client, f"/mitte/angebote/{many[0].pk}/")
    with django_assert_num_queries(DETAIL + ENTERING + LOOKING):
        assert len(client.get(address).context["similar"]) == 3


def test_start(client: Client, many: list[Offer], django_assert_num_queries: Asserted) -> None:
    address = asked_before(client, "/mitte/")
    with django_assert_num_queries(START + ENTERING):
        assert len(client.get(address).context["rows"]) == 4


def test_start_looks_further_when_little_is_near(
    client: Client, network_a: Network, django_assert_num_queries: Asserted
) -> None:
    with in_network(network_a):
        daily = [TimeDraft("weekly", time(9), time(11), weekday=day) for day in range(7)]
        make_offer("Elterncafé", kind="meeting_place", topics=["baby"], times=daily)
    address = asked_before(client, "/mitte/")
    with django_assert_num_queries(START + 1 + ENTERING):
        assert len(client.get(address).context["rows"]) == 1
