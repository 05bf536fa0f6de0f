"""Signing in at the desk."""

from __future__ import annotations

import pytest

from knotenpunkt.front.demo.networks import PASSWORD
from tests.journeys.conftest import (
    DESKTOP,
    NARROW,
    PHONE,
    STILL,
    VIEW_NAMES,
    VIEWS,
    Opening,
    Visit,
)
from tests.journeys.inspection import cut_off_when_spaced, focus_stops, too_wide, violations

views = pytest.mark.parametrize(("viewport", "language"), VIEWS, ids=VIEW_NAMES)
COORDINATOR, READER, NEIGHBOUR = "petra@example.org", "birgit@example.org", "carla@example.org"


def sign_in(one: Visit, email: str = COORDINATOR, password: str = PASSWORD) -> None:
    page = one.go("desk/")
    page.locator("input[name=username]").fill(email)
    page.locator("input[name=password]").fill(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@views
def test_a_coordinator_signs_in_and_out(
    visit: Opening, viewport: dict[str, int], language: str
) -> None:
    one = visit(viewport, language)
    sign_in(one)
    page = one.page
    assert page.url == one.address("desk/")
    assert "Petra" in page.locator("h1").inner_text()
    cookies = {cookie["name"]: cookie for cookie in one.context.cookies()}
    assert cookies["sessionid"]["httpOnly"] and cookies["sessionid"]["sameSite"] == "Lax"
    button = page.locator("form[action*='abmelden'] button")
    summary = "summary:has(+ * form[action*='abmelden'])"
    if not button.locator("visible=true").count():
        page.locator(summary).locator("visible=true").first.click()
    button.locator("visible=true").first.click()
    page.wait_for_url("**/desk/anmelden/**")
    one.go("desk/")
    assert "/desk/anmelden/" in page.url


@views
def test_a_wrong_password_is_told_and_focused(
    visit: Opening, viewport: dict[str, int], language: str
) -> None:
    one = visit(viewport, language, **STILL)
    sign_in(one, password="wrong")
    page = one.page
    assert page.locator("[role=alert]").is_visible()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert page.locator("input[name=username]").input_value() == COORDINATOR
    assert not violations(page)


def test_a_member_of_another_network_is_not_let_in(visit: Opening) -> None:
    one = visit(DESKTOP)
    sign_in(one, NEIGHBOUR)
    assert "/desk/anmelden/" in one.page.url
    assert one.page.locator("[role=alert]").is_visible()


def test_a_reader_sees_no_deeds(visit: Opening) -> None:
    one = visit(DESKTOP)
    sign_in(one, READER)
    assert "Birgit" in one.page.locator("h1").inner_text()
    assert one.page.locator("table").count() == 0


def test_signing_in_works_without_a_script(visit: Opening) -> None:
    one = visit(PHONE, java_script_enabled=False)
    sign_in(one)
    assert "Petra" in one.page.locator("h1").inner_text()


def test_the_desk_is_accessible(visit: Opening) -> None:
    one = visit(DESKTOP, **STILL)
    sign_in(one)
    page = one.page
    found = []
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{scheme} {viewport['width']}: {line}" for line in violations(page)]
    assert not found


def test_the_desk_reflows_and_shows_its_focus(visit: Opening) -> None:
    one = visit(DESKTOP, **STILL)
    sign_in(one)
    page = one.go("desk/")
    stops = focus_stops(page)
    assert "#inhalt" in stops[0]["name"]
    assert not [s["name"] for s in stops if not s["visible"] or s["covered"] or s["backwards"]]
    page.set_viewport_size(NARROW)
    page = one.go("desk/")
    assert not too_wide(page)
    assert not cut_off_when_spaced(page)
    assert not too_wide(page)
