from __future__ import annotations

import pytest
from django.test import Client

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.areas.actions import draw_outlines


def test_suggestions_while_typing(client: Client, network_a: Network) -> None:
    answer = client.get("/mitte/orte/vorschlaege", {"q": "Frei"})
    assert answer.json()["suggestions"][0] == {
        "value": "09599 Freiberg",
        "hint": "Landkreis Mittelsachsen",
        "postal_code": "09599",
        "town": "Freiberg",
    }


def test_each_network_sees_its_own_area_first(
    client: Client, network_a: Network, network_b: Network
) -> None:
    for slug, county in (("mitte", "Landkreis Mittelsachsen"), ("peine", "Peine")):
        answer = client.get(f"/{slug}/orte/vorschlaege", {"q": "e"})
        assert answer.json()["suggestions"][0]["hint"] == county


@pytest.mark.parametrize("query", ["", "?q=", "?q=%00", "?q=" + "ü" * 3000])
def test_odd_input_is_no_error(client: Client, network_a: Network, query: str) -> None:
    answer = client.get("/mitte/orte/vorschlaege" + query)
    assert answer.json() == {"suggestions": []}


def test_a_position_becomes_a_postal_code(client: Client, network_a: Network) -> None:
    answer = client.get("/mitte/orte/naechste-plz", {"lat": "50.91", "lon": "13.34"})
    assert answer.json() == {"postal_code": "09599", "town": "Freiberg"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("lat", "lon", "status"),
    [("48.21", "16.37", 404), ("", "", 400), ("a", "b", 400), ("nan", "inf", 404)],
)
def test_positions_that_lead_nowhere_say_so(
    client: Client, network_a: Network, lat: str, lon: str, status: int
) -> None:
    answer = client.get("/mitte/orte/naechste-plz", {"lat": lat, "lon": lon})
    assert answer.status_code == status
    assert answer.json()["error"]


def test_the_map_gets_its_borders(client: Client, network_a: Network, system: Actor) -> None:
    draw_outlines(network_a, actor=system)
    answer = client.get("/mitte/karte/umrisse.json")
    borders = answer.json()
    assert answer["Content-Type"] == "application/geo+json"
    assert borders["features"][0]["properties"] == {
        "name": "Landkreis Mittelsachsen", "level": "county", "approximate": True,
    }  # fmt: skip
    assert "GeoNames" in borders["attribution"]


def test_a_network_without_borders_has_an_empty_map(client: Client, network_a: Network) -> None:
    assert client.get("/mitte/karte/umrisse.json").json()["features"] == []


@pytest.mark.parametrize(
    "path", ["orte/vorschlaege?q=f", "orte/naechste-plz?lat=50.9&lon=13.3", "karte/umrisse.json"]
)
def test_nothing_is_left_with_the_visitor(client: Client, network_a: Network, path: str) -> None:
    answer = client.get(f"/mitte/{path}")
    assert answer.status_code == 200
    assert not answer.cookies
    assert client.post(f"/mitte/{path}").status_code == 405


def test_the_place_field_gets_options(client: Client, network_a: Network) -> None:
    html = client.get("/mitte/orte/vorschlaege", {"ort": "Frei"}).content.decode()
    assert html.startswith('<option value="09599 Freiberg">Landkreis Mittelsachsen</option>')
