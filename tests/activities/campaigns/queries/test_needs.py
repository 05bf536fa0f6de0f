"""What a campaign needs next, and what a change of it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from knotenpunkt.activities.campaigns.actions.campaigns import draft_of, end_campaign
from knotenpunkt.activities.campaigns.models import Campaign
from knotenpunkt.activities.campaigns.queries.checks import findings
from knotenpunkt.activities.campaigns.queries.consequences import consequences
from knotenpunkt.activities.campaigns.queries.needs import needs_of
from knotenpunkt.activities.campaigns.rules.needs import Counts, Need, needs
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from tests.activities.campaigns.ordering import make_partner, order
from tests.activities.campaigns.preparing import opened, prepared, shown_join_in
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _inside(network_a: Network) -> Iterator[None]:
    with in_network(network_a), translation.override("de"):
        yield


def kinds(campaign: Campaign) -> set[Need]:
    return {one.need for one in needs_of(campaign, timezone.now())}


def test_a_campaign_says_what_it_needs_in_each_part_of_its_life() -> None:
    campaign = prepared()
    assert kinds(campaign) == {Need.PREPARE}
    campaign = opened("Offen")
    assert Need.INVITE in kinds(campaign)
    order(make_partner(), (campaign.materials.all()[0], 1))
    campaign.order_until = timezone.now() - DAY
    assert Need.SHARE in kinds(campaign)
    campaign.ends_on = timezone.localdate() - DAY
    assert Need.END in kinds(campaign)
    campaign.refresh_from_db()
    end_campaign(actor=SYSTEM, campaign=campaign)
    assert {Need.THANK, Need.LEARN} <= kinds(campaign)


def test_the_reminder_comes_due_a_week_before_orders_end_for_those_who_are_silent() -> None:
    campaign = opened()
    now = timezone.now()
    silent = Counts(is_invited=True, unanswered=7)
    campaign.order_until = now + 12 * DAY
    assert needs(campaign, silent, now) == []
    campaign.order_until = now + 7 * DAY
    [reminder] = needs(campaign, silent, now)
    assert (reminder.need, reminder.count) == (Need.REMIND, 7)
    assert needs(campaign, Counts(is_invited=True, is_reminded=True, unanswered=7), now) == []
    assert needs(campaign, Counts(is_invited=True, unanswered=0), now) == []


def test_a_changed_deadline_says_what_it_means_for_orders() -> None:
    campaign, now = opened(), timezone.now()
    order(make_partner(), (campaign.materials.all()[0], 1))
    later = replace(draft_of(campaign), order_until=now + 20 * DAY)
    told = " ".join(consequences(campaign, later, now))
    assert "1 Bestellung kann jetzt bis" in told
    assert "3 Textentwürfe nennen ab jetzt die neuen Angaben." in told
    earlier = replace(draft_of(campaign), order_until=now - DAY)
    assert "kann nicht mehr selbst geändert werden" in " ".join(
        consequences(campaign, earlier, now)
    )


def test_a_changed_period_and_address_say_what_they_mean() -> None:
    campaign, now = opened(), timezone.now()
    shown_join_in(campaign, make_partner(), "Sommerfest", days=80)
    shorter = replace(draft_of(campaign), ends_on=timezone.localdate() + 60 * DAY, slug="neu")
    told = " ".join(consequences(campaign, shorter, now))
    assert "1 Mitmachaktion liegt außerhalb des neuen Zeitraums." in told
    assert "Gedruckte QR-Codes bleiben gültig." in told


def test_what_nobody_has_seen_yet_changes_without_a_question() -> None:
    campaign = prepared()
    moved = replace(draft_of(campaign), slug="neu", ends_on=campaign.ends_on + DAY)
    assert consequences(campaign, moved, timezone.now()) == []
    assert consequences(opened("Offen"), draft_of(opened("Auch")), timezone.now()) != []


def test_checks_name_what_is_missing_and_what_is_doubtful() -> None:
    campaign = prepared()
    campaign.message = ""
    told = {one.text: one.weight for one in findings(campaign, timezone.localdate())}
    assert told["Es fehlt die Botschaft: ein Satz, den alle lesen."] == "missing"
    assert told["Es steht noch nicht fest, wem Sie schreiben."] == "doubtful"
    assert any(text.startswith("Es steht nicht fest, wie viel es gibt von") for text in told)
