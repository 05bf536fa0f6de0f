"""What publishing, withdrawing and changing an offer does."""

from __future__ import annotations

from datetime import time

import pytest
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError

from knotenpunkt.foundation.accounts.actors import ANYONE, Actor
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.actions import (
    Belongings,
    TimeDraft,
    prepare_topics,
    publish_offer,
    save_offer,
    save_topic,
    withdraw_offer,
)
from knotenpunkt.registers.offers.models import Offer, Status, TextState, Topic
from knotenpunkt.registers.offers.translating.drafts import TextDraft
from knotenpunkt.registers.partners.actions import save_contact
from knotenpunkt.registers.partners.models import Contact, Organisation
from tests.factories import DOEBELN, make_offer, make_organisation, make_place

pytestmark = pytest.mark.django_db


def test_publishing_shows_the_provider_and_those_who_answer(
    inside_a: Network, system: Actor
) -> None:
    offer = make_offer("Treff", published=False)
    Contact.objects.update(is_public=False)
    offer = Offer.objects.get(pk=offer.pk)
    assert not Organisation.objects.get().is_public
    publish_offer(actor=system, offer=offer)
    assert Organisation.objects.get().is_public
    assert Contact.objects.get().is_public
    assert offer.status == Status.PUBLISHED


def test_withdrawing_loses_nothing(inside_a: Network, system: Actor) -> None:
    offer = make_offer("Treff", topics=["treff"])
    withdraw_offer(actor=system, offer=offer)
    again = Offer.objects.get(pk=offer.pk)
    assert again.status == Status.WITHDRAWN
    assert again.topic_links.count() == 1
    assert Entry.objects.filter(deed="offers.withdraw", object_id=offer.pk).count() == 1


def test_withdrawing_hides_who_stands_for_nothing_else(inside_a: Network, system: Actor) -> None:
    house = make_organisation()
    first = make_offer("Treff", provider=house)
    second = make_offer("Kurs", provider=house)
    withdraw_offer(actor=system, offer=first)
    assert Organisation.objects.get().is_public
    assert [one.is_public for one in Contact.objects.filter(offers=first)] == [False]
    withdraw_offer(actor=system, offer=second)
    assert not Organisation.objects.get().is_public
    assert not Contact.objects.filter(is_public=True).exists()
    publish_offer(actor=system, offer=first)
    assert Organisation.objects.get().is_public


def test_an_internal_contact_stays_hidden(inside_a: Network, system: Actor) -> None:
    offer = make_offer("Treff", published=False)
    contact = Contact.objects.get()
    save_contact(
        actor=system,
        organisation=contact.organisation,
        contact=contact,
        is_internal=True,
        is_public=False,
    )
    publish_offer(actor=system, offer=Offer.objects.get(pk=offer.pk))
    assert not Contact.objects.get().is_public


def test_what_another_changed_meanwhile_stays(inside_a: Network, system: Actor) -> None:
    offer = make_offer("Treff")
    stale = Offer.objects.get(pk=offer.pk)
    withdraw_offer(actor=system, offer=offer)
    save_offer(actor=system, offer=stale, summary="Neu.")
    now = Offer.objects.get(pk=offer.pk)
    assert (now.status, now.summary) == (Status.WITHDRAWN, "Neu.")
    publish_offer(actor=system, offer=stale)
    assert Offer.objects.get(pk=offer.pk).status == Status.PUBLISHED


@pytest.mark.parametrize(
    "values",
    [
        {"website": "javascript:alert(1)"},
        {"kind": "nonsense"},
        {"title": ""},
        {"summary": "vor\0nach"},
        {"title": "x" * 301},
        {"age_from": 60, "age_to": 12},
    ],
)
def test_what_cannot_be_stored_is_refused(
    inside_a: Network, system: Actor, values: dict[str, object]
) -> None:
    offer = make_offer("Treff")
    with pytest.raises(ValidationError):
        save_offer(actor=system, offer=offer, **values)


def test_a_typo_in_a_field_is_no_change(inside_a: Network, system: Actor) -> None:
    offer = make_offer("Treff")
    with pytest.raises(FieldDoesNotExist):
        save_offer(actor=system, offer=offer, sumary="x")


