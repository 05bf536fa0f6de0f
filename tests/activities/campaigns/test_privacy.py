"""What campaigns keep of people: told, taken out, and gone in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from knotenpunkt.activities.campaigns import privacy
from knotenpunkt.activities.campaigns.actions.campaigns import end_campaign, take_back
from knotenpunkt.activities.campaigns.actions.hosts import PersonDraft, set_people_to_ask
from knotenpunkt.activities.campaigns.models import Came, Campaign, JoinIn, Material, News, Order
from knotenpunkt.activities.campaigns.queries.orders import note_of, orderer_of
from knotenpunkt.activities.mailings.models import Circular
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.core.personal_data import Person
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import current_network_id
from knotenpunkt.registers.partners.models import Contact, Involvement
from knotenpunkt.tools.capacity.models import Pool
from tests.activities.campaigns.ordering import (
    ANNA,
    line_of,
    make_material,
    make_partner,
    order,
    ordering_campaign,
)
from tests.activities.campaigns.preparing import opened, prepared
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def cards(inside_a: Network) -> Material:
    return make_material(ordering_campaign())


@pytest.fixture
def mira(inside_a: Network) -> Contact:
    return make_partner()


def person(contact: Contact) -> Person:
    return Person(
        kind="partners.Contact",
        ids=frozenset([contact.pk]),
        networks=frozenset([current_network_id()]),
        names=frozenset([contact.name, contact.email]),
        main=contact.pk,
    )


def report(campaign: Campaign, contact: Contact, title: str = "Hoffest") -> JoinIn:
    told = JoinIn(
        campaign=campaign, contact=contact, organisation=contact.organisation, title=title,
        starts_at=timezone.now(), key=title,
    )  # fmt: skip
    told.save(force_insert=True)
    return told


def test_an_orderer_is_told_everything_about_their_orders(cards: Material, mira: Contact) -> None:
    order(mira, (cards, 2), note="Bitte klingeln")
    report(cards.campaign, mira)
    told = str(privacy.export(person(mira)))
    for part in ("2 × Postkarten", "Bitte klingeln", "Danke sagen", "Hoffest"):
        assert part in told


def test_somebody_without_a_record_is_found_by_what_they_typed(cards: Material) -> None:
    order(None, (cards, 1), came=Came.TELEPHONE)
    for words in ("anna@example.org", "Anna Ungebunden"):
        found = privacy.find_orderer(words)
        assert found is not None
        assert "Kita Birke" in str(privacy.export(found))
    assert privacy.find_orderer("jemand@anders.example") is None
    assert privacy.find_orderer("") is None
    assert privacy.find_orderer("Freiberg") is None
    assert privacy.find_orderer("Anna") is None


def test_namesakes_who_ordered_are_two_people(cards: Material, mira: Contact) -> None:
    """Nobody is told or loses what somebody else of the same name ordered."""
    first = order(None, (cards, 1), came=Came.TELEPHONE)
    other = replace(ANNA, email="anna@anders.example", phone="037999 88", house="Hort")
    order(None, (cards, 1), came=Came.TELEPHONE, orderer=other)
    assert privacy.find_orderer("Anna Ungebunden") is None
    assert len(privacy.orderers_called("Anna Ungebunden")) == 2
    found = privacy.orderer_by(first.pk)
    assert found is not None and found == privacy.find_orderer("anna@example.org")
    assert "Hort" not in str(privacy.export(found))
    assert privacy.erase(found) == 1
    assert privacy.find_orderer("anna@anders.example") is not None
    assert privacy.orderer_by(first.pk) is None
    assert privacy.orderer_by(order(mira, (cards, 1)).pk) is None


def test_after_an_erasure_the_packs_stay_and_nobody_is_named(
    cards: Material, mira: Contact
) -> None:
    own = order(mira, (cards, 2), note="Bitte klingeln")
    typed = order(None, (cards, 1), came=Came.TELEPHONE, note="Für Mira Beispiel")
    typed.handed_over_by = "Mira Beispiel"
    typed.save()
    told = report(cards.campaign, mira)
    assert privacy.erase(person(mira)) == 4
    for one in Order.objects.all():
        assert (one.contact, note_of(one), orderer_of(one).name) == (None, "", "")
        assert one.handed_over_by == ""
    told.refresh_from_db()
    assert (told.contact, told.title) == (None, "Hoffest")
    assert (line_of(own, cards).granted, line_of(typed, cards).granted) == (2, 1)


def test_somebody_without_a_record_is_erased(cards: Material, mira: Contact) -> None:
    order(None, (cards, 1), came=Came.TELEPHONE)
    order(mira, (cards, 1))
    found = privacy.find_orderer("anna@example.org")
    assert found is not None
    assert privacy.erase(found) == 1
    assert privacy.find_orderer("anna@example.org") is None
    assert Order.objects.filter(contact=mira).exists()


def test_texts_that_name_somebody_are_shown_to_an_editor(cards: Material, mira: Contact) -> None:
    News(
        campaign=cards.campaign, title="Danke", text="Danke an Mira Beispiel", on="2030-06-02"
    ).save()
    assert privacy.mentions(person(mira)) == ["Kampagne „Danke sagen“"]


@pytest.mark.parametrize(("days", "left"), [(179, 1), (181, 0)])
def test_orders_and_reporters_go_some_time_after_the_end(
    cards: Material, mira: Contact, days: int, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    order(mira, (cards, 1))
    told = report(cards.campaign, mira)
    campaign = Campaign.objects.get()
    end_campaign(actor=SYSTEM, campaign=campaign)
    later = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: later)
    privacy.expire()
    told.refresh_from_db()
    assert (Order.objects.count(), told.contact is not None) == (left, bool(left))


def test_nothing_goes_while_a_campaign_goes_on(cards: Material, mira: Contact) -> None:
    order(mira, (cards, 1))
    assert [one.count for one in privacy.expire() if one.count] == []
    assert Order.objects.exists()


def test_who_is_named_on_the_page_is_told_and_taken_out(cards: Material) -> None:
    campaign = cards.campaign
    people = [
        PersonDraft("Petra Muster", phone="03731 799-3342", email="petra@example.org"),
        PersonDraft("Ede Beispiel", email="ede@example.org"),
    ]
    set_people_to_ask(actor=SYSTEM, campaign=campaign, people=people)
    petra = Person(
        kind="accounts.User", ids=frozenset([uuid4()]),
        networks=frozenset([current_network_id()]),
        names=frozenset(["Petra Muster", "petra@example.org"]),
    )  # fmt: skip
    assert "03731 799-3342" in str(privacy.export(petra))
    privacy.erase(petra)
    assert [one.name for one in campaign.people_to_ask.all()] == ["Ede Beispiel"]
    entry = Entry.objects.get(deed="campaigns.contacts")
    assert "Petra" not in f"{entry.title}{entry.changes}"


@pytest.mark.parametrize(("days", "is_kept"), [(364, True), (366, False)])
def test_what_was_never_opened_goes_a_year_after_its_last_change(
    mira: Contact, days: int, is_kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    over = {"starts_on": today - timedelta(days=9), "ends_on": today - timedelta(days=1)}
    campaign = prepared("Nie eröffnet", **over)
    campaign.allows_late = True
    campaign.save()
    material = campaign.materials.all()[0]
    own = order(mira, (material, 1), came=Came.TELEPHONE)
    report(campaign, mira)
    later = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: later)
    told = {one.what: one.count for one in privacy.expire()}

    assert Campaign.objects.filter(pk=campaign.pk).exists() is is_kept
    assert Order.objects.filter(pk=own.pk).exists() is is_kept
    assert JoinIn.objects.exists() is is_kept
    assert Pool.objects.filter(about=material.pk).exists() is is_kept
    assert Circular.objects.filter(about=campaign.pk).exists() is is_kept
    assert Involvement.objects.filter(source_id=campaign.pk).exists() is is_kept
    assert told["campaigns that were never opened"] == (0 if is_kept else 1)


def test_a_plan_for_next_year_is_kept_however_long_nobody_touches_it(
    inside_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = timezone.localdate() + timedelta(days=500)
    campaign = prepared("Übernächstes Jahr", starts_on=start, ends_on=start + timedelta(days=9))
    later = timezone.now() + timedelta(days=450)
    monkeypatch.setattr(timezone, "now", lambda: later)
    privacy.expire()
    assert Campaign.objects.filter(pk=campaign.pk).exists()


def test_orders_of_a_campaign_that_was_taken_back_go_like_those_of_one_that_ended(
    mira: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = opened()
    order(mira, (campaign.materials.all()[0], 1))
    take_back(actor=SYSTEM, campaign=campaign)
    later = timezone.now() + timedelta(days=3 * 365)
    monkeypatch.setattr(timezone, "now", lambda: later)
    privacy.expire()
    campaign.refresh_from_db()
    assert not Order.objects.exists()
    assert (campaign.state, campaign.facts["orders"]) == ("prepared", 1)
