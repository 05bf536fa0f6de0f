"""An invited editor takes a messy list in, mends it, publishes, and takes everything back."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from tests.installations import Served, new_installation, served
from tests.journeys.conftest import DESKTOP, PHONE, STILL, Opening, Visit
from tests.journeys.inspection import too_wide
from tests.journeys.people import account, press, sign_in, with_device

sizes = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])

COLUMNS = (
    "Nr.", "Angebot", "Träger", "Straße", "PLZ", "Ort", "Ansprechpartner", "Tel. / Mobil",
    "Wann?", "Bemerkungen intern",
)  # fmt: skip
TIDY = {
    "Träger": "Familienzentrum Lindenhof", "Straße": "Lindenweg 4", "PLZ": "09599",
    "Ort": "Freiberg",
}  # fmt: skip


def messy_list(name: str) -> bytes:
    """Rows as offices keep them, in the encoding of an old spreadsheet."""
    rows = [
        {"Angebot": f"Krabbelgruppe {name}", "PLZ": "O9599", "Ansprechpartner": "n. n.",
         "Tel. / Mobil": "030 23125 411 oder 0174 1234567", "Wann?": "Mi 9:30-11 Uhr"},
        {"Angebot": f"Stillcafé {name}", "PLZ": "9599.0", "Tel. / Mobil": "030/23125412"},
        {"Angebot": "", "Tel. / Mobil": "030 23125 413"},
        {"Angebot": f"Babymassage {name}", "PLZ": "D-09599", "Bemerkungen intern": "=1+1"},
        {},
        {"Angebot": f"Vätertreff {name}", "Nr.": '=HYPERLINK("http://example.org")'},
    ]  # fmt: skip
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(TIDY | row if row else {})
    return text.getvalue().encode("cp1252")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A young installation of its own: one network, one coordinator, no offer."""
    with new_installation(tmp_path_factory.mktemp("desk")) as installation:
        installation.done(
            "network", "create", "mittelsachsen", "--name", "Netzwerk Mitte", "--ags", "14522"
        )
        account(installation, "petra", "coordinator")
        with served(installation, "--workers", "2") as running:
            yield running
            assert running.complaints() == ""


def pick_menu(page: Page, label: str) -> None:
    """A deed from the menu "Mehr" of a page."""
    menu = page.locator("main details.kp-menu").filter(visible=True).first
    menu.locator("summary").click()
    with page.expect_navigation():
        menu.get_by_role("link", name=label).click()


def heading(page: Page, text: str, seconds: int = 25) -> None:
    """Wait for a page; one that shows how far work is loads anew by itself."""
    page.get_by_role("heading", level=1, name=text).wait_for(timeout=seconds * 1000)


def invited(petra: Visit, name: str) -> str:
    """Petra invites an editor; without a mail server the link is shown to her."""
    page = sign_in(petra, "petra")
    petra.go("desk/personen/")
    press(page, "Jemanden einladen")
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-Mail-Adresse").fill(f"{name.split()[0].lower()}@example.org")
    page.get_by_label("Redaktion").check()
    press(page, "Einladen")
    return page.get_by_label(f"Link für {name}").input_value()


def comes_in(one: Visit, link: str) -> Page:
    """By the link and a passkey, out again, and in by the passkey alone."""
    page = one.page
    with_device(one)
    page.goto(link)
    press(page, "Ohne Passwort: Passkey einrichten")
    press(page, "Auf diesem Gerät einrichten")
    one.go("desk/")
    signs_out(page)
    press(page, "Mit einem Passkey anmelden")
    assert page.url == one.address("desk/")
    return page


def signs_out(page: Page) -> None:
    button = page.get_by_role("button", name="Abmelden")
    page.locator("summary:has(+ * form[action*='abmelden'])").filter(visible=True).click()
    with page.expect_navigation():
        button.filter(visible=True).click()


