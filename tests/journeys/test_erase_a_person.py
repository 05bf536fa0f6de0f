"""Somebody asks what is stored, withdraws a consent, and is erased: afterwards found nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.installations import Served, new_installation, served
from tests.journeys.conftest import DESKTOP, NARROW, PHONE, STILL, Opening, Visit
from tests.journeys.inspection import cut_off_when_spaced, focus_stops, too_wide, violations
from tests.journeys.people import account, press, sign_in

FIND, LOG, PUBLIC = "desk/datenschutz/", "desk/verlauf/", "ansprechpartner/"
PHONE_NUMBER = "030 23125 411"
AGREED = "Ja, meine Mailadresse darf auf die Seiten."
sizes = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A young installation of its own: who is erased there is missed by no other journey."""
    with new_installation(tmp_path_factory.mktemp("erased")) as installation:
        installation.done(
            "network", "create", "mittelsachsen", "--name", "Netzwerk Mitte", "--ags", "14522"
        )
        account(installation, "petra", "coordinator")
        with served(installation, "--workers", "2") as running:
            yield running
            assert running.complaints() == ""


def sound(page: Page) -> None:
    """Nothing that axe finds, nothing that runs out at the side, not even on a narrow screen."""
    usual = page.viewport_size
    assert usual is not None
    assert violations(page) == []
    assert too_wide(page) == []
    page.set_viewport_size(NARROW)
    assert too_wide(page) == []
    page.set_viewport_size(usual)


def mail(name: str) -> str:
    """Her address."""
    return f"linda.{name.lower()}@example.org"


def save(page: Page) -> None:
    """By the button below the form."""
    with page.expect_navigation():
        page.get_by_role("button", name="Speichern", exact=True).last.click()


def somebody(petra: Visit, name: str, house: str) -> None:
    """Linda, whose number and mail everybody may see; to the mail she agreed in writing.

    She answers for families, so the public contact finder shows her. A note names her, too.
    """
    page = petra.go("desk/partner/neu/")
    page.locator("input[name=name]").fill(house)
    page.locator("select[name=kind]").select_option("family_education")
    page.locator("textarea[name=internal_note]").fill(f"Linda {name} hat den Schlüssel.")
    save(page)
    page.goto(f"{page.url}kontakte/neu/")
    page.locator("input[name=who][value=neu]").check()
    fill(page, given_name="Linda", family_name=name, function="Leiterin", email=mail(name))
    fill(page, **{"nummern-0-shown": PHONE_NUMBER})
    page.locator("textarea[name=wording]").fill(AGREED)
    for field in ("name_audience", "email_audience", "nummern-0-audience"):
        page.locator(f"select[name={field}]").select_option("public")
    page.locator("select[name=email_ground]").select_option("consent:writing")
    save(page)
    page = petra.go(f"desk/zustaendigkeiten/neu/?{urlencode({'q': name})}")
    page.locator("input[name=kontakt]").check()
    press(page, "Mit den Angekreuzten weiter")
    page.locator("input[name=for_whom][value=families]").check()
    save(page)


def fill(page: Page, **values: str) -> None:
    """Fields by the names they have in the form."""
    for field, value in values.items():
        page.locator(f"input[name={field}]").fill(value)


def found(petra: Visit, name: str) -> Page:
    """The page of the person, by a search as on the telephone: part of the name."""
    page = petra.go(FIND)
    sound(page)
    page.locator("main input[name=q]").fill(name[:6].lower())
    with page.expect_navigation():
        page.keyboard.press("Enter")
    sound(page)
    press(page, f"Linda {name}")
    sound(page)
    return page


def information(petra: Visit) -> None:
    """On the page first, then as a letter."""
    page = petra.page
    here = page.url
    press(page, "Auskunft geben")
    sound(page)
    expect(page.locator("main")).to_contain_text(AGREED)
    with page.expect_download() as begun:
        page.get_by_role("link", name="Als Schreiben (PDF)").click()
    assert begun.value.suggested_filename == "auskunft.pdf"
    assert Path(begun.value.path()).read_bytes().startswith(b"%PDF-1.7")
    page.goto(here)


