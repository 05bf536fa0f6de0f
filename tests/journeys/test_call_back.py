"""A family asks to be called, a coordinator answers, nobody else learns of it."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import DESKTOP, PHONE, STILL, Opening, Visit
from tests.journeys.inspection import too_wide, violations
from tests.journeys.people import press, sign_in

NAME, WORDS, NUMBER = "Samira", "Mein Baby schreit abends so viel.", "030 23125471"
CALL = "Bitte rufen Sie mich an"
# A form that comes back sooner was not filled by a person.
UNHURRIED = 3.5
sizes = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))


def wait_since(moment: float, seconds: float) -> None:
    """Until so much time has passed since then."""
    time.sleep(max(0, moment + seconds - time.monotonic()))


def asks_for_a_call(one: Visit, offer_path: str) -> Page:
    """From the page of an offer; the number is wrong at first, and nothing typed is lost."""
    page = one.go(offer_path)
    opened = time.monotonic()
    press(page, CALL)
    assert not violations(page)
    page.get_by_label("Ihre Telefonnummer").fill("030 2")
    page.get_by_label("Ihr Name").fill(NAME)
    page.get_by_label("Worum geht es?").fill(WORDS)
    press(page, CALL)
    assert "alert" in focused(page)
    assert page.get_by_label("Ihr Name").input_value() == NAME
    assert page.get_by_label("Worum geht es?").input_value() == WORDS
    assert not violations(page)
    page.get_by_label("Ihre Telefonnummer").fill("030 / 23125-471")
    wait_since(opened, UNHURRIED)
    press(page, CALL)
    assert "Danke" in page.locator("h1").inner_text()
    assert not violations(page) and not too_wide(page)
    assert one.context.cookies() == []
    return page


@sizes
def test_a_family_is_called_back(visit: Opening, viewport: dict[str, int], offer_path: str) -> None:
    asks_for_a_call(visit(PHONE, **STILL), offer_path)

    petra = visit(viewport, **STILL)
    page = sign_in(petra, "petra")
    tasks = page.locator(".kp-task").filter(has_text="Rückruf").filter(has_text="seit heute")
    task = tasks.filter(has_not_text="Allgemeine Frage").last  # the demo has that one
    assert re.search(r"noch \d+ (Tage|Stunden)", task.inner_text())
    with page.expect_navigation():
        task.get_by_role("link").click()
    address = page.url
    closed = page.content()
    assert NUMBER not in closed and NAME not in closed and WORDS not in closed
    others_are_refused(visit, address)

    press(page, "Ich kümmere mich")
    opened = page.locator("main").inner_text()
    assert NUMBER in opened and NAME in opened and WORDS in opened
    assert not too_wide(page) and not violations(page)
    page.get_by_label("gesprochen").check()
    press(page, "Ergebnis speichern")
    page.goto(address)
    answered = page.content()
    assert "beantwortet" in answered
    assert NUMBER not in answered and NAME not in answered and WORDS not in answered


def others_are_refused(visit: Opening, address: str) -> None:
    """A reader and a provider are told so; a stranger to the network does not even come in."""
    for name in ("birgit", "frida"):
        one = visit(DESKTOP)
        page = sign_in(one, name)
        assert "Rückruf" not in page.locator("body").inner_text()
        assert not page.get_by_role("link", name="Anliegen").count()
        answer = page.goto(address)
        assert answer is not None and answer.status == 403
        assert "nicht für Sie freigegeben" in page.locator("main").inner_text()
    carla = visit(DESKTOP)
    answer = signed_in_next_door(carla).goto(address)
    assert answer is not None and answer.status == 404


def signed_in_next_door(one: Visit) -> Page:
    """Somebody who coordinates another network."""
    page = one.go("/peine/desk/anmelden/")
    page.locator("input[name=username]").fill("carla@example.org")
    page.locator("input[name=password]").fill("demo-frueh-helfen")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/peine/desk/")
    return page


def test_a_hint_reaches_the_desk(visit: Opening, offer_path: str) -> None:
    family = visit(PHONE, **STILL)
    page = family.go(offer_path)
    title = page.locator("h1").inner_text()
    opened = time.monotonic()
    press(page, "Stimmt auf dieser Seite etwas nicht?")
    press(page, "Hinweis abschicken")
    assert "alert" in focused(page)
    page.get_by_label("Was stimmt nicht?").fill("Die Gruppe trifft sich jetzt um 11 Uhr.")
    wait_since(opened, UNHURRIED)
    press(page, "Hinweis abschicken")
    assert "Danke" in page.locator("h1").inner_text()
    assert family.context.cookies() == []

    page = sign_in(visit(DESKTOP, **STILL), "petra")
    press(page, "Anliegen")
    press(page, f"Hinweis: {title}")
    assert "jetzt um 11 Uhr" in page.locator("main").inner_text()
    press(page, "Angebot ändern")
    assert page.get_by_label("Name des Angebots", exact=True).input_value() == title


def test_a_note_takes_less_than_fifteen_seconds_by_keyboard(visit: Opening) -> None:
    one = visit(DESKTOP, **STILL)
    page = sign_in(one, "ede")
    one.go("desk/angebote/")
    keys = page.keyboard
    begun = time.monotonic()
    keys.press("n")
    keys.type("Kita Sonnenblick")
    keys.press("Tab")
    keys.type("Fragt nach dem Elterncafé, neue Leitung ab Dezember.")
    keys.press("Tab")
    keys.press("ArrowRight")  # from "not at all" to "today"
    tab_to(page, "button")
    with page.expect_navigation():
        keys.press("Enter")
    assert time.monotonic() - begun < 15
    assert page.url == one.address("desk/angebote/"), page.locator("main").inner_text()
    assert "Notiz" in page.locator("main").inner_text()
    one.go("desk/")  # not a letter is lost to somebody who types at once
    task = page.locator(".kp-task").filter(has_text="Kita Sonnenblick")
    assert "Erinnerung" in task.inner_text() and "heute" in task.inner_text()


def tab_to(page: Page, kind: str, most: int = 12) -> None:
    """Press Tab until the focus is on an element of that kind."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(kind) => document.activeElement.matches(kind)", kind):
            return
    raise AssertionError(f"no {kind} can be reached with the Tab key")
