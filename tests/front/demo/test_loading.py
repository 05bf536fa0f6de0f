"""A demo network arrives with its people, and with what they did lately."""

from __future__ import annotations

from datetime import timedelta
from typing import NoReturn

import pytest
from django.utils import timezone
from pytest_django import Settings

from knotenpunkt.activities.inbox.models import Concern
from knotenpunkt.activities.notes.models import Note
from knotenpunkt.activities.upkeep.models import Call, Decision, Inquiry, Proposal, Stage
from knotenpunkt.foundation.accounts.models import Invitation
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.demo import records, register
from knotenpunkt.front.demo.inventing.county import County
from knotenpunkt.front.demo.loading import load
from knotenpunkt.front.demo.networks import NETWORKS, DemoNetwork
from knotenpunkt.registers.areas.models import RegionCoordinator
from knotenpunkt.registers.offers.models import Offer, OfferPicture, Status
from knotenpunkt.registers.partners.models import Organisation, Tagging
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.jobs.worker import run_waiting
from knotenpunkt.tools.lists.models import SavedView
from knotenpunkt.tools.mail.models import Message, State

pytestmark = [pytest.mark.django_db, pytest.mark.once]
COUNTY = next(one for one in NETWORKS if one.slug == "mittelsachsen")
MOUNTAINS = next(one for one in NETWORKS if one.slug == "erzgebirgskreis")
NEIGHBOUR = next(one for one in NETWORKS if one.slug == "peine")
FEW_HOUSES = 40


def without_most_offers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the deeds speak of is loaded: hundreds of offers would take many seconds."""
    deeds = list(records.rows_of(COUNTY, "deeds"))
    named = {row["offer"] for row in deeds if row.get("offer")}
    whole = records.rows_of

    def few(demo: DemoNetwork, kind: str) -> list[records.Row]:
        return [row for row in whole(demo, kind) if kind != "offers" or row["key"] in named]

    monkeypatch.setattr(records, "rows_of", few)


@pytest.fixture(autouse=True)
def _few_partners(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of the invented county; all of it stands in tests/front/demo/test_inventing.py."""
    whole = register.county_of

    def part(demo: DemoNetwork) -> County:
        county = whole(demo)
        lives = [
            life for life in county.lives if all(role.house < FEW_HOUSES for role in life.roles)
        ]
        return County(county.houses[:FEW_HOUSES], lives, county.meetings)

    monkeypatch.setattr(register, "county_of", part)


def test_a_small_network_is_loaded_once() -> None:
    assert load(NEIGHBOUR)
    assert not load(NEIGHBOUR)
    with in_network(Network.objects.get(slug=NEIGHBOUR.slug)):
        assert Offer.objects.filter(status=Status.DRAFT).count() == 1
        assert Concern.objects.count() == Note.objects.count() == 1


def test_the_desk_of_the_county_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    without_most_offers(monkeypatch)
    load(COUNTY)
    with in_network(Network.objects.get(slug=COUNTY.slug)):
        drafts = Offer.objects.filter(status=Status.DRAFT)
        assert drafts.count() == 3
        by_provider = Entry.objects.filter(deed="offers.create", actor_label="Frida Sommerfeld")
        assert by_provider.count() == 2
        assert [run.undone_at is None for run in Run.objects.order_by("started_at")] == [
            False,
            True,
        ]
        assert Run.objects.get(undone_at=None).rejected == 1
        assert Offer.objects.filter(title="Papa backt", status=Status.PUBLISHED).exists()
        assert not Offer.objects.filter(title="Drachenwoche am Feldrain").exists()
        assert SavedView.objects.filter(is_shared=True).count() == 1
        assert Invitation.objects.filter(accepted_at=None).count() == 1
        assert OfferPicture.objects.get().alt
        assert Note.objects.filter(remind_on=timezone.localdate()).count() == 1


def test_partners_are_told_apart_by_what_the_desk_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    without_most_offers(monkeypatch)
    load(COUNTY)
    with in_network(Network.objects.get(slug=COUNTY.slug)):
        noted = Organisation.objects.exclude(internal_note="")
        assert noted.count() >= 20
        council = Tagging.objects.filter(tag__name="Beirat")
        assert council.count() == 4
        doubled = Organisation.objects.get(name="Familienhaus Lindenbrucke").contacts.get()
        house = Organisation.objects.get(name="Familienhaus Lindenbrücke")
        shown = {phone.shown for one in house.contacts.all() for phone in one.phones.all()}
        assert doubled.phones.get().shown in shown
        assert [link.region.name for link in house.region_links.all()] == ["Altkreis Freiberg"]


def test_partners_have_answered_and_some_have_to_be_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_most_offers(monkeypatch)
    load(COUNTY)
    with in_network(Network.objects.get(slug=COUNTY.slug)):
        stages = set(Inquiry.objects.values_list("stage", flat=True))
        assert {Stage.ASKED, Stage.REMINDED, Stage.CALL, Stage.ANSWERED} <= stages
        assert Call.objects.count() == 4
        assert Proposal.objects.filter(decision=Decision.WAITING).count() == 4


def test_sub_coordinators_look_after_their_regions() -> None:
    load(MOUNTAINS)
    with in_network(Network.objects.get(slug=MOUNTAINS.slug)):
        links = RegionCoordinator.objects.values_list("user__email", "region__name")
        assert dict(links) == {
            "stella@example.org": "Altkreis Stollberg",
            "arno@example.org": "Altkreis Aue-Schwarzenberg",
        }


def test_one_family_has_waited_long_and_not_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    without_most_offers(monkeypatch)
    load(COUNTY)
    with in_network(Network.objects.get(slug=COUNTY.slug)):
        calls = Concern.objects.filter(kind="call").order_by("due_at")
        waited, fresh = calls
        assert waited.received_at < fresh.received_at - timedelta(hours=20)
        assert timezone.now() < waited.due_at <= fresh.due_at


def test_no_mail_leaves(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Even where a mail server is set up: the people of the demo are invented."""

    def reached() -> NoReturn:
        raise AssertionError("a mail server was asked")

    settings.EMAIL_HOST = "mail.example.org"
    monkeypatch.setattr("knotenpunkt.tools.mail.delivery._opened", reached)
    load(NEIGHBOUR)
    run_waiting()
    with in_network(Network.objects.get(slug=NEIGHBOUR.slug)):
        assert not Message.objects.exclude(state=State.SENT).exists()
