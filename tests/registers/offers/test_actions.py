"""What publishing, withdrawing and changing an offer does."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from knotenpunkt.foundation.accounts.actors import ANYONE, Actor
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.actions import (
    Belongings,
    TextDraft,
    prepare_topics,
    publish_offer,
    save_offer,
    withdraw_offer,
)
from knotenpunkt.registers.offers.models import Offer, Status, Topic
from knotenpunkt.registers.partners.models import Contact, Organisation
from tests.factories import make_offer

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
    assert Entry.objects.first().deed == "offers.withdraw"  # type: ignore[union-attr]


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
