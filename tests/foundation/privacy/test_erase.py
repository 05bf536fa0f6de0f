"""Who is erased is gone from records, copies, history and kept originals; others stay."""

from __future__ import annotations

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import ANYONE, Actor, Person, System
from knotenpunkt.foundation.accounts.models import Membership, User
from knotenpunkt.foundation.accounts.privacy import find_account
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.core.personal_data import ERASED
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import all_networks, in_network
from knotenpunkt.foundation.privacy import actions, queries
from knotenpunkt.registers.offers.models import Offer, OfferContact
from knotenpunkt.registers.pages.models import LegalPage
from knotenpunkt.registers.partners.actions import PhoneDraft, save_contact, save_organisation
from knotenpunkt.registers.partners.models import Contact, Level, Organisation, Phone
from knotenpunkt.registers.partners.privacy import find_contact
from knotenpunkt.tools.imports.models import Link, Run
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(inside_a: Network, system: Actor) -> Organisation:
    """A house with Mira, who answers for an offer, and Ole, who shares her office telephone."""
    house = save_organisation(actor=system, level=Level.BODY, name="Haus Wiesenpfad")
    office = PhoneDraft(shown="030 23125 000", dialled="+493023125000")
    mira = save_contact(
        actor=system,
        organisation=house,
        name="Mira Müller",
        email="mira@example.org",
        phones=[PhoneDraft(shown="0171 3920001", dialled="+491713920001"), office],
    )
    save_contact(
        actor=system, organisation=house, name="Ole Brandt", email="ole@example.org",
        phones=[office],
    )  # fmt: skip
    offer = Offer.objects.create(provider=house, title="Stillcafé", description="Mit Mira Müller.")
    OfferContact.objects.create(offer=offer, contact=mira)
    return house


@pytest.fixture
def kept(house: Organisation) -> Link:
    """What an import kept of Mira's row."""
    run = Run.objects.create(
        kind="offers", file_name="liste.csv", source="liste", actor_label="Petra",
        started_at=timezone.now(),
    )  # fmt: skip
    return Link.objects.create(
        source="liste",
        kind="offers",
        key="k",
        object_id=Offer.objects.get().pk,
        original={
            "Titel": "Stillcafé",
            "Ansprechpartner": "Frau Mira  MUELLER",
            "Telefon": "0171/39 200 01",
            "Büro": "030 23125-000",
            "Mobil": 491713920001,
        },
        values={"contact.email": "mira@example.org", "contact.phones": [["030 23125 000", "", ""]]},
        run=run,
    )


def test_a_contact_is_erased_from_records_links_and_kept_rows(kept: Link, system: Actor) -> None:
    mira = Contact.objects.get(name="Mira Müller")
    person = find_contact(str(mira.pk))
    assert person
    done = actions.erase(actor=system, person=person)
    kept.refresh_from_db()
    assert [contact.name for contact in Contact.objects.all()] == ["Ole Brandt"]
    assert [phone.shown for phone in Phone.objects.all()] == ["030 23125 000"]
    assert not OfferContact.objects.exists()
    assert kept.original == {
        "Titel": "Stillcafé", "Ansprechpartner": "", "Telefon": "", "Büro": "030 23125-000",
        "Mobil": None,
    }  # fmt: skip
    assert kept.values == {"contact.email": "", "contact.phones": [["030 23125 000", "", ""]]}
    assert done.records.keys() == {"offers", "partners", "imports", "audit"}
    assert done.mentions == ("Angebot „Stillcafé“ von Haus Wiesenpfad",)


def test_the_deed_stays_on_record_without_the_person(house: Organisation, system: Actor) -> None:
    mira = Contact.objects.get(name="Mira Müller")
    record(actor=system, deed="notes.write", on=house, title="Anruf von Mira Müller",
           changes={"text": ["", "Mira Müller ruft zurück"]})  # fmt: skip
    person = find_contact("MIRA@example.org")
    assert person
    actions.erase(actor=system, person=person)
    stored = str(list(Entry.objects.values_list("title", "changes")))
    assert "Mira" not in stored
    assert Entry.objects.get(deed="privacy.erase").object_id == mira.pk


