"""Second factors without a browser: codes, rules of a network, confirming who one is."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core.cache import cache
from django.test import Client

from knotenpunkt.foundation.accounts.actions import remove_second_factor
from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.models import EventKind, SecurityEvent, User
from knotenpunkt.foundation.networks.models import Network
from tests.conftest import PASSWORD, Cast

SECRET = "JBSWY3DPEHPK3PXP"
CODE_PAGE = "/mitte/desk/konto/anmelden/code/"
PROTECT = "/mitte/desk/konto/schutz/"


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    cache.clear()


def with_app(user: User) -> User:
    TOTP.activate(user, SECRET)
    return user


def code(step: int = 0) -> str:
    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + step)))


def sign_in(client: Client, name: str, **more: str) -> Any:
    values = {"username": f"{name}@example.org", "password": PASSWORD, **more}
    return client.post("/mitte/desk/anmelden/", values)


def is_in(client: Client) -> bool:
    return client.get("/mitte/desk/konto/name/").status_code == 200


def events(user: User) -> list[str]:
    return list(SecurityEvent.objects.filter(user=user).values_list("kind", flat=True))


def test_the_password_alone_is_not_enough(client: Client, cast: Cast) -> None:
    with_app(cast.petra)
    assert sign_in(client, "petra", next="/mitte/desk/angebote/")["Location"] == CODE_PAGE
    assert not is_in(client)
    assert client.post(CODE_PAGE, {"code": "123456"}).status_code == 200
    assert not is_in(client)
    assert events(cast.petra) == [EventKind.WRONG_CODE]
    answer = client.post(CODE_PAGE, {"code": f" {code()} "})
    assert answer["Location"] == "/mitte/desk/angebote/"
    assert is_in(client)
    assert EventKind.SIGNED_IN in events(cast.petra)


def test_a_code_works_once(client: Client, cast: Cast) -> None:
    with_app(cast.petra)
    used = code()
    sign_in(client, "petra")
    client.post(CODE_PAGE, {"code": used})
    other = Client()
    sign_in(other, "petra")
    other.post(CODE_PAGE, {"code": used})
    assert not is_in(other)


def test_codes_cannot_be_guessed(client: Client, cast: Cast) -> None:
    with_app(cast.petra)
    sign_in(client, "petra")
    for number in range(5):
        client.post(CODE_PAGE, {"code": f"00000{number}"})
    page = client.post(CODE_PAGE, {"code": code()}).content.decode()
    assert "warten Sie fünf Minuten" in page
    assert not is_in(client)


def test_the_page_of_the_code_is_for_nobody_else(client: Client, cast: Cast) -> None:
    assert client.get(CODE_PAGE)["Location"] == "/mitte/desk/konto/anmelden/"
    answer = client.get("/mitte/desk/konto/anmelden/?next=/mitte/desk/")
    assert answer["Location"] == "/mitte/desk/anmelden/?next=/mitte/desk/"


def test_secrets_are_sealed(cast: Cast) -> None:
    with_app(cast.petra)
    assert SECRET not in str(Authenticator.objects.get().data)


@pytest.mark.parametrize(("who", "led"), [("petra", True), ("ede", False)])
def test_a_network_can_ask_a_role_for_it(
    client: Client, cast: Cast, network_a: Network, who: str, led: bool
) -> None:
    network_a.second_factor_roles = ["coordinator"]
    network_a.save()
    sign_in(client, who)
    answer = client.get("/mitte/desk/angebote/")
    assert answer.status_code == (302 if led else 200)
    if led:
        assert answer["Location"] == PROTECT
        assert client.post("/mitte/desk/konto/name/", {"name": "Anna"})["Location"] == PROTECT
        page = client.get(PROTECT)
        assert "bittet alle mit Ihrer Rolle" in page.content.decode()
        assert 'href="/mitte/desk/angebote/"' not in page.content.decode()
        for way in ("passkeys/neu/", "app/"):
            assert client.get(f"/mitte/desk/konto/{way}").status_code == 200
        with_app(cast.petra)
        assert client.get("/mitte/desk/angebote/").status_code == 200
        assert client.get(PROTECT)["Location"] == "/mitte/desk/konto/"


def test_setting_up_an_app_makes_recovery_codes(client: Client, cast: Cast) -> None:
    sign_in(client, "petra")
    client.get("/mitte/desk/konto/app/")
    secret = client.session["mfa.totp.secret"]
    now = int(time.time()) // 30
    answer = client.post(
        "/mitte/desk/konto/app/", {"code": format_hotp_value(hotp_value(secret, now))}
    )
    assert answer["Location"] == "/mitte/desk/konto/ersatzcodes/"
    page = client.get(answer["Location"])
    codes = page.context["codes"]
    assert len(codes) == 10
    file = client.get("/mitte/desk/konto/ersatzcodes/datei/")
    assert "ersatzcodes.txt" in file["Content-Disposition"]
    assert all(one in file.content.decode() for one in codes)

    other = Client()
    sign_in(other, "petra")
    other.post(CODE_PAGE, {"code": codes[3]})
    assert is_in(other)
    third = Client()
    sign_in(third, "petra")
    third.post(CODE_PAGE, {"code": codes[3]})
    assert not is_in(third)


def test_old_recovery_codes_are_not_shown_again(client: Client, cast: Cast) -> None:
    sign_in(client, "petra")
    with_app(cast.petra)
    client.post("/mitte/desk/konto/ersatzcodes/")
    codes = Authenticator.objects.get(type="recovery_codes")
    assert client.get("/mitte/desk/konto/ersatzcodes/").context["codes"]
    codes.created_at = codes.created_at.replace(year=2020)
    codes.save()
    assert client.get("/mitte/desk/konto/ersatzcodes/").context["codes"] == []
    assert client.get("/mitte/desk/konto/ersatzcodes/datei/").status_code == 404


def test_what_matters_asks_again_after_a_while(client: Client, cast: Cast) -> None:
    client.force_login(cast.petra)
    ask = "/mitte/desk/konto/bestaetigen/?next=%2Fmitte%2Fdesk%2Fkonto%2Fapp%2F"
    assert client.get("/mitte/desk/konto/app/")["Location"] == ask
    assert client.post("/mitte/desk/konto/app/", {"code": "1"})["Location"] == ask
    wrong = client.post(ask, {"password": "wrong", "next": "/mitte/desk/konto/app/"})
    assert "stimmt nicht" in wrong.content.decode()
    right = client.post(ask, {"password": PASSWORD, "next": "/mitte/desk/konto/app/"})
    assert right["Location"] == "/mitte/desk/konto/app/"
    assert client.get("/mitte/desk/konto/app/").status_code == 200


def test_confirming_leads_to_no_other_site(client: Client, cast: Cast) -> None:
    client.force_login(cast.petra)
    data = {"password": PASSWORD, "next": "https://example.com/"}
    assert client.post("/mitte/desk/konto/bestaetigen/", data)["Location"] == "/mitte/desk/"


def test_guessing_while_confirming_is_slowed_down(client: Client, cast: Cast) -> None:
    client.force_login(cast.petra)
    for _wrong in range(5):
        client.post("/mitte/desk/konto/bestaetigen/", {"password": "wrong"})
    page = client.post("/mitte/desk/konto/bestaetigen/", {"password": PASSWORD}).content.decode()
    assert "zu viele Versuche" in page


def test_nobody_touches_the_passkey_of_another(client: Client, cast: Cast) -> None:
    theirs = WebAuthn.add(cast.ede, "Edes Schlüssel", {}).instance
    sign_in(client, "petra")
    address = f"/mitte/desk/konto/passkeys/{theirs.pk}/"
    assert client.get(address).status_code == 404
    assert client.post(address, {"deed": "remove"}).status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


def test_the_only_way_in_cannot_be_removed(client: Client, cast: Cast) -> None:
    sign_in(client, "petra")
    cast.petra.set_unusable_password()
    cast.petra.save()
    client.force_login(cast.petra)
    key = WebAuthn.add(cast.petra, "Schlüssel", {}).instance
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "passkey", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(cast.petra.pk)
    session.save()
    answer = client.post(f"/mitte/desk/konto/passkeys/{key.pk}/", {"deed": "remove"}, follow=True)
    assert "zuerst ein Passwort" in answer.content.decode()
    assert Authenticator.objects.filter(pk=key.pk).exists()


MADE_UP = [
    "{}", "[]", "1", "null", "nonsense", '{"response": null}', '{"response": {"userHandle": 1}}',
    '{"response": {"userHandle": "x"}}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {"clientDataJSON": "e30", '
    '"authenticatorData": "AA", "signature": "AA", "userHandle": "AAAA"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "!", '
    '"authenticatorData": "AA", "signature": "AA"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30", '
    '"attestationObject": "oA"}}',
]  # fmt: skip


@pytest.mark.parametrize("solution", MADE_UP)
def test_a_made_up_passkey_opens_nothing(client: Client, cast: Cast, solution: str) -> None:
    address = "/mitte/desk/konto/passkeys/anmelden/"
    assert client.post(address, {"credential": ""}).json()["publicKey"]["challenge"]
    answer = client.post(address, {"credential": solution})
    assert "passkey-fehler" in answer["Location"]
    assert not is_in(client)


@pytest.mark.parametrize("solution", MADE_UP)
def test_a_made_up_passkey_is_not_added(client: Client, cast: Cast, solution: str) -> None:
    sign_in(client, "petra")
    for page in ("passkeys/neu/", "bestaetigen/"):
        client.post(f"/mitte/desk/konto/{page}", {"credential": ""})
        answer = client.post(f"/mitte/desk/konto/{page}", {"credential": solution})
        assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_the_console_helps_who_lost_everything(cast: Cast, inside_a: Network) -> None:
    with_app(cast.petra)
    assert remove_second_factor(actor=System("test"), user=cast.petra) == 1
    client = Client()
    assert sign_in(client, "petra")["Location"] == "/mitte/desk/"
