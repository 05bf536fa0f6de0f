"""Orders: what they claim, who waits, what comes late, and what comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from knotenpunkt.activities.campaigns.actions.materials import draft_of, save_material
from knotenpunkt.activities.campaigns.actions.orders import (
    allow_late,
    cancel_order,
    change_order,
    refuse_late,
    tie_order,
)
from knotenpunkt.activities.campaigns.messages.asking import closing, ways_of
from knotenpunkt.activities.campaigns.messages.orders import greeting
from knotenpunkt.activities.campaigns.models import (
    Came,
    Campaign,
    CampaignState,
    Giving,
    Material,
    Order,
    OrderState,
    PersonToAsk,
)
from knotenpunkt.activities.campaigns.ordering import Orderer
from knotenpunkt.activities.campaigns.queries.materials import stocks
from knotenpunkt.activities.campaigns.queries.orders import note_of, orderer_of, places_on_list
from knotenpunkt.activities.campaigns.rules.orders import AlreadyOrdered, NotNow
from knotenpunkt.foundation.accounts.actors import ANYONE, Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.sealing import seal_into
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.models import Contact, Involvement
from knotenpunkt.tools.capacity.queries import pools
from knotenpunkt.tools.mail.models import Message
from knotenpunkt.tools.mail.sealed import content_of
from tests.activities.campaigns.ordering import (
    ANNA,
    close_orders,
    draft_for,
    line_of,
    make_material,
    make_partner,
    make_station,
    order,
    ordering_campaign,
)
from tests.conftest import Cast
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _with_mail(settings: object) -> None:
    settings.EMAIL_HOST = "localhost"  # type: ignore[attr-defined]


@pytest.fixture
def campaign(inside_a: Network) -> Campaign:
    return ordering_campaign()


@pytest.fixture
def cards(campaign: Campaign) -> Material:
    """Three packs, first come."""
    return make_material(campaign)


@pytest.fixture
def mira(inside_a: Network) -> Contact:
    return make_partner()


def place(one: Order, material: Material) -> int | None:
    return places_on_list([material.pk]).get(line_of(one, material).pk)


def left(material: Material) -> int:
    return pools([material.pk])[material.pk].left


def mails(contact: Contact) -> list[str]:
    rows = Message.objects.filter(about=contact.pk).order_by("created_at")
    return [content_of(one).text for one in rows]


def test_who_comes_first_gets_packs_at_once_and_the_next_ones_wait(cards: Material) -> None:
    first, second, third = (make_partner(f"P{n} Muster", f"Haus {n}") for n in range(3))
    one, two, three = order(first, (cards, 2)), order(second, (cards, 3)), order(third, (cards, 1))
    assert [line_of(o, cards).granted for o in (one, two, three)] == [2, 1, 0]
    assert [place(o, cards) for o in (one, two, three)] == [None, 1, 2]
    assert left(cards) == 0
    assert [o.number for o in (one, two, three)] == [1, 2, 3]
    stock = stocks([cards])[cards.pk]
    assert (stock.size, stock.left, stock.wanted, stock.waiting, stock.missing) == (3, 0, 6, 3, 3)


def test_what_is_cancelled_goes_to_the_first_who_waits_and_they_are_told(cards: Material) -> None:
    first, second, third = (make_partner(f"P{n} Muster", f"Haus {n}") for n in range(3))
    one, two, three = order(first, (cards, 3)), order(second, (cards, 2)), order(third, (cards, 2))
    cancel_order(actor=SYSTEM, order=one)
    assert line_of(two, cards).granted == 2
    assert line_of(three, cards).granted == 1
    assert [place(o, cards) for o in (two, three)] == [None, 1]
    assert left(cards) == 0
    assert "2 Packungen Postkarten: für Sie reserviert" in mails(second)[-1]
    assert "für den Rest Platz 1 auf der Warteliste" in mails(third)[-1]
    assert cancel_order(actor=SYSTEM, order=one).state == OrderState.CANCELLED


def test_who_orders_less_makes_room_and_who_orders_more_goes_to_the_end(cards: Material) -> None:
    first, second, third = (make_partner(f"P{n} Muster", f"Haus {n}") for n in range(3))
    one, two, three = order(first, (cards, 3)), order(second, (cards, 1)), order(third, (cards, 1))
    change_order(actor=SYSTEM, order=two, draft=draft_for(second, (cards, 2)))
    assert [place(o, cards) for o in (two, three)] == [2, 1]
    change_order(actor=SYSTEM, order=one, draft=draft_for(first, (cards, 2)))
    assert [line_of(o, cards).granted for o in (one, two, three)] == [2, 0, 1]


def test_more_stock_goes_to_who_waits_and_stock_never_gets_smaller_than_promised(
    campaign: Campaign, cards: Material, mira: Contact
) -> None:
    one = order(mira, (cards, 5))
    save_material(
        actor=SYSTEM, campaign=campaign, draft=replace(draft_of(cards), packs=4), material=cards
    )
    assert (line_of(one, cards).granted, place(one, cards)) == (4, 1)
    with pytest.raises(ValidationError) as told:
        save_material(
            actor=SYSTEM, campaign=campaign, draft=replace(draft_of(cards), packs=2), material=cards
        )
    assert "4" in told.value.message_dict["packs"][0]
    cards.refresh_from_db()
    assert (cards.packs, left(cards)) == (4, 0)


def test_orders_are_wishes_where_packs_are_shared(campaign: Campaign, mira: Contact) -> None:
    bears = make_material(campaign, "Bären", giving=Giving.PROPORTIONAL)
    one = order(mira, (bears, 9))
    assert line_of(one, bears).granted is None
    assert left(bears) == 3
    assert "Nach dem Bestellschluss teilen wir auf" in mails(mira)[0]


def test_another_way_of_giving_holds_for_the_orders_there_are(
    campaign: Campaign, cards: Material
) -> None:
    first, second = (make_partner(f"P{n} Muster", f"Haus {n}") for n in range(2))
    one, two = order(first, (cards, 2)), order(second, (cards, 2))
    fair = replace(draft_of(cards), giving=Giving.PROPORTIONAL, packs=1)
    material = save_material(actor=SYSTEM, campaign=campaign, draft=fair, material=cards)
    assert [line_of(o, cards).granted for o in (one, two)] == [None, None]
    again = replace(draft_of(material), giving=Giving.FIRST_COME, packs=3)
    save_material(actor=SYSTEM, campaign=campaign, draft=again, material=material)
    assert [line_of(o, cards).granted for o in (one, two)] == [2, 1]
    assert [place(o, cards) for o in (one, two)] == [None, 1]


def test_the_same_form_twice_is_one_order(cards: Material, mira: Contact) -> None:
    one = order(mira, (cards, 1), key="form")
    assert order(mira, (cards, 1), key="form") == one
    assert len(mails(mira)) == 1
    with pytest.raises(AlreadyOrdered) as told:  # back button, other numbers
        order(mira, (cards, 2), key="form")
    assert told.value.order == one
    assert line_of(one, cards).wanted == 1


def test_a_contact_has_one_order_in_a_campaign(cards: Material, mira: Contact) -> None:
    one = order(mira, (cards, 1))
    with pytest.raises(AlreadyOrdered) as told:
        order(mira, (cards, 1))
    assert told.value.order == one
    cancel_order(actor=SYSTEM, order=one)
    assert order(mira, (cards, 1)).number == 2


def test_an_emptied_cart_is_told(cards: Material, mira: Contact) -> None:
    for wanted in ([], [(cards, 0)]):
        with pytest.raises(ValidationError, match="mindestens eine Packung"):
            order(mira, *(wanted or [(cards, 0)]))
    assert not Order.objects.exists()


def test_limits_conditions_and_what_is_not_offered(campaign: Campaign, mira: Contact) -> None:
    few = make_material(campaign, "Plakate", most_packs=2, condition="Ich hänge es aus.")
    gone = make_material(campaign, "Becher", is_offered=False)
    with pytest.raises(ValidationError) as told:
        order(mira, (few, 3), (gone, 1))
    assert len(told.value.messages) == 3
    with pytest.raises(ValidationError, match="Plakate"):
        order(mira, (few, -1), agreed=frozenset({few.pk}))
    assert order(mira, (few, 2), agreed=frozenset({few.pk})).number == 1


def test_a_late_order_waits_for_an_answer_and_takes_nothing_yet(
    campaign: Campaign, cards: Material, mira: Contact
) -> None:
    close_orders(campaign)
    late = order(mira, (cards, 2))
    assert (late.state, line_of(late, cards).granted, left(cards)) == (OrderState.LATE, None, 3)
    assert "Frist ist schon vorbei" in mails(mira)[0]
    assert not Involvement.objects.exists()
    with pytest.raises(NotNow):
        change_order(actor=SYSTEM, order=late, draft=draft_for(mira, (cards, 1)))
    allowed = allow_late(actor=SYSTEM, order=late)
    assert (allowed.state, line_of(late, cards).granted) == (OrderState.PLACED, 2)
    assert Involvement.objects.get().title == "Danke sagen"
    with pytest.raises(NotNow):
        refuse_late(actor=SYSTEM, order=late)


def test_a_late_order_can_be_refused_with_a_word(
    campaign: Campaign, cards: Material, mira: Contact
) -> None:
    close_orders(campaign)
    late = order(mira, (cards, 2))
    refuse_late(actor=SYSTEM, order=late, answer="Im Herbst gibt es neue.")
    assert Order.objects.get().state == OrderState.REFUSED
    assert "Im Herbst gibt es neue." in mails(mira)[-1]


def test_a_campaign_may_simply_take_late_orders(campaign: Campaign, mira: Contact) -> None:
    campaign.allows_late = True
    campaign.save(update_fields=["allows_late"])
    close_orders(campaign)
    cards = make_material(campaign)
    assert order(mira, (cards, 2)).state == OrderState.PLACED


@pytest.mark.parametrize(
    "values", [{"state": CampaignState.ENDED}, {"order_until": None}, {"state": "prepared"}]
)
def test_nothing_is_ordered_where_nothing_can_be(
    inside_a: Network, values: dict[str, object], mira: Contact
) -> None:
    cards = make_material(ordering_campaign(**values))
    with pytest.raises(NotNow):
        order(mira, (cards, 1))
    assert not Order.objects.exists()


def test_partners_change_until_the_deadline_and_the_desk_afterwards(
    cast: Cast, campaign: Campaign, cards: Material, mira: Contact
) -> None:
    one = order(mira, (cards, 1))
    close_orders(campaign)
    with pytest.raises(NotNow):
        cancel_order(actor=SYSTEM, order=one)
    with pytest.raises(NotNow):
        change_order(actor=SYSTEM, order=one, draft=draft_for(mira, (cards, 2)))
    ede = Person(cast.ede, Role.EDITOR)
    change_order(actor=ede, order=one, draft=draft_for(mira, (cards, 2)))
    assert line_of(one, cards).granted == 2


def test_what_is_handed_over_stays(cast: Cast, cards: Material, mira: Contact) -> None:
    one = order(mira, (cards, 3))
    line = line_of(one, cards)
    line.handed_over = 2
    line.save()
    with pytest.raises(ValidationError, match="schon ausgegeben"):
        change_order(actor=SYSTEM, order=one, draft=draft_for(mira, (cards, 1)))
    one.handed_over_at = timezone.now()
    one.save()
    with pytest.raises(NotNow):
        cancel_order(actor=Person(cast.ede, Role.EDITOR), order=one)


def test_the_public_form_and_nobody_else_without_a_right(cast: Cast, campaign: Campaign) -> None:
    cards = make_material(campaign)
    with pytest.raises(PermissionDenied):
        order(None, (cards, 1), actor=ANYONE, came=Came.PAGE)
    campaign.public_orders = True
    campaign.save(update_fields=["public_orders"])
    cards = Material.objects.select_related("campaign").get(pk=cards.pk)
    assert order(None, (cards, 1), actor=ANYONE, came=Came.PAGE).number == 1
    for actor in (ANYONE, Person(cast.birgit, Role.READER), Person(cast.frida, Role.PROVIDER)):
        with pytest.raises(PermissionDenied):
            order(None, (cards, 1), actor=actor, came=Came.TELEPHONE)


def test_what_somebody_typed_is_sealed_and_no_name_is_in_the_record(cards: Material) -> None:
    one = order(None, (cards, 1), came=Came.TELEPHONE, note="Bitte bei Anna klingeln")
    assert b"Anna" not in bytes(one.orderer) + bytes(one.note)
    again = Order.objects.get()
    assert (orderer_of(again), note_of(again)) == (ANNA, "Bitte bei Anna klingeln")
    assert not Entry.objects.filter(title__contains="Anna").exists()
    assert content_of(Message.objects.get()).text.startswith("Guten Tag Anna Ungebunden,")


@pytest.mark.parametrize(
    ("typed", "greeted"),
    [
        ("Zoë  d’Arcy-Groß", "Guten Tag Zoë d’Arcy-Groß,"),
        ("Dr. K. Eidam", "Guten Tag Dr. K. Eidam,"),
        ("Gewonnen auf boese.example", "Guten Tag,"),
        ("https://boese.example", "Guten Tag,"),
        ("[Hier](https://boese.example)", "Guten Tag,"),
        ("Sie haben gewonnen und rufen uns an", "Guten Tag,"),
        ("x" * 61, "Guten Tag,"),
    ],
)
def test_a_mail_repeats_what_can_be_a_name_and_nothing_else(
    campaign: Campaign, typed: str, greeted: str
) -> None:
    one = Order(campaign=campaign, number=1, came=Came.PAGE)
    seal_into(one, "orderer", Orderer(name=typed).as_text())
    assert greeting(one) == greeted


def test_the_people_of_the_campaign_are_named_before_the_network(
    inside_a: Network, campaign: Campaign
) -> None:
    inside_a.contact_name, inside_a.contact_phone = "Jana Wolfram", "03731 555000"
    assert ways_of(inside_a, campaign) == ["03731 555000"]
    PersonToAsk(campaign=campaign, name="Ohne Nummer", position=0).save()
    PersonToAsk(campaign=campaign, name="Dana Krüger", phone="03731 555020", position=1).save()
    assert ways_of(inside_a, campaign) == ["Dana Krüger", "03731 555020"]
    assert "Dana Krüger" in closing(inside_a, campaign)


def test_an_order_is_a_fact_about_the_partner_once(cards: Material, mira: Contact) -> None:
    one = order(mira, (cards, 1))
    change_order(actor=SYSTEM, order=one, draft=draft_for(mira, (cards, 2)))
    fact = Involvement.objects.get()
    assert (fact.organisation, fact.kind, fact.source_id) == (
        mira.organisation, "campaign", cards.campaign_id,
    )  # fmt: skip
    cancel_order(actor=SYSTEM, order=one)
    assert not Involvement.objects.exists()


def test_a_public_order_is_tied_to_its_partner_at_the_desk(
    cast: Cast, cards: Material, mira: Contact
) -> None:
    one = order(None, (cards, 1), came=Came.TELEPHONE)
    tie_order(
        actor=Person(cast.ede, Role.EDITOR), order=one, contact=mira, organisation=mira.organisation
    )
    again = Order.objects.get()
    assert (again.contact, orderer_of(again).name) == (mira, "")
    assert Involvement.objects.get().organisation == mira.organisation
    other = order(None, (cards, 1), came=Came.TELEPHONE)
    with pytest.raises(AlreadyOrdered):
        tie_order(actor=SYSTEM, order=other, contact=mira, organisation=mira.organisation)


def test_the_mail_says_what_until_when_and_where(
    campaign: Campaign, cards: Material, mira: Contact
) -> None:
    station = make_station(campaign, "Rathaus Freiberg", hours="montags 9–12 Uhr")
    order(mira, (cards, 2), station=station)
    text = mails(mira)[0]
    until = timezone.localtime(campaign.order_until)
    assert "2 Packungen Postkarten: für Sie reserviert" in text
    assert f"{spoken.clock(until.time())} Uhr können Sie sie ändern oder absagen" in text
    assert "Rathaus Freiberg, montags 9–12 Uhr" in text
    assert "/p/" in text


def test_an_order_that_says_the_same_writes_nothing(cards: Material, mira: Contact) -> None:
    one = order(mira, (cards, 2))
    before = Entry.objects.count()
    change_order(actor=SYSTEM, order=one, draft=draft_for(mira, (cards, 2)))
    assert (Entry.objects.count(), len(mails(mira))) == (before, 1)


def test_numbers_and_stock_belong_to_their_network(
    cards: Material, mira: Contact, network_b: Network
) -> None:
    order(mira, (cards, 3))
    assert timezone.now() + timedelta(days=1) > Order.objects.get().placed_at
    from knotenpunkt.foundation.networks import scope

    token = scope._scope.set(None)
    try:
        with in_network(network_b):
            assert not Order.objects.exists()
    finally:
        scope._scope.reset(token)
