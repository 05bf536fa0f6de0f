"""Materials at the desk: pictures, stock, and what a change means said before it happens."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from knotenpunkt.activities.campaigns.models import Campaign, Line, Material
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from tests.activities.campaigns.ordering import (
    make_material,
    make_partner,
    order,
    ordering_campaign,
)
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
CARDS: dict[str, Any] = {
    "name": "Postkarten", "packs": 3, "pack_size": 50, "unit": "Postkarten",
    "giving": "first_come", "funding_area": "I", "is_offered": "on", "cost": "12,50",
}  # fmt: skip


class Desk:
    """Ede at the desk of a campaign."""

    def __init__(self, network: Network, cast: Cast) -> None:
        self.network, self.client = network, Client()
        self.client.force_login(cast.ede)
        with in_network(network):
            self.campaign: Campaign = ordering_campaign()

    def url(self, more: str = "") -> str:
        return f"/mitte/desk/kampagnen/{self.campaign.pk}/material/{more}"

    def materials(self) -> list[Material]:
        with in_network(self.network):
            return list(Material.objects.all())


@pytest.fixture
def desk(network_a: Network, cast: Cast) -> Desk:
    return Desk(network_a, cast)


def a_picture() -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (400, 300), "#2a9d8f").save(written, "PNG")
    return SimpleUploadedFile("karte.png", written.getvalue(), "image/png")


def test_a_material_is_added_with_its_picture(desk: Desk) -> None:
    answer = desk.client.post(desk.url("neu/"), CARDS | {"file": a_picture()})
    assert answer.status_code == 302
    [one] = desk.materials()
    assert (one.name, one.packs, one.pack_cents) == ("Postkarten", 3, 1250)
    assert one.picture_id is not None
    version = one.picture_id.hex
    for url in (
        desk.url(f"{one.pk}/{version}.webp"),
        f"/mitte/aktionen/danke-sagen/material/{one.pk}/{version}.webp",
    ):
        shown = desk.client.get(url)
        assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    desk.client.post(desk.url(f"{one.pk}/"), CARDS | {"drop_picture": "on"})
    assert desk.materials()[0].picture_id is None


def test_what_is_missing_is_told_and_the_picture_is_kept(desk: Desk) -> None:
    answer = desk.client.post(desk.url("neu/"), CARDS | {"name": "", "file": a_picture()})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Ihr neues Bild ist noch da." in text
    kept = text.partition('name="kept" value="')[2].partition('"')[0]
    desk.client.post(desk.url("neu/"), CARDS | {"kept": kept})
    assert desk.materials()[0].picture_id is not None


def test_consequences_are_shown_before_they_happen(desk: Desk) -> None:
    with in_network(desk.network):
        cards = make_material(desk.campaign, pack_cents=1250)
        one = order(make_partner(), (cards, 5))
    more = desk.client.post(desk.url(f"{cards.pk}/"), CARDS | {"packs": 9})
    text = more.content.decode()
    assert "Das folgt aus Ihrer Änderung" in text
    assert "Sofort an die Wartenden: 2 Packungen." in text
    assert desk.materials()[0].packs == 3
    desk.client.post(desk.url(f"{cards.pk}/"), CARDS | {"packs": 9, "gesehen": "ja"})
    with in_network(desk.network):
        assert Line.objects.get(order=one).granted == 5
    fewer = desk.client.post(desk.url(f"{cards.pk}/"), CARDS | {"packs": 4, "gesehen": "ja"})
    assert "5 Packungen sind schon für Bestellungen zugesagt" in fewer.content.decode()
    assert desk.materials()[0].packs == 9


@pytest.mark.parametrize(
    "change",
    [{"giving": "by_size"}, {"pack_size": 25}, {"is_offered": ""}, {"most_packs": 1},
     {"packs": 2}],
)  # fmt: skip
def test_each_change_that_touches_orders_is_said(desk: Desk, change: dict[str, Any]) -> None:
    with in_network(desk.network):
        cards = make_material(desk.campaign, pack_cents=1250)
        order(make_partner(), (cards, 1))
    told = {name: value for name, value in (CARDS | change).items() if value != ""}
    answer = desk.client.post(desk.url(f"{cards.pk}/"), told)
    assert "Das folgt aus Ihrer Änderung" in answer.content.decode()


def test_a_change_of_words_is_simply_saved(desk: Desk) -> None:
    with in_network(desk.network):
        cards = make_material(desk.campaign, pack_cents=1250)
        order(make_partner(), (cards, 1))
    answer = desk.client.post(desk.url(f"{cards.pk}/"), CARDS | {"name": "Dankpostkarten"})
    assert answer.status_code == 302
    assert desk.materials()[0].name == "Dankpostkarten"


def test_only_what_nobody_ordered_is_deleted(desk: Desk) -> None:
    with in_network(desk.network):
        cards, poster = make_material(desk.campaign), make_material(desk.campaign, "Poster")
        order(make_partner(), (cards, 1))
    for one in (cards, poster):
        desk.client.post(desk.url(f"{one.pk}/loeschen/"))
    assert [one.name for one in desk.materials()] == ["Postkarten"]


def test_the_list_says_where_it_gets_short(desk: Desk) -> None:
    assert "Noch gibt es kein Material" in desk.client.get(desk.url()).content.decode()
    with in_network(desk.network):
        cards = make_material(desk.campaign)
        order(make_partner(), (cards, 5))
    text = desk.client.get(desk.url()).content.decode()
    assert "5 Packungen bestellt, 3 da" in text
    assert "2 Packungen auf der Warteliste" in text