def test_all_contacts_of_one_address_are_one_person(house: Organisation, system: Actor) -> None:
    save_contact(actor=system, organisation=house, name="Mira Müller", email="mira@example.org")
    by_address, by_id = (
        find_contact("mira@example.org"),
        find_contact(str(Contact.objects.filter(name="Mira Müller").first().pk)),  # type: ignore[union-attr]
    )
    assert by_address and by_id
    assert (len(by_address.ids), len(by_id.ids)) == (2, 1)
    assert "Mira Müller" in by_address.names
    assert "Mira Müller" not in by_id.names  # the other contact still carries it


def test_an_office_without_name_is_not_found_by_nothing(house: Organisation, system: Actor) -> None:
    save_contact(actor=system, organisation=house, phones=[PhoneDraft(shown="030 23125 009")])
    save_contact(actor=system, organisation=house, name="Ina ohne Adresse")
    assert find_contact(" ") is None
    assert find_contact("Nobody") is None


def test_a_contact_of_another_network_is_not_found(
    house: Organisation, network_a: Network, network_b: Network
) -> None:
    mira = Contact.objects.get(name="Mira Müller")
    token = str(mira.pk)
    assert find_contact(token)
    # Leaving the first network first: the fixture holds it open.
    with all_networks("test"), in_network(network_b):
        assert find_contact(token) is None


def test_a_person_gets_all_that_is_held_about_them(kept: Link, system: Actor) -> None:
    person = find_contact("Mira Müller")
    assert person
    held = queries.export(actor=system, person=person)
    assert held["partners"][0]["phones"] == ["0171 3920001", "030 23125 000"]
    assert held["offers"][0]["title"] == "Stillcafé"
    assert held["imports"][0]["row"]["Telefon"] == "0171/39 200 01"


def test_only_coordinators_erase_in_their_network(cast: Cast, house: Organisation) -> None:
    person = find_contact("mira@example.org")
    assert person
    for actor in (ANYONE, Person(cast.ede, Role.EDITOR), Person(cast.birgit, Role.READER)):
        with pytest.raises(PermissionDenied):
            actions.erase(actor=actor, person=person)
        with pytest.raises(PermissionDenied):
            queries.export(actor=actor, person=person)
    actions.erase(actor=Person(cast.petra, Role.COORDINATOR), person=person)
    assert find_contact("mira@example.org") is None


def test_an_account_is_erased_in_all_networks(
    cast: Cast, network_a: Network, network_b: Network
) -> None:
    petra = Person(cast.petra, Role.COORDINATOR)
    session = SessionStore()
    session[SESSION_KEY] = str(cast.petra.pk)
    session.create()
    with in_network(network_a):
        save_organisation(actor=petra, level=Level.BODY, name="Haus")
        Run.objects.create(kind="offers", file_name="a.csv", source="a", actor_label="Petra",
                           started_at=timezone.now())  # fmt: skip
        LegalPage.objects.create(kind="imprint", language="de", title="Impressum", body="…",
                                 signed_by="Petra", signed_at=timezone.now())  # fmt: skip
    with in_network(network_b):
        Membership.objects.create(user=cast.petra, role=Role.READER)
    with all_networks("test"):
        person = find_account("Petra@example.org")
        assert person
        with pytest.raises(PermissionDenied):
            actions.erase(actor=petra, person=person)
        actions.erase(actor=System("test"), person=person)
        assert not User.objects.filter(email="petra@example.org").exists()
        assert not Session.objects.exists()
        assert set(Entry.objects.values_list("actor_label", flat=True)) == {ERASED, "test"}
        assert Entry.objects.filter(deed="privacy.erase").count() == 2
        assert Run.objects.get().actor_label == ERASED
        assert LegalPage.objects.get().signed_by == ERASED
        assert not Membership.objects.filter(user_id=cast.petra.pk).exists()
        assert Membership.objects.count() == 4


@pytest.mark.usefixtures("inside_a")
def test_ended_sessions_go_when_their_time_is_over() -> None:
    running, ended = SessionStore(), SessionStore()
    running.create()
    ended.set_expiry(-60)
    ended.create()
    assert [(one.what, one.count) for one in actions.expire()] == [("sessions that ended", 1)]
    assert [session.pk for session in Session.objects.all()] == [running.session_key]
    assert actions.expire() == []
