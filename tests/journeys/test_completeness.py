"""Before a committee: what is missing is seen, somebody is added, signs, and it is on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.installations import Served, new_installation, served
from tests.journeys.conftest import DESKTOP, PHONE, STILL, Opening, Visit
from tests.journeys.inspection import too_wide, violations
from tests.journeys.people import account, press, sign_in

WHOLE = "desk/vollstaendigkeit/"
sizes = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A young installation of its own: one network, one coordinator, no partner."""
    with new_installation(tmp_path_factory.mktemp("whole")) as installation:
        installation.done(
            "network", "create", "mittelsachsen", "--name", "Netzwerk Mitte", "--ags", "14522"
        )
        account(installation, "petra", "coordinator")
        with served(installation, "--workers", "2") as running:
            yield running
            assert running.complaints() == ""


def sound(page: Page) -> None:
    """Nothing that axe finds, nothing that runs out at the side."""
    assert violations(page) == []
    assert too_wide(page) == []


def added(one: Visit, name: str, kind: str) -> None:
    """A partner, as the form for a new one asks for it."""
    page = one.go(f"desk/partner/neu/?art={kind}")
    page.locator("input[name=name]").fill(name)
    press(page, "Speichern")


@sizes
def test_a_missing_kind_is_seen_and_a_partner_added(
    visit: Opening, viewport: dict[str, int]
) -> None:
    one = visit(viewport, **STILL)
    sign_in(one, "petra")
    kind = "Familiengericht" if viewport is DESKTOP else "Krankenhaus"
    added(one, f"Schule {viewport['width']}", "school")
    page = one.go(WHOLE)
    sound(page)
    gap = page.get_by_role("link", name=f"{kind}, Ganzes Netzwerk: Niemand ist dabei.")
    with page.expect_navigation():
        gap.click()
    sound(page)
    press(page, "Partner anlegen")
    page.locator("input[name=name]").fill(f"Haus {kind}")
    press(page, "Speichern")
    page = one.go(WHOLE)
    expect(gap).to_have_count(0)
    sentence = re.compile(f"^{kind}, Ganzes Netzwerk: 1 Partner ist dabei, niemand hat unter")
    with page.expect_navigation():
        page.get_by_role("link", name=sentence).click()
    expect(page.get_by_role("link", name=f"Haus {kind}")).to_be_visible()
    sound(page)


def test_nobody_needed_is_a_decision_with_a_reason(visit: Opening) -> None:
    one = visit(DESKTOP, **STILL)
    sign_in(one, "petra")
    added(one, "Noch eine Schule", "school")
    page = one.go(f"{WHOLE}joint_service_point/")
    here = page.url
    press(page, "Hier nicht nötig …")
    press(page, "Entscheidung festhalten")
    sound(page)
    expect(page.get_by_role("alert")).to_contain_text("Bitte schreiben Sie warum")
    page.get_by_label("Warum braucht es hier niemanden?").fill("Das gibt es im Land nicht mehr.")
    press(page, "Entscheidung festhalten")
    told = "Gemeinsame Servicestelle, Ganzes Netzwerk: Hier nicht nötig: Das gibt es im Land"
    expect(page.get_by_role("link", name=told)).to_be_visible()
    page.goto(here)
    sound(page)
    press(page, "Doch nötig")
    expect(page.get_by_text("Niemand ist dabei.")).to_be_visible()


@sizes
def test_an_agreement_is_added_and_many_sign_it(
    visit: Opening, viewport: dict[str, int], tmp_path: Path
) -> None:
    one = visit(viewport, **STILL)
    sign_in(one, "petra")
    for n in range(3):
        added(one, f"Kita {viewport['width']} {n}", "childcare")
    page = one.go("desk/vereinbarungen/")
    sound(page)
    press(page, "Vereinbarung anlegen")
    press(page, "Weiter: Wer hat unterschrieben?")
    expect(page.get_by_role("alert")).to_contain_text("Bitte schreiben Sie den Titel.")
    title = f"Regeln {viewport['width']}"
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Geschlossen am").fill("2024-05-02")
    file = tmp_path / "Regeln.pdf"
    file.write_bytes(b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n")
    page.get_by_label("Unterschriebenes Papier").set_input_files(file)
    press(page, "Weiter: Wer hat unterschrieben?")
    sound(page)
    for box in page.locator("tbody input[name=wahl]").all()[:3]:
        box.check()
    press(page, "Haben unterschrieben …")
    sound(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("3 Partner haben unterschrieben")
    press(page, "Unterschriften eintragen")
    sound(page)
    expect(page.get_by_text("3 Unterschriften sind eingetragen.")).to_be_visible()
    with page.expect_download() as begun:
        page.get_by_role("link", name="Regeln.pdf", exact=True).click()
    assert Path(begun.value.path()).read_bytes().startswith(b"%PDF")


def test_the_page_goes_to_the_committee_on_paper(visit: Opening) -> None:
    one = visit(DESKTOP, **STILL)
    sign_in(one, "petra")
    added(one, "Polizeirevier", "police")
    page = one.go(WHOLE)
    with page.expect_download() as begun:
        page.get_by_role("link", name="Papier für die Steuerungsgruppe (PDF)").click()
    assert begun.value.suggested_filename.startswith("vollstaendigkeit-")
    assert Path(begun.value.path()).read_bytes().startswith(b"%PDF-1.7")
    _matrix_is_walked_by_keyboard(one)


def _matrix_is_walked_by_keyboard(one: Visit) -> None:
    """Each field is a link that shows where the focus stands."""
    first = one.page.locator(".kp-matrix__field").first
    first.focus()
    one.page.keyboard.press("Enter")
    one.page.wait_for_url(re.compile(r"/desk/vollstaendigkeit/[a-z_]+/"))
