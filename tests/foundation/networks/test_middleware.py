"""Addresses nobody meant, questions without bodies, and pages that are the same for everyone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory

from knotenpunkt.foundation.networks.middleware import HeadWithoutBody, mounted
from knotenpunkt.foundation.networks.models import Network
from tests.conftest import Cast


@pytest.mark.parametrize(
    "path", ["/%00/", "/%00", "/mitte%00/", "/a%0A/", "/%FF/", "/Mitte/", "/" + "a" * 5000 + "/"]
)
def test_what_no_network_can_be_called_is_not_found(
    client: Client, network_a: Network, path: str
) -> None:
    assert client.get(path).status_code == 404


def test_the_database_is_not_asked_for_what_no_network_can_be_called(
    network_a: Network, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        for path in ("/", "/\x00/", "/favicon.ico", "/a_b/", "/-/"):
            assert mounted(path)[0] is None
        assert mounted("/en/x") == (None, "en", "/")
    assert mounted("/mitte/en/")[1:] == ("en", "/mitte/en/")


def test_a_page_without_its_body_keeps_its_length(rf: RequestFactory) -> None:
    answer = HeadWithoutBody(lambda _request: HttpResponse("Käse"))(rf.head("/"))
    assert (answer.content, answer["Content-Length"]) == (b"", "5")
    whole = HeadWithoutBody(lambda _request: HttpResponse("Käse"))(rf.get("/"))
    assert whole.content.decode() == "Käse"


def test_a_file_without_its_body_is_closed(rf: RequestFactory, db: None) -> None:
    with Path(__file__).open("rb") as file:
        answer: HttpResponseBase = HeadWithoutBody(lambda _request: FileResponse(file))(  # type: ignore[arg-type,return-value]
            rf.head("/")
        )
        assert list(answer) == []  # type: ignore[call-overload]
        assert answer.file_to_stream is None  # type: ignore[attr-defined]
        assert int(answer["Content-Length"]) > 1000
        answer.close()
        assert file.closed


@pytest.mark.parametrize("path", ["/mitte/", "/mitte/angebote/", "/mitte/en/angebote/?q=x", "/"])
def test_a_public_page_is_the_same_for_everybody(client: Client, cast: Cast, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "cookie" not in answer.get("Vary", "").lower()
    assert not answer.cookies


def test_for_members_it_is_their_own(client: Client, cast: Cast) -> None:
    client.force_login(cast.petra)
    assert "Cookie" in client.get("/mitte/angebote/")["Vary"]
