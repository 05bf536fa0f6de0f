"""Saving, opening, taking back, ending and copying campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation

from knotenpunkt.activities.campaigns.actions.campaigns import (
    CampaignDraft,
    draft_of,
    end_campaign,
    highlight_offers,
    open_campaign,
    reopen_campaign,
    save_campaign,
    take_back,
)
from knotenpunkt.activities.campaigns.actions.changing import change_campaign
from knotenpunkt.activities.campaigns.actions.copying import copy_campaign, templates
from knotenpunkt.activities.campaigns.actions.hosts import set_hosts, set_people_to_ask
from knotenpunkt.activities.campaigns.actions.page import add_file, keep_lesson, remove_file
from knotenpunkt.activities.campaigns.actions.throwing_away import delete_campaign
from knotenpunkt.activities.campaigns.models import Campaign, CampaignState, FileUse, OrderState
from knotenpunkt.activities.campaigns.queries.campaigns import (
    campaigns_open_for,
    public_campaign,
)
from knotenpunkt.activities.mailings.models import Circular, Stage
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.models import Highlight
from knotenpunkt.tools.capacity.models import Pool
from knotenpunkt.tools.files.models import StoredFile
from tests.activities.campaigns.joining import picture_file
from tests.activities.campaigns.ordering import make_partner, order
from tests.activities.campaigns.preparing import opened, prepared, shown_join_in
from tests.factories import SYSTEM, make_offer

pytestmark = pytest.mark.django_db
PERIOD = {"starts_on": date(2030, 6, 1), "ends_on": date(2030, 9, 20)}


@pytest.fixture(autouse=True)
def _inside(network_a: Network) -> Iterator[None]:
    with in_network(network_a), translation.override("de"):
        yield


def save(title: str = "Danke", **values: object) -> Campaign:
    draft = CampaignDraft(**{"title": title, **PERIOD, **values})  # type: ignore[arg-type]
    return save_campaign(actor=SYSTEM, draft=draft)


def test_two_campaigns_of_a_name_have_two_addresses() -> None:
    assert [save("Danke für alle").slug, save("Danke für alle").slug] == [
        "danke-fuer-alle",
        "danke-fuer-alle-2",
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_on": date(9999, 12, 31)}, "ends_on"),
        ({"ends_on": date(2032, 7, 1)}, "ends_on"),
        ({"writes_on": date(1900, 6, 1)}, "writes_on"),
        ({"writes_on": date(9999, 12, 31)}, "writes_on"),
        ({"gives_until": date(9999, 12, 31)}, "gives_until"),
        ({"order_until": datetime(9999, 12, 31, 12, tzinfo=UTC)}, "order_until"),
        ({"join_in_until": datetime(9999, 12, 31, 12, tzinfo=UTC)}, "join_in_until"),
        ({"ends_on": date(2030, 5, 1)}, "ends_on"),
        ({"gives_from": date(2030, 5, 3), "gives_until": date(2030, 5, 2)}, "gives_until"),
        ({"slug": "vergeben"}, "slug"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(values: dict[str, object], field: str) -> None:
    save("Vergeben")
    with pytest.raises(ValidationError) as refused:
        save("Danke", **values)
    assert set(refused.value.message_dict) == {field}


def test_a_printed_address_keeps_leading_to_the_campaign_and_to_no_other() -> None:
    campaign = opened("Danke")
    change_campaign(actor=SYSTEM, campaign=campaign, draft=replace(draft_of(campaign), slug="neu"))
    assert public_campaign("danke").pk == public_campaign("neu").pk == campaign.pk
    assert save("Danke").slug == "danke-2"
    change_campaign(
        actor=SYSTEM, campaign=campaign, draft=replace(draft_of(campaign), slug="danke")
    )
    assert public_campaign("neu").slug == "danke"
    assert list(campaign.former_slugs.values_list("slug", flat=True)) == ["neu"]


def test_nobody_outside_finds_a_campaign_in_preparation() -> None:
    campaign = prepared()
    with pytest.raises(Campaign.DoesNotExist):
        public_campaign(campaign.slug)
    open_campaign(actor=SYSTEM, campaign=campaign)
    assert public_campaign(campaign.slug) == campaign
    take_back(actor=SYSTEM, campaign=campaign)
    with pytest.raises(Campaign.DoesNotExist):
        public_campaign(campaign.slug)


def test_a_campaign_without_a_message_or_in_the_past_is_not_opened() -> None:
    with pytest.raises(ValidationError, match="Botschaft"):
        open_campaign(actor=SYSTEM, campaign=save())
    past = save(starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1), message="Danke")
    with pytest.raises(ValidationError, match="vorbei"):
        open_campaign(actor=SYSTEM, campaign=past)
    assert past.state == CampaignState.PREPARED


def test_offers_stand_out_while_it_is_public_and_move_with_its_period() -> None:
    campaign, offer = prepared(), make_offer("Krabbelgruppe")
    highlight_offers(actor=SYSTEM, campaign=campaign, offer_ids=[offer.pk])
    assert not Highlight.objects.exists()
    open_campaign(actor=SYSTEM, campaign=campaign)
    assert Highlight.objects.get().link == f"aktionen/{campaign.slug}/"
    later = campaign.ends_on + timedelta(days=9)
    change_campaign(
        actor=SYSTEM, campaign=campaign, draft=replace(draft_of(campaign), ends_on=later)
    )
    assert Highlight.objects.get().ends_on == later
    end_campaign(actor=SYSTEM, campaign=campaign)
    assert not Highlight.objects.exists()
    reopen_campaign(actor=SYSTEM, campaign=campaign)
    assert Highlight.objects.get().offer == offer


def test_a_later_deadline_lets_late_orders_count_and_drafts_say_it() -> None:
    campaign = opened()
    contact = make_partner()
    campaign.order_until = timezone.now() - timedelta(days=1)
    campaign.save(update_fields=["order_until"])
    late = order(contact, (campaign.materials.all()[0], 1))
    assert late.state == OrderState.LATE
    until = timezone.now() + timedelta(days=3)
    change_campaign(
        actor=SYSTEM, campaign=campaign, draft=replace(draft_of(campaign), order_until=until)
    )
    late.refresh_from_db()
    assert late.state == OrderState.PLACED
    said = {one.shared_values["bestellschluss"] for one in Circular.objects.all()}
    assert len(said) == 1
    assert str(timezone.localdate(until).year) in said.pop()


def test_a_new_name_is_that_of_its_drafts_and_of_no_letter_that_was_sent() -> None:
    campaign = prepared("Danke 2026")
    texts = Circular.objects.filter(about=campaign.pk)
    texts.filter(occasion="reminder").update(title="Ein eigener Name")
    sent = texts.get(occasion="invitation")
    sent.stage = Stage.SENT
    sent.save()
    change_campaign(
        actor=SYSTEM, campaign=campaign, draft=replace(draft_of(campaign), title="Merci 2027")
    )
    assert {one.occasion: one.title for one in texts} == {
        "invitation": "Danke 2026: Einladung",
        "reminder": "Ein eigener Name",
        "thanks": "Merci 2027: Dank",
    }
    copy = copy_campaign(actor=SYSTEM, campaign=campaign)
    copied = {one.occasion: one.title for one in Circular.objects.filter(about=copy.pk)}
    assert copied["invitation"] == f"{copy.title}: Einladung"
    assert copied["thanks"] == f"{copy.title}: Dank"


def test_letters_of_the_templates_end_with_a_greeting() -> None:
    for one in templates():
        for told in one.texts.values():
            assert told["text"].endswith("\n\nMit freundlichen Grüßen\n{netzwerk}")


@pytest.mark.parametrize("role", [Role.READER, Role.PROVIDER])
def test_who_only_reads_changes_nothing(role: Role) -> None:
    actor, campaign = Person(User(name="Birgit"), role), prepared()
    with pytest.raises(PermissionDenied):
        save_campaign(actor=actor, draft=CampaignDraft(title="X", **PERIOD))
    for deed in (open_campaign, end_campaign, copy_campaign, delete_campaign):
        with pytest.raises(PermissionDenied):
            deed(actor=actor, campaign=campaign)


def test_each_template_makes_a_campaign_whose_texts_can_be_filled() -> None:
    for one in templates():
        campaign = prepared(one.title)
        texts = Circular.objects.filter(about=campaign.pk)
        assert {text.occasion for text in texts} == {"invitation", "reminder", "thanks"}
        reminder = texts.get(occasion="reminder")
        assert reminder.follows == texts.get(occasion="invitation")


def test_the_next_one_has_everything_but_what_came_in() -> None:
    campaign, contact = opened("Danke 2026"), make_partner()
    set_hosts(actor=SYSTEM, campaign=campaign, by_network=True,
              organisations=[contact.organisation])  # fmt: skip
    set_people_to_ask(actor=SYSTEM, campaign=campaign, contacts=[(contact, "Bestellungen")])
    add_file(actor=SYSTEM, campaign=campaign, use=FileUse.LEAD, name="b.jpg", title="Bild",
             content=picture_file().read(), alt="Ein Fest")  # fmt: skip
    order(contact, (campaign.materials.all()[0], 1))
    shown_join_in(campaign, contact, "Fest")
    keep_lesson(actor=SYSTEM, campaign=campaign, text="Früher schreiben", keep=False)
    copy = copy_campaign(actor=SYSTEM, campaign=campaign)
    assert (copy.title, copy.state, copy.made_from) == ("Danke 2027", "prepared", campaign)
    assert copy.starts_on.year == campaign.starts_on.year + 1
    assert copy.order_until is not None
    assert timezone.localtime(copy.order_until).time() == (
        timezone.localtime(campaign.order_until).time()
    )
    assert [one.name for one in copy.materials.all()] == [
        one.name for one in campaign.materials.all()
    ]
    assert all(Pool.objects.filter(about=one.pk).exists() for one in copy.materials.all())
    assert copy.hosts.get().organisation == contact.organisation
    assert copy.contact_links.get().topic == "Bestellungen"
    assert {one.title.partition(": ")[0] for one in Circular.objects.filter(about=copy.pk)} == {
        "Danke 2027"
    }
    assert Circular.objects.filter(about=copy.pk).count() == 3
    assert not copy.orders.exists()
    assert not copy.join_ins.exists()
    assert not copy.lessons.exists()


def test_a_picture_that_two_years_show_is_kept_until_neither_does() -> None:
    campaign = prepared()
    file = add_file(actor=SYSTEM, campaign=campaign, use=FileUse.PRESS, name="b.jpg", title="Bild",
                    content=picture_file().read(), alt="Ein Fest")  # fmt: skip
    copy = copy_campaign(actor=SYSTEM, campaign=campaign)
    remove_file(actor=SYSTEM, file=file)
    assert StoredFile.objects.count() == 2
    remove_file(actor=SYSTEM, file=copy.files.get())
    assert not StoredFile.objects.exists()


def test_a_picture_for_the_press_says_nothing_of_where_it_was_taken() -> None:
    content = picture_file().read()
    assert b"taken at home" in content
    file = add_file(actor=SYSTEM, campaign=prepared(), use=FileUse.PRESS, name="b.jpg",
                    content=content, title="Bild", alt="Ein Fest")  # fmt: skip
    assert b"taken at home" not in bytes(file.file.content)


def test_a_picture_needs_words_for_those_who_do_not_see_it() -> None:
    with pytest.raises(ValidationError) as refused:
        add_file(actor=SYSTEM, campaign=prepared(), use=FileUse.LEAD, name="b.jpg", title="Bild",
                 content=picture_file().read())  # fmt: skip
    assert set(refused.value.message_dict) == {"alt"}


def test_what_was_public_is_ended_and_never_deleted() -> None:
    campaign = opened()
    take_back(actor=SYSTEM, campaign=campaign)
    with pytest.raises(ValidationError):
        delete_campaign(actor=SYSTEM, campaign=campaign)
    fresh = prepared("Nie geöffnet")
    add_file(actor=SYSTEM, campaign=fresh, use=FileUse.LEAD, name="b.jpg", title="Bild",
             content=picture_file().read(), alt="Ein Fest")  # fmt: skip
    before = Pool.objects.count()
    delete_campaign(actor=SYSTEM, campaign=fresh)
    assert not Campaign.objects.filter(title="Nie geöffnet").exists()
    assert not Circular.objects.filter(title__startswith="Nie geöffnet").exists()
    assert not StoredFile.objects.exists()
    assert Pool.objects.count() == before - 3


def test_only_who_is_there_has_something_to_do_in_an_open_campaign() -> None:
    contact, campaign = make_partner(), prepared()
    assert campaigns_open_for(contact) == []
    open_campaign(actor=SYSTEM, campaign=campaign)
    assert campaigns_open_for(contact) == [campaign]
    contact.until = timezone.localdate() - timedelta(days=1)
    assert campaigns_open_for(contact) == []