@sizes
def test_from_an_invitation_to_a_published_offer_and_back(
    visit: Opening, viewport: dict[str, int], tmp_path: Path
) -> None:
    name = "Regenbogen" if viewport is DESKTOP else "Sonnenschein"
    link = invited(visit(viewport, **STILL), "Jonas Reuter" if viewport is DESKTOP else "Mia Lang")
    jonas = visit(viewport, **STILL)
    page = comes_in(jonas, link)
    file = tmp_path / f"Angebote {name}.csv"
    file.write_bytes(messy_list(name))

    trial(jonas, file)
    mends_rows(page, name)
    reads_in_as_drafts(page)
    offer = publishes(jonas, f"Krabbelgruppe {name}")
    family = visit(viewport, **STILL)
    assert finds(family, f"Krabbelgruppe {name}")
    undoes_publishing(jonas, offer)
    assert not finds(family, f"Krabbelgruppe {name}")
    many_at_once(jonas, family, name)
    undoes_the_import(jonas, file.name, f"Krabbelgruppe {name}")


def trial(one: Visit, file: Path) -> None:
    """From the list of offers to columns and the trial; nothing is saved yet."""
    page = one.go("desk/angebote/")
    press(page, "Liste einlesen")
    page.set_input_files("input[type=file]", file)
    press(page, "Weiter zu den Spalten")
    assert "Krabbelgruppe" in page.locator("#vorschau").inner_text()
    assert not too_wide(page)
    internal = page.get_by_label("Bemerkungen intern")
    internal.select_option(label="nicht übernehmen")
    press(page, "Weiter zum Prüfen")
    heading(page, "4 von 5 Zeilen sind bereit")
    assert not too_wide(page)


def mends_rows(page: Page, name: str) -> None:
    """The row without a title gets one right where it stands."""
    rows = page.locator("#zeilen")
    said = rows.inner_text()
    for expected in ("O9599", "09599", "Der Titel fehlt"):
        assert expected in said, said
    row = rows.get_by_role("row").filter(has_text="Der Titel fehlt")
    row.get_by_text("Berichtigen").click()
    row.get_by_label("Angebot").fill(f"Spielkreis {name}")
    with page.expect_navigation():
        row.get_by_role("button", name="Noch einmal prüfen").click()
    heading(page, "Alle 5 Zeilen sind bereit")
    assert "eine Zelle berichtigt" in page.locator("main").inner_text()


def reads_in_as_drafts(page: Page) -> None:
    page.get_by_label("als Entwurf behalten").check()
    press(page, re.compile("5 Zeilen"))
    heading(page, "5 Zeilen sind eingelesen")
    press(page, "Zu den Angeboten")


def publishes(one: Visit, title: str) -> str:
    """Opens it, edits, looks at the preview, publishes; the path of the offer."""
    page = one.page
    press(page, title)
    path = page.url
    assert "Entwurf" in page.locator(".kp-pagehead").inner_text()
    brought = page.locator("main").inner_text()
    assert "030 23125 411" in brought and "0174 1234567" in brought and "n. n." not in brought
    press(page, "Bearbeiten")
    summary = "Für Babys im ersten Jahr und ihre Eltern."
    page.get_by_label("In einem Satz").fill(summary)
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Vorschau").click()
    preview = opened.value
    preview.wait_for_load_state()
    assert summary in preview.locator("body").inner_text()
    preview.close()
    press(page, "Speichern und veröffentlichen …")
    assert "Dieses Angebot veröffentlichen?" in page.locator("h1").inner_text()
    press(page, "Jetzt veröffentlichen")
    assert "Veröffentlicht" in page.locator("main").inner_text()
    return path


def finds(family: Visit, title: str) -> bool:
    """Whether a family meets it in the search, and its page answers."""
    page = family.search(title.split()[0], ort="09599")
    links = page.locator("#treffer article a").filter(has_text=title)
    if not links.count():
        return False
    links.first.click()
    page.wait_for_url(re.compile(r"/angebote/[0-9a-f-]{36}/"))
    return title == page.locator("h1").inner_text()


def undoes_publishing(one: Visit, offer: str) -> None:
    page = one.page
    page.goto(offer)
    pick_menu(page, "Verlauf")
    deed = page.locator(".kp-history > li").filter(has_text="veröffentlicht").first
    with page.expect_navigation():
        deed.get_by_role("link", name="Rückgängig machen").click()
    assert "Diese Änderung rückgängig machen?" in page.locator("h1").inner_text()
    press(page, "Jetzt rückgängig machen")
    page.goto(offer)
    assert "Entwurf" in page.locator(".kp-pagehead").inner_text()


