"""A campaign by keyboard alone: prepared, written, ordered, shared, handed over, ended."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.journeys.conftest import DESKTOP, PHONE, STILL, Opening
from tests.journeys.inspection import too_wide, violations
from tests.journeys.keys import Keys
from tests.journeys.people import sign_in

NAME = "Danke vor der Haustür"
MESSAGE = "Danke allen, die nebenan für Familien da sind."
HOST, INVITED = "Demo-AG Familienfreundlicher Landkreis", "Demo-Steuerungsgruppe Frühe Hilfen"
STATION = "Bürgerhaus am Markt"
FESTIVAL = "Suppe am Zaun"
LESSON = "Früher mit dem Plakat beginnen."
CALLER = "Kindergarten Windlicht"
STOCK, BY_LINK, BY_TELEPHONE = "3", "2", "3"
# A desktop screen at 200 %.
MAGNIFIED = {"width": 640, "height": 450}
LONGEST_WAIT = 60


def day(distance: int) -> date:
    """So many days from today."""
    return date.today() + timedelta(days=distance)


def sound(keys: Keys) -> None:
    """Note what keeps anybody out, and what is wider than a phone or a screen at 200 %."""
    page, size = keys.page, keys.page.viewport_size
    assert size is not None
    keys.faults += [f"{page.url} {one}" for one in violations(page)]
    for narrow in (PHONE, MAGNIFIED):
        page.set_viewport_size({"width": narrow["width"], "height": narrow["height"]})
        keys.faults += [f"{page.url} at {narrow['width']}: {one}" for one in too_wide(page)]
    page.set_viewport_size(size)


def go(keys: Keys, path: str, allowed: int = 200) -> None:
    """Open a page by its address, and look whether it is sound."""
    keys.one.go(path, allowed)
    sound(keys)


def press(keys: Keys, *names: str | re.Pattern[str]) -> None:
    """One button or link after the other, each page that follows being sound."""
    for name in names:
        keys.press(name)
        sound(keys)


def told(keys: Keys) -> str:
    """What the page says."""
    return keys.main.inner_text()


def path_of(url: str) -> str:
    """The path of an address behind the network, without what stands after "#"."""
    return urlsplit(url).path.split("/mittelsachsen/")[1]


def begun(petra: Keys) -> str:
    """From the template; the path of the campaign."""
    go(petra, "desk/kampagnen/")
    press(petra, "Kampagne beginnen")
    petra.choose("Danke-Kampagne")
    petra.write("Wie heißt die Kampagne?", NAME)
    petra.choose_day("Erster Tag", day(60))
    petra.choose_day("Letzter Tag", day(90))
    press(petra, "Loslegen")
    return path_of(petra.page.url).split("vorbereitung/")[0]


def said_to_whom(petra: Keys, campaign: str) -> None:
    """Goal, message and hosts, and an audience made on the way."""
    petra.write("Die Botschaft, in einem Satz", MESSAGE)
    press(petra, "Speichern und weiter")
    petra.tick(HOST)
    press(petra, "Speichern und weiter", "Neuen Verteiler anlegen")
    petra.write("Name", NAME)
    petra.pick("Gruppe", INVITED)
    press(petra, "Zeigen, wer das ist", "Speichern")
    go(petra, f"{campaign}vorbereitung/zielgruppen/")
    petra.choose(NAME)
    press(petra, "Speichern und weiter")


def said_when_and_what(petra: Keys, campaign: str) -> None:
    """The days, the stock of one material, and where it is fetched."""
    petra.choose_day("Partner anschreiben am", day(0))
    petra.choose_day("Bestellschluss", day(20))
    petra.choose_day("Material ausgeben ab", day(25))
    press(petra, "Speichern und weiter")
    assert petra.main.locator("legend").first.inner_text() == "Postkarten"
    petra.write("Packungen im Lager", STOCK)
    petra.write("Höchstens je Bestellung, in Packungen", STOCK)
    press(petra, "Speichern und weiter")
    go(petra, f"{campaign}vorbereitung/material/")
    press(petra, "Wo es abgeholt wird", "Neue Ausgabestelle")
    petra.write("Name", STATION)
    petra.write("Vorschlagen für Postleitzahlen", "0")
    press(petra, "Speichern")
    go(petra, f"{campaign}vorbereitung/material/")
    press(petra, "Speichern und weiter")


def opened(petra: Keys) -> None:
    """Texts, page and a person to ask; then everybody may see it."""
    press(petra, "Speichern und weiter", "Ansprechpersonen")
    petra.write("Person oder Einrichtung suchen", CALLER)
    press(petra, "Suchen")
    petra.tick(re.compile(CALLER))
    press(petra, "Speichern", "Speichern und weiter", "Kampagne öffnen")
    assert "Die Kampagne ist jetzt öffentlich." in told(petra)


def invited(petra: Keys) -> str:
    """Read with the eyes of two partners, sent; the path of a personal page out of the mailbox."""
    press(petra, "Einladung lesen", re.compile("Einladung$"))
    assert MESSAGE in told(petra)
    press(petra, re.compile("^Weiter$"), "Weiter zum Senden", re.compile("^Jetzt senden"))
    letter = arrived(petra, f"Machen Sie mit: {NAME}")
    found = re.search(r"/mittelsachsen/(p/[\w=-]{48}/)", letter.content())
    assert found is not None
    return found[1]


def arrived(petra: Keys, subject: str) -> Page:
    """A letter of that subject, as soon as it lies in the mailbox of the demo."""
    deadline = time.monotonic() + LONGEST_WAIT
    while True:
        petra.one.go("desk/postfach/")
        letters = petra.main.get_by_role("link", name=re.compile(re.escape(subject)))
        if letters.count():
            petra.enter(letters.first)
            return petra.page
        assert time.monotonic() < deadline, f"no mail came: {subject}"
        time.sleep(0.3)


def joined_in(partner: Keys, link: str) -> None:
    """On a telephone, without an account: material ordered, a festival reported."""
    go(partner, link)
    press(partner, "Material bestellen")
    partner.write("Packungen: Postkarten", BY_LINK)
    press(partner, "Jetzt kostenlos bestellen")
    assert "Ihre Bestellung ist angekommen" in told(partner)
    press(partner, "Zurück zur Übersicht", "Aktion melden")
    partner.write("Was machen Sie?", FESTIVAL)
    press(partner, "Aktion melden")  # the day is missing: it is said, and nothing typed is lost
    assert partner.field("Was machen Sie?").input_value() == FESTIVAL
    partner.choose_day("Tag", day(70))
    partner.write("Beginn", "15 Uhr")
    press(partner, "Aktion melden")
    assert "Ihre Aktion ist angekommen" in told(partner)
    assert partner.one.context.cookies() == []


def ordered_by_telephone(petra: Keys, campaign: str) -> None:
    """Somebody called: who, how many, Enter."""
    go(petra, f"{campaign}bestellungen/")
    press(petra, "Bestellung eintragen")
    petra.write("Wer bestellt?", CALLER)
    petra.one.until("document.querySelector('#wer-vorschlaege option')")
    who = petra.page.locator("#wer-vorschlaege option").first.get_attribute("value")
    petra.write("Wer bestellt?", str(who))
    petra.write("Postkarten", BY_TELEPHONE)
    with petra.page.expect_navigation():
        petra.page.keyboard.press("Enter")
    sound(petra)
    assert "3 × Postkarten" in told(petra)


def approved(petra: Keys, campaign: str) -> None:
    """The festival is looked at with the eyes of families, and shown."""
    go(petra, f"{campaign}mitmachaktionen/")
    press(petra, FESTIVAL, "Zeigen …", "Zeigen und E-Mail senden")
    assert "Die Aktion ist jetzt zu sehen." in told(petra)


def shared(petra: Keys, campaign: str) -> None:
    """The deadline is over, which shows what it changes; five wishes of three packs are shared."""
    go(petra, f"{campaign}vorbereitung/zeitraum/")
    petra.choose_day("Bestellschluss", day(-1))
    press(petra, "Speichern und weiter")
    assert "2 Bestellungen können nicht mehr selbst geändert werden." in told(petra)
    press(petra, "So speichern")
    go(petra, campaign)
    press(petra, "Aufteilen", "Postkarten")
    assert "5 Packungen bestellt, 3 da" in told(petra)
    go(petra, f"{campaign}aufteilen/")
    press(petra, "Alle Anteile festlegen", "E-Mails ansehen", re.compile("^2 Mails senden"))
    letter = arrived(petra, f"Ihr Material für „{NAME}“")
    assert "Es wurde mehr bestellt, als wir haben" in letter.content()


def handed_over(petra: Keys, campaign: str, helper: Keys) -> None:
    """The code of a packing slip, opened with the telephone of a helper who has no account."""
    go(petra, f"{campaign}ausgabe/")
    press(petra, "Link für Helfende", "Link zeigen")
    station = path_of(petra.main.locator("code").inner_text())
    go(petra, f"{campaign}ausgabe/")
    press(petra, "Liste, Packzettel, Etiketten")
    slip = path_of(str(petra.main.locator("table a").first.get_attribute("href")))
    go(helper, slip, 403)
    go(helper, station)
    press(helper, "Mit diesem Handy ausgeben")
    go(helper, slip)
    press(helper, "Ausgegeben")
    assert "Zurücknehmen" in told(helper)


def ended(petra: Keys, campaign: str) -> None:
    """It ends after saying what that means, and everybody who took part is thanked."""
    go(petra, f"{campaign}abschluss/")
    press(petra, "Kampagne beenden …", "Jetzt beenden", "Dank vorbereiten")
    assert "2 Schreiben" in told(petra)
    press(petra, "Weiter zum Senden", re.compile("^Jetzt senden"))
    assert NAME in arrived(petra, "Danke fürs Mitmachen").content()
    go(petra, f"{campaign}abschluss/")
    petra.write("Was haben Sie gelernt?", LESSON)
    press(petra, "Festhalten")
    assert LESSON in told(petra)


def report(petra: Keys) -> bytes:
    """The report as it is saved."""
    petra.to(petra.main.get_by_role("link", name="Bericht (PDF)"))
    with petra.page.expect_download() as saved:
        petra.page.keyboard.press("Enter")
    return Path(saved.value.path()).read_bytes()


def shown_to_families(family: Keys) -> None:
    """Among all campaigns, on its page, and in its list."""
    go(family, "aktionen/")
    press(family, NAME)
    assert MESSAGE in told(family) and FESTIVAL in told(family)
    press(family, FESTIVAL)
    assert "ab 15 Uhr" in told(family)
    assert family.one.context.cookies() == []


def test_a_campaign_from_the_template_to_the_report(visit: Opening) -> None:
    desk = visit(DESKTOP, **STILL)
    sign_in(desk, "petra")
    petra = Keys(desk)
    partner, family, helper = (Keys(visit(PHONE, **STILL)) for _each in range(3))
    campaign = begun(petra)
    said_to_whom(petra, campaign)
    said_when_and_what(petra, campaign)
    opened(petra)
    joined_in(partner, invited(petra))
    ordered_by_telephone(petra, campaign)
    approved(petra, campaign)
    shown_to_families(family)
    shared(petra, campaign)
    handed_over(petra, campaign, helper)
    ended(petra, campaign)
    assert report(petra).startswith(b"%PDF")
    assert [fault for one in (petra, partner, family, helper) for fault in one.faults] == []
