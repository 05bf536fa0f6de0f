"""A family with a worry: search, understand, act; by touch, by keyboard, without a script."""

from __future__ import annotations

import re
from itertools import combinations
from math import dist

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import DESKTOP, PHONE, VIEW_NAMES, VIEWS, WORRY, Opening, Visit
from tests.journeys.inspection import too_wide

WORDS = {
    "de": {"find": "Hilfe finden", "place": "Ort", "print": "Drucken"},
    "en": {"find": "Find help", "place": "Place", "print": "Print"},
}
# A4 between its margins, in CSS pixels.
PAPER = {"width": 680, "height": 980}
ANNOUNCED = "document.getElementById('ansage').textContent.trim()"
views = pytest.mark.parametrize(("viewport", "language"), VIEWS, ids=VIEW_NAMES)


def number_in(text: str) -> int:
    """The first number of a sentence such as "17 Angebote passen"."""
    found = re.search(r"\d+", text)
    return int(found[0]) if found else 1


def open_filters(one: Visit) -> None:
    if one.page.locator("details#filter:not([open])").count():
        one.page.locator("#filter > summary").click()


@views
def test_from_the_start_to_print(visit: Opening, viewport: dict[str, int], language: str) -> None:
    one = visit(viewport, language)
    page = one.go()
    page.locator("#suche-q").fill(WORRY)
    page.get_by_label(WORDS[language]["place"], exact=True).fill("09599")
    page.get_by_role("button", name=WORDS[language]["find"]).click()
    page.wait_for_url("**/angebote/?*")
    assert "ort=09599" in page.url
    assert number_in(page.locator("h1").inner_text()) >= len(one.titles()) >= 3
    first = one.titles()[0]
    page.locator("#treffer article a").first.click()
    page.wait_for_url(re.compile(r"/angebote/[0-9a-f-]{36}/"))
    assert page.locator("h1").inner_text() == first
    assert page.locator("a[href^='tel:']").count() >= 1
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert not page.locator(".kp-skip").is_visible()
    assert not page.get_by_role("button", name=WORDS[language]["print"]).is_visible()
    assert page.locator(".kp-qr svg").is_visible()
    assert not too_wide(page)


@views
def test_by_keyboard_alone(visit: Opening, viewport: dict[str, int], language: str) -> None:
    one = visit(viewport, language)
    page = one.go()
    _tab_to(one, "#suche-q")
    page.keyboard.type(WORRY)
    page.keyboard.press("Enter")
    page.wait_for_url("**/angebote/?*")
    first = one.titles()[0]
    _tab_to(one, "#treffer article a")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/angebote/[0-9a-f-]{36}/"))
    assert page.locator("h1").inner_text() == first
    _tab_to(one, "a.kp-back")
    page.keyboard.press("Enter")
    page.wait_for_url("**/angebote/?*")
    assert one.titles()[0] == first


def _tab_to(one: Visit, selector: str, most: int = 120) -> None:
    """Press Tab until the focus is there."""
    for _step in range(most):
        one.page.keyboard.press("Tab")
        if one.page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the Tab key")


@views
def test_without_a_script(visit: Opening, viewport: dict[str, int], language: str) -> None:
    one = visit(viewport, language, java_script_enabled=False)
    page = one.go()
    page.locator("#suche-q").fill(WORRY)
    page.get_by_role("button", name=WORDS[language]["find"]).click()
    page.wait_for_url("**/angebote/?*")
    assert len(one.titles()) >= 3
    everything = number_in(page.locator("h1").inner_text())
    open_filters(one)
    page.locator("#suche-alter").select_option("6m")
    page.locator("#suche-kostenlos").check()
    page.locator("#suche button").first.click()
    page.wait_for_url("**kostenlos=ja**")
    assert "alter=6m" in page.url
    assert 0 < number_in(page.locator("h1").inner_text()) <= everything
    page.locator("#treffer article a").first.click()
    page.wait_for_url(re.compile(r"/angebote/[0-9a-f-]{36}/"))
    assert page.locator("a[href^='tel:']").count() >= 1


@pytest.mark.parametrize("with_script", [True, False])
def test_there_is_more_on_the_next_page(visit: Opening, with_script: bool) -> None:
    one = visit(PHONE, java_script_enabled=with_script)
    page = one.go("angebote/")
    first = one.titles()
    page.locator("a[rel=next]").click()
    page.wait_for_url("**seite=2**")
    one.settled()
    assert one.titles() and one.titles() != first
    if with_script:
        assert page.evaluate("document.activeElement.tagName") == "H1"


