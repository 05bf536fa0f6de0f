"""The telephone of whoever hands over: who comes in, what is shown, what a button does."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from knotenpunkt.activities.campaigns.actions.stations import open_helping
from knotenpunkt.activities.campaigns.models import Campaign, Order, Station
from knotenpunkt.activities.campaigns.slips import slip_code
from knotenpunkt.foundation.networks.addresses import address
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from tests.activities.campaigns.ordering import (
    line_of,
    make_material,
    make_partner,
    make_station,
    order,
    ordering_campaign,
)
from tests.conftest import Cast
from tests.factories import SYSTEM


@pytest.fixture
def campaign(network_a: Network) -> Campaign:
    with in_network(network_a):
        return ordering_campaign()


@pytest.fixture
def station(network_a: Network, campaign: Campaign) -> Station:
    with in_network(network_a):
        return make_station(campaign)


@pytest.fixture
def one(network_a: Network, campaign: Campaign, station: Station) -> Order:
    with in_network(network_a):
        cards = make_material(campaign, packs=10)
        return order(make_partner("Mira Beispiel", "Kita Wiese"), (cards, 3), station=station)


@pytest.fixture
def path(network_a: Network, one: Order) -> str:
    return address(network_a, "campaigns:slip", code=slip_code(one.pk, network_a.pk))


@pytest.fixture
def token(network_a: Network, station: Station) -> str:
    with in_network(network_a):
        return open_helping(actor=SYSTEM, station=station, days=7)


def helpers_page(network: Network, token: str) -> str:
    return address(network, "campaigns:helpers", token=token)


def handed_over(network: Network, one: Order) -> int:
    with in_network(network):
        return line_of(one, one.lines.get().material).handed_over


def test_nobody_sees_or_marks_anything_without_a_right(
    network_a: Network, cast: Cast, one: Order, path: str
) -> None:
    for user in (None, cast.birgit, cast.frida, cast.carla):
        client = Client()
        if user:
            client.force_login(user)
        for answer in (client.get(path), client.post(path, {"deed": "alles"})):
            assert answer.status_code == 403
            assert "Kita Wiese" not in answer.content.decode()
            assert "no-store" in answer["Cache-Control"]
    assert handed_over(network_a, one) == 0


def test_opening_marks_nothing_and_the_button_marks_once(
    network_a: Network, cast: Cast, one: Order, path: str
) -> None:
    client = Client()
    client.force_login(cast.ede)
    page = client.get(path).content.decode()
    assert "Kita Wiese" in page
    assert "Mira" not in page
    assert handed_over(network_a, one) == 0
    for _time in range(2):
        assert client.post(path, {"deed": "alles"}).status_code == 302
    assert handed_over(network_a, one) == 3
    assert "Ede" in client.get(path).content.decode()
    client.post(path, {"deed": "zurueck"})
    assert handed_over(network_a, one) == 0


def test_a_part_is_marked_and_a_wrong_number_told(
    network_a: Network, cast: Cast, one: Order, path: str
) -> None:
    client = Client()
    client.force_login(cast.ede)
    with in_network(network_a):
        field = f"packungen-{one.lines.get().pk}"
    for wrong in ("4", "-1", "viele", ""):
        assert client.post(path, {"deed": "teil", field: wrong}).status_code == 422
    assert client.post(path, {"deed": "teil", field: "2"}).status_code == 302
    assert handed_over(network_a, one) == 2


def test_a_helper_without_an_account_scans_after_one_button(
    network_a: Network, one: Order, path: str, token: str
) -> None:
    client = Client()
    page = client.get(helpers_page(network_a, token))
    assert page.status_code == 200
    assert "Kita Wiese" in page.content.decode()
    assert "kp-ausgabe" not in page.cookies
    assert client.get(path).status_code == 403
    client.post(helpers_page(network_a, token), {"deed": "merken"})
    cookie = client.cookies["kp-ausgabe"]
    assert cookie["httponly"]
    assert cookie["path"] == "/mitte/ausgabe/"
    assert client.get(path).status_code == 200
    client.post(path, {"deed": "alles"})
    assert handed_over(network_a, one) == 3
    client.post(helpers_page(network_a, token), {"deed": "vergessen"})
    assert client.get(path).status_code == 403


def test_helpers_do_not_read_which_member_handed_over(
    network_a: Network, cast: Cast, one: Order, path: str, token: str
) -> None:
    desk, helper = Client(), Client()
    desk.force_login(cast.ede)
    desk.post(path, {"deed": "alles"})
    page = helpers_page(network_a, token)
    for where in (page, f"{page}{one.number}/"):
        text = helper.get(where).content.decode()
        assert "Kita Wiese" in text
        assert cast.ede.name not in text
    helper.post(f"{page}{one.number}/", {"deed": "zurueck"})
    helper.post(f"{page}{one.number}/", {"deed": "alles"})
    assert "Uhr, Rathaus" in helper.get(page).content.decode()


def test_without_the_camera_the_number_is_enough(
    network_a: Network, one: Order, token: str
) -> None:
    client = Client()
    found = client.get(helpers_page(network_a, token), {"nummer": str(one.number)})
    assert found.status_code == 302
    assert client.get(found["Location"]).status_code == 200
    client.post(found["Location"], {"deed": "alles"})
    assert handed_over(network_a, one) == 3
    assert client.get(helpers_page(network_a, token), {"nummer": "77"}).status_code == 200
    missing = address(network_a, "campaigns:helper_order", token=token, number=77)
    assert client.get(missing).status_code == 404


def test_a_helper_of_another_station_is_told_where_it_lies(
    network_a: Network, campaign: Campaign, one: Order, path: str
) -> None:
    with in_network(network_a):
        other = make_station(campaign, "Kirche")
        token = open_helping(actor=SYSTEM, station=other, days=7)
    client = Client()
    client.post(helpers_page(network_a, token), {"deed": "merken"})
    answer = client.get(path)
    assert answer.status_code == 403
    assert "Rathaus" in answer.content.decode()
    assert client.post(path, {"deed": "alles"}).status_code == 403
    assert handed_over(network_a, one) == 0


def test_codes_and_links_of_nobody_open_nothing(network_a: Network, one: Order) -> None:
    client = Client()
    for wrong in ("x", "A" * 30):
        assert client.get(address(network_a, "campaigns:slip", code=wrong)).status_code == 404
        assert client.get(helpers_page(network_a, wrong)).status_code == 404


def test_a_form_of_another_page_marks_nothing(
    network_a: Network, cast: Cast, one: Order, path: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ede)
    assert client.post(path, {"deed": "alles"}).status_code == 403
    assert handed_over(network_a, one) == 0
    assert reverse("campaigns:slip", args=["x"], urlconf="config.network_urls")
