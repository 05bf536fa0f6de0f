"""The finder and the page of an offer, over HTTP."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from django.test import Client
from icalendar import Calendar

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.actions import Belongings, TimeDraft, save_offer
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.translating.drafts import TextDraft
from knotenpunkt.registers.pages.actions import prepare_pages
from knotenpunkt.registers.partners.models import Contact
from tests.conftest import Cast
from tests.factories import DOEBELN, EXACT_FREIBERG, make_offer

pytestmark = pytest.mark.django_db
FINDER = "/mitte/angebote/"


@pytest.fixture
def offer(network_a: Network) -> Offer:
    with in_network(network_a):
        return make_offer(
            "Schreibaby-Sprechstunde; mit Komma, und Umlaut ä",
            summary="Wenn Ihr Baby viel weint.",
            description="Erster Absatz.\nZweiter Absatz <b>ohne</b> Markup.",
            topics=["schreien"],
            age_to=36,
            costs="free",
            checked_on=date(2026, 11, 12),
            times=[TimeDraft("weekly", time(14), time(17), weekday=1)],
        )


def text(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_search_shows_its_wish_and_its_results(client: Client, offer: Offer) -> None:
    page = text(client, f"{FINDER}?q=baby+weint&ort=09599&alter=8m&kostenlos=ja")
    assert "Schreibaby-Sprechstunde" in page
    assert "rund um 09599 Freiberg" in page
    assert "030 23125 012" in page
    assert 'href="tel:+493023125012"' in page


def test_nothing_found_names_whom_to_ask(client: Client, network_a: Network, offer: Offer) -> None:
    network_a.contact_name, network_a.contact_phone = "Jana Wolfram", "030 23125 040"
    network_a.save()
    prepare_pages(network_a)
    page = text(client, f"{FINDER}?q=x&thema=schulden&tag=so")
    assert "Jana Wolfram" in page
    assert "tel:112" in page
    assert f'href="{FINDER}?q=x&amp;tag=so"' in page


def test_bad_input_is_told_and_kept(client: Client, offer: Offer) -> None:
    page = text(client, f"{FINDER}?q=baby&ort=Qqqxyz&alter=hundert&seite=-1&umkreis=9999")
    assert "Qqqxyz" in page
    assert "hundert" in page
    assert 'value="Qqqxyz"' in page


def test_with_a_script_only_the_results_are_exchanged(client: Client, offer: Offer) -> None:
    response = client.get(
        f"{FINDER}?q=baby&ort=&alter=&tag=",
        headers={"HX-Request": "true", "HX-Target": "ergebnisse"},
    )
    assert b"<html" not in response.content
    assert b'hx-swap-oob="true"' in response.content
    assert response["HX-Push-Url"] == f"{FINDER}?q=baby"
    assert "HX-Target" in response["Vary"]


def test_every_offer_is_reached_page_by_page(client: Client, network_a: Network) -> None:
    with in_network(network_a):
        ids = {str(make_offer(f"Krabbelgruppe {number}").pk) for number in range(43)}
    address, met = f"{FINDER}?kostenlos=&ort=09599", []
    while address:
        page = text(client, address)
        shown = re.findall(r'<article class="kp-offer" id="angebot-([^"]+)"', page)
        numbers = re.findall(r'"number": (\d+)', page)
        assert numbers == [str(number) for number in range(1, len(shown) + 1)]
        met += shown
        following = re.search(r'href="([^"]+)" rel="next"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(met) == 43 and set(met) == ids
    assert "41 bis 43 von 43" in page
    for unknown in ("99", "0"):
        page = text(client, f"{FINDER}?ort=09599&seite={unknown}")
        assert re.findall(r'id="angebot-([^"]+)"', page) == shown


def test_a_page_is_exchanged_in_place_and_kept_in_the_address(
    client: Client, network_a: Network
) -> None:
    with in_network(network_a):
        for number in range(21):
            make_offer(f"Krabbelgruppe {number}")
    exchanged = {"HX-Request": "true", "HX-Target": "ergebnisse"}
    response = client.get(f"{FINDER}?ort=09599&seite=77", headers=exchanged)
    assert response["HX-Push-Url"] == f"{FINDER}?ort=09599&seite=2"
    page = response.content.decode()
    assert 'hx-boost="true" hx-target="#ergebnisse"' in page
    assert f'href="{FINDER}?ort=09599" rel="prev"' in page
    assert "seite=" not in page.replace("seite=2", "")


def test_a_long_query_does_not_break_the_page_of_an_offer(client: Client, offer: Offer) -> None:
    short = text(client, f"{FINDER}{offer.pk}/")
    long = text(client, f"{FINDER}{offer.pk}/?q={'x' * 4000}")
    codes = [re.findall(r"<svg[^>]*>.*?</svg>", page, re.DOTALL) for page in (short, long)]
    assert codes[0] == codes[1]


def test_the_nearest_says_that_a_postal_code_is_no_address(client: Client, offer: Offer) -> None:
    page = text(client, f"{FINDER}?ort=09599")
    assert page.count("ca. 1 km") == 2


def test_public_pages_set_no_cookie(client: Client, offer: Offer) -> None:
    for address in ("/mitte/", FINDER, f"{FINDER}?q=baby", f"{FINDER}{offer.pk}/"):
        assert not client.get(address).cookies, address


def test_the_page_of_an_offer_says_all_that_is_needed(client: Client, offer: Offer) -> None:
    page = text(client, f"{FINDER}{offer.pk}/")
    for needed in (
        "Dienstag, 14–17 Uhr",
        "Körnerweg 8, 09599 Freiberg",
        "kostenlos",
        "Zuletzt geprüft am 12. November 2026",
        "mailto:kontakt@example.org",
        "openstreetmap.org/directions",
        "Mira Beispiel",
        "termine.ics",
        "&lt;b&gt;ohne&lt;/b&gt;",
        "<svg",
    ):
        assert needed in page, needed


def test_english_pages_speak_english_and_stay_english(client: Client, offer: Offer) -> None:
    page = text(client, f"/mitte/en/angebote/{offer.pk}/")
    assert '<html lang="en"' in page
    assert "Tuesday" in page
    assert 'href="/mitte/en/angebote/"' in page


GERMAN = {
    "title": "Väterabend", "sort": "Stammtisch", "summary": "Kurz gesagt.",
    "description": "Länger gesagt.", "costs": "fee", "costs_note": "5 Euro je Abend",
    "registration": "required", "registration_note": "im Büro anmelden",
    "waiting_time": "etwa drei Wochen", "times_note": "nach dem Abendbrot",
}  # fmt: skip


def spoken_german(page: str) -> set[str]:
    return set(re.findall(r'<span lang="de">([^<]+)</span>', page))


def test_a_page_in_english_says_what_is_german(client: Client, network_a: Network) -> None:
    with in_network(network_a):
        offer = make_offer(**GERMAN, place={**EXACT_FREIBERG, "access_note": "Klingel links"})
        offer.provider.description = "Ein Haus für alle."
        offer.provider.save()
        offer.contact_links.get().contact.phones.update(note="abends")
        Contact.objects.update(function="Leitung")
    cards = text(client, "/mitte/en/angebote/")
    assert spoken_german(cards) >= {
        "Väterabend", "Stammtisch", "Haus Wiesenpfad", "5 Euro je Abend", "nach dem Abendbrot",
        "Körnerweg 8, Freiberg",
    }  # fmt: skip
    assert '"title": "V\\u00e4terabend", "lang": "de"' in cards
    page = text(client, f"/mitte/en/angebote/{offer.pk}/")
    prose = {value for name, value in GERMAN.items() if name not in ("costs", "registration")}
    others = {"Haus Wiesenpfad", "Ein Haus für alle.", "Leitung", "abends", "Klingel links"}
    assert prose | others <= spoken_german(page)
    for address in (FINDER, f"{FINDER}{offer.pk}/"):
        assert 'lang="de">' not in re.sub("<html.*?>|<a .*?>", "", text(client, address))


def test_a_translated_text_takes_the_place_of_the_german_one(
    client: Client, network_a: Network, system: Actor
) -> None:
    with in_network(network_a):
        offer = make_offer("Väterabend", summary="Kurz gesagt.", description="Länger gesagt.")
        texts = [TextDraft("en", title="Fathers' evening", description="Said at length.")]
        save_offer(actor=system, offer=offer, belongings=Belongings(texts=texts))
    page = text(client, f"/mitte/en/angebote/{offer.pk}/")
    assert "<h1>Fathers&#x27; evening</h1>" in page and "<p>Said at length.</p>" in page
    assert "Kurz gesagt." in spoken_german(page)
    assert not {"Väterabend", "Länger gesagt."} & spoken_german(page)


def test_the_calendar_file_holds_the_dates(client: Client, offer: Offer) -> None:
    response = client.get(f"{FINDER}{offer.pk}/termine.ics")
    assert response["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(response.content)
    events = calendar.walk("VEVENT")
    assert len(events) == 20
    assert all(event["dtstart"].dt.hour == 14 for event in events)
    assert len({event["uid"] for event in events}) == 20
    assert events[0]["location"] == "Körnerweg 8, 09599 Freiberg"
    assert len(calendar.walk("VTIMEZONE")) == 1
    first = f"{events[0]['dtstart'].dt:%Y-%m-%dT%H:%M}"
    single = client.get(f"{FINDER}{offer.pk}/termine.ics?termin={first}")
    assert len(Calendar.from_ical(single.content).walk("VEVENT")) == 1
    assert client.get(f"{FINDER}{offer.pk}/termine.ics?termin=nie").status_code == 404


def test_the_contact_file_is_a_vcard(client: Client, offer: Offer) -> None:
    body = client.get(f"{FINDER}{offer.pk}/kontakt.vcf").content
    assert body.startswith(b"BEGIN:VCARD\r\nVERSION:4.0\r\n")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    unfolded = body.replace(b"\r\n ", b"").decode()
    assert "FN:Mira Beispiel\r\n" in unfolded
    assert "NOTE:Schreibaby-Sprechstunde\\; mit Komma\\, und Umlaut ä\r\n" in unfolded
    assert "TEL;VALUE=uri:tel:+493023125012\r\n" in unfolded


def test_a_draft_is_seen_by_members_only(
    client: Client, cast: Cast, network_a: Network, network_b: Network
) -> None:
    with in_network(network_a):
        draft = make_offer("Noch ein Entwurf", published=False)
    address = f"{FINDER}{draft.pk}/"
    assert client.get(address).status_code == 404
    client.force_login(cast.birgit)
    assert "Noch ein Entwurf" in text(client, address)
    client.force_login(cast.carla)
    assert client.get(address).status_code == 404


def test_what_somebody_signed_in_sees_is_kept_by_no_cache(
    client: Client, cast: Cast, offer: Offer
) -> None:
    pages = (FINDER, f"{FINDER}{offer.pk}/", f"{FINDER}{offer.pk}/termine.ics")
    for address in pages:
        answer = client.get(address)
        assert not answer.has_header("Cache-Control"), address
        assert "Cookie" not in answer.get("Vary", ""), address
    client.force_login(cast.birgit)
    for address in pages:
        kept = client.get(address)["Cache-Control"]
        assert "no-store" in kept and "private" in kept, address


def test_offers_of_another_network_have_no_page_here(
    client: Client, network_a: Network, network_b: Network
) -> None:
    with in_network(network_b):
        other = make_offer("Nebenan", place=EXACT_FREIBERG)
    with in_network(network_a):
        make_offer("Hier", place=DOEBELN)
    assert client.get(f"{FINDER}{other.pk}/").status_code == 404
    page = text(client, f"{FINDER}?ort=09599")
    assert f'href="/peine/angebote/{other.pk}/"' in page
    assert "Netzwerk Peine" in page


def test_a_shared_address_shows_the_same_again(client: Client, offer: Offer) -> None:
    first = text(client, f"{FINDER}?q=baby&ort=09599&umkreis=10&tag=di&zeit=nachmittag")
    chips = re.findall(r'kp-chip--on" href="([^"]+)"', first)
    assert len(chips) == 3
    for chip in chips:
        assert "Schreibaby" in text(client, chip.replace("&amp;", "&"))


def test_a_number_without_area_code_is_shown_and_not_dialled(
    client: Client, network_a: Network
) -> None:
    with in_network(network_a):
        offer = make_offer("Kita am Wald")
        phone = offer.contact_links.get().contact.phones.get()
        phone.shown, phone.dialled = "62234", ""
        phone.save()
    page = text(client, f"{FINDER}{offer.pk}/")
    assert "62234" in page
    assert "ohne Vorwahl" in page
    assert "tel:62234" not in page
    assert "tel:62234" not in text(client, FINDER)
