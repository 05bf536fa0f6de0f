"""Words of danger bring the numbers that help, and ordinary worries do not."""

from __future__ import annotations

import pytest
from django.test import Client

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.danger import danger_in, dangers
from knotenpunkt.registers.pages.actions import prepare_pages
from knotenpunkt.registers.pages.queries import help_numbers
from tests.factories import make_offer


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ich will nicht mehr leben", "life"),
        ("ich habe angst dass ich meinem kind was antue", "child"),
        ("hab mein BABY GESCHÜTTELT!!", "child"),
        ("mein mann schlaegt mich", "violence"),
        ("my husband beats me", "violence"),
        ("чоловік б'є мене", "violence"),
        ("يضربني زوجي", "violence"),
        ("baby schreit nur noch, ich kann nicht mehr", "strength"),
        ("intihar", "life"),
    ],
)
def test_danger_is_heard(text: str, kind: str) -> None:
    found = danger_in(text)
    assert found is not None and found.kind == kind


@pytest.mark.parametrize(
    "text",
    ["", "krabbelgruppe", "mein kind schlägt andere kinder in der kita", "leben mit baby",
     "kann man beim elterngeld mehr bekommen", "hebamme", "schütteltrauma vorbeugen kurs"],
)  # fmt: skip
def test_ordinary_worries_stay_ordinary(text: str) -> None:
    assert danger_in(text) is None


@pytest.mark.django_db
def test_every_number_is_among_the_shipped_ones(network_a: Network) -> None:
    with in_network(network_a):
        prepare_pages(network_a)
        shipped = {line.tel for line in help_numbers("de")}
    assert {number for one in dangers() for number in one.numbers} <= shipped


@pytest.mark.django_db
def test_the_numbers_stand_above_the_results(client: Client, network_a: Network) -> None:
    with in_network(network_a):
        prepare_pages(network_a)
        make_offer("Krisendienst")
    page = client.get("/mitte/angebote/?q=ich+will+nicht+mehr+leben").content.decode()
    assert page.index("leise-hilfe") < page.index("Krisendienst")
    assert page.index("tel:08001110111") < page.index("Krisendienst")
    assert "leise-hilfe" not in client.get("/mitte/angebote/?q=krise").content.decode()


@pytest.mark.django_db
def test_when_nothing_fits_the_head_says_so_and_few_are_shown(
    client: Client, network_a: Network
) -> None:
    with in_network(network_a):
        prepare_pages(network_a)
        for number in range(8):
            make_offer(f"Krabbelgruppe {number}", summary="Singen und Spielen.")
    page = client.get("/mitte/angebote/?q=asdkjh+qweoiu").content.decode()
    assert "Ganz genau passt nichts" in page
    assert page.count('<article class="kp-offer"') == 5
    assert page.index("tel:112") < page.index('<article class="kp-offer"')
