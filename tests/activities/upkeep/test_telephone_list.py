"""The telephone list holds a number that can be called, whoever of the house has it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from knotenpunkt.activities.upkeep.actions.asking import ask, tidy
from knotenpunkt.activities.upkeep.models import Inquiry, Reason
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.actions.contacts import PhoneDraft
from knotenpunkt.registers.partners.actions.leaving import stop
from knotenpunkt.registers.partners.models import Organisation
from tests.activities.upkeep.asking import make_contact, make_facility
from tests.conftest import Cast
from tests.factories import SYSTEM, make_organisation

pytestmark = pytest.mark.django_db
CALLS = "/mitte/desk/datenpflege/telefonliste/"
NUMBER = "03731 555123"


def test_a_colleagues_number_stands_where_one_has_none(
    client: Client, cast: Cast, network_a: Network
) -> None:
    with in_network(network_a):
        house, other = make_organisation("Haus Linde"), make_organisation("Haus Ahorn")
        make_contact(house, email="")
        make_contact(house, email="", name="", function="Büro", phones=[PhoneDraft(NUMBER)])
        make_contact(other, email="", name="Ole Auen")
        ask(actor=SYSTEM, organisations=list(Organisation.objects.all()))
    client.force_login(cast.petra)
    lines = {one.organisations: one for one in client.get(CALLS).context["lines"]}
    assert lines["Haus Linde"].number is not None
    assert lines["Haus Linde"].number.shown == NUMBER
    assert lines["Haus Ahorn"].number is None


def test_who_has_left_is_not_called_any_more(
    client: Client, cast: Cast, network_a: Network
) -> None:
    with in_network(network_a):
        house, lonely = make_organisation("Haus Linde"), make_organisation("Haus Ahorn")
        gone = make_contact(house, email="", name="Mira Fort", answers_inquiries=True)
        make_contact(house, email="ole@example.org", name="Ole Auen", phones=[PhoneDraft(NUMBER)])
        last = make_contact(lonely, email="", name="Ute Fort")
        ask(actor=SYSTEM, organisations=list(Organisation.objects.all()))
        for contact in (gone, last):
            stop(actor=SYSTEM, contact=contact, since=timezone.localdate())
    client.force_login(cast.petra)
    lines = {one.organisations: one for one in client.get(CALLS).context["lines"]}
    linde, ahorn = lines["Haus Linde"], lines["Haus Ahorn"]
    assert (linde.who, linde.why) == ("Ole Auen", "ist dort jetzt zuständig")
    assert linde.number is not None and linde.number.shown == NUMBER
    assert (ahorn.who, ahorn.why) == ("Haus Ahorn", "niemand ist dort benannt")
    data = {"outcome": "not_reached", "again_on": "", "note": ""}
    assert client.post(linde.url, data).status_code == 302
    with in_network(network_a):
        assert Inquiry.objects.get(parts__organisation=house).contact.name == "Ole Auen"
        assert tidy(actor=SYSTEM) == 1
        left = Inquiry.objects.get(parts__organisation=lonely)
        assert (left.contact, left.reason, left.is_open) == (None, Reason.NOBODY, True)
        assert tidy(actor=SYSTEM) == 0
    later = client.get(CALLS + "?teil=spaeter").context["lines"]
    assert [one.who for one in later] == ["Ole Auen"]


def test_today_and_data_care_name_the_same_calls_and_partners(
    client: Client, cast: Cast, network_a: Network
) -> None:
    with in_network(network_a):
        body = make_organisation("Träger")
        make_contact(body, email="", phones=[PhoneDraft(NUMBER)])
        make_facility(body, "Haus Linde")
        make_contact(make_organisation("Haus Ahorn"), email="")
        ask(actor=SYSTEM, organisations=list(Organisation.objects.all()))
    client.force_login(cast.petra)
    today = client.get("/mitte/desk/").content.decode()
    assert "2 Anrufe für 3 Partner" in today and "oder haben keine Adresse" in today
    care = client.get("/mitte/desk/datenpflege/").content.decode()
    assert "2 Anrufe heute, 3 Partner auf der Liste" in care
