"""What providers and readers do not learn by the way: histories, portraits, lists, marks."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.actions import (
    PhoneDraft,
    save_contact,
    save_organisation,
    save_person,
    take_part,
)
from knotenpunkt.registers.partners.models import Audience, Contact
from knotenpunkt.tools.links.actions import link_token
from tests.conftest import Cast
from tests.factories import SYSTEM, make_offer
from tests.registers.partners.desk.conftest import LIST, PEOPLE, Partners
from tests.registers.partners.desk.test_edit import filled

pytestmark = pytest.mark.django_db
QUIET = ("0371 99887766", "privat@jana.example", "Vorsicht", "Nebenamt", "Runde der Praxen")


@pytest.fixture(autouse=True)
def _quiet(partners: Partners, network_a: Network) -> None:
    """Jana serves the practice, too; what she gave there is nobody else's."""
    with in_network(network_a):
        save_contact(
            actor=SYSTEM,
            organisation=partners.practice,
            contact=Contact.objects.get(organisation=partners.practice, person=partners.jana),
            function="Nebenamt",
            email="privat@jana.example",
            email_audience=Audience.INTERNAL,
            phones=[PhoneDraft("0371 99887766", audience=Audience.INTERNAL)],
        )
        for note in ("Vorsicht, neu", "Vorsicht"):
            save_organisation(actor=SYSTEM, organisation=partners.house, internal_note=note)
            save_person(actor=SYSTEM, person=partners.jana, internal_note=note)
        take_part(
            actor=SYSTEM,
            organisation=partners.practice,
            kind="meeting",
            title="Runde der Praxen",
            on=timezone.localdate() - timedelta(days=3),
            person=partners.jana,
        )


@pytest.mark.parametrize("page", ["", "verlauf/"])
def test_a_provider_learns_of_their_own_house_only(
    frida: Client, partners: Partners, page: str
) -> None:
    for url in (f"{LIST}{partners.house.pk}/{page}", f"{PEOPLE}{partners.jana.pk}/{page}"):
        shown = frida.get(url).content.decode()
        assert "Jana Wiesner" in shown
        assert [word for word in QUIET if word in shown] == [], url


def test_a_coordinator_reads_all_of_it(petra: Client, partners: Partners) -> None:
    shown = petra.get(f"{PEOPLE}{partners.jana.pk}/verlauf/").content.decode()
    assert "0371 99887766" in shown
    assert "Vorsicht" in shown


def test_a_provider_gets_no_mark_of_what_they_may_not_read(
    frida: Client, partners: Partners
) -> None:
    seen = json.loads(frida.get(f"{LIST}{partners.house.pk}/bearbeiten/").context["seen"])
    assert "name" in seen
    assert seen.keys().isdisjoint({"internal_note", "tags", "approves_changes"})


@pytest.mark.parametrize("page", [LIST, PEOPLE])
def test_nobody_is_found_by_an_address_that_they_told_the_coordination_only(
    client: Client, cast: Cast, partners: Partners, page: str
) -> None:
    def found(typed: str) -> int:
        return len(client.get(page, {"q": typed}).context["shown"].rows)

    client.force_login(cast.birgit)
    assert found("privat@jana") == 0
    assert found("wiesner@example")
    client.force_login(cast.petra)
    assert found("privat@jana") == 1


def test_a_provider_reads_no_number_of_the_body_that_is_for_the_coordination(
    frida: Client, partners: Partners, network_a: Network
) -> None:
    with in_network(network_a):
        save_contact(
            actor=SYSTEM,
            organisation=partners.body,
            name="Volker Vorstand",
            phones=[PhoneDraft("0171 5555555", audience=Audience.INTERNAL)],
        )
        draft = make_offer("Elterncafé", provider=partners.house, published=False)
    page = frida.get(f"/mitte/desk/angebote/{draft.pk}/bearbeiten/").content.decode()
    assert "Volker Vorstand" in page
    assert "0171 5555555" not in page


def test_a_new_address_ends_the_link_of_the_former(
    petra: Client, partners: Partners, network_a: Network
) -> None:
    with in_network(network_a):
        token = link_token(actor=SYSTEM, holder=partners.lead.pk)
    url = f"{LIST}{partners.house.pk}/kontakte/{partners.lead.pk}/"
    sent = filled(petra, url) | {"tun": "speichern"}
    assert petra.post(url, sent | {"function": "Vertretung"}).status_code == 302
    assert Client().get(f"/mitte/p/{token}/").status_code == 200
    assert petra.post(url, sent | {"email": "neu@example.org"}).status_code == 302
    assert Client().get(f"/mitte/p/{token}/").status_code == 404