@views
def test_an_address_can_be_shared(visit: Opening, viewport: dict[str, int], language: str) -> None:
    one = visit(viewport, language)
    page = one.search(WORRY, ort="09599", alter="6m")
    open_filters(one)
    page.locator("#suche-kostenlos").check()
    page.wait_for_url("**kostenlos=ja**")
    one.settled()
    other = visit(DESKTOP, language)
    other.page.goto(page.url)
    assert other.titles() == one.titles() != []
    assert other.page.locator("h1").inner_text() == page.locator("h1").inner_text()
    open_filters(other)
    assert other.page.locator("#suche-kostenlos").is_checked()
    assert other.page.locator("#suche-alter").input_value() == "6m"


@views
def test_it_updates_in_place_and_says_how_many(
    visit: Opening, viewport: dict[str, int], language: str
) -> None:
    one = visit(viewport, language)
    page = one.search(WORRY, ort="09599")
    page.evaluate("window.stillTheSamePage = true")
    open_filters(one)
    page.locator("#suche-alter").select_option("6m")
    page.wait_for_url("**alter=6m**")
    one.until(ANNOUNCED)
    told = page.locator("#ansage").inner_text()
    assert number_in(told) == number_in(page.locator("h1").inner_text())
    assert page.locator("#ansage").get_attribute("aria-live") == "polite"
    assert page.evaluate("window.stillTheSamePage") is True
    page.go_back()
    one.until("!location.search.includes('alter')")
    one.settled()
    assert len(one.titles()) >= 3


def test_focus_stays_where_it_was_when_results_come(visit: Opening) -> None:
    one = visit(DESKTOP)
    page = one.search(WORRY)
    open_filters(one)
    page.locator("#suche-alter").focus()
    page.locator("#suche-alter").select_option("6m")
    page.wait_for_url("**alter=6m**")
    one.settled()
    assert page.evaluate("document.activeElement.id") == "suche-alter"


@pytest.mark.parametrize("path", ["", "angebote/"])
def test_places_are_suggested(visit: Opening, path: str) -> None:
    one = visit(PHONE)
    page = one.go(path)
    page.locator("#suche-ort").press_sequentially("Freib")
    one.until("document.querySelectorAll('#suche-orte option').length > 0")
    offered = page.locator("#suche-orte option").evaluate_all("(all) => all.map((o) => o.value)")
    assert any("Freiberg" in value for value in offered)


COUNT_QUESTIONS = """
  window.kpAsked = 0;
  const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
  navigator.geolocation.getCurrentPosition = (...all) => {
    window.kpAsked += 1;
    return ask(...all);
  };
  navigator.geolocation.watchPosition = () => { throw new Error("nobody is followed"); };
"""


@views
def test_my_location_is_asked_on_tap_only_and_leaves_rounded(
    visit: Opening, viewport: dict[str, int], language: str
) -> None:
    exact = {"latitude": 50.913421, "longitude": 13.342987}
    one = visit(viewport, language, geolocation=exact, permissions=["geolocation"])
    one.context.add_init_script(COUNT_QUESTIONS)
    page = one.go("angebote/")
    open_filters(one)
    assert page.evaluate("window.kpAsked") == 0
    page.locator("[data-locate]").click()
    page.wait_for_url("**ort=09599**")
    assert page.evaluate("window.kpAsked") == 1
    sent = [request.url for request in one.requests if "naechste-plz" in request.url]
    assert len(sent) == 1 and sent[0].endswith("?lat=50.91&lon=13.34")
    assert not [request.url for request in one.requests if "50.9134" in request.url]
    assert "lat=" not in page.url


def test_a_refused_location_is_told(visit: Opening) -> None:
    one = visit(PHONE, permissions=[])
    page = one.go("angebote/")
    open_filters(one)
    page.locator("[data-locate]").click()
    one.until(ANNOUNCED)
    assert page.evaluate("document.activeElement.id") == "suche-ort"


def test_list_and_map_say_the_same(visit: Opening) -> None:
    one = visit(DESKTOP)
    page = one.search(WORRY, ort="09599")
    page.wait_for_selector(".kp-map-drop")
    points = page.evaluate("JSON.parse(document.getElementById('kartenpunkte').textContent)")
    numbered = [point for point in points if point.get("number")]
    assert page.locator(".kp-map-drop").count() == len(numbered) > 0
    titles = one.titles()
    assert all(point["title"] in titles for point in numbered)


