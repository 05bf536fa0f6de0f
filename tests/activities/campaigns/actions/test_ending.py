"""Thanks that say what each did, figures that outlive orders, and orders that are forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from knotenpunkt.activities.campaigns.actions.campaigns import (
    draft_of,
    end_campaign,
    reopen_campaign,
)
from knotenpunkt.activities.campaigns.actions.changing import change_campaign
from knotenpunkt.activities.campaigns.actions.copying import copy_campaign
from knotenpunkt.activities.campaigns.actions.ending import forget_due, prepare_thanks
from knotenpunkt.activities.campaigns.desk.ending.report import report
from knotenpunkt.activities.campaigns.models import Campaign, Line, Order
from knotenpunkt.activities.campaigns.queries.overview import figures
from knotenpunkt.activities.mailings.actions.audiences import save_audience
from knotenpunkt.activities.mailings.models import Circular
from knotenpunkt.activities.mailings.queries.audiences import choose
from knotenpunkt.activities.mailings.rules.circulars import what_is_missing
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.partners.models import Contact
from tests.activities.campaigns.ordering import make_partner, order
from tests.activities.campaigns.preparing import opened, shown_join_in
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _inside(network_a: Network) -> Iterator[None]:
    with in_network(network_a), translation.override("de"):
        yield


@pytest.fixture
def campaign() -> Campaign:
    """One house ordered and held a festival, another ordered, a third did nothing."""
    one = opened()
    busy, other = make_partner(), make_partner("Ada Still", "Hort am Bach")
    make_partner("Vera Fern", "Praxis Fern")
    cards, posters = one.materials.all()[:2]
    busy.organisation.is_public = True
    busy.organisation.save(update_fields=["is_public"])
    order(busy, (cards, 3), (posters, 1))
    order(other, (cards, 2))
    festival = shown_join_in(one, busy, "Sommerfest", days=-2)
    festival.visitors = 120
    festival.save(update_fields=["visitors"])
    return one


def told_to(circular: Circular, name: str) -> str:
    """What one recipient reads of their own deeds."""
    assert circular.audience is not None
    chosen = choose(circular.audience.parts, one_each=True, kind=circular.kind)
    found = next(one.contact for one in chosen if one.contact.name == name)
    return str(circular.own_values[str(found.pk)]["mitgemacht"])


def test_thanks_say_what_each_did_and_go_to_nobody_else(campaign: Campaign) -> None:
    circular = prepare_thanks(actor=SYSTEM, campaign=campaign)
    assert len(circular.own_values) == 2
    assert told_to(circular, "Ada Still") == "Sie haben 2 Packungen Material bestellt."
    told = told_to(circular, "Mira Beispiel")
    assert told.startswith("Sie haben 4 Packungen Material bestellt und „Sommerfest“ am ")
    assert told.endswith(" mit 120 Gästen ausgerichtet.")
    assert circular.shared_values["ergebnis"] == "1 Aktion, 2 Bestellungen, 120 Gäste."


def test_what_is_still_to_come_counts_neither_in_thanks_nor_report(
    campaign: Campaign, network_a: Network
) -> None:
    """Nor does who plans something count among those who took part."""
    busy, later = (Contact.objects.get(name="Mira Beispiel"), make_partner("Ida Später", "Hort 3"))
    later.organisation.is_public = True
    later.organisation.save(update_fields=["is_public"])
    shown_join_in(campaign, busy, "Winterfest")
    shown_join_in(campaign, later, "Lampionumzug")

    circular = prepare_thanks(actor=SYSTEM, campaign=campaign)
    assert "Winterfest" not in told_to(circular, "Mira Beispiel")
    assert told_to(circular, "Ida Später") == "Sie machen mit."
    assert circular.shared_values["ergebnis"] == "1 Aktion, 2 Bestellungen, 120 Gäste."
    told = report(campaign, network_a)
    assert [one.title for one in told.join_ins] == ["Sommerfest"]
    assert {one.title for one in told.coming} == {"Winterfest", "Lampionumzug"}
    assert ("1", "Aktion oder Fest") in {(one.value, one.words) for one in told.figures}
    assert ("2", "Einrichtungen machten mit") in {(one.value, one.words) for one in told.figures}
    assert "Hort 3" not in str(told.partners)


def test_nobody_is_thanked_before_it_is_known_who_took_part(campaign: Campaign) -> None:
    """Not even when the audience of the campaign is chosen after its texts were drafted."""
    everybody = save_audience(actor=SYSTEM, name="Alle", parts=[{"how": "add", "words": {}}])
    draft = replace(draft_of(campaign), audience=everybody)
    change_campaign(actor=SYSTEM, campaign=campaign, draft=draft)
    of = {one.occasion: one for one in Circular.objects.filter(about=campaign.pk)}
    assert of["invitation"].audience == everybody
    assert of["thanks"].audience is None
    assert "Dank vorbereiten" in what_is_missing(of["thanks"])[0]
    copy = copy_campaign(actor=SYSTEM, campaign=campaign)
    assert Circular.objects.get(about=copy.pk, occasion="thanks").audience is None
    prepared = prepare_thanks(actor=SYSTEM, campaign=campaign)
    assert prepared.audience not in (None, everybody)


def test_thanks_are_drafted_once_and_follow_what_came_later(campaign: Campaign) -> None:
    first = prepare_thanks(actor=SYSTEM, campaign=campaign)
    late = make_partner("Lena Spät", "Kita Spät")
    order(late, (campaign.materials.all()[0], 1))
    again = prepare_thanks(actor=SYSTEM, campaign=campaign)
    assert again.pk == first.pk
    assert told_to(again, "Lena Spät") == "Sie haben 1 Packung Material bestellt."


def test_what_is_personal_is_deleted_on_its_day_and_the_figures_stay(campaign: Campaign) -> None:
    end_campaign(actor=SYSTEM, campaign=campaign)
    before = figures(campaign)
    day = timezone.now() + timedelta(days=campaign.forget_days)
    assert forget_due(actor=SYSTEM, now=day - timedelta(hours=1)) == []
    [proof] = forget_due(actor=SYSTEM, now=day + timedelta(hours=1))
    assert proof.count == 2
    assert not Order.objects.exists()
    assert not Line.objects.exists()
    campaign.refresh_from_db()
    after = figures(campaign)
    assert (after.orders, after.packs_wanted, after.houses) == (2, 6, 2)
    assert after == before
    assert Entry.objects.filter(deed="campaigns.forget").count() == 1
    assert forget_due(actor=SYSTEM, now=day + timedelta(days=1)) == []


def test_what_nobody_ended_is_forgotten_after_its_last_day(campaign: Campaign) -> None:
    noon = timezone.make_aware(datetime.combine(campaign.ends_on, time(12)))
    day = noon + timedelta(days=campaign.forget_days)
    assert forget_due(actor=SYSTEM, now=day) == []
    [proof] = forget_due(actor=SYSTEM, now=day + timedelta(days=1))
    assert proof.count == 2
    assert not Order.objects.exists()
    campaign.refresh_from_db()
    assert campaign.state == "ended" and campaign.forgotten_at is not None


def test_what_is_forgotten_cannot_go_on(campaign: Campaign) -> None:
    end_campaign(actor=SYSTEM, campaign=campaign)
    reopen_campaign(actor=SYSTEM, campaign=campaign)
    assert campaign.ended_at is None
    end_campaign(actor=SYSTEM, campaign=campaign)
    forget_due(actor=SYSTEM, now=timezone.now() + timedelta(days=400))
    campaign.refresh_from_db()
    with pytest.raises(ValidationError):
        reopen_campaign(actor=SYSTEM, campaign=campaign)


def test_the_report_names_houses_but_nobody_who_ordered(
    campaign: Campaign, network_a: Network
) -> None:
    told = report(campaign, network_a)
    assert ("2", "Bestellungen") in {(one.value, one.words) for one in told.figures}
    assert [one.title for one in told.join_ins] == ["Sommerfest"]
    assert "Kita Wiesenpfad" in str(told.partners)
    assert "Hort am Bach" not in str(told)
    assert "Mira Beispiel" not in str(told)


def test_the_report_counts_packs_as_the_desk_does(campaign: Campaign, network_a: Network) -> None:
    Line.objects.filter(wanted__gt=1).update(granted=2, handed_over=1)
    told = {one.words: (one.value, one.note) for one in report(campaign, network_a).figures}
    assert told["Bestellungen"] == ("2", "6 Packungen bestellt")
    assert told["Packungen ausgegeben"] == ("2", "von 4")
