"""A coordinator adds a house with a person, sorts it, and the person leaves: nobody is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.installations import Served, new_installation, served
from tests.journeys.conftest import DESKTOP, PHONE, STILL, Opening
from tests.journeys.inspection import too_wide, violations
from tests.journeys.people import account, press, sign_in


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A young installation of its own: one network, one coordinator, no partner."""
    with new_installation(tmp_path_factory.mktemp("partners")) as installation:
        installation.done(
            "network", "create", "mittelsachsen", "--name", "Netzwerk Mitte", "--ags", "14522"
        )
        account(installation, "petra", "coordinator")
        with served(installation) as running:
            yield running
            assert running.complaints() == ""


def holds(page: Page) -> None:
    """Nothing wrong with the page as it stands."""
    assert violations(page) == []
    assert too_wide(page) == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_partner_from_its_first_day_to_its_last(visit: Opening, viewport: dict[str, int]) -> None:
    one = visit(viewport, **STILL)
    page, family = sign_in(one, "petra"), f"Wiesner-{viewport['width']}"
    house = f"Familienhaus {viewport['width']}"
    _add_a_house(page, one.go, house)
    _add_a_person(page, family)
    _tag_from_the_list(page, one.go, house)
    _person_leaves(page, one.go, family)


def _save(page: Page) -> None:
    with page.expect_navigation():
        page.locator(".kp-savebar button").click()


def _add_a_house(page: Page, go: Callable[[str], Page], house: str) -> None:
    go("desk/partner/neu/")
    _save(page)
    assert page.evaluate("document.activeElement.closest('[role=alert]') !== null")
    holds(page)
    page.get_by_label("Name der Organisation").fill(house)
    page.get_by_label("Art des Partners").select_option("family_education")
    page.get_by_label("Postleitzahl").fill("04720")
    page.get_by_label("Weitere Schlagworte").fill("Kita-Runde")
    _save(page)
    assert page.get_by_role("heading", level=1).inner_text() == house
    holds(page)


def _add_a_person(page: Page, family: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name="Kontakt ergänzen").first.click()
    page.get_by_label("eine neue Person").check()
    page.get_by_label("Vorname").fill("Jana")
    page.get_by_label("Nachname").fill(family)
    page.get_by_label("Aufgabe").fill("Leitung")
    page.get_by_label("Nummer", exact=True).fill("03431 55014")
    page.get_by_label("Wer darf diese Nummer sehen?").select_option("internal")
    page.get_by_role("button", name="Nummer ergänzen").click()
    page.locator("[name=nummern-1-shown]").wait_for()
    assert page.locator("[name=nummern-0-shown]").input_value() == "03431 55014"
    holds(page)
    _save(page)
    main = page.locator("main")
    assert f"Jana {family}" in main.inner_text()
    assert "Sichtbar für: nur die Koordination" in main.inner_html()


def _tag_from_the_list(page: Page, go: Callable[[str], Page], house: str) -> None:
    go("desk/partner/?q=Familienhaus")
    page.get_by_label(f"{house}“ auswählen").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Schlagwort vergeben …").click()
    page.get_by_label("Schlagwort").fill("Lenkungskreis")
    press(page, "Zeigen, was geschieht")
    holds(page)
    press(page, "Schlagwort vergeben")
    assert "Schlagwort „Lenkungskreis“ vergeben" in page.locator("h1").inner_text()
    press(page, "Rückgängig machen")
    assert "Rückgängig gemacht" in page.locator("h1").inner_text()


def _person_leaves(page: Page, go: Callable[[str], Page], family: str) -> None:
    go(f"desk/partner/personen/?q={family}")
    holds(page)
    press(page, f"{family}, Jana")
    page.locator("main details.kp-menu > summary").first.click()
    press(page, "Nicht mehr dabei …")
    assert "Eine Aufgabe endet" in page.locator("main").inner_text()
    holds(page)
    press(page, "Als „nicht mehr dabei“ vermerken")
    assert "nicht mehr dabei seit" in page.locator("main").inner_text()
    press(page, "Rückgängig machen")
    press(page, "Wieder dabei")
    assert "Leitung" in page.locator("main").inner_text()
