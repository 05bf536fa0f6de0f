"""Stations, and what is handed over by whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from knotenpunkt.activities.campaigns.actions.handing_over import hand_over, take_back
from knotenpunkt.activities.campaigns.actions.reminding import remind_to_fetch
from knotenpunkt.activities.campaigns.actions.stations import (
    StationDraft,
    assign_by_postal_code,
    assign_orders,
    end_helping,
    open_helping,
    remove_station,
    save_station,
)
from knotenpunkt.activities.campaigns.models import Campaign, Material, Order, Station
from knotenpunkt.activities.campaigns.queries.handing_over import (
    parcel_of_code,
    parcels,
    rounds,
    station_of_token,
)
from knotenpunkt.activities.campaigns.rules.handing_over import Handing, Helper
from knotenpunkt.activities.campaigns.rules.stations import station_for
from knotenpunkt.activities.campaigns.slips import order_of_code, slip_code
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.mail.models import Message
from tests.activities.campaigns.ordering import (
    line_of,
    make_material,
    make_partner,
    make_station,
    order,
    ordering_campaign,
)
from tests.conftest import Cast
from tests.factories import SYSTEM

TOWN_HALL = StationDraft(
    "Rathaus", street="Obermarkt 1", postal_code="09599", town="Freiberg", hours="Mo, 9–15 Uhr",
    postal_codes=("09", "095"),
)  # fmt: skip


@pytest.fixture
def campaign(inside_a: Network) -> Campaign:
    return ordering_campaign()


@pytest.fixture
def cards(campaign: Campaign) -> Material:
    """Ten packs, given at once."""
    return make_material(campaign, packs=10)


@pytest.fixture
def station(campaign: Campaign) -> Station:
    return save_station(actor=SYSTEM, campaign=campaign, draft=TOWN_HALL)


@pytest.fixture
def one(cards: Material, station: Station) -> Order:
    """Three packs, fetched at the town hall."""
    return order(make_partner(), (cards, 3), station=station)


def handing_of(campaign: Campaign, one: Order) -> Handing:
    return next(p.handing for p in parcels(SYSTEM, campaign) if p.order == one)


def test_a_station_is_added_changed_and_removed(
    campaign: Campaign, station: Station, one: Order
) -> None:
    assert station.place is not None
    assert station.place.town == "Freiberg"
    tour = StationDraft("Tour Nord", is_round=True)
    save_station(actor=SYSTEM, campaign=campaign, draft=tour, station=station)
    station.refresh_from_db()
    assert (station.name, station.place_id, station.is_round) == ("Tour Nord", None, True)
    remove_station(actor=SYSTEM, station=station)
    one.refresh_from_db()
    assert one.station is None
    deeds = set(Entry.objects.values_list("deed", flat=True))
    assert {"campaigns.add_station", "campaigns.change_station", "campaigns.remove_station"} < deeds


def test_the_longest_beginning_of_a_postal_code_decides() -> None:
    all_of_it = Station(name="Tour", postal_codes=["0"])
    near, other = Station(name="A", postal_codes=["09", "0959"]), Station(postal_codes=["095"])
    assert station_for("09599", [all_of_it, near, other]) is near
    assert station_for("09577", [all_of_it, near, other]) is other
    assert station_for("04720", [near, other]) is None
    assert station_for("", [all_of_it]) is None


def test_orders_are_assigned_by_postal_code_and_by_hand(
    campaign: Campaign, cards: Material, station: Station
) -> None:
    free, fixed = order(make_partner(), (cards, 1)), order(make_partner("B Beh", "H"), (cards, 1))
    other = make_station(campaign, "Kirche")
    assert assign_orders(actor=SYSTEM, campaign=campaign, chosen={fixed.pk: other}) == 1
    assert assign_by_postal_code(actor=SYSTEM, campaign=campaign) == 1
    assert assign_by_postal_code(actor=SYSTEM, campaign=campaign) == 0
    names = [(found.station.name, len(found.parcels)) for found in rounds(SYSTEM, campaign)
             if found.station]  # fmt: skip
    assert sorted(names) == [("Kirche", 1), ("Rathaus", 1)]
    free.refresh_from_db()
    assert free.station == station


def test_handing_over_twice_is_once(campaign: Campaign, cards: Material, one: Order) -> None:
    helper = Helper(one.station_id, "Rathaus")  # type: ignore[arg-type]
    first = hand_over(actor=helper, order=one)
    again = hand_over(actor=SYSTEM, order=one)
    assert first.handed_over_at == again.handed_over_at
    assert again.handed_over_by == "Rathaus"
    assert line_of(one, cards).handed_over == 3
    assert handing_of(campaign, one) is Handing.DONE
    assert Entry.objects.filter(deed="campaigns.hand_over").count() == 1


def test_a_part_and_then_the_rest(campaign: Campaign, cards: Material, one: Order) -> None:
    line = line_of(one, cards)
    hand_over(actor=SYSTEM, order=one, packs={line.pk: 2})
    assert handing_of(campaign, one) is Handing.PART
    with pytest.raises(ValidationError):
        hand_over(actor=SYSTEM, order=one, packs={line.pk: 4})
    hand_over(actor=SYSTEM, order=one)
    assert handing_of(campaign, one) is Handing.DONE


def test_a_mistake_is_taken_back(campaign: Campaign, cards: Material, one: Order) -> None:
    hand_over(actor=SYSTEM, order=one)
    back = take_back(actor=SYSTEM, order=one)
    take_back(actor=SYSTEM, order=one)
    assert (back.handed_over_at, back.handed_over_by) == (None, "")
    assert line_of(one, cards).handed_over == 0
    assert Entry.objects.filter(deed="campaigns.take_handing_back").count() == 1


def test_helpers_hand_over_at_their_own_station_only(
    cast: Cast, campaign: Campaign, one: Order
) -> None:
    other = make_station(campaign, "Kirche")
    for actor in (
        Helper(other.pk, other.name),
        Person(cast.birgit, Role.READER),
        Person(cast.frida, Role.PROVIDER),
    ):
        with pytest.raises(PermissionDenied):
            hand_over(actor=actor, order=one)
    hand_over(actor=Person(cast.ede, Role.EDITOR), order=one)


def test_a_link_for_helpers_ends_by_itself_and_at_once(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = open_helping(actor=SYSTEM, station=station, days=1)
    found = station_of_token(token)
    assert found is not None
    assert found[1].station_id == station.pk
    with monkeypatch.context() as later:
        now = timezone.now() + timedelta(days=1, minutes=1)
        later.setattr("django.utils.timezone.now", lambda: now)
        assert station_of_token(token) is None
    end_helping(actor=SYSTEM, station=station)
    assert station_of_token(token) is None
    assert station_of_token("") is None


def test_the_code_of_a_slip_belongs_to_its_network(
    one: Order, network_a: Network, network_b: Network
) -> None:
    code = slip_code(one.pk, network_a.pk)
    assert len(code) == 30
    assert order_of_code(code, network_a.pk) == one.pk
    assert order_of_code(code, network_b.pk) is None
    for wrong in ("", code[:-1], code + "x", "A" * 30, "ä" * 30, code[:-2] + "zz"):
        assert order_of_code(wrong, network_a.pk) is None
    found = parcel_of_code(code)
    assert found is not None
    assert found.order == one


def test_who_has_not_come_is_reminded_once_a_day(
    campaign: Campaign, cards: Material, one: Order, settings: Any
) -> None:
    settings.EMAIL_HOST = "localhost"
    there = order(make_partner("Dora Da", "Haus Da"), (cards, 1), station=one.station)
    hand_over(actor=SYSTEM, order=there)
    tour = make_station(campaign, "Tour", is_round=True)
    brought = order(make_partner("Rudi Rad", "Haus Rad"), (cards, 1), station=tour)
    before = Message.objects.count()
    chosen = [one.pk, there.pk, brought.pk]
    assert remind_to_fetch(actor=SYSTEM, campaign=campaign, orders=chosen) == 1
    remind_to_fetch(actor=SYSTEM, campaign=campaign, orders=chosen)
    assert Message.objects.count() == before + 1
