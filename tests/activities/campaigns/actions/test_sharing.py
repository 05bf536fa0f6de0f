"""Shares that stand: what is taken from the stock, what is promised, what can be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from knotenpunkt.activities.campaigns.actions.materials import draft_of, save_material
from knotenpunkt.activities.campaigns.actions.orders import cancel_order
from knotenpunkt.activities.campaigns.actions.printing_shares import print_shares
from knotenpunkt.activities.campaigns.actions.sharing import (
    HasChanged,
    set_shares,
    settle,
    settle_all,
    undo_shares,
)
from knotenpunkt.activities.campaigns.actions.telling_shares import (
    begin_telling,
    note_told,
    tell_some,
)
from knotenpunkt.activities.campaigns.models import Campaign, Giving, Line, Material, Order
from knotenpunkt.activities.campaigns.ordering import Orderer
from knotenpunkt.activities.campaigns.queries.costs import costs, missing
from knotenpunkt.activities.campaigns.queries.orders import places_on_list
from knotenpunkt.activities.campaigns.queries.shares_to_tell import telling
from knotenpunkt.activities.campaigns.queries.sharing import propose, propose_all
from knotenpunkt.activities.campaigns.wording.sharing import explained, reason, rule_told
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.capacity.models import Pool
from knotenpunkt.tools.jobs.worker import run_waiting
from knotenpunkt.tools.mail.models import Message
from knotenpunkt.tools.mail.sealed import content_of
from tests.activities.campaigns.ordering import (
    close_orders,
    line_of,
    make_material,
    make_partner,
    make_station,
    order,
    ordering_campaign,
)
from tests.conftest import Cast
from tests.factories import SYSTEM

SIZES = (90, 30, None)


@pytest.fixture
def campaign(inside_a: Network) -> Campaign:
    """Orders are over."""
    return ordering_campaign()


@pytest.fixture
def cards(campaign: Campaign) -> Material:
    """Eight packs for wishes of thirteen."""
    return make_material(campaign, packs=8, giving=Giving.PROPORTIONAL, pack_cents=250)


@pytest.fixture
def orders(campaign: Campaign, cards: Material) -> list[Order]:
    """Nine packs, three and one."""
    made = [
        order(make_partner(f"Anna{n} Amsel", f"Kita {n}"), (cards, wanted), size=SIZES[n])
        for n, wanted in enumerate((9, 3, 1))
    ]
    close_orders(campaign)
    return made


def stand(material: Material, rule: Giving | None = None) -> None:
    """Let stand what is proposed."""
    proposal = propose(SYSTEM, Material.objects.get(pk=material.pk), rule)
    settle(actor=SYSTEM, material=material, rule=proposal.rule, seen=proposal.seal)


def granted(orders: list[Order], material: Material) -> list[int | None]:
    return [line_of(one, material).granted for one in orders]


def taken(material: Material) -> int:
    return int(Pool.objects.get(about=material.pk).taken)


def add_packs(material: Material, packs: int) -> None:
    """Somebody bought more, or counted again."""
    material = Material.objects.get(pk=material.pk)
    draft = replace(draft_of(material), packs=packs)
    save_material(actor=SYSTEM, campaign=material.campaign, draft=draft, material=material)


def test_shares_stand_and_their_packs_leave_the_stock(cards: Material, orders: list[Order]) -> None:
    stand(cards)
    assert granted(orders, cards) == [5, 2, 1]
    assert taken(cards) == 8
    cards.refresh_from_db()
    assert cards.shared_at is not None
    assert cards.shared_by == Giving.PROPORTIONAL
    assert Entry.objects.filter(deed="campaigns.share", object_id=cards.pk).count() == 1


def test_another_rule_may_be_chosen_and_settling_twice_is_once(
    cards: Material, orders: list[Order]
) -> None:
    stand(cards, Giving.FIRST_COME)
    stand(cards, Giving.FIRST_COME)
    assert granted(orders, cards) == [6, 1, 1]
    stand(cards, Giving.BY_SIZE)
    assert granted(orders, cards) == [5, 2, 1]
    assert taken(cards) == 8
    assert Entry.objects.filter(deed="campaigns.share").count() == 2


def test_what_stands_is_what_was_seen(cast: Cast, cards: Material, orders: list[Order]) -> None:
    seen = propose(SYSTEM, cards).seal
    cancel_order(actor=Person(cast.petra, Role.COORDINATOR), order=orders[0])
    with pytest.raises(HasChanged):
        settle(actor=SYSTEM, material=cards, rule=Giving.PROPORTIONAL, seen=seen)
    assert granted(orders[1:], cards) == [None, None]


def test_a_share_by_hand_stands_and_the_others_share_the_rest(
    cards: Material, orders: list[Order]
) -> None:
    line = line_of(orders[0], cards)
    set_shares(actor=SYSTEM, material=cards, packs={line.pk: 3})
    stand(cards)
    assert granted(orders, cards) == [3, 3, 1]
    set_shares(actor=SYSTEM, material=cards, packs={line.pk: None})
    assert [one.packs for one in propose(SYSTEM, cards).shares] == [5, 2, 1]


@pytest.mark.parametrize("packs", [-1, 10])
def test_a_share_by_hand_is_never_above_the_wish(
    cards: Material, orders: list[Order], packs: int
) -> None:
    line = line_of(orders[0], cards)
    with pytest.raises(ValidationError):
        set_shares(actor=SYSTEM, material=cards, packs={line.pk: packs})
    line.refresh_from_db()
    assert line.proposed is None


def test_shares_by_hand_are_never_more_than_the_stock(
    campaign: Campaign, cards: Material, orders: list[Order]
) -> None:
    order(make_partner("Bea Buche"), (cards, 9))
    lines = Line.objects.filter(material=cards)
    with pytest.raises(ValidationError):
        set_shares(actor=SYSTEM, material=cards, packs={one.pk: one.wanted for one in lines})
    assert not Line.objects.filter(proposed__isnull=False).exists()


def test_shares_can_be_taken_back_until_somebody_was_told(
    cards: Material, orders: list[Order]
) -> None:
    stand(cards)
    assert undo_shares(actor=SYSTEM, material=cards) == 3
    assert granted(orders, cards) == [None, None, None]
    assert taken(cards) == 0
    cards.refresh_from_db()
    assert (cards.shared_at, cards.shared_by) == (None, "")


def test_nobody_loses_what_was_told(
    campaign: Campaign, cards: Material, orders: list[Order]
) -> None:
    stand(cards)
    note_told(actor=SYSTEM, campaign=campaign, orders=[orders[0].pk])
    undo_shares(actor=SYSTEM, material=cards)
    assert granted(orders, cards) == [5, None, None]
    assert taken(cards) == 5
    stand(cards, Giving.FIRST_COME)
    assert granted(orders, cards) == [6, 1, 1]
    with pytest.raises(ValidationError):
        add_packs(cards, 7)


def test_more_stock_is_shared_on_top(
    campaign: Campaign, cards: Material, orders: list[Order]
) -> None:
    stand(cards)
    note_told(actor=SYSTEM, campaign=campaign, orders=[one.pk for one in orders])
    add_packs(cards, 10)
    stand(cards)
    assert granted(orders, cards) == [7, 2, 1]
    again = telling(SYSTEM, campaign)
    assert [one.order.pk for one in again.by_mail] == [orders[0].pk]
    assert not again.by_mail[0].is_first


def test_a_late_order_gets_what_is_left_and_takes_from_nobody(
    campaign: Campaign, cards: Material, orders: list[Order]
) -> None:
    stand(cards)
    note_told(actor=SYSTEM, campaign=campaign, orders=[one.pk for one in orders])
    campaign.allows_late = True
    campaign.save()
    late = order(make_partner("Lola Letzte", "Kita Spät"), (cards, 4))
    assert line_of(late, cards).granted == 0
    add_packs(cards, 9)
    stand(cards)
    assert granted([*orders, late], cards) == [5, 2, 1, 1]


def test_a_whole_campaign_is_settled_at_once(
    campaign: Campaign, cards: Material, orders: list[Order]
) -> None:
    posters = make_material(campaign, "Plakate", packs=1, giving=Giving.BY_SIZE)
    campaign.allows_late = True
    campaign.save()
    more = order(make_partner("Paul Plakat"), (posters, 2), (cards, 1), size=20)
    seen = [one.seal for one in propose_all(SYSTEM, campaign)]
    settle_all(actor=SYSTEM, campaign=campaign, seen=seen)
    assert line_of(more, posters).granted == 1
    assert granted([*orders, more], cards) == [5, 1, 1, 1]
    with pytest.raises(HasChanged):
        settle_all(actor=SYSTEM, campaign=campaign, seen=seen[:1])


def test_sharing_wants_the_right(cast: Cast, cards: Material, orders: list[Order]) -> None:
    reader = Person(cast.birgit, Role.READER)
    seal = propose(reader, cards).seal
    with pytest.raises(PermissionDenied):
        settle(actor=reader, material=cards, rule=Giving.PROPORTIONAL, seen=seal)
    with pytest.raises(PermissionDenied):
        set_shares(actor=reader, material=cards, packs={})
    with pytest.raises(PermissionDenied):
        undo_shares(actor=reader, material=cards)
    with pytest.raises(PermissionDenied):
        propose(Person(cast.frida, Role.PROVIDER), cards)


def _mails() -> list[str]:
    """Texts of mails about shares, by the number of the order."""
    return [content_of(one).text for one in Message.objects.exclude(mailing=None)]


def test_everybody_is_told_once_and_kindly(
    campaign: Campaign, cards: Material, orders: list[Order], settings: Any
) -> None:
    settings.EMAIL_HOST = "localhost"
    Network.objects.update(contact_phone="03731 7990")
    station = make_station(campaign, "Rathaus Freiberg", hours="Mo bis Fr, 9–15 Uhr")
    first = Order.objects.get(pk=orders[0].pk)
    first.station = station
    first.save()
    stand(cards)
    while tell_some(actor=SYSTEM, campaign_id=campaign.pk):
        pass
    assert tell_some(actor=SYSTEM, campaign_id=campaign.pk) == 0
    told = sorted(_mails())
    assert len(told) == 3
    assert "bestellt 9 Packungen, Sie erhalten 5 Packungen (250 Postkarten)" in told[0]
    assert "Rathaus Freiberg" in told[0]
    assert "1 Packung (50 Postkarten), wie bestellt" in told[2]
    assert all("rufen Sie uns bitte an" in text and "03731 7990" in text for text in told)
    assert all("/p/" in text for text in told)
    first.refresh_from_db()
    assert first.told_at is not None
    assert line_of(first, cards).told == 5


def test_a_job_tells_all(campaign: Campaign, cards: Material, orders: list[Order]) -> None:
    stand(cards)
    before = Message.objects.count()
    begin_telling(actor=SYSTEM, campaign=campaign)
    run_waiting()
    assert Message.objects.count() == before + 3
    begin_telling(actor=SYSTEM, campaign=campaign)
    run_waiting()
    assert Message.objects.count() == before + 3


def test_who_waits_for_a_share_is_not_told_yet(
    campaign: Campaign, cards: Material, orders: list[Order]
) -> None:
    found = telling(SYSTEM, campaign)
    assert (len(found.by_mail), found.waiting) == (0, 3)
    assert found.open_materials == [cards]
    stand(cards)
    assert len(telling(SYSTEM, campaign).by_mail) == 3


def test_who_has_no_mail_gets_a_letter(
    campaign: Campaign, cards: Material, orders: list[Order]
) -> None:
    campaign.allows_late = True
    campaign.save()
    lena = Orderer(name="Lena L", house="Verein", street="Weg 1", postal_code="09599", town="Ort")
    for orderer in (lena, Orderer(name="Ohne Anschrift")):
        order(None, (cards, 1), orderer=orderer)
    stand(cards)
    printed = print_shares(actor=SYSTEM, campaign=campaign)
    assert printed.content.startswith(b"%PDF")
    assert printed.count == 1
    assert [key for key, _reason in printed.missing] == [5]


def test_what_is_missing_and_what_it_costs(
    campaign: Campaign, cards: Material, orders: list[Order]
) -> None:
    [one] = missing(SYSTEM, campaign)
    assert (one.packs, one.orders, one.to_buy, one.pieces, one.cents) == (5, 2, 5, 250, 1250)
    [area] = costs(SYSTEM, campaign)
    assert area.cents == 0
    stand(cards)
    [area] = costs(SYSTEM, campaign)
    assert (area.area, area.cents) == ("I", 2000)


def test_who_comes_after_the_sharing_waits_behind_those_in_time(
    cast: Cast, campaign: Campaign, cards: Material, orders: list[Order]
) -> None:
    campaign.allows_late = True
    campaign.save()
    stand(cards)
    late = [order(make_partner(f"Lena{n} L", f"Hort {n}"), (cards, 2)) for n in range(2)]
    places = places_on_list([cards.pk])
    assert [places[line_of(one, cards).pk] for one in late] == [1, 2]
    assert (
        explained(line_of(late[0], cards)) == "Postkarten: bestellt 2 Packungen, auf der Warteliste"
    )
    cancel_order(actor=Person(cast.ede, Role.EDITOR), order=orders[2])
    # What came back waits for the next sharing: nobody who is new gets past the list.
    third = order(make_partner("Toni T", "Hort 3"), (cards, 1))
    assert granted([*late, third], cards) == [0, 0, 0]
    add_packs(cards, 20)
    assert granted(orders[:2], cards) == [5, 2]
    stand(cards)
    assert granted([*orders[:2], *late, third], cards) == [9, 3, 2, 2, 1]
    assert not places_on_list([cards.pk])


def test_shares_taken_back_leave_no_waiting_list(
    campaign: Campaign, cards: Material, orders: list[Order]
) -> None:
    campaign.allows_late = True
    campaign.save()
    stand(cards)
    late = order(make_partner("Lena L", "Hort"), (cards, 2))
    undo_shares(actor=SYSTEM, material=cards)
    line = line_of(late, cards)
    assert (line.granted, line.waits_since) == (None, None)


def test_what_is_said_of_who_comes_first_is_true(campaign: Campaign) -> None:
    cards = make_material(campaign, packs=4)
    three = [order(make_partner(f"Anna{n} A", f"Kita {n}"), (cards, 3)) for n in range(3)]
    proposal = propose(SYSTEM, cards)
    told = [reason(one, proposal) for one in proposal.shares]
    assert granted(three, cards) == [3, 1, 0]
    assert told[1:] == [
        "war schon reserviert, mehr war nicht da",
        "alles war schon reserviert: wartet auf der Liste",
    ]
    assert "eine Packung" not in rule_told(Giving.FIRST_COME, cards)
    assert rule_told(Giving.PROPORTIONAL, cards).startswith("Was beim Bestellen reserviert wurde")
    assert "Wer zuerst bestellt hat, hat zuerst bekommen" in explained(line_of(three[1], cards))
