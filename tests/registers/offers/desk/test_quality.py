"""What is missing or doubtful: counted rightly, told in words, each leading to its place."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.actions import TimeDraft, withdraw_offer
from knotenpunkt.registers.offers.desk.quality_words import WORDS, overall
from knotenpunkt.registers.offers.findings import Tally, findings, tally
from knotenpunkt.registers.offers.models import Offer, OfferContact
from knotenpunkt.registers.partners.actions import save_contact
from knotenpunkt.registers.partners.models import Contact
from tests.conftest import Cast
from tests.factories import EXACT_FREIBERG, SYSTEM, make_offer, make_organisation
from tests.registers.offers.desk.conftest import LIST

pytestmark = pytest.mark.django_db
QUALITY = f"{LIST}qualitaet/"
SOUND: dict[str, Any] = {
    "summary": "Eltern und Kinder treffen sich zum Spielen und Reden, auch ohne Anmeldung.",
    "costs": "free",
    "age_from": 0,
    "age_to": 36,
    "topics": ["baby"],
    "times": [TimeDraft("weekly", time(9), weekday=1)],
}


def sound(title: str, **changed: Any) -> Offer:
    """An offer that lacks nothing, but for what is changed; each at a place of its own."""
    values = SOUND | {"checked_on": timezone.localdate()} | changed
    place = values.pop("place", EXACT_FREIBERG | {"street": f"Weg {title}"})
    return make_offer(title, place=place, provider=make_organisation(f"Haus {title}"), **values)


def silent(offer: Offer, **left: Any) -> Offer:
    """Nobody answers for it by telephone any more."""
    for contact in Contact.objects.filter(offers=offer):
        contact.phones.all().delete()
        save_contact(actor=SYSTEM, organisation=offer.provider, contact=contact, **left)
    return offer


def found() -> dict[str, int]:
    counts = tally(Offer.objects.all(), findings(timezone.localdate())).counts
    return {key: count for key, count in counts.items() if count}


def test_a_sound_offer_has_no_finding(inside_a: Network) -> None:
    sound("Krabbelgruppe")
    assert found() == {}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"place": {"town": "Nirgendheim"}}, {"ohne-ort"}),
        ({"place": {"town": "Nirgendheim"}, "setting": "online"}, set()),
        ({"times": []}, {"ohne-zeiten"}),
        ({"times": [], "times_note": "nach Absprache"}, set()),
        ({"age_from": None, "age_to": None}, {"ohne-alter"}),
        ({"age_from": None, "age_to": None, "phases": ["pregnancy"]}, set()),
        ({"costs": "unknown"}, {"kosten-unklar"}),
        ({"costs": "unknown", "costs_note": "je nach Kurs"}, set()),
        ({"checked_on": None}, {"nicht-geprueft"}),
        ({"checked_on": timezone.localdate() - timedelta(days=366)}, {"nicht-geprueft"}),
        ({"checked_on": timezone.localdate() - timedelta(days=365)}, set()),
        ({"topics": []}, {"ohne-thema"}),
        ({"summary": "Treff."}, {"ohne-text"}),
        ({"description": "FÃ¼r Eltern"}, {"kaputte-umlaute"}),
        ({"description": "F\ufffdr Eltern"}, {"kaputte-umlaute"}),
        ({"website": "https://haus.example.org/kurse?x=1"}, set()),
    ],
)
def test_what_is_wrong_is_found(
    inside_a: Network, changed: dict[str, Any], expected: set[str]
) -> None:
    sound("Krabbelgruppe", **changed)
    assert set(found()) == expected


def test_nobody_can_be_reached(inside_a: Network) -> None:
    silent(sound("Still"), email="")
    assert set(found()) == {"nicht-erreichbar", "anbieter-ohne-kontakt"}


def test_only_in_writing(inside_a: Network) -> None:
    silent(sound("Schreibt"))
    assert set(found()) == {"ohne-telefon"}


def test_a_contact_for_the_office_alone_helps_no_family(inside_a: Network) -> None:
    offer = sound("Intern")
    save_contact(actor=SYSTEM, organisation=offer.provider,
                 contact=offer.contacts.get(), is_internal=True)  # fmt: skip
    assert set(found()) == {"nicht-erreichbar"}


def test_an_address_that_no_browser_opens(inside_a: Network) -> None:
    offer = sound("Netz")
    Offer.objects.filter(pk=offer.pk).update(website="http://www.haus")
    assert found() == {}
    Offer.objects.filter(pk=offer.pk).update(website="http:/haus.example.org")
    assert set(found()) == {"webadresse"}


def test_the_same_title_at_the_same_place(inside_a: Network) -> None:
    here = EXACT_FREIBERG | {"street": "Markt 1"}
    sound("Elterncafé", place=here)
    one = sound("ELTERNCAFÉ", place=here)
    assert found() == {"doppelt": 2}
    withdraw_offer(actor=SYSTEM, offer=one)
    assert found() == {}


def test_a_contact_without_an_offer_is_no_contact_of_it(inside_a: Network) -> None:
    offer = sound("Los")
    OfferContact.objects.filter(offer=offer).delete()
    assert set(found()) == {"nicht-erreichbar"}


@pytest.mark.parametrize(
    ("sound_", "begins"),
    [(95, "Fast alle"), (70, "Die meisten"), (45, "Etwa die Hälfte"), (20, "Viele"),
     (2, "Noch kaum")],
)  # fmt: skip
def test_how_things_stand_is_said_in_words(sound_: int, begins: str) -> None:
    assert overall(Tally(100, sound_, {})).startswith(begins)


def test_each_finding_has_words(inside_a: Network) -> None:
    assert [one.key for one in findings(timezone.localdate())] == list(WORDS)


def test_the_page_counts_and_leads_on(petra: Client, network_a: Network) -> None:
    with in_network(network_a):
        sound("Gut")
        for number in range(3):
            sound(f"Ohne Zeit {number}", times=[])
    page = petra.get(QUALITY)
    cards = [card for _heading, some in page.context["groups"] for card in some]
    assert [(card.count, card.rest) for card in cards] == [
        ("3", "Angebote sagen nicht, wann sie stattfinden")
    ]
    behind = petra.get(cards[0].url)
    assert [row.cells[0].text for row in behind.context["rows"]] == [
        f"Ohne Zeit {number}" for number in range(3)
    ]
    assert petra.get(f"{LIST}?befund=ohne-zeiten").context["shown"].total == 3


@pytest.mark.parametrize("key", WORDS)
def test_each_finding_leads_to_its_place_in_the_form(
    petra: Client, network_a: Network, key: str
) -> None:
    with in_network(network_a):
        offer = make_offer("Entwurf", published=False)
        place = next(one.place for one in findings(timezone.localdate()) if one.key == key)
    form = petra.get(f"{LIST}{offer.pk}/bearbeiten/").content.decode()
    assert re.search(rf'\bid="{place}"', form), f"The form has no place “{place}”."
    assert petra.get(f"{QUALITY}{key}/").status_code == 200


def test_an_unknown_finding_is_no_page(petra: Client, network_a: Network) -> None:
    assert petra.get(f"{QUALITY}gibt-es-nicht/").status_code == 404


def test_providers_are_shown_their_own_and_readers_are_not_sent_to_the_form(
    client: Client, cast: Cast, offers: dict[str, Offer]
) -> None:
    client.force_login(cast.frida)
    rows = client.get(f"{QUALITY}ohne-zeiten/").context["rows"]
    assert [row.cells[0].text for row in rows] == ["Äpfel pflücken", "Zwergentreff"]
    assert rows[0].cells[0].url.endswith("/bearbeiten/#wann")
    client.force_login(cast.birgit)
    rows = client.get(f"{QUALITY}ohne-zeiten/").context["rows"]
    assert not any("bearbeiten" in row.cells[0].url for row in rows)
