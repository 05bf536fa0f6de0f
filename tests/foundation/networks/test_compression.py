"""What everyone may read is sent compressed, what belongs to one person is not."""

from __future__ import annotations

import gzip

from django.test import Client

from knotenpunkt.foundation.networks.models import Network

ASKS = {"HTTP_ACCEPT_ENCODING": "gzip"}


def test_a_public_page_is_compressed(client: Client, network_a: Network) -> None:
    plain = client.get("/mitte/angebote/")
    small = client.get("/mitte/angebote/", **ASKS)
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert len(small.content) * 3 < len(plain.content)
    assert small["Content-Security-Policy"] == plain["Content-Security-Policy"]
    assert {"HX-Request", "HX-Target", "Accept-Encoding"} <= set(small["Vary"].split(", "))
    assert not small.cookies


def test_nobody_has_to_take_it_compressed(client: Client, network_a: Network) -> None:
    assert "Content-Encoding" not in client.get("/mitte/angebote/")


def test_a_form_with_a_token_is_sent_as_it_is(client: Client, network_a: Network) -> None:
    for _visit in ("without a cookie yet", "with one"):
        page = client.get("/mitte/desk/anmelden/", **ASKS)
        assert b"csrfmiddlewaretoken" in page.content
        assert "Content-Encoding" not in page


def test_pages_of_somebody_signed_in_are_sent_as_they_are(
    client: Client, network_a: Network
) -> None:
    client.cookies["sessionid"] = "somebody"
    assert "Content-Encoding" not in client.get("/mitte/angebote/", **ASKS)
