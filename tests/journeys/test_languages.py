"""A family reads in its own language: it is offered, kept from page to page, and runs its way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import DESKTOP, PHONE, STILL, Opening, Visit
from tests.journeys.inspection import too_wide, violations

WORRIES = {"ar": "طفلي لا ينام", "fa": "نوزادم نمی‌خوابد", "tr": "bebeğim uyumuyor"}
FROM_RIGHT_TO_LEFT = ("ar", "fa")


def spoken(page: Page) -> tuple[str | None, str | None]:
    """The language of a page and the direction in which it runs."""
    html = page.locator("html")
    return html.get_attribute("lang"), html.get_attribute("dir")


def first_offer(one: Visit) -> Page:
    """Ask in one's own words and open the first offer."""
    page = one.search(WORRIES[one.language])
    page.locator("#treffer article a").first.click()
    page.wait_for_url(re.compile(r"/angebote/[0-9a-f-]{36}/"))
    return page


def left_edge(page: Page, selector: str) -> float:
    """Where something begins, in pixels from the left."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["x"]


def test_a_chosen_language_stays_through_search_offer_and_back(visit: Opening) -> None:
    one = visit(PHONE)
    page = one.go()
    page.locator(".kp-languages > summary").click()
    page.get_by_role("link", name="Türkçe").click()
    page.wait_for_url("**/mittelsachsen/tr/")
    page.locator("#suche-q").fill(WORRIES["tr"])
    page.get_by_role("button", name="Yardım bul").click()
    page.wait_for_url("**/mittelsachsen/tr/angebote/?*")
    page.locator("#treffer article a").first.click()
    page.wait_for_url(re.compile(r"/mittelsachsen/tr/angebote/[0-9a-f-]{36}/"))
    assert spoken(page) == ("tr", "ltr")
    page.locator("a.kp-back").click()
    page.wait_for_url("**/mittelsachsen/tr/angebote/*")
    assert spoken(page) == ("tr", "ltr")
    assert one.context.cookies() == []


def test_another_language_shows_the_same_search(visit: Opening) -> None:
    page = visit(PHONE, "tr").search(WORRIES["tr"], ort="09599")
    page.locator(".kp-languages > summary").click()
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url("**/mittelsachsen/ar/angebote/?*")
    assert spoken(page) == ("ar", "rtl")
    assert page.locator("#suche-q").input_value() == WORRIES["tr"]


def test_the_language_of_the_browser_is_offered(visit: Opening) -> None:
    one = visit(PHONE, "ar")
    one.language = "de"
    page = one.go("anruf/")
    page.locator(".kp-offered a").click()
    page.wait_for_url("**/mittelsachsen/ar/anruf/")
    assert spoken(page) == ("ar", "rtl")
    assert page.locator(".kp-offered").count() == 0


@pytest.mark.parametrize("language", FROM_RIGHT_TO_LEFT)
def test_nothing_scrolls_sideways_from_right_to_left(visit: Opening, language: str) -> None:
    one = visit(PHONE, language, **STILL)
    for path in ("", "anruf/", "ansprechpartner/", "datenschutz/"):
        assert not too_wide(one.go(path)), path
    assert not too_wide(one.search(WORRIES[language]))
    assert not too_wide(first_offer(one))


def test_a_page_begins_at_the_right_and_numbers_do_not(visit: Opening) -> None:
    one = visit(DESKTOP, "ar", **STILL)
    page = one.go()
    assert left_edge(page, ".kp-brand") > left_edge(page, ".kp-emergency-link")
    first_offer(one)
    number = page.locator(".kp-head__do a[href^='tel:'] .kern-label")
    assert re.search(r"\u2066[\d ]+\u2069", number.inner_text()), "its groups would be turned"
    title = page.locator("h1 [lang=de]")
    assert title.get_attribute("dir") == "ltr"
    page = one.go("anruf/")
    assert page.locator("input[type=tel]").get_attribute("dir") == "ltr"


@pytest.mark.parametrize("language", WORRIES)
def test_axe_finds_nothing(visit: Opening, language: str) -> None:
    one = visit(PHONE, language, **STILL)
    for path in ("", "anruf/", "ansprechpartner/", "datenschutz/"):
        assert not violations(one.go(path)), path
    assert not violations(one.search(WORRIES[language]))
    assert not violations(first_offer(one))
