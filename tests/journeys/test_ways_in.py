"""Ways into the desk in a real browser: invitation, passkey, code app, recovery codes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.installations import Served, new_installation, served
from tests.journeys.conftest import DESKTOP, NARROW, PHONE, STILL, Opening, Visit
from tests.journeys.inspection import focus_stops, too_wide, violations
from tests.journeys.people import account, press, sign_in, with_device

# The same in what a screen reader says, where hidden words follow a blank.
CHANGE_PASSKEY = re.compile(r"Ändern\s*: Passkey")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An installation of its own: what is done to accounts here must not meet other journeys."""
    with new_installation(tmp_path_factory.mktemp("ways-in")) as installation:
        installation.done("network", "create", "mittelsachsen", "--name", "Netzwerk Mitte")
        for name, role in (("petra", "coordinator"), ("birgit", "reader"), ("ede", "editor")):
            account(installation, name, role)
        with served(installation, "--workers", "2") as running:
            yield running
            assert running.complaints() == ""


def sign_out(one: Visit) -> None:
    one.context.clear_cookies()


def code_for(secret: str, step: int = 0) -> str:
    """The code that an app shows now (or `step` rounds later)."""
    return str(
        format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time()) // 30 + step))
    )


def test_an_invited_editor_comes_in_by_passkey_alone(visit: Opening) -> None:
    petra = visit(DESKTOP)
    page = sign_in(petra, "petra")
    petra.go("desk/personen/einladen/")
    page.get_by_label("Name").fill("Jonas Reuter")
    page.get_by_label("E-Mail-Adresse").fill("jonas@example.org")
    page.get_by_label("Redaktion").check()
    organisation = page.get_by_label("Organisation", exact=True)
    assert not organisation.is_visible()
    page.get_by_label("Anbieter").check()
    assert organisation.is_visible()
    page.get_by_label("Redaktion").check()
    press(page, "Einladen")
    link = page.get_by_label("Link für Jonas Reuter").input_value()

    jonas = visit(PHONE)
    with_device(jonas)
    page = jonas.page
    page.goto(link)
    assert "Netzwerk Mitte" in page.locator("main").inner_text()
    assert not violations(page)
    press(page, "Ohne Passwort: Passkey einrichten")
    press(page, "Auf diesem Gerät einrichten")
    assert page.locator(".kp-codes li").count() == 10
    jonas.go("desk/")
    assert "Jonas" in page.locator("h1").inner_text()

    sign_out(jonas)
    jonas.go("desk/anmelden/")
    press(page, "Mit einem Passkey anmelden")
    assert page.url == jonas.address("desk/")
    assert page.goto(link).status == 404  # it works once


def test_who_leaves_before_the_passkey_is_led_back_to_it(visit: Opening) -> None:
    petra = visit(DESKTOP)
    page = sign_in(petra, "petra")
    petra.go("desk/personen/einladen/")
    page.get_by_label("Name").fill("Lena Frost")
    page.get_by_label("E-Mail-Adresse").fill("lena@example.org")
    page.get_by_label("Lesen").check()
    press(page, "Einladen")
    link = page.get_by_label("Link für Lena Frost").input_value()
    lena = visit(PHONE)
    lena.page.goto(link)
    press(lena.page, "Ohne Passwort: Passkey einrichten")
    lena.page.goto(lena.address("desk/angebote/"))
    assert lena.page.url == lena.address("desk/konto/schutz/")
    assert lena.page.get_by_role("link", name="Lieber ein Passwort wählen").is_visible()


def test_a_passkey_is_added_named_and_removed(visit: Opening) -> None:
    one = visit(DESKTOP, **STILL)
    with_device(one)
    page = sign_in(one, "birgit")
    one.go("desk/konto/passkeys/neu/")
    press(page, "Auf diesem Gerät einrichten")
    one.go("desk/konto/")
    assert "Passkey eingerichtet" in page.locator("main").inner_text()
    assert not violations(page)
    press(page, CHANGE_PASSKEY)
    page.get_by_label("Name des Passkeys").fill("Rechner im Büro")
    press(page, "Speichern")
    assert "Rechner im Büro" in page.locator("main").inner_text()

    sign_out(one)
    sign_in(one, "birgit")  # the password alone is no longer enough
    assert "anmelden/code" in page.url
    press(page, "Passkey verwenden")
    assert page.url == one.address("desk/")

    one.go("desk/konto/")
    press(page, CHANGE_PASSKEY)
    press(page, "Diesen Passkey entfernen")
    assert "Rechner im Büro" not in page.locator(".kp-settings").nth(1).inner_text()


def test_a_device_that_refuses_is_no_dead_end(visit: Opening) -> None:
    one = visit(DESKTOP, **STILL)
    session, authenticator = with_device(one)
    session.send(
        "WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False}
    )
    page = sign_in(one, "birgit")
    one.go("desk/konto/passkeys/neu/")
    page.get_by_role("button", name="Auf diesem Gerät einrichten").click()
    alert = page.locator("[data-passkey-problem]")
    alert.wait_for()
    assert "Es wurde nichts geändert" in alert.inner_text()
    assert page.evaluate("document.activeElement.hasAttribute('data-passkey-problem')")


def test_a_code_app_and_its_recovery_codes(visit: Opening) -> None:
    one = visit(PHONE, **STILL, java_script_enabled=False)
    page = sign_in(one, "ede")
    one.go("desk/konto/app/")
    secret = page.locator("code").inner_text()
    assert page.locator(".kp-qr__code svg").is_visible()
    page.locator("input[name=code]").fill("000000")
    press(page, "Einrichten")
    assert "passt nicht" in page.locator("main").inner_text()
    assert page.locator("code").inner_text() == secret  # the same picture still holds
    page.locator("input[name=code]").fill(code_for(secret))
    press(page, "Einrichten")
    codes = page.locator(".kp-codes li").all_inner_texts()
    assert len(codes) == len(set(codes)) == 10

    sign_out(one)
    sign_in(one, "ede")
    page.locator("input[name=code]").fill(code_for(secret, step=1))
    press(page, "Code prüfen")
    assert page.url == one.address("desk/")

    for expected in (one.address("desk/"), "anmelden/code"):  # a recovery code works once
        sign_out(one)
        sign_in(one, "ede")
        page.locator("input[name=code]").fill(codes[0])
        press(page, "Code prüfen")
        assert re.search(re.escape(expected) + "/?$", page.url)


PAGES = (
    "desk/personen/", "desk/personen/rechte/", "desk/personen/anmeldungen/",
    "desk/personen/einladen/", "desk/personen/schutz/", "desk/konto/", "desk/konto/name/",
    "desk/konto/passwort/", "desk/konto/app/", "desk/konto/passkeys/neu/", "desk/e-mail/",
    "desk/konto/bestaetigen/",
)  # fmt: skip


def test_people_and_account_are_accessible(visit: Opening) -> None:
    one = visit(DESKTOP, **STILL)
    page = sign_in(one, "petra")
    found = []
    for path in PAGES:
        one.go(path)
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found += [f"{path} {scheme}: {line}" for line in violations(page)]
        stops = focus_stops(page)
        found += [f"{path}: {s['name']}" for s in stops if not s["visible"] or s["covered"]]
        page.set_viewport_size(NARROW)
        found += [f"{path} is too wide: {what}" for what in too_wide(page)]
        page.set_viewport_size(DESKTOP)
    assert not found
