"""What holds on every page of the desk: axe, keyboard, narrow and magnified, spaced."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Dialog, Page

from tests.access.stage import TABLE
from tests.access.table import Line
from tests.installations import Served
from tests.journeys.conftest import DESKTOP, NARROW, PHONE, STILL, Opening, Visit
from tests.journeys.inspection import (
    FOCUSED,
    cut_off_when_spaced,
    focus_stops,
    name_at_length,
    too_wide,
    violations,
)
from tests.journeys.people import press, sign_in
from tests.journeys.test_offers_at_the_desk import heading, messy_list
from tests.journeys.test_ways_in import PAGES as HELD_ELSEWHERE

pytestmark = pytest.mark.once
# A desktop screen at 200 %.
MAGNIFIED = {"width": 640, "height": 450}
# Parts of pages that are asked for while somebody types, and files to be saved.
PARTS = {
    "agreements:completeness_paper",
    "agreements:completeness_table",
    "desk:search_hits",
    "desk:words_file",
    "library:badge_pack",
    "mailings:circular_count",
    "offers_desk:providers",
    "offers_desk:places",
    "notes:suggestions",
    "partners_desk:person_suggestions",
    "partners_desk:organisation_suggestions",
    "partners_desk:body_suggestions",
}
STEPS = 140


def _is_page(line: Line) -> bool:
    needs_record = line.of or line.kwargs
    return (
        line.method == "get"
        and line.expected["coordinator"] == 200
        and not needs_record
        and line.name not in PARTS
    )


def _path(line: Line) -> str:
    path = reverse(line.name, urlconf="config.network_urls").lstrip("/")
    return f"{path}?{line.query}" if line.query else path


def desk_paths() -> list[str]:
    """Every page of the desk that needs no record, as the access table knows it."""
    paths = {_path(line) for line in TABLE if _is_page(line)}
    return sorted(path for path in paths if path.startswith("desk/") and path not in HELD_ELSEWHERE)


@pytest.fixture(scope="module")
def petra(browser: Browser, site: Served) -> dict[str, Any]:
    """What the browser of somebody who is signed in keeps."""
    context = browser.new_context(viewport=DESKTOP, locale="de-DE")
    sign_in(Visit(site, context, context.new_page()), "petra")
    kept: dict[str, Any] = dict(context.storage_state())
    context.close()
    return kept


@pytest.fixture
def desk(visit: Opening, petra: dict[str, Any]) -> Visit:
    """Petra at the desk."""
    return visit(DESKTOP, storage_state=petra, **STILL)


def inspected(one: Visit, path: str) -> list[str]:
    """Every fault of a page, looked at in four ways without loading it anew."""
    page = one.go(path)
    found = []
    for viewport, scheme in ((DESKTOP, "light"), (PHONE, "dark")):
        show(page, viewport, scheme)
        found += [f"{scheme} {viewport['width']}: {line}" for line in violations(page)]
    for viewport, scheme in ((DESKTOP, "dark"), (PHONE, "light")):
        show(page, viewport, scheme)
        found += [
            f"{scheme} {viewport['width']}: {line}" for line in violations(page, "color-contrast")
        ]
    show(page, DESKTOP, "light")
    found += menus_that_stay(page)
    for stop in focus_stops(page, STEPS):
        for fault in ("covered", "backwards"):
            found += [f"{fault}: {stop['name']}"] if stop[fault] else []
        for merit in ("visible", "inside"):
            found += [] if stop[merit] else [f"not {merit}: {stop['name']}"]
    for viewport in (MAGNIFIED, NARROW):
        show(page, viewport, "light")
        found += [f"{viewport['width']} is too wide: {what}" for what in too_wide(page)]
    found += [f"cut off: {what}" for what in cut_off_when_spaced(page)]
    found += [f"spaced is too wide: {what}" for what in too_wide(page)]
    return [f"{path} {line}" for line in found]


def show(page: Page, viewport: dict[str, int], scheme: Any) -> None:
    page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
    page.emulate_media(color_scheme=scheme)


def menus_that_stay(page: Page) -> list[str]:
    """Menus that the Escape key does not close, or after which the focus is lost."""
    found = []
    for menu in page.locator("details.kp-menu > summary").filter(visible=True).all():
        menu.click()
        page.keyboard.press("Escape")
        shut = menu.evaluate("(one) => !one.parentElement.open && document.activeElement === one")
        found += [] if shut else [f"stays open: {menu.inner_text()}"]
    page.evaluate("document.activeElement.blur()")
    return found


@pytest.mark.parametrize("path", desk_paths())
def test_a_page_of_the_desk_holds(desk: Visit, path: str) -> None:
    assert not inspected(desk, path)


@pytest.mark.parametrize("list_", ["", "kampagnen/", "gruppen/", "rundschreiben/"])
def test_no_name_pushes_a_page_apart(desk: Visit, list_: str) -> None:
    page = desk.go(f"desk/{list_}")
    assert name_at_length(page)
    show(page, PHONE, "light")
    assert not too_wide(page)


def first(one: Visit, path: str, pattern: str, place: int = 0) -> str:
    """The first link of a page whose address is of that form, or that of another place."""
    page = one.go(path)
    links = page.locator("main a").evaluate_all("(all) => all.map((one) => one.pathname)")
    found = [link for link in links if re.search(pattern, link)]
    return str(found[place]).split("/mittelsachsen/")[1]


ID = "[0-9a-f-]{36}"
# Records that the demo has: name → (where a link to one stands, how its address ends).
RECORDS: dict[str, tuple[Any, ...]] = {
    "offer": ("desk/angebote/", f"angebote/{ID}/$"),
    "organisation": ("desk/partner/", f"partner/{ID}/$"),
    "person": ("desk/partner/personen/", f"partner/personen/{ID}/$"),
    "region": ("desk/regionen/", f"regionen/{ID}/$"),
    "call request": ("desk/anliegen/", f"anliegen/{ID}/$"),
    "note": ("desk/notizen/", f"notizen/{ID}/$"),
    "member or invitation": ("desk/personen/", f"personen/(einladung/)?{ID}/$"),
    "view": ("desk/ansichten/", f"ansichten/{ID}/$"),
    "finding": ("desk/angebote/qualitaet/", "qualitaet/[a-z-]+/$"),
    "import": ("desk/angebote/einlesen/alle/", f"import/{ID}/$"),
    "frequent search": ("desk/gesucht/", "gesucht/[0-9a-f]{64}/$"),
    "own word": ("desk/woerter/", f"woerter/{ID}/$"),
    "chapter": ("desk/hilfe/", "hilfe/[a-z-]+/$"),
    "group": ("desk/gruppen/", f"gruppen/{ID}/$"),
    "audience": ("desk/verteiler/", f"verteiler/{ID}/$"),
    "circular that was sent": ("desk/rundschreiben/", f"rundschreiben/{ID}/$"),
    "campaign": ("desk/kampagnen/", f"kampagnen/{ID}/$"),
    "campaign that has ended": ("desk/kampagnen/", f"kampagnen/{ID}/$", -1),
}


@pytest.mark.parametrize("record", RECORDS)
def test_the_page_of_a_record_holds(desk: Visit, record: str) -> None:
    assert not inspected(desk, first(desk, *RECORDS[record]))


PARTS_OF_AN_OFFER = (
    "bearbeiten/", "verlauf/", "bilder/", "kopieren/", "zuruecknehmen/", "sprachen/",
    "sprachen/ar/", "sprachen/de-x-leicht/",
)  # fmt: skip


@pytest.mark.parametrize("part", PARTS_OF_AN_OFFER)
def test_the_pages_of_an_offer_hold(desk: Visit, part: str) -> None:
    assert not inspected(desk, first(desk, *RECORDS["offer"]) + part)


PARTS_OF_A_PARTNER = ("bearbeiten/", "verlauf/", "dateien/", "kontakte/neu/", "ausgeschieden/",
                      "entfernen/", "dabei-gewesen/")  # fmt: skip


@pytest.mark.parametrize("part", PARTS_OF_A_PARTNER)
def test_the_pages_of_a_partner_hold(desk: Visit, part: str) -> None:
    assert not inspected(desk, first(desk, *RECORDS["organisation"]) + part)


PARTS_OF_A_CAMPAIGN = (
    "schreiben/", "material/", "bestellungen/", "bestellungen/neu/", "aufteilen/",
    "aufteilen/mitteilen/", "aufteilen/fehlt/", "aufteilen/kosten/", "ausgabe/",
    "ausgabe/zuordnen/", "ausgabe/liste/", "ausgabe/offen/", "ausgabe/ort/neu/",
    "mitmachaktionen/", "mitmachaktionen/neu/", "abschluss/", "uebernehmen/", "sprachen/",
    "sprachen/ar/",
)  # fmt: skip
STEPS_OF_A_CAMPAIGN = (
    "ziel/", "gastgeber/", "zielgruppen/", "zeitraum/", "material/", "texte/", "seite/",
    "seite/dateien/", "seite/ansprechpersonen/", "seite/angebote/", "seite/links/",
    "seite/neues/", "pruefen/",
)  # fmt: skip


@pytest.mark.parametrize("part", PARTS_OF_A_CAMPAIGN)
def test_the_pages_of_a_campaign_hold(desk: Visit, part: str) -> None:
    assert not inspected(desk, first(desk, *RECORDS["campaign that has ended"]) + part)


@pytest.mark.parametrize("step", STEPS_OF_A_CAMPAIGN)
def test_the_steps_of_a_campaign_hold(desk: Visit, step: str) -> None:
    assert not inspected(desk, first(desk, *RECORDS["campaign"]) + f"vorbereitung/{step}")


# Pages of records of a campaign: where a link to one stands, how its address ends.
RECORDS_OF_A_CAMPAIGN = {
    "material": ("material/", f"material/{ID}/$"),
    "order": ("bestellungen/", f"bestellungen/{ID}/$"),
    "shares of a material": ("aufteilen/", f"aufteilen/{ID}/$"),
    "join-in": ("mitmachaktionen/?stand=vorbei", f"mitmachaktionen/{ID}/$"),
    "station": ("ausgabe/", f"ort/{ID}/$"),
    "link for helpers": ("ausgabe/", f"ort/{ID}/helfen/$"),
}


@pytest.mark.parametrize("record", RECORDS_OF_A_CAMPAIGN)
def test_the_pages_of_records_of_a_campaign_hold(desk: Visit, record: str) -> None:
    campaign = first(desk, *RECORDS["campaign that has ended"])
    where, ends = RECORDS_OF_A_CAMPAIGN[record]
    assert not inspected(desk, first(desk, campaign + where, ends))


def test_publishing_and_undoing_hold(desk: Visit) -> None:
    draft = first(desk, "desk/angebote/?stand=entwurf", f"angebote/{ID}/$")
    assert not inspected(desk, f"{draft}veroeffentlichen/")
    offer = first(desk, *RECORDS["offer"])
    undo = first(desk, f"{offer}verlauf/", f"verlauf/{ID}/$")  # what was done last
    for path in (undo, f"{undo}fassung/"):
        assert not inspected(desk, path)


def test_every_step_of_an_import_holds(desk: Visit, tmp_path: Path) -> None:
    page = desk.go("desk/angebote/einlesen/")
    file = tmp_path / "Angebote.csv"
    file.write_bytes(messy_list("Probe"))
    page.set_input_files("input[type=file]", file)
    press(page, "Weiter zu den Spalten")
    columns = page.url
    assert not inspected(desk, path_of(columns))
    desk.page.set_viewport_size(DESKTOP)
    press(page, "Weiter zum Prüfen")
    heading(page, "Zeilen sind bereit")
    page.locator("#zeilen summary").first.click()
    assert not inspected(desk, path_of(page.url))
    page.goto(columns)
    press(page, "Andere Datei")


def path_of(url: str) -> str:
    return url.split("/mittelsachsen/")[1]


# Forms that need something: where, and what sends them.
FORMS: dict[str, str | re.Pattern[str]] = {
    "desk/angebote/neu/": "Als Entwurf speichern",
    "desk/angebote/einlesen/": "Weiter zu den Spalten",
    "desk/notizen/neu/": "Notiz speichern",
    "desk/personen/einladen/": "Einladen",
    "desk/gruppen/neu/": re.compile("^Weiter"),
    "desk/kampagnen/neu/": "Loslegen",
    "desk/verteiler/neu/": "Speichern",
    "desk/konto/name/": "Speichern",
    "desk/konto/passwort/": "Speichern",
}


@pytest.mark.parametrize("path", FORMS)
def test_an_empty_form_says_what_is_missing_and_takes_the_focus(desk: Visit, path: str) -> None:
    page = desk.go(path)
    for field in page.locator("main form input:is([type=text], [type=email])").all():
        if field.is_visible():
            field.fill("")
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=FORMS[path]).filter(visible=True).click()
    assert page.evaluate("document.activeElement.closest('[role=alert]') !== null"), focus(page)
    stop = page.evaluate(FOCUSED)
    assert stop["inside"] and not stop["covered"]
    target = page.locator("[role=alert] a").first
    wanted = (target.get_attribute("href") or "").lstrip("#")
    target.press("Enter")
    reached = "(id) => document.getElementById(id).contains(document.activeElement)"
    assert page.evaluate(reached, wanted), f"the summary does not lead to {wanted}"
    assert not violations(page)


def focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))


def test_leaving_an_edited_form_asks_first(desk: Visit) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk.page.on("dialog", answer)
    page = desk.go(first(desk, *RECORDS["offer"]) + "bearbeiten/")
    desk.go("desk/")  # nothing was changed: nobody is asked
    assert asked == []
    page = desk.go(first(desk, *RECORDS["offer"]) + "bearbeiten/")
    page.get_by_label("In einem Satz").press("End")
    page.keyboard.type("!")
    page.get_by_role("link", name="Heute").filter(visible=True).click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"] and page.url.endswith("bearbeiten/")
    page.remove_listener("dialog", answer)
    page.on("dialog", lambda dialog: dialog.accept())
    desk.go("desk/")


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_forms_for_families_hold(visit: Opening, offer_path: str, language: str) -> None:
    one = visit(DESKTOP, language, **STILL)
    found = []
    for path in ("anruf/", f"{offer_path}anruf/", f"{offer_path}hinweis/", "anruf/danke/",
                 f"{offer_path}hinweis/danke/"):  # fmt: skip
        found += inspected(one, path)
    for path in ("anruf/", f"{offer_path}hinweis/"):
        page = one.go(path)
        with page.expect_navigation():
            page.locator("main form button[type=submit]").last.click()
        assert page.evaluate("document.activeElement.closest('[role=alert]') !== null")
        found += violations(page)
    assert not found
    assert one.context.cookies() == []
