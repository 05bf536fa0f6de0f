"""Ordering on the public page: machines are kept out, nobody learns who is known."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from knotenpunkt.activities.campaigns.models import (
    Campaign,
    CampaignState,
    Material,
    Order,
    OrderState,
    PersonToAsk,
)
from knotenpunkt.activities.campaigns.queries.orders import orderer_of
from knotenpunkt.activities.campaigns.views import ordering
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.mail.composing import letter_of
from knotenpunkt.tools.mail.models import Message
from knotenpunkt.tools.mail.sealed import addressee_of, content_of
from tests.activities.campaigns.ordering import (
    close_orders,
    make_material,
    make_partner,
    ordering_campaign,
)

pytestmark = pytest.mark.django_db
URL = "/mitte/aktionen/danke-sagen/bestellen/"
ANNA = {
    "house": "Kita Birke", "name": "Anna Ungebunden", "email": "anna@example.org",
    "phone": "03731 555010", "street": "Körnerweg 8", "postal_code": "09599", "town": "Freiberg",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _fresh(settings: Any) -> None:
    cache.clear()
    settings.EMAIL_HOST = "mail.example.org"


@pytest.fixture
def cards(network_a: Network) -> Material:
    with in_network(network_a):
        return make_material(ordering_campaign(public_orders=True))


def fields(client: Client) -> dict[str, str]:
    """The signed time and the key of a form that was opened just now."""
    page = client.get(URL).content.decode()
    found = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("token", "key")}
    return {name: hit[1] for name, hit in found.items() if hit}


def filled(client: Client, material: Material, monkeypatch: Any, **more: Any) -> dict[str, Any]:
    """A form that somebody filled in half a minute."""
    told = fields(client)
    now = time.time() + 30
    monkeypatch.setattr(time, "time", lambda: now)
    return told | ANNA | {f"packs_{material.pk}": 2} | more


def send(client: Client, data: dict[str, Any], site: str = "same-origin") -> Any:
    return client.post(URL, data, headers={"Sec-Fetch-Site": site})


def orders(network: Network) -> list[Order]:
    with in_network(network):
        return list(Order.objects.all())


def test_an_order_arrives_sealed_and_its_mail_says_how_to_change_it(
    network_a: Network, cards: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    network_a.contact_phone = "03731 555000"
    network_a.save()
    client = Client(enforce_csrf_checks=True)
    answer = send(client, filled(client, cards, monkeypatch))
    assert answer.status_code == 302
    assert "Ihre Bestellung ist angekommen" in client.get(answer["Location"]).content.decode()
    assert not client.cookies
    [one] = orders(network_a)
    assert (one.contact, one.organisation, orderer_of(one).town) == (None, None, "Freiberg")
    with in_network(network_a):
        mail = Message.objects.get()
        assert addressee_of(mail).to == "anna@example.org"
        assert "03731 555000" in content_of(mail).text
        assert "/p/" not in content_of(mail).text
        assert content_of(mail).text.startswith("Guten Tag Anna Ungebunden,")
        assert "weil Sie bei uns Material bestellt haben" in letter_of(mail, network_a).text


def test_nobody_learns_whether_somebody_is_known(
    network_a: Network, cards: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_network(network_a):
        mira = make_partner()
    client = Client()
    known = send(client, filled(client, cards, monkeypatch, email=mira.email))
    monkeypatch.undo()
    stranger = send(client, filled(client, cards, monkeypatch))
    assert (known.status_code, known["Location"]) == (stranger.status_code, stranger["Location"])
    assert all(one.contact_id is None for one in orders(network_a))


def test_a_double_click_is_one_order(
    network_a: Network, cards: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    data = filled(client, cards, monkeypatch)
    assert [send(client, data).status_code for _time in range(3)] == [302, 302, 302]
    assert len(orders(network_a)) == 1
    changed = send(client, data | {f"packs_{cards.pk}": 3})
    assert "schon angekommen" in changed.content.decode()
    assert len(orders(network_a)) == 1


@pytest.mark.parametrize(
    ("more", "site", "status"),
    [
        ({"website": "https://spam.example"}, "same-origin", 422),
        ({"token": "1:falsch"}, "same-origin", 422),
        ({"token": ""}, "same-origin", 422),
        ({}, "cross-site", 403),
    ],
)
def test_machines_and_other_pages_are_kept_out(
    network_a: Network, cards: Material, monkeypatch: pytest.MonkeyPatch,
    more: dict[str, str], site: str, status: int,
) -> None:  # fmt: skip
    client = Client()
    answer = send(client, filled(client, cards, monkeypatch, **more), site)
    assert answer.status_code == status
    assert "Anna Ungebunden" in answer.content.decode()  # nothing that was typed is lost
    assert orders(network_a) == []


def test_too_quick_is_told(network_a: Network, cards: Material) -> None:
    client = Client()
    answer = send(client, fields(client) | ANNA | {f"packs_{cards.pk}": 2})
    assert answer.status_code == 422
    assert orders(network_a) == []


def test_many_orders_from_one_place_are_stopped(
    network_a: Network, cards: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    told = [
        send(client, filled(client, cards, monkeypatch, key=f"form {n}")).status_code
        for n in range(ordering.OF_ONE_VISITOR.limit + 2)
    ]
    assert told[0] == 302
    assert told[-1] == 429
    assert len(orders(network_a)) == told.count(302)


@pytest.mark.parametrize("missing", sorted(ANNA))
def test_everything_about_the_orderer_is_needed(
    network_a: Network, cards: Material, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    client = Client()
    answer = send(client, filled(client, cards, monkeypatch, **{missing: ""}))
    assert answer.status_code == 422
    assert orders(network_a) == []


def test_the_buttons_beside_the_number_order_nothing(
    network_a: Network, cards: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    data = filled(client, cards, monkeypatch, schritt=f"mehr:{cards.pk}")
    text = send(client, data).content.decode()
    assert re.search(r'name="packs_[^"]+" value="3"', text)
    assert "Anna Ungebunden" in text
    assert orders(network_a) == []


def test_a_late_order_waits(
    network_a: Network, cards: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_network(network_a):
        close_orders(Campaign.objects.get())
    client = Client()
    assert "Bestellschluss ist vorbei" in client.get(URL).content.decode()
    send(client, filled(client, cards, monkeypatch))
    assert [one.state for one in orders(network_a)] == [OrderState.LATE]


@pytest.mark.parametrize(
    ("values", "status", "said"),
    [
        ({"public_orders": False}, 404, "Partner des Netzwerks bestellen über den Link"),
        ({"state": "ended"}, 410, "Bestellt werden konnte bis"),
        ({"order_until": None}, 404, "In dieser Kampagne kann nichts bestellt werden"),
    ],
)
def test_where_nobody_can_order_it_is_said_why_and_whom_to_ask(
    network_a: Network, cards: Material, values: dict[str, Any], status: int, said: str
) -> None:
    with in_network(network_a):
        campaign = Campaign.objects.get()
        PersonToAsk(campaign=campaign, name="Dana Krüger", phone="03731 555020").save()
        for name, value in values.items():
            setattr(campaign, name, value)
        campaign.save()
    page = Client().get(URL)
    text = page.content.decode()
    assert page.status_code == status
    assert said in text and "03731 555020" in text and 'href="/mitte/aktionen/danke-sagen/"' in text
    assert "<form" not in text.partition("<main")[2]


def test_nobody_learns_of_a_campaign_that_is_prepared(network_a: Network, cards: Material) -> None:
    with in_network(network_a):
        campaign = Campaign.objects.get()
        campaign.state = CampaignState.PREPARED
        campaign.save()
    assert Client().get(URL).status_code == 404
