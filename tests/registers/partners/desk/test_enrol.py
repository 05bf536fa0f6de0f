"""People whom contacts name come into the register: seen first, then done, once."""

from __future__ import annotations

import pytest
from django.test import Client

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.actions import enrol, save_contact
from knotenpunkt.registers.partners.enrolment import named_in
from knotenpunkt.registers.partners.models import Contact, Person
from tests.factories import SYSTEM
from tests.registers.partners.desk.conftest import PEOPLE, Partners

pytestmark = pytest.mark.django_db
ADDRESS = f"{PEOPLE}aufnehmen/"


@pytest.mark.parametrize(
    "text",
    ["Sekretariat", "Anmeldung", "Familie Schulze", "Anna und Peter Müller", "N. N.", "", "Müller"],
)
def test_who_is_not_one_person_in_full_stays_a_contact(text: str) -> None:
    assert named_in(text) is None


def test_a_name_in_full_is_a_person() -> None:
    name = named_in("Frau Dr. med. Anna-Lena von der Heide-Müller")
    assert name is not None
    assert (name.salutation, name.title) == ("Frau", "Dr. med.")
    assert (name.given, name.family) == ("Anna-Lena", "von der Heide-Müller")


def test_the_same_name_in_one_house_is_one_person(network_a: Network, partners: Partners) -> None:
    with in_network(network_a):
        before = Person.objects.count()
        for function in ("Leitung", "Anmeldung"):
            save_contact(
                actor=SYSTEM, organisation=partners.house, name="Frau Ina Zöllner",
                function=function,
            )  # fmt: skip
        other = save_contact(actor=SYSTEM, organisation=partners.court, name="Ina Zöllner")
        assert enrol(actor=SYSTEM) == 2
        assert enrol(actor=SYSTEM) == 0
        assert Person.objects.count() == before + 2
        ina = Person.objects.get(roles__organisation=partners.court, family_name="Zöllner")
        assert list(ina.roles.all()) == [other]
        assert not Contact.objects.filter(name__contains="Zöllner", person=None).exists()


def test_one_sees_first_who_comes_in(network_a: Network, partners: Partners, petra: Client) -> None:
    with in_network(network_a):
        save_contact(actor=SYSTEM, organisation=partners.house, name="Frau Ina Zöllner")
    assert "Ina Zöllner" in petra.get(ADDRESS).content.decode()
    with in_network(network_a):
        assert not Person.objects.filter(family_name="Zöllner").exists()
    assert petra.post(ADDRESS)["Location"].endswith(PEOPLE)
    with in_network(network_a):
        assert Person.objects.filter(family_name="Zöllner", given_name="Ina").exists()
    assert "Ina Zöllner" not in petra.get(ADDRESS).content.decode()
