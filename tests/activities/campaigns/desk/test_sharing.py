"""Sharing at the desk: a page of shares at a time, and the files that come out of it."""

from __future__ import annotations

import pytest
from django.test import Client

from knotenpunkt.activities.campaigns.actions.stations import StationDraft, save_station
from knotenpunkt.activities.campaigns.desk.handing_over import assigning
from knotenpunkt.activities.campaigns.desk.sharing import material as page
from knotenpunkt.activities.campaigns.models import Giving, Line, Material, Order
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from tests.activities.campaigns.ordering import (
    close_orders,
    make_material,
    make_partner,
    order,
    ordering_campaign,
)
from tests.conftest import Cast
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


class Desk:
    """Petra at five orders of a material that is short, two on a page."""

    def __init__(self, network: Network, cast: Cast) -> None:
        self.network, self.client = network, Client()
        self.client.force_login(cast.petra)
        with in_network(network):
            self.campaign = ordering_campaign()
            self.cards: Material = make_material(
                self.campaign, packs=9, giving=Giving.PROPORTIONAL, pack_cents=250
            )
            self.orders: list[Order] = [
                order(make_partner(f"Anna{n} Amsel", f"Kita {n}"), (self.cards, 3))
                for n in range(1, 6)
            ]
            close_orders(self.campaign)
        self.root = f"/mitte/desk/kampagnen/{self.campaign.pk}"
        self.url = f"{self.root}/aufteilen/{self.cards.pk}/"

    def field(self, at: int) -> str:
        with in_network(self.network):
            return f"anteil-{Line.objects.get(order=self.orders[at]).pk}"

    def proposed(self) -> list[int | None]:
        with in_network(self.network):
            rows = Line.objects.order_by("order__number")
            return list(rows.values_list("proposed", flat=True))


@pytest.fixture
def desk(network_a: Network, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(page, "PAGE", 2)
    monkeypatch.setattr(assigning, "PAGE", 2)
    return Desk(network_a, cast)


def test_each_page_of_shares_is_saved_by_itself(desk: Desk) -> None:
    second = desk.client.get(desk.url, {"seite": "2"}).content.decode()
    assert "3 bis 4 von 5" in second and 'aria-current="page"' in second
    assert desk.field(2) in second and desk.field(0) not in second
    typed = {"regel": "proportional", "deed": "rechnen", desk.field(2): "3", desk.field(3): "1"}
    answer = desk.client.post(f"{desk.url}?regel=proportional&seite=2", typed)
    assert answer["Location"] == f"{desk.url}?regel=proportional&seite=2"
    assert desk.proposed() == [None, None, 3, 1, None]


def test_what_was_typed_wrong_stays_on_its_page(desk: Desk) -> None:
    typed = {"regel": "proportional", "deed": "rechnen", desk.field(2): "viele"}
    answer = desk.client.post(f"{desk.url}?seite=2", typed)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="viele"' in shown and "3 bis 4 von 5" in shown
    assert desk.proposed() == [None] * 5


def test_an_order_is_found_among_all_pages(desk: Desk) -> None:
    for words in ("kita 4", str(desk.orders[3].number)):
        found = desk.client.get(desk.url, {"q": words}).content.decode()
        assert desk.field(3) in found and desk.field(0) not in found
    none = desk.client.get(desk.url, {"q": "nirgends", "seite": "99"}).content.decode()
    assert "anteil-" not in none


def test_shares_are_taken_back_once(desk: Desk) -> None:
    shown = desk.client.get(desk.url).content.decode()
    seal = shown.split('name="gesehen" value="')[1].split('"')[0]
    settled = {"regel": "proportional", "deed": "festlegen", "gesehen": seal}
    desk.client.post(desk.url, settled)
    first = desk.client.post(f"{desk.url}zurueck/", follow=True).content.decode()
    again = desk.client.post(f"{desk.url}zurueck/", follow=True).content.decode()
    assert "Die Anteile von 5 Bestellungen sind wieder offen." in first
    assert "Es gibt keinen Anteil, der zurückgenommen werden kann." in again


def test_stations_are_assigned_page_by_page(desk: Desk) -> None:
    with in_network(desk.network):
        town_hall = save_station(
            actor=SYSTEM, campaign=desk.campaign, draft=StationDraft(name="Rathaus")
        )
    here = f"{desk.root}/ausgabe/zuordnen/?seite=3"
    last = desk.client.get(here).content.decode()
    assert "5 bis 5 von 5" in last
    chosen = {f"ort-{desk.orders[4].pk}": str(town_hall.pk), "deed": "von-hand"}
    told = desk.client.post(here, chosen, follow=True).content.decode()
    assert "1 Bestellung ist neu zugeordnet." in told
    with in_network(desk.network):
        assert [one.station for one in Order.objects.order_by("number")] == [None] * 4 + [town_hall]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("aufteilen/fehlt/datei/", "danke-sagen-was-fehlt.csv"),
        ("aufteilen/kosten/datei/", "danke-sagen-kosten.csv"),
        ("ausgabe/liste.pdf", "danke-sagen-packliste.pdf"),
    ],
)
def test_files_are_called_in_german(desk: Desk, path: str, name: str) -> None:
    url = f"{desk.root}/{path}"
    answer = (
        desk.client.get(url) if name.endswith("pdf") else desk.client.post(url, {"form": "csv"})
    )
    assert f'filename="{name}"' in answer["Content-Disposition"]
