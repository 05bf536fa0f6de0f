from __future__ import annotations

import re

import pytest
from django.db import DatabaseError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django.fixtures import DjangoAssertNumQueries

from knotenpunkt.foundation.core.spoken import initials
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.public import context
from knotenpunkt.front.public.context import (
    Hours,
    contact_person,
    dialled,
    hours_list,
    layout,
)


def inside(network: Network, path: str = "/", language: str = "de") -> HttpRequest:
    request = RequestFactory().get(path)
    request.network = network  # type: ignore[attr-defined]
    request.LANGUAGE_CODE = language
    return request


def test_outside_a_network_there_is_little_to_say(rf: RequestFactory) -> None:
    around = layout(rf.get("/"))
    assert around.keys() == {"network", "home_url", "is_demo", "languages", "help_numbers"}
    assert (around["network"], around["home_url"], around["is_demo"]) == (None, "/", False)
    assert [line.tel for line in around["help_numbers"]][:2] == ["112", "110"]  # type: ignore[attr-defined]


def test_a_broken_request_gets_a_layout_too() -> None:
    assert layout(HttpRequest())["network"] is None


def test_the_layout_asks_nothing_until_it_is_shown(
    founded: Network, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with in_network(founded):
        with django_assert_num_queries(0):
            around = layout(inside(founded))
        with django_assert_num_queries(1):
            assert [line.number for line in around["help_numbers"]][:2] == ["112", "110"]  # type: ignore[attr-defined]
        with django_assert_num_queries(0):
            assert bool(around["help_numbers"])
            assert bool(around["contact"])
            assert bool(around["legal_links"])


def test_an_error_page_comes_out_although_the_database_does_not(
    founded: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(language: str) -> None:
        raise DatabaseError

    monkeypatch.setattr(context, "help_numbers", gone)
    assert not layout(inside(founded))["help_numbers"]


def test_no_help_numbers_outside_the_scope(founded: Network) -> None:
    assert not layout(inside(founded))["help_numbers"]


@pytest.mark.parametrize(
    ("query", "german", "english"),
    [
        ("", "/mitte/angebote/", "/mitte/en/angebote/"),
        (
            "?q=Mein+Baby&ort=09599",
            "/mitte/angebote/?q=Mein+Baby&ort=09599",
            "/mitte/en/angebote/?q=Mein+Baby&ort=09599",
        ),
    ],
)
def test_the_same_page_in_the_other_language(
    founded: Network, query: str, german: str, english: str
) -> None:
    found = layout(inside(founded, f"/angebote/{query}", "en"))["languages"]
    told = [(one.name, one.url, one.current) for one in found]  # type: ignore[attr-defined]
    assert told[0] == ("Deutsch", german, False)
    assert ("English", english, True) in told
    assert ("العربية", english.replace("/en/", "/ar/"), False) in told
    assert [current for _name, _url, current in told].count(True) == 1


@pytest.mark.parametrize("path", ["/desk/", "/desk/konto/", "/p/abc/", "/post/abbestellen/x/"])
def test_pages_of_those_at_work_have_two_languages(
    client: Client, founded: Network, path: str
) -> None:
    found = layout(inside(founded, path))["languages"]
    assert [one.code for one in found] == ["de", "en"]  # type: ignore[attr-defined]
    answer = client.get(f"/mitte/ar{path}?a=ü")
    assert answer.status_code == 302 and answer["Location"] == f"/mitte{path}"


def test_the_switch_leads_to_the_same_page(client: Client, founded: Network) -> None:
    page = client.get("/mitte/en/impressum/").content.decode()
    assert 'href="/mitte/impressum/" lang="de"' in page
    assert 'href="/mitte/en/impressum/" lang="en"' in page


@pytest.mark.parametrize(
    ("page", "asked", "offered"),
    [
        ("/mitte/impressum/", "en-US,en;q=0.9,de;q=0.5", "/mitte/en/impressum/"),
        ("/mitte/en/impressum/", "de-AT", "/mitte/impressum/"),
        ("/mitte/angebote/?q=Mein+Baby", "ku,en;q=0.3", "/mitte/en/angebote/?q=Mein+Baby"),
        ("/mitte/de-x-leicht/", "de,en;q=0.3", ""),
        ("/mitte/impressum/", "de,en;q=0.9", ""),
        ("/mitte/", "ku,*;q=0.1", ""),
        ("/mitte/", ";;q=,,x", ""),
        ("/mitte/", "", ""),
    ],
)
def test_the_language_of_the_browser_is_offered(
    client: Client, founded: Network, page: str, asked: str, offered: str
) -> None:
    response = client.get(page, headers={"Accept-Language": asked} if asked else {})
    assert response.status_code == 200 and not response.cookies
    assert "Accept-Language" in response["Vary"]
    found = re.findall(r'kp-offered.*?href="([^"]+)".*?>(.+?)</a>', response.text, re.DOTALL)
    said = "This page in your language: English"
    said = said if "/en/" in offered else "Diese Seite in Ihrer Sprache: Deutsch"
    assert found == ([(offered, said)] if offered else [])


def test_odd_paths_stay_one_address(founded: Network) -> None:
    request = inside(founded, "/angebote/?q=%22%3E%3Cscript%3E")
    request.path_info = '/"><b>ü/'
    url = layout(request)["languages"][0].url  # type: ignore[index]
    assert url == "/mitte/%22%3E%3Cb%3E%C3%BC/?q=%22%3E%3Cscript%3E"


def test_colour_and_mark_change_their_address_when_they_change(founded: Network) -> None:
    around = layout(inside(founded, language="en"))
    assert around["theme_url"] == "/mitte/gestaltung.css?v=0B5D55"
    assert around["network"].mark_svg_url == "/mitte/zeichen?v=path"  # type: ignore[attr-defined]


def test_a_demo_does_not_look_like_an_authority(founded: Network) -> None:
    assert layout(inside(founded))["authority"] == "Landkreis Mitte"
    founded.is_demo = True
    assert layout(inside(founded))["authority"] == ""


def test_the_contact_can_be_called(founded: Network) -> None:
    contact = contact_person(founded)
    assert contact is not None
    assert (contact.name, contact.initials) == ("Jana Wolfram", "JW")
    assert (contact.phone, contact.tel) == ("030 23125 040", "+493023125040")
    assert list(contact.hours_list) == [Hours("Mo–Do", "9–15 Uhr"), Hours("Fr", "9–12 Uhr")]


def test_without_a_way_to_reach_anybody_there_is_no_contact(founded: Network) -> None:
    founded.contact_phone = founded.contact_email = ""
    assert contact_person(founded) is None


def test_without_a_name_the_network_answers(founded: Network) -> None:
    founded.contact_name = ""
    contact = contact_person(founded)
    assert contact is not None
    assert contact.name == "Netzwerk Frühe Hilfen Mitte"


@pytest.mark.parametrize(
    ("written", "tel"),
    [
        ("03731 799-3215", "+4937317993215"),
        ("+49 30 23125040", "+493023125040"),
        ("112", "+49112"),
        ("nach Vereinbarung", ""),
        ("", ""),
    ],
)
def test_numbers_as_a_telephone_dials_them(written: str, tel: str) -> None:
    assert dialled(written) == tel


@pytest.mark.parametrize("text", ["", "Mo–Do 9–12, 13–15 Uhr", "nach Vereinbarung"])
def test_hours_that_read_differently_stay_one_sentence(text: str) -> None:
    assert hours_list(text) == []


@pytest.mark.parametrize(
    ("name", "short"),
    [("Jana Wolfram", "JW"), ("Dr. Ada von Kell", "AK"), ("Jana", "J"), ("", ""), ("kita", "")],
)
def test_initials(name: str, short: str) -> None:
    assert initials(name) == short
