"""A coordinator takes a messy contact list in, says what is there already, and merges the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.installations import Served, new_installation, served
from tests.journeys.conftest import DESKTOP, PHONE, STILL, Opening
from tests.journeys.inspection import too_wide
from tests.journeys.people import account, press, sign_in

sizes = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
HEAD = "Einrichtung;Straße;PLZ;Ort;Ansprechpartner;Telefon;E-Mail\n"


def known(name: str) -> str:
    """What the network has already, from a tidy list."""
    return (
        f"{HEAD}Kindertagesstätte {name};Uferweg 4;04720;Döbeln;Jana Wiesner;030 23125014;"
        f"kita-{name.lower()}@example.org\n"
    )


def messy(name: str) -> str:
    """The same and others, as offices write them."""
    return (
        f"{HEAD}"
        f"Kita {name};Uferweg 4 a;4720;DÖBELN;Fr. Richter / Hr. Krause;030 23125014;;\n"
        f"{name}-Hort;Am Kanal 7;04720;Döbeln;MÜLLER, ANNA;030 23125016;\n"
        f"Hort {name};Am Kanal 7;09599;Freiberg;Dr. Anna Müller;030 23125016;\n"
        ";;;;;030 23125099;\n"
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A young installation of its own: one network, one coordinator, no partner."""
    with new_installation(tmp_path_factory.mktemp("contacts")) as installation:
        installation.done(
            "network", "create", "mittelsachsen", "--name", "Netzwerk Mitte", "--ags", "14522"
        )
        account(installation, "petra", "coordinator")
        with served(installation, "--workers", "2") as running:
            yield running
            assert running.complaints() == ""


def trial(page: Page, file: Path) -> None:
    """From the file to the trial; nothing is saved yet."""
    page.set_input_files("input[type=file]", file)
    press(page, "Weiter zu den Spalten")
    assert not too_wide(page)
    press(page, "Weiter zum Prüfen")
    expect(page.locator(".kp-import-sum")).to_be_visible(timeout=30_000)


def reads_in(page: Page) -> None:
    page.locator(".kp-import-foot--run").get_by_role("button").click()
    done = re.compile("(ist|sind) eingelesen")
    expect(page.get_by_role("heading", level=1)).to_contain_text(done, timeout=30_000)


@sizes
def test_a_messy_list_comes_in_and_nothing_stays_double(
    visit: Opening, viewport: dict[str, int], tmp_path: Path
) -> None:
    name = "Sonnenkäfer" if viewport is DESKTOP else "Regenbogen"
    petra = visit(viewport, **STILL)
    sign_in(petra, "petra")
    for file, content in (("alt.csv", known(name)), ("neu.csv", messy(name))):
        (tmp_path / file).write_text(content, encoding="utf-8")

    trial(petra.go("desk/partner/einlesen/"), tmp_path / "alt.csv")
    reads_in(petra.page)

    page = petra.go("desk/partner/einlesen/")
    trial(page, tmp_path / "neu.csv")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 von 4 Zeilen sind bereit")
    assert not too_wide(page)
    with page.expect_navigation():
        page.get_by_label(f"dasselbe wie Kindertagesstätte {name}").check()
        page.locator(".kp-import-same").get_by_role("button").first.click()
    expect(page.locator(".kp-import-sum")).to_be_visible(timeout=30_000)
    reads_in(page)

    with page.expect_navigation():
        page.get_by_role("link", name="Doppelte Einträge").click()
    assert not too_wide(page)
    expect(page.locator(".kp-pairs")).to_contain_text(f"Hort {name}")
    assert f"Kita {name}" not in page.locator(".kp-pairs").inner_text()
    with page.expect_navigation():
        page.locator(".kp-pairs").get_by_role("link", name=f"Hort {name}").first.click()
    assert not too_wide(page)
    press(page, "Zusammenführen")
    expect(page.locator("main")).to_contain_text("Sie sind jetzt ein Eintrag")

    page = petra.go("desk/partner/doppelte/zusammengefuehrt/")
    assert not too_wide(page)
    press(page, "Wieder trennen")
    expect(page.locator("main")).to_contain_text("wieder zwei Einträge")
