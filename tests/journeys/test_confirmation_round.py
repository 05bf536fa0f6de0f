"""A round: asked by mail, answered on a small screen without an account, approved, called."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page

from tests.journeys.conftest import DESKTOP, PHONE, STILL, Opening, Visit
from tests.journeys.inspection import too_wide, violations
from tests.journeys.people import press, sign_in

SUMMARY = "Jetzt auch für Geschwister bis sechs Jahre."
ANSWER = "Vielen Dank, so ist es viel klarer."
LONGEST_WAIT = 30


def sound(page: Page) -> None:
    """Nothing that keeps anybody out, and nothing wider than the screen."""
    assert violations(page) == []
    assert too_wide(page) == []


def somebody_is_asked(petra: Visit) -> str:
    """The coordinator chooses one partner with an offer, sees the mail first, and sends it."""
    page = petra.go("desk/datenpflege/")
    sound(page)
    partner = a_due_provider(petra)
    page = petra.go(f"desk/datenpflege/liste/?stand=faellig&q={partner}")
    sound(page)
    press(page, "Diese fragen")
    assert "So sieht die Mail aus" in page.content()
    sound(page)
    press(page, re.compile(r"^\d+ Mails? senden"))
    return newest_link(petra)


def a_due_provider(petra: Visit) -> str:
    """The name of somebody who is due and has an address and an offer."""
    page = petra.go("desk/datenpflege/fragen/?stand=faellig")
    letter = page.locator(".kp-care__letter pre").inner_text()
    return str(re.findall(r"^- ([^,\n]+)", letter, re.MULTILINE)[0])


def newest_link(petra: Visit) -> str:
    """What stands in the mailbox of the demo, as soon as the mail was sent."""
    deadline = time.monotonic() + LONGEST_WAIT
    while True:
        page = petra.go("desk/postfach/")
        letters = page.get_by_role("link", name=re.compile("Stimmt das noch"))
        if letters.count():
            letters.first.click()
            page.wait_for_load_state()
            found = re.search(r"/mittelsachsen/(p/[\w=-]{48}/)", page.content())
            if found:
                return found[1]
        assert time.monotonic() < deadline, "no mail came"
        time.sleep(0.5)


def answered_on_the_phone(visit: Opening, link: str) -> tuple[str, str]:
    """Without an account: one offer is changed, everything else confirmed. (offer, its page)."""
    mine = visit(PHONE, **STILL)
    page = mine.go(link)
    sound(page)
    assert "Was steht an?" in page.locator("h1").inner_text()
    changes = page.locator("article").filter(has_text="Angebot").get_by_role("link", name="Ändern")
    address = changes.last.get_attribute("href") or ""
    with page.expect_navigation():
        changes.last.click()
    sound(page)
    title = page.locator("#id_title").input_value()
    page.get_by_label("Was es ist, in einem Satz").fill(SUMMARY)
    press(page, "Änderung speichern")
    assert "Ihre Änderung ist angekommen" in page.content() and SUMMARY in page.content()
    sound(page)
    press(page, re.compile("^Stimmt (immer noch )?alles"))
    assert "Alles ist bestätigt" in page.content()
    sound(page)
    assert mine.context.cookies() == []
    offer = re.search(r"angebot/([0-9a-f-]{36})/", address)
    assert offer is not None
    return title, offer[1]


def approved(petra: Visit, title: str) -> None:
    """Old and new side by side; taken over with a word of thanks."""
    page = petra.go("desk/datenpflege/vorschlaege/")
    sound(page)
    with page.expect_navigation():
        page.get_by_role("link", name=title).last.click()
    assert SUMMARY in page.content()
    sound(page)
    page.get_by_label("Ihre Antwort").fill(ANSWER)
    press(page, "Angehaktes übernehmen")
    assert "Übernommen" in page.content()


def called(petra: Visit) -> None:
    """The first of the telephone list is reached, and stands on it no longer."""
    page = petra.go("desk/datenpflege/telefonliste/")
    sound(page)
    first = page.locator(".kp-care__calls h2 a").first
    who = first.inner_text()
    with page.expect_navigation():
        first.click()
    sound(page)
    press(page, "Ergebnis speichern")  # nothing chosen yet: the page says so and keeps the note
    assert "Bitte wählen Sie" in page.content()
    page.get_by_label("Erreicht: Es stimmt noch alles").check()
    press(page, "Ergebnis speichern")
    assert who not in page.locator(".kp-care__calls").all_inner_texts()
    assert "bestätigt" in page.content()


def test_a_round_from_the_mail_to_the_telephone_list(visit: Opening) -> None:
    petra = visit(DESKTOP, **STILL)
    sign_in(petra, "petra")
    link = somebody_is_asked(petra)
    title, offer = answered_on_the_phone(visit, link)
    approved(petra, title)
    family = visit(PHONE, **STILL)
    page = family.go(f"angebote/{offer}/")
    assert SUMMARY in page.content() and "Zuletzt geprüft am" in page.content()
    mine = visit(PHONE, **STILL)
    assert ANSWER in mine.go(link).content()
    called(petra)