SWITCH = ".kp-switch a[href='#%s']"


def test_on_a_phone_list_and_map_take_turns(visit: Opening) -> None:
    page = visit(PHONE).search(WORRY, ort="09599")
    cards, box = page.locator("#treffer"), page.locator("#karte")
    assert cards.is_visible()
    assert not box.is_visible()
    page.locator(SWITCH % "karte").click()
    assert box.is_visible()
    assert not cards.is_visible()
    assert page.evaluate("document.activeElement.id") == "karte"
    assert page.locator(".kp-switch [aria-current]").inner_text().strip() == "Karte"
    page.locator(".kp-map-drop").first.click()
    assert cards.is_visible()
    assert page.evaluate("Boolean(document.activeElement.closest('#treffer article'))")


def test_a_new_search_shows_the_list_again(visit: Opening) -> None:
    one = visit(PHONE)
    page = one.search(WORRY, ort="09599")
    page.locator(SWITCH % "karte").click()
    page.locator("#suche-q").fill("Stillcafé")
    page.keyboard.press("Enter")
    page.wait_for_url("**Stillcaf*")
    one.settled()
    assert page.locator("#treffer").is_visible()
    assert not page.locator("#karte").is_visible()
    page.locator(SWITCH % "karte").click()
    page.locator(SWITCH % "liste").click()
    assert page.locator("#treffer").is_visible()


def test_with_room_or_without_a_script_both_stay(visit: Opening) -> None:
    wide = visit(DESKTOP).search(WORRY, ort="09599")
    assert not wide.locator(".kp-switch").is_visible()
    plain = visit(PHONE, java_script_enabled=False).search(WORRY, ort="09599")
    for page in (wide, plain):
        assert page.locator("#treffer").is_visible()
        assert page.locator("#karte").is_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_number_on_the_map_can_be_read(visit: Opening, viewport: dict[str, int]) -> None:
    page = visit(viewport).search(WORRY, ort="09599")
    if viewport == PHONE:
        page.locator(SWITCH % "karte").click()
    page.wait_for_selector(".kp-map-drop")
    middles = page.locator(".kp-map-drop").evaluate_all(
        "(all) => all.map((m) => m.getBoundingClientRect()).map((r) => [r.x + 17, r.y + 17])"
    )
    assert all(dist(one, other) >= 30 for one, other in combinations(middles, 2))


