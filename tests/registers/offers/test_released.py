"""Families see of a contact what is released to everybody, and nothing else, wherever they look."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.calendar_files import contact_card
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.queries import get_offer
from knotenpunkt.registers.offers.wording import contacts, first_phone
from knotenpunkt.registers.partners.actions import PhoneDraft, save_contact
from knotenpunkt.registers.partners.models import Audience, Contact, Phone, WayForm
from knotenpunkt.tools.search.models import Entry
from tests.factories import make_offer

pytestmark = pytest.mark.django_db
# What must be nowhere, and what may be read.
HIDDEN = ("77001", "geheim@example.org", "Verborgen", "77002")
DIRECT, FAX, OPEN = "03731 77001", "03731 55003", "03731 55001"


@pytest.fixture
def offer(network_a: Network, system: Actor) -> Offer:
    """One contact with a way for each circle, and one whose role has ended."""
    with in_network(network_a):
        made = make_offer("Stillcafé", phone=OPEN, description="Kommen Sie vorbei.")
        office = Contact.objects.get()
        save_contact(
            actor=system,
            organisation=made.provider,
            contact=office,
            name="Verena Verborgen",
            name_audience=Audience.PROFESSIONALS,
            function="Anmeldung",
            email="geheim@example.org",
            email_audience=Audience.INTERNAL,
            phones=[
                PhoneDraft(DIRECT, "+49373177001", audience=Audience.PROFESSIONALS),
                PhoneDraft(FAX, "+49373155003", form=WayForm.FAX),
                PhoneDraft(OPEN, "+49373155001"),
            ],
        )
        former = save_contact(
            actor=system,
            organisation=made.provider,
            name="Frau Verborgen",
            phones=[PhoneDraft("03731 77002", "+49373177002")],
            is_public=True,
            until=timezone.localdate() - timedelta(days=1),
        )
        made.contacts.add(former)
        return made


def test_no_public_page_tells_what_is_not_released(client: Client, offer: Offer) -> None:
    page = f"/mitte/angebote/{offer.pk}/"
    for address in (page, f"{page}kontakt.vcf", f"{page}termine.ics", "/mitte/angebote/?q=stillen"):
        answer = client.get(address)
        assert answer.status_code in (200, 404), address
        assert not [word for word in HIDDEN if word in answer.content.decode()], address


def test_what_is_released_is_told(client: Client, offer: Offer) -> None:
    page = client.get(f"/mitte/angebote/{offer.pk}/").content.decode()
    assert OPEN in page
    assert "Anmeldung" in page
    assert f'Fax <span class="kp-number">{FAX}</span>' in page
    assert "tel:+49373155003" not in page


def test_the_address_book_gets_the_released_ways(network_a: Network, offer: Offer) -> None:
    with in_network(network_a):
        card = contact_card(Offer.objects.get(), "https://example.org/x").decode()
    assert "TEL;VALUE=uri:tel:+49373155001" in card
    assert "TEL;TYPE=fax;VALUE=uri:tel:+49373155003" in card
    assert not [word for word in HIDDEN if word in card]


def test_the_search_knows_nobody_hidden(network_a: Network, offer: Offer) -> None:
    with in_network(network_a):
        told = " ".join(str(value) for entry in Entry.objects.values() for value in entry.values())
    assert "Stillcafé" in told
    assert not [word for word in HIDDEN if word in told]


def test_a_fax_is_not_called(network_a: Network, anyone: Actor, offer: Offer) -> None:
    with in_network(network_a):
        found = get_offer(anyone, offer.pk)
        phone = first_phone(found)
        assert phone is not None
        assert phone.shown == OPEN
        assert len(contacts(found)) == 1


def test_other_networks_do_not_get_the_numbers_either(network_a: Network, offer: Offer) -> None:
    with in_network(network_a):
        shown = set(Phone.objects.filter(Phone.published_when).values_list("shown", flat=True))
    assert DIRECT not in shown
