"""All about one partner on one page; each sees what they may see of it."""

from __future__ import annotations

import pytest
from django.test import Client

from knotenpunkt.foundation.audit.keys import forget_key
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.actions import save_contact, save_organisation
from tests.conftest import Cast
from tests.factories import SYSTEM, make_offer
from tests.registers.partners.desk.conftest import LIST, PEOPLE, Partners

pytestmark = pytest.mark.django_db


def test_everything_about_an_organisation(
    petra: Client, partners: Partners, inside_a: Network
) -> None:
    make_offer("Elterncafé", provider=partners.house)
    save_organisation(actor=SYSTEM, organisation=partners.house, internal_note="Erst anrufen")
    page = petra.get(f"{LIST}{partners.house.pk}/").content.decode()
    for told in (
        "Familienbildung in Döbeln", "Verein Brückenweg e. V.", "Jana Wiesner", "Leitung",
        "wiesner@example.org", "03431 55014", "Sichtbar für: nur die Koordination",
        "Altkreis Annaberg", "Lenkungskreis", "Elterncafé", "Netzwerktreffen", "Erst anrufen",
        "Ein früherer Kontakt", "dabei durch den Träger",
    ):  # fmt: skip
        assert told in page or (
            told == "Ein früherer Kontakt" and "Ein früherer Kontakt" in page
        ), told


def test_a_body_shows_its_facilities(petra: Client, partners: Partners) -> None:
    page = petra.get(f"{LIST}{partners.body.pk}/").content.decode()
    assert f'href="{LIST}{partners.house.pk}/"' in page


def test_a_reader_sees_neither_internal_ways_nor_history(
    client: Client, cast: Cast, partners: Partners
) -> None:
    client.force_login(cast.birgit)
    page = client.get(f"{LIST}{partners.house.pk}/").content.decode()
    assert "wiesner@example.org" in page
    assert "03431 55014" not in page
    assert "Was geschah" not in page
    assert "Bearbeiten" not in page


def test_a_provider_sees_their_own_without_the_notes_of_the_coordination(
    frida: Client, partners: Partners, network_a: Network
) -> None:
    with in_network(network_a):
        save_organisation(actor=SYSTEM, organisation=partners.house, internal_note="Vorsicht")
    page = frida.get(f"{LIST}{partners.house.pk}/").content.decode()
    assert "Jana Wiesner" in page
    assert "Vorsicht" not in page
    assert frida.get(f"{LIST}{partners.practice.pk}/").status_code == 404
    person = frida.get(f"{PEOPLE}{partners.jana.pk}/").content.decode()
    assert "Ärztehaus am Markt" not in person


def test_history_tells_old_and_new_until_the_person_is_erased(
    petra: Client, partners: Partners, network_a: Network
) -> None:
    with in_network(network_a):
        save_contact(actor=SYSTEM, organisation=partners.house, contact=partners.lead,
                     email="neu@example.org")  # fmt: skip
    for page in (f"{LIST}{partners.house.pk}/verlauf/", f"{PEOPLE}{partners.jana.pk}/verlauf/"):
        told = petra.get(page).content.decode()
        assert "<del>wiesner@example.org</del>" in told
        assert "<ins>neu@example.org</ins>" in told
    with in_network(network_a):
        forget_key(partners.jana.pk)
    told = petra.get(f"{LIST}{partners.house.pk}/verlauf/").content.decode()
    assert "wiesner@example.org" not in told


def test_a_person_with_roles_now_and_formerly(petra: Client, partners: Partners) -> None:
    jana = petra.get(f"{PEOPLE}{partners.jana.pk}/")
    assert len(jana.context["roles"]) == 2
    oleg = petra.get(f"{PEOPLE}{partners.oleg.pk}/")
    assert (len(oleg.context["roles"]), len(oleg.context["former"])) == (0, 1)
    assert "ohne Aufgabe" in oleg.content.decode()


def test_another_networks_partners_do_not_exist(
    client: Client, cast: Cast, partners: Partners
) -> None:
    client.force_login(cast.carla)
    for path in (
        f"/peine/desk/partner/{partners.house.pk}/",
        f"/peine/desk/partner/personen/{partners.jana.pk}/",
        f"/peine/desk/partner/{partners.house.pk}/bearbeiten/",
        f"{LIST}{partners.house.pk}/",
    ):
        assert client.get(path).status_code == 404, path


def test_removing_says_what_hangs_on_it(
    petra: Client, partners: Partners, inside_a: Network
) -> None:
    page = f"{LIST}{partners.house.pk}/entfernen/"
    told = petra.get(page).content.decode()
    assert "2 Kontakte" in told
    assert "1 Teilnahme" in told
    held = petra.get(f"{LIST}{partners.body.pk}/entfernen/").content.decode()
    assert "wird noch gebraucht" in held
    assert "1 Einrichtung" in held
    petra.post(page)
    assert petra.get(f"{LIST}{partners.house.pk}/").status_code == 404
