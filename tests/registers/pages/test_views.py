from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.pages.actions import prepare_pages
from knotenpunkt.registers.pages.models import LegalPage

PAGES = [
    ("impressum/", "Impressum", "Imprint"),
    ("datenschutz/", "Datenschutz", "Privacy"),
    ("barrierefreiheit/", "Erklärung zur Barrierefreiheit", "Accessibility statement"),
    ("leichte-sprache/", "Leichte Sprache", "Easy language"),
    ("gebaerdensprache/", "Gebärdensprache", "Sign language"),
    ("kontakt/", "Kontakt", "Contact"),
]


@pytest.fixture
def prepared(network_a: Network) -> Network:
    prepare_pages(network_a)
    return network_a


@pytest.mark.parametrize(("path", "german", "english"), PAGES)
def test_each_page_in_german_and_english(
    client: Client, prepared: Network, path: str, german: str, english: str
) -> None:
    for address, title in ((f"/mitte/{path}", german), (f"/mitte/en/{path}", english)):
        answer = client.get(address)
        assert answer.status_code == 200
        assert f"<h1>{title}</h1>" in answer.content.decode()
        assert not answer.cookies


def test_an_unsigned_page_says_so_until_it_is_signed(client: Client, prepared: Network) -> None:
    assert "Ungeprüft" in client.get("/mitte/impressum/").content.decode()
    with in_network(prepared):
        LegalPage.objects.filter(kind="imprint").update(signed_by="Petra", signed_at=timezone.now())
    assert "Ungeprüft" not in client.get("/mitte/impressum/").content.decode()


def test_a_german_page_on_an_english_address_is_marked_as_german(
    client: Client, prepared: Network
) -> None:
    with in_network(prepared):
        LegalPage.objects.filter(kind="imprint", language="en").delete()
    html = client.get("/mitte/en/impressum/").content.decode()
    assert '<html lang="en"' in html
    assert '<h1><span lang="de">Impressum</span></h1>' in html


def test_what_people_write_cannot_become_html(client: Client, prepared: Network) -> None:
    with in_network(prepared):
        LegalPage.objects.filter(kind="imprint").update(body="<script>alert(1)</script>")
    html = client.get("/mitte/impressum/").content.decode()
    assert "&lt;script&gt;alert(1)" in html


def test_a_network_without_pages_has_none(client: Client, network_a: Network) -> None:
    assert client.get("/mitte/impressum/").status_code == 404