def many_at_once(one: Visit, family: Visit, name: str) -> None:
    """Two drafts are published together: shown beforehand, done, taken back as a whole."""
    page = one.go(f"desk/angebote/?q={name}")
    for title in (f"Stillcafé {name}", f"Babymassage {name}"):
        tick(page, title).check()
    assert "2 von 5" in page.locator("[data-picked]").inner_text()
    press(page, "Veröffentlichen")
    shown = page.locator("main").inner_text()
    assert f"Stillcafé {name}" in shown and f"Vätertreff {name}" not in shown
    assert not finds(family, f"Stillcafé {name}")
    press(page, re.compile("veröffentlichen"))
    heading(page, "2 Angebote")
    assert finds(family, f"Stillcafé {name}")
    press(page, "Rückgängig machen")
    assert not finds(family, f"Stillcafé {name}")


def tick(page: Page, title: str) -> Locator:
    return page.get_by_role("row").filter(has_text=title).get_by_role("checkbox")


def undoes_the_import(one: Visit, file: str, changed: str) -> None:
    """What was brought goes; what was changed by hand since stays, and is named."""
    page = one.go("desk/angebote/einlesen/")
    press(page, file)
    press(page, "Rückgängig machen")
    heading(page, "rückgängig machen?")
    press(page, "Ja, rückgängig machen")
    page.get_by_text("Dieses Einlesen wurde rückgängig gemacht.").wait_for(timeout=25_000)
    assert page.locator(".kern-alert").get_by_role("link").all_inner_texts() == [changed]
    one.go(f"desk/angebote/?q={changed.split()[-1]}")
    assert page.locator("tbody tr").count() == 1


@sizes
def test_import_list_and_editing_work_without_a_script(
    visit: Opening, viewport: dict[str, int], tmp_path: Path
) -> None:
    name = "Wolke" if viewport is DESKTOP else "Stern"
    one = visit(viewport, java_script_enabled=False, **STILL)
    page = sign_in(one, "petra")
    file = tmp_path / f"{name}.csv"
    file.write_bytes(messy_list(name))
    one.go("desk/angebote/einlesen/")
    page.set_input_files("input[type=file]", file)
    press(page, "Weiter zu den Spalten")
    page.get_by_label("Bemerkungen intern").select_option(label="nicht übernehmen")
    press(page, "Weiter zum Prüfen")
    refreshed_until(page, "4 von 5 Zeilen sind bereit")
    page.get_by_label("als Entwurf behalten").check()
    press(page, re.compile("4 Zeilen"))
    refreshed_until(page, "4 Zeilen sind eingelesen")

    one.go("desk/angebote/?stand=entwurf")
    page.locator("main").get_by_role("searchbox").fill(name)
    page.locator(".kp-narrow summary").click()
    page.locator("[name=ort]").fill("Freiberg")
    press(page, "Filter anwenden")
    assert page.locator("tbody tr").count() == 4
    assert page.get_by_text("Ausgewählt:").is_visible()
    press(page, f"Stillcafé {name}")
    press(page, "Bearbeiten")
    page.get_by_label("In einem Satz").fill("Kaffee, Tee und Rat.")
    press(page, "Zeit hinzufügen")
    assert page.get_by_label("In einem Satz").input_value() == "Kaffee, Tee und Rat."
    page.locator(".kp-savebar").get_by_role("button", name="Speichern", exact=True).click()
    assert "Kaffee, Tee und Rat." in page.locator("main").inner_text()


def refreshed_until(page: Page, text: str, seconds: int = 25) -> None:
    """Press "Refresh" until the work is done, as somebody without a script does."""
    deadline = time.monotonic() + seconds
    while text not in page.locator("h1").inner_text():
        assert time.monotonic() < deadline, page.locator("main").inner_text()
        time.sleep(0.3)
        press(page, "Aktualisieren")
