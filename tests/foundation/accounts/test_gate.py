from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import clear_url_caches, path
from django.urls.resolvers import URLPattern

from config import network_urls
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only, own_address
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Right
from tests.conftest import Cast


@members_only(Right.READ_AUDIT)
def audit_page(request: DeskRequest) -> HttpResponse:
    return HttpResponse(f"for {request.actor.label}")


@pytest.fixture
def _with_an_audit_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    extra: list[URLPattern] = [path("desk/probe/", audit_page)]
    monkeypatch.setattr(network_urls, "urlpatterns", [*extra, *network_urls.urlpatterns])
    clear_url_caches()
    yield
    clear_url_caches()  # what was resolved with the page would outlive it


def get(client: Client, user: User | None, address: str) -> HttpResponse:
    if user:
        client.force_login(user)
    return client.get(address)


@pytest.mark.usefixtures("_with_an_audit_page")
@pytest.mark.parametrize(
    ("who", "code"),
    [("petra", 200), ("ede", 403), ("birgit", 403), ("frida", 403), ("carla", 404)],
)
def test_members_with_the_right_come_in(client: Client, cast: Cast, who: str, code: int) -> None:
    assert get(client, getattr(cast, who), "/mitte/desk/probe/").status_code == code


@pytest.mark.parametrize(
    ("who", "code"),
    [("petra", 200), ("ede", 200), ("birgit", 200), ("frida", 200), ("carla", 404)],
)
def test_every_role_opens_the_first_page(client: Client, cast: Cast, who: str, code: int) -> None:
    assert get(client, getattr(cast, who), "/mitte/desk/").status_code == code


def test_nobody_signs_in_first_and_comes_back(client: Client, cast: Cast) -> None:
    response = client.get("/mitte/en/desk/?tab=1")
    assert response.status_code == 302
    assert response["Location"] == "/mitte/en/desk/anmelden/?next=%2Fmitte%2Fen%2Fdesk%2F%3Ftab%3D1"
    assert "no-store" in response["Cache-Control"]


def test_a_closed_account_is_nobody(client: Client, cast: Cast) -> None:
    client.force_login(cast.petra)
    cast.petra.is_active = False
    cast.petra.save()
    assert client.get("/mitte/desk/").status_code == 302


@pytest.mark.parametrize(
    "wanted",
    ["", "https://example.com/", "//example.com/", "javascript:alert(1)", "/\\example.com"],
)
def test_only_own_addresses_are_gone_back_to(
    rf: RequestFactory, settings: object, wanted: str
) -> None:
    request = rf.get("/", headers={"host": "localhost"})
    request.urlconf = "config.network_urls"  # type: ignore[attr-defined]
    from django.urls import set_urlconf

    set_urlconf("config.network_urls")
    try:
        assert own_address(request, wanted) == "/desk/"
        assert own_address(request, "/mitte/desk/?x=1") == "/mitte/desk/?x=1"
    finally:
        set_urlconf(None)
