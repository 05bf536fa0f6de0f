"""Offers that nobody confirms step back, are warned, leave the finder, and come back by a click."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from knotenpunkt.activities.upkeep.actions.asking import ask
from knotenpunkt.activities.upkeep.actions.confirming import confirm_all
from knotenpunkt.activities.upkeep.actions.settling import save_rhythm
from knotenpunkt.activities.upkeep.actions.silence import step_back
from knotenpunkt.activities.upkeep.models import Notice, Way
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.actions import save_offer
from knotenpunkt.registers.offers.models import Offer, Silence
from knotenpunkt.tools.search.models import Entry
from tests.activities.upkeep.asking import mails, wait
from tests.factories import SYSTEM, make_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(inside_a: Network, settings: Any) -> Offer:
    """Confirmed eleven months ago."""
    settings.EMAIL_HOST = "mail.example.org"
    made = make_offer("Krabbelgruppe")
    day = timezone.localdate() - timedelta(days=335)
    return save_offer(actor=SYSTEM, offer=made, checked_on=day)


def night(patch: pytest.MonkeyPatch, days: int) -> tuple[str, int]:
    """(silence, mails that warn) after so many days more."""
    wait(patch, days)
    step_back(actor=SYSTEM)
    step_back(actor=SYSTEM)
    warned = sum("bald nicht mehr" in subject for _to, subject, _text in mails())
    return Offer.objects.get().silence, warned


def test_it_steps_back_is_warned_and_leaves(
    offer: Offer, network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_rhythm(actor=SYSTEM, network=network_a, is_on=True)
    ask(actor=SYSTEM, organisations=[offer.provider])
    assert night(monkeypatch, 60) == ("", 0)
    assert night(monkeypatch, 70) == (Silence.GREY, 0)
    assert night(monkeypatch, 165) == (Silence.GREY, 1)
    assert night(monkeypatch, 10) == (Silence.GREY, 1)
    assert Entry.objects.filter(object_id=offer.pk).exists()
    assert night(monkeypatch, 10) == (Silence.OUT, 1)
    assert not Entry.objects.filter(object_id=offer.pk).exists()
    assert Offer.objects.get().is_published  # its own address still answers

    confirm_all(actor=SYSTEM, organisations=[offer.provider], way=Way.LINK)
    assert Offer.objects.get().silence == ""
    assert Entry.objects.filter(object_id=offer.pk).exists()
    assert not Notice.objects.exists()


def test_nobody_is_punished_who_was_never_asked(
    offer: Offer, network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_rhythm(actor=SYSTEM, network=network_a, is_on=True)
    assert night(monkeypatch, 900) == ("", 0)


def test_nothing_happens_while_the_network_does_not_ask(
    offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(actor=SYSTEM, organisations=[offer.provider])
    assert night(monkeypatch, 900) == ("", 0)


def test_it_never_leaves_without_a_word_before(
    offer: Offer, network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_rhythm(actor=SYSTEM, network=network_a, is_on=True)
    ask(actor=SYSTEM, organisations=[offer.provider])
    assert night(monkeypatch, 900) == (Silence.GREY, 1)
    assert night(monkeypatch, 13) == (Silence.GREY, 1)
    assert night(monkeypatch, 2) == (Silence.OUT, 1)


def test_any_way_of_confirming_brings_it_back(offer: Offer) -> None:
    save_offer(actor=SYSTEM, offer=offer, silence=Silence.OUT.value)
    save_offer(actor=SYSTEM, offer=Offer.objects.get(), checked_on=timezone.localdate())
    assert Offer.objects.get().silence == ""