def withdraws(petra: Visit, name: str) -> None:
    """The mail; the form says what is missing."""
    page = petra.page
    press(page, mail(name))
    sound(page)
    press(page, "Widerruf festhalten")
    press(page, "Widerruf festhalten")
    sound(page)
    expect(page.get_by_role("alert")).to_contain_text("Bitte wählen Sie, wie die Person das")
    page.get_by_label("schriftlich").check()
    press(page, "Widerruf festhalten")
    sound(page)
    expect(page.locator("main")).to_contain_text("Einwilligung widerrufen")


def erases(petra: Visit, house: str) -> None:
    """The preview tells what goes and what stays; the receipt names nobody."""
    page = petra.page
    press(page, "Diese Person löschen …")
    sound(page)
    told = page.locator("main")
    for part in ("Register der Partner", "Art. 32 DSGVO", f"Organisation „{house}“"):
        expect(told).to_contain_text(part)
    press(page, "Endgültig löschen")
    sound(page)
    expect(page.get_by_role("alert")).to_contain_text("Bitte bestätigen Sie")
    page.get_by_label("Ich habe geprüft, dass es die richtige Person ist.").check()
    press(page, "Endgültig löschen")
    sound(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Gelöscht")
    expect(told).to_contain_text(f"Organisation „{house}“")
    expect(told).not_to_contain_text("Linda")


def nowhere(petra: Visit, name: str) -> None:
    """Neither in lists nor by any search; what history said of her reads as erased."""
    for path in (FIND, "desk/partner/personen/", "desk/suche/", LOG):
        page = petra.go(f"{path}?{urlencode({'q': f'Linda {name}'})}")
        expect(page.get_by_role("link", name=re.compile(f"Linda {name}$"))).to_have_count(0)
        assert mail(name) not in page.content()
    page = petra.go("desk/partner/personen/")
    expect(page.locator("main")).not_to_contain_text(name)
    page = petra.go(LOG)
    sound(page)
    expect(page.locator("main")).not_to_contain_text(name)
    assert page.get_by_role("rowheader", name=re.compile("^gelöscht")).count() >= 2


@sizes
def test_somebody_asks_withdraws_and_is_erased(visit: Opening, viewport: dict[str, int]) -> None:
    name, house = ("Lindenau", "Haus Nord") if viewport is DESKTOP else ("Weidner", "Haus Süd")
    petra, family = visit(viewport, **STILL), visit(PHONE, **STILL)
    sign_in(petra, "petra")
    somebody(petra, name, house)
    assert mail(name) in family.go(PUBLIC).content()
    assert f"Linda {name}" in petra.go(f"{LOG}?{urlencode({'q': name})}").content()

    page = found(petra, name)
    expect(page.locator("main")).to_contain_text(AGREED)
    information(petra)
    withdraws(petra, name)
    public = family.go(PUBLIC).content()
    assert mail(name) not in public and f"Linda {name}" in public

    gone = petra.page.url
    erases(petra, house)
    assert name not in family.go(PUBLIC).content()
    petra.go(urlsplit(gone).path, allowed=404)
    nowhere(petra, name)


def test_all_of_it_is_walked_by_keyboard(visit: Opening) -> None:
    petra = visit(DESKTOP, **STILL)
    sign_in(petra, "petra")
    somebody(petra, "Buchner", "Haus Ost")
    here = found(petra, "Buchner").url
    for path in ("", "auskunft/", "loeschen/"):
        petra.page.goto(here + path)
        stops = focus_stops(petra.page)
        assert "#inhalt" in stops[0]["name"]
        assert not [s["name"] for s in stops if not s["visible"] or s["covered"] or s["backwards"]]
        petra.page.set_viewport_size(NARROW)
        petra.page.goto(here + path)
        assert not cut_off_when_spaced(petra.page)
        assert not too_wide(petra.page)
        petra.page.set_viewport_size(DESKTOP)