def sheets(page: Page) -> int:
    """How many pages of A4 a printer would fill."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


def test_paper_is_not_wasted(visit: Opening, offer_path: str) -> None:
    page = visit(DESKTOP).search(WORRY, ort="09599")
    assert page.locator("#treffer article").count() > 10
    assert sheets(page) <= 4
    assert sheets(visit(DESKTOP).go(offer_path)) == 1


def test_a_printed_list_says_what_was_searched_and_when(visit: Opening) -> None:
    page = visit(DESKTOP).search(WORRY, ort="09599")
    head = page.locator(".kp-result-head__printed")
    assert not head.is_visible()
    page.emulate_media(media="print")
    assert WORRY in head.inner_text()
    assert re.search(r"\d{1,2}\. \w+ 20\d\d", head.inner_text())
    assert not page.locator("#karte").is_visible()
    assert page.locator("#treffer .kp-number").first.is_visible()


def test_the_page_of_an_offer_gives_all_to_act(visit: Opening, offer_path: str) -> None:
    one = visit(PHONE)
    page = one.go(offer_path)
    for kind in ("tel:", "https://www.openstreetmap.org/directions"):
        assert page.locator(f"a[href^='{kind}']").first.is_visible(), kind
    for file, content_type in (("termine.ics", "text/calendar"), ("kontakt.vcf", "text/vcard")):
        link = page.locator(f"a[href*='{file}']").first.get_attribute("href")
        answer = one.context.request.get(one.site.url + str(link))
        assert answer.status == 200
        assert answer.headers["content-type"].startswith(content_type)


def test_nothing_found_offers_a_person_and_numbers(visit: Opening, pages: dict[str, str]) -> None:
    one = visit(PHONE)
    page = one.go(pages["nothing"])
    assert one.titles() == []
    assert page.locator("main a[href^='tel:']").count() >= 2
    page.locator("#ergebnisse a.kern-btn").first.click()
    one.settled()
    assert page.locator("h1").is_visible()


def test_help_is_one_tap_away_on_every_page(visit: Opening, pages: dict[str, str]) -> None:
    one = visit(PHONE)
    for name, path in pages.items():
        if name not in ("networks", "not_found"):
            page = one.go(path)
            assert page.locator("a[href='#hilfe']").is_visible(), name
            assert page.locator("#hilfe a[href='tel:112']").count() == 1, name


@views
def test_the_other_language_leads_to_the_same_page(
    visit: Opening, viewport: dict[str, int], language: str
) -> None:
    one = visit(viewport, language)
    page = one.search(WORRY, ort="09599")
    before = one.titles()
    other = "en" if language == "de" else "de"
    link = page.locator(f"a[hreflang='{other}'], a[lang='{other}']").first
    if not link.is_visible():
        page.locator("header details > summary").first.click()
    link.click()
    arrived = f"document.readyState === 'complete' && document.documentElement.lang === '{other}'"
    one.until(arrived)
    assert one.titles() == before


READ_CHIPS = "[aria-labelledby='gelesen'] a"


@pytest.mark.parametrize("with_script", [True, False])
def test_wishes_are_read_from_the_words_and_can_be_taken_away(
    visit: Opening, with_script: bool
) -> None:
    one = visit(PHONE, java_script_enabled=with_script)
    page = one.search("Krabbelgruppe Döbeln mittwochs")
    chips = page.locator(READ_CHIPS)
    assert [text.split(",")[0].strip() for text in chips.all_inner_texts()] == [
        "rund um 04720 Döbeln",
        "Mittwoch",
    ]
    assert page.locator("#suche-tag").input_value() == ""
    chips.nth(1).click()
    page.wait_for_url("**wort=mittwochs**")
    assert page.locator(READ_CHIPS).count() == 1
    open_filters(one)
    page.locator("#suche-alter").select_option("6m")
    page.locator("#suche button").first.click()
    page.wait_for_url("**alter=6m**")
    assert "wort=mittwochs" in page.url
    assert page.locator(READ_CHIPS).count() == 1


def test_a_filter_gives_way_and_the_page_says_so(visit: Opening) -> None:
    one = visit(PHONE)
    page = one.search("Schuldnerberatung samstags")
    assert len(one.titles()) >= 1
    assert page.get_by_text("Für „samstags“ haben wir nichts Passendes gefunden").is_visible()


def test_every_result_says_why(visit: Opening) -> None:
    page = visit(PHONE).search(WORRY, ort="09599")
    cards = page.locator("#treffer article")
    reasons = page.locator(".kp-offer__reason")
    assert reasons.count() == cards.count()
    assert "Schlafen" in reasons.first.inner_text()


@pytest.mark.parametrize("with_script", [True, False])
def test_in_danger_the_numbers_come_first_in_the_language_of_the_words(
    visit: Opening, with_script: bool
) -> None:
    page = visit(PHONE, java_script_enabled=with_script).search("чоловік б'є мене")
    help_first = page.locator("section[aria-labelledby='leise-hilfe']")
    assert help_first.get_attribute("lang") == "uk"
    numbers = help_first.locator("a[href^='tel:']")
    assert [link.get_attribute("href") for link in numbers.all()] == ["tel:110", "tel:116016"]
    assert all(box and box["height"] >= 44 for box in (one.bounding_box() for one in numbers.all()))
    head, count = help_first.bounding_box(), page.locator("h1").bounding_box()
    assert head and count and head["y"] + head["height"] <= count["y"]
    assert head["y"] + head["height"] <= PHONE["height"]
    assert not page.locator("form[action*='melden']").count()


def test_danger_is_told_to_those_who_listen(visit: Opening) -> None:
    one = visit(PHONE)
    page = one.search(WORRY)
    page.locator("#suche-q").fill("ich kann nicht mehr")
    page.keyboard.press("Enter")
    one.until(ANNOUNCED)
    one.settled()
    assert "0800 111 0550" in page.locator("#ansage").inner_text()


def test_who_finds_nothing_sure_is_led_on(visit: Opening) -> None:
    page = visit(PHONE).search("asdkjh qweoiu", ort="09599")
    unsure = page.locator("section[aria-labelledby='unsicher']")
    assert unsure.is_visible()
    assert unsure.locator("a[href*='umkreis=50']").is_visible()
    assert unsure.locator("a[href^='tel:']").count() >= 1
