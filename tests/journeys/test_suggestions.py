"""Suggestions while typing, by keyboard alone and by touch; words of the search at the desk."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import DESKTOP, PHONE, Opening, Visit
from tests.journeys.inspection import too_wide, violations
from tests.journeys.people import sign_in

FIELD, LIST = "#suche-q", "#suche-q-vorschlaege"


def open_list(one: Visit, typed: str) -> None:
    one.page.locator(FIELD).press_sequentially(typed, delay=20)
    one.until(f"!document.querySelector('{LIST}').hidden")


def attribute(page: Page, name: str) -> str | None:
    return page.locator(FIELD).get_attribute(name)


def chosen(page: Page) -> str:
    """The line that a screen reader is told of."""
    active = attribute(page, "aria-activedescendant")
    return page.locator(f"#{active}").inner_text() if active else ""


@pytest.mark.parametrize("path", ["", "angebote/"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_by_keyboard_alone(visit: Opening, viewport: dict[str, int], path: str) -> None:
    one = visit(viewport)
    page = one.go(path)
    page.locator(FIELD).focus()
    assert attribute(page, "role") == "combobox"
    assert attribute(page, "aria-expanded") == "false"
    open_list(one, "schlaf")
    assert attribute(page, "aria-expanded") == "true"
    assert attribute(page, "aria-controls") == LIST.removeprefix("#")
    one.until("document.getElementById('ansage').textContent.includes('Vorschläge')")
    assert chosen(page) == ""  # nothing is chosen for anybody
    page.keyboard.press("ArrowDown")
    first = chosen(page)
    page.keyboard.press("End")
    last = chosen(page)
    page.keyboard.press("Home")
    assert (chosen(page), first != last) == (first, True)
    page.keyboard.press("ArrowUp")
    assert chosen(page) == ""
    assert page.evaluate("document.activeElement.id") == FIELD.removeprefix("#")
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.locator(LIST).is_hidden()
    assert page.locator(FIELD).input_value() == "schlaf"
    page.keyboard.press("ArrowDown")
    assert chosen(page) == first
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("thema=schlafen"))
    assert len(one.titles()) >= 3


def test_enter_without_a_choice_searches_as_typed(visit: Opening) -> None:
    one = visit(DESKTOP)
    page = one.go()
    open_list(one, "schlaf")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"[?&]q=schlaf(&|$)"))


def test_a_place_keeps_what_was_typed_and_filled_in(visit: Opening) -> None:
    one = visit(DESKTOP)
    page = one.go()
    page.locator("#suche-alter").select_option("6m")
    open_list(one, "Hebamme döbel")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/angebote/"))
    for part in ("q=Hebamme", "ort=04720", "alter=6m"):
        assert part in page.url


def test_lines_are_large_enough_to_tap_and_lead_to_an_offer(visit: Opening) -> None:
    one = visit(PHONE, has_touch=True)
    page = one.go()
    open_list(one, "hebamme")
    lines: list[dict[str, Any]] = page.evaluate(
        f"[...document.querySelectorAll('{LIST} li')].map(one => ({{height: one.offsetHeight}}))"
    )
    assert all(line["height"] >= 44 for line in lines)
    assert not too_wide(page)
    page.locator(f"{LIST} li", has_text="Angebot").first.tap()
    page.wait_for_url(re.compile(r"/angebote/[0-9a-f-]{36}/"))


def test_a_tab_goes_on_and_closes_the_list(visit: Opening) -> None:
    one = visit(DESKTOP)
    page = one.go()
    open_list(one, "schlaf")
    page.keyboard.press("Tab")
    assert page.locator(LIST).is_hidden()
    assert page.evaluate("document.activeElement.id") == "suche-ort"


def test_without_a_script_it_is_a_plain_field(visit: Opening) -> None:
    one = visit(DESKTOP, java_script_enabled=False)
    page = one.go()
    assert attribute(page, "role") is None
    assert page.locator(LIST).count() == 0


def test_from_a_search_to_a_word_by_keyboard(visit: Opening) -> None:
    one = visit(DESKTOP)
    sign_in(one, "petra")
    page = one.go("desk/gesucht/?teil=ohne-ergebnis")
    assert violations(page) == []
    page.locator("main table a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/desk/gesucht/[0-9a-f]{64}/"))
    assert violations(page) == []
    page.get_by_role("link", name="Als eigenes Wort aufnehmen").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/desk/woerter/neu/"))
    page.locator("main [name=means]").fill("Krabbelgruppe")
    page.get_by_role("button", name="Ansehen, was sich ändert").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#vergleich")
    assert page.evaluate("document.activeElement.id") == "vergleich"
    assert violations(page) == []
    said = page.locator("main [name=said]").input_value()
    page.get_by_role("button", name="Speichern").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/desk/woerter/$"))
    assert page.get_by_role("link", name=said, exact=True).is_visible()
