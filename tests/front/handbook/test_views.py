"""Reading the handbook: from a page to its chapter and back, and what a search finds."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from knotenpunkt.front.handbook.reading import chapters
from knotenpunkt.front.handbook.searching import search
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
TAG = re.compile(r"<[^>]*>")
LINK = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
HEADING = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
NEXT = re.compile(r'rel="next" href="([^"]*)"')
IMAGE = re.compile(r"<img\b[^>]*>")


@pytest.fixture
def petra(client: Client, cast: Cast) -> Client:
    client.force_login(cast.petra)
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def shown(html: str) -> str:
    """The words of the page itself, without what stands around it."""
    main = "<main" + html.partition("<main")[2].partition("</main>")[0]
    return unescape(TAG.sub(" ", main))


def heading(html: str) -> str:
    return shown(f"<main>{HEADING.findall(html)[0]}</main>").strip()


def href(html: str, words: str) -> str:
    """Where the first link with these words leads."""
    links = [match for match in LINK.finditer(html) if words in TAG.sub("", match[2])]
    return unescape(links[0][1])


def test_help_leads_to_the_chapter_of_the_page_and_back(petra: Client) -> None:
    listing = page(petra, "/mitte/desk/angebote/?q=krabbel")
    chapter = page(petra, href(listing, "Hilfe").partition("#")[0])
    assert "Angebote finden" in heading(chapter)
    assert href(chapter, "Zurück zu Ihrer Arbeit") == "/mitte/desk/angebote/?q=krabbel"


def test_the_way_back_is_kept_while_leafing(petra: Client) -> None:
    first = page(petra, "/mitte/desk/hilfe/heute/?von=/mitte/desk/notizen/")
    following = page(petra, href(first, "Weiter mit"))
    contents = page(petra, href(following, "Alle Kapitel"))
    assert href(contents, "Zurück zu Ihrer Arbeit") == "/mitte/desk/notizen/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org/mitte/desk/",
        "/peine/desk/",
        "/mitte/",
        "javascript:1",
    ],
)
def test_nobody_is_led_elsewhere(petra: Client, elsewhere: str) -> None:
    found = page(petra, f"/mitte/desk/hilfe/heute/?von={elsewhere}")
    assert "Zurück zu Ihrer Arbeit" not in found


def test_chapters_follow_each_other(petra: Client) -> None:
    path, read = "/mitte/desk/hilfe/erster-tag/", []
    while path:
        chapter = page(petra, path)
        read.append(heading(chapter))
        path = next(iter(NEXT.findall(chapter)), "")
    assert read == [one.title for one in chapters()]


def test_pictures_say_what_is_to_be_seen(petra: Client) -> None:
    for one in chapters():
        main = page(petra, f"/mitte/desk/hilfe/{one.key}/").partition("<main")[2]
        for picture in IMAGE.findall(main):
            assert 'alt=""' not in picture and 'width="' in picture


def test_no_markup_is_left_in_the_text(petra: Client) -> None:
    for one in chapters():
        told = shown(page(petra, f"/mitte/desk/hilfe/{one.key}/"))
        assert not [mark for mark in ("**", "](", "![", "kapitel:", "##") if mark in told]


@pytest.mark.parametrize(
    ("typed", "section"),
    [
        ("passwort vergessen", "Anmelden"),
        ("RÜCKRUF", "Woher die Anliegen kommen"),
        ("ruckgangig", ""),
        ("postleitzahl null", "Was die Probe sagt"),
    ],
)
def test_words_are_found_however_they_are_typed(typed: str, section: str) -> None:
    titles = [hit.section.title for hit in search(typed)]
    assert section in titles if section else not titles


def test_what_is_nowhere_said_is_told(petra: Client) -> None:
    found = page(petra, "/mitte/desk/hilfe/?q=quastenflosser")
    assert "in keinem Kapitel" in found
    assert search("") == []


def test_every_page_has_the_search_over_everything(petra: Client) -> None:
    for path in ("desk/", "desk/notizen/", "desk/angebote/"):
        found = page(petra, f"/mitte/{path}")
        assert found.count('class="kp-desksearch"') == 1
        assert found.count('data-shortcut="/"') == 1


@pytest.mark.parametrize("who", ["petra", "ede", "birgit", "frida"])
def test_everybody_at_the_desk_is_helped(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert "/desk/hilfe/heute/" in href(page(client, "/mitte/desk/"), "Hilfe")


def test_public_pages_offer_no_help_of_the_desk(client: Client, network_a: object) -> None:
    assert "/desk/hilfe/" not in client.get("/mitte/desk/anmelden/").content.decode()
