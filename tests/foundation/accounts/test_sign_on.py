"""Signing in with the operator's own service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from config.options import Environment, UnusableSetting
from config.sign_on import SignOnService as Named
from config.sign_on import sign_on_service
from knotenpunkt.foundation.accounts.models import EventKind, Membership, SecurityEvent, User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from tests.conftest import Cast
from tests.foundation.accounts.sign_on_service import (
    CLIENT_ID,
    CLIENT_SECRET,
    OTHER_KEY,
    SignOnService,
    running,
)

START, BACK = "/mitte/desk/konto/dienst/", "/mitte/desk/konto/dienst/zurueck/"
ISSUER = "KNOTENPUNKT_OIDC_ISSUER"
WHOLE = {
    ISSUER: "https://anmeldung.example.org/realms/intern",
    "KNOTENPUNKT_OIDC_CLIENT_ID": CLIENT_ID,
    "KNOTENPUNKT_OIDC_CLIENT_SECRET": CLIENT_SECRET,
    "KNOTENPUNKT_OIDC_NAME": "Landkreis-Konto",
}


@pytest.fixture
def service(settings: Any) -> Iterator[SignOnService]:
    with running() as service:
        named = Named("Landkreis-Konto", service.issuer, CLIENT_ID, CLIENT_SECRET)
        settings.SIGN_ON = named
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [named.for_allauth()]}
        }
        yield service


def come_back(client: Client, service: SignOnService, start: str = START, **data: str) -> Any:
    """Off to the service, and back with its code."""
    there = client.post(start, data)
    assert there.status_code == 302, there.content
    return client.get(service.authorise(there["Location"]).partition("testserver")[2])


def test_a_verified_address_opens_the_account(
    client: Client, cast: Cast, service: SignOnService
) -> None:
    page = client.get("/mitte/desk/anmelden/")
    assert "Mit Landkreis-Konto anmelden" in page.content.decode()
    assert f"form-action 'self' {service.issuer}" in page["Content-Security-Policy"]
    answer = come_back(client, service, next="/mitte/desk/angebote/")
    assert answer["Location"] == "/mitte/desk/angebote/"
    assert client.get("/mitte/desk/").status_code == 200
    known = SocialAccount.objects.get()
    assert (known.user, known.uid, known.extra_data) == (cast.petra, "42", {})
    assert SecurityEvent.objects.filter(kind=EventKind.SERVICE_CONNECTED).count() == 1
    assert cast.petra.has_usable_password()


def test_once_connected_the_name_there_counts(
    client: Client, cast: Cast, service: SignOnService
) -> None:
    come_back(client, service)
    service.email, service.email_verified = "", False
    other = Client()
    assert come_back(other, service)["Location"] == "/mitte/desk/"
    assert SecurityEvent.objects.filter(kind=EventKind.SERVICE_CONNECTED).count() == 1


@pytest.mark.parametrize("verified", [False, None, "true"])
def test_an_address_that_is_not_verified_opens_nothing(
    client: Client, cast: Cast, service: SignOnService, verified: object
) -> None:
    service.email_verified = verified
    assert "dienst-unbekannt" in come_back(client, service)["Location"]
    assert not SocialAccount.objects.exists()
    assert client.get("/mitte/desk/").status_code == 302


def test_the_service_makes_no_accounts_and_gives_no_roles(
    client: Client, cast: Cast, service: SignOnService, network_a: Network
) -> None:
    service.email = "fremd@example.org"
    assert "dienst-unbekannt" in come_back(client, service)["Location"]
    assert not User.objects.filter(email="fremd@example.org").exists()
    service.email, service.subject = "carla@example.org", "43"
    assert "keine-rolle" in come_back(client, service)["Location"]
    with in_network(network_a):
        assert not Membership.objects.filter(user=cast.carla).exists()
    assert client.get("/mitte/desk/").status_code == 302


@pytest.mark.parametrize("wrong", ["signs_with", "audience", "issuer"])
def test_a_token_that_is_not_for_us_is_refused(
    client: Client, cast: Cast, service: SignOnService, wrong: str
) -> None:
    there = client.post(START)
    back = service.authorise(there["Location"]).partition("testserver")[2]
    wrongs = {"signs_with": OTHER_KEY, "audience": "somebody", "issuer": "https://example.org"}
    if wrong == "issuer":
        document = service.document()
        service.document = lambda: document  # type: ignore[method-assign]
    setattr(service, wrong, wrongs[wrong])
    assert "dienst-fehler" in client.get(back)["Location"]
    assert client.get("/mitte/desk/").status_code == 302


def test_a_code_works_once_and_only_for_who_asked(
    client: Client, cast: Cast, service: SignOnService
) -> None:
    back = service.authorise(client.post(START)["Location"]).partition("testserver")[2]
    stranger = Client()
    assert "dienst-fehler" in stranger.get(back)["Location"]
    assert client.get(back)["Location"] == "/mitte/desk/"
    assert "dienst-fehler" in client.get(back)["Location"]


def test_one_return_address_for_all_languages(
    client: Client, cast: Cast, service: SignOnService
) -> None:
    there = client.post("/mitte/en/desk/konto/dienst/", {"next": "/mitte/en/desk/"})
    back = service.authorise(there["Location"])
    assert back.partition("?")[0] == f"http://testserver{BACK}"
    assert client.get(back.partition("testserver")[2])["Location"] == "/mitte/en/desk/"


def test_a_service_that_is_away_is_no_dead_end(
    client: Client, cast: Cast, service: SignOnService, settings: Any
) -> None:
    gone = Named("Konto", "http://localhost:9", CLIENT_ID, CLIENT_SECRET)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [gone.for_allauth()]}}
    answer = client.post(START, follow=True)
    assert "hat nicht geklappt" in answer.content.decode()


def test_without_a_service_there_is_no_button(client: Client, cast: Cast) -> None:
    page = client.get("/mitte/desk/anmelden/")
    assert START not in page.content.decode()
    assert "form-action 'self';" in page["Content-Security-Policy"] + ";"


def test_the_settings_name_the_service() -> None:
    named = sign_on_service(Environment(WHOLE))
    assert named is not None
    assert (named.name, named.origin) == ("Landkreis-Konto", "https://anmeldung.example.org")
    assert sign_on_service(Environment({})) is None
    nameless = sign_on_service(Environment({**WHOLE, "KNOTENPUNKT_OIDC_NAME": ""}))
    assert nameless is not None and nameless.name == "anmeldung.example.org"
    assert CLIENT_SECRET not in repr(named)


@pytest.mark.parametrize(
    "wrong",
    [
        {**WHOLE, ISSUER: "http://anmeldung.example.org"},
        {**WHOLE, ISSUER: "anmeldung.example.org"},
        {**WHOLE, "KNOTENPUNKT_OIDC_CLIENT_SECRET": ""},
    ],
)
def test_half_or_open_settings_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(UnusableSetting):
        sign_on_service(Environment(wrong))