def test_a_changed_german_text_makes_the_others_outdated(inside_a: Network, system: Actor) -> None:
    easy = Belongings(texts=[TextDraft("de-x-leicht", description="Kommen Sie.")])
    offer = save_offer(actor=system, offer=make_offer("Treff"), belongings=easy)
    save_offer(actor=system, offer=offer, costs="free")
    assert offer.texts.get().state == TextState.IMPORTED
    save_offer(actor=system, offer=offer, description="Nur noch mit Anmeldung.")
    assert offer.texts.get().state == TextState.OUTDATED


def test_what_stays_the_same_stays_the_same_row(inside_a: Network, system: Actor) -> None:
    monday, friday = (TimeDraft("weekly", time(9), time(11), weekday=day) for day in (0, 4))
    offer = make_offer("Treff", times=[monday])
    kept, link = offer.schedules.get().pk, offer.at_places.get()
    before = Offer.objects.get(pk=offer.pk).changed_at
    more = Belongings(times=[monday, friday], places=[make_place(**DOEBELN), link.place])
    save_offer(actor=system, offer=offer, belongings=more)
    assert kept in offer.schedules.values_list("pk", flat=True)
    assert offer.schedules.count() == 2
    assert [one.place.town for one in offer.at_places.all()] == ["Döbeln", "Freiberg"]
    assert offer.at_places.get(position=1).pk == link.pk
    assert Offer.objects.get(pk=offer.pk).changed_at > before


def test_saving_the_same_again_writes_nothing(inside_a: Network, system: Actor) -> None:
    offer = make_offer("Treff", topics=["treff"])
    before = Entry.objects.count()
    topics = [Topic.objects.get(key="treff")]
    save_offer(actor=system, offer=offer, title="Treff", belongings=Belongings(topics=topics))
    assert Entry.objects.count() == before


def test_belongings_stay_unless_they_are_named(inside_a: Network, system: Actor) -> None:
    offer = make_offer("Treff", topics=["treff"])
    save_offer(
        actor=system,
        offer=offer,
        belongings=Belongings(texts=[TextDraft("de-x-leicht", description="Kommen Sie.")]),
    )
    assert (offer.topic_links.count(), offer.contact_links.count()) == (1, 1)
    save_offer(actor=system, offer=offer, belongings=Belongings(topics=[]))
    assert (offer.topic_links.count(), offer.texts.count()) == (0, 1)


def test_topics_are_brought_once_and_own_ones_stay(inside_a: Network) -> None:
    shipped = prepare_topics()
    Topic.objects.create(key="mukibu", branch="field", names={"de": "Mukibu"})
    assert prepare_topics() == shipped + 1
    assert Topic.objects.count() == shipped + 1
    assert Topic.objects.filter(parent=None, branch="situation").count() == 10


def test_nobody_without_the_right_writes(inside_a: Network) -> None:
    offer = make_offer("Treff", published=False)
    for deed in (
        lambda: save_offer(actor=ANYONE, offer=offer, title="x"),
        lambda: publish_offer(actor=ANYONE, offer=offer),
        lambda: withdraw_offer(actor=ANYONE, offer=offer),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert Offer.objects.get().title == "Treff"


def test_a_network_adds_a_topic_of_its_own(inside_a: Network, system: Actor) -> None:
    prepare_topics()
    own = save_topic(
        actor=system,
        key="mukibu",
        names={"de": "Mukibu"},
        parent="begegnung",
        words=["Mutti-Treff"],
    )
    assert (own.parent and own.parent.key, own.branch) == ("begegnung", "field")
    offer = make_offer("Mukibu", topics=["mukibu"])
    assert Entry.objects.filter(deed="offers.save_topic", object_id=own.pk).count() == 1
    save_topic(actor=system, key="mukibu", names={"de": "Mukibu-Treff"})
    assert Topic.objects.get(key="mukibu").name == "Mukibu-Treff"
    assert offer.topic_links.count() == 1
    with pytest.raises(ValidationError):
        save_topic(actor=system, key="baby", names={"de": "x"})
    with pytest.raises(ValidationError):
        save_topic(actor=system, key="x", names={"de": "x"}, parent="nirgends")
