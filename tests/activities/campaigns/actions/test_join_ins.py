"""Reporting, changing, approving and withdrawing join-ins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from knotenpunkt.activities.campaigns.actions.campaigns import end_campaign
from knotenpunkt.activities.campaigns.actions.deciding import (
    approve,
    ask_back,
    refuse,
    undo,
    withdraw,
)
from knotenpunkt.activities.campaigns.actions.join_ins import (
    Address,
    Closed,
    change_join_in,
    report_join_in,
)
from knotenpunkt.activities.campaigns.actions.looking_back import look_back, take_lookback
from knotenpunkt.activities.campaigns.models import CampaignFile, FileUse, JoinIn, JoinInState
from knotenpunkt.activities.campaigns.queries.join_ins import change_of, counts, shown
from knotenpunkt.activities.campaigns.rules.join_ins import is_over, is_within
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.partners.models import Involvement
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.mail.models import Message
from knotenpunkt.tools.mail.sealed import content_of
from tests.activities.campaigns.joining import (
    approved,
    at,
    draft,
    make_campaign,
    make_contact,
    picture,
    reported,
)
from tests.factories import SYSTEM

pytestmark = pytest.mark.usefixtures("inside_a")


@pytest.fixture(autouse=True)
def _a_mail_server(settings: Any) -> None:
    settings.EMAIL_HOST = "localhost"


def test_the_same_form_twice_is_one_join_in() -> None:
    campaign, contact = make_campaign(), make_contact()
    once = reported(campaign, contact=contact, key="form")
    again = report_join_in(
        actor=SYSTEM, campaign=campaign, draft=draft(), key="form", contact=contact
    )

    assert again.pk == once.pk
    assert once.organisation == contact.organisation
    assert JoinIn.objects.count() == 1


def test_what_is_reported_waits_and_is_not_shown() -> None:
    campaign = make_campaign()
    waits = reported(campaign)

    assert waits.state == JoinInState.REPORTED
    assert shown(campaign) == []
    assert counts(campaign).waiting == 1


def test_approving_shows_it_tells_the_partner_and_writes_the_fact_once() -> None:
    campaign, contact = make_campaign(), make_contact()
    first = approved(campaign, "Kinderfest", contact=contact)
    approved(campaign, "Lesenacht", contact=contact)

    assert shown(campaign)[0] == first
    fact = Involvement.objects.get()
    assert (fact.kind, fact.title, fact.source_id) == ("campaign", campaign.title, campaign.pk)
    assert fact.organisation == contact.organisation
    assert Message.objects.count() == 2
    assert content_of(Message.objects.all()[0]).why.endswith(
        "weil Sie uns eine Aktion gemeldet haben."
    )


def test_nothing_is_mailed_to_whoever_has_no_address() -> None:
    approved(make_campaign(), contact=make_contact(email=""))

    assert not Message.objects.exists()


def test_without_a_mail_server_nothing_is_queued(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    approved(make_campaign(), contact=make_contact())

    assert not Message.objects.exists()


def test_undoing_an_approval_takes_it_from_the_page_and_takes_the_fact_back() -> None:
    campaign, contact = make_campaign(), make_contact()
    one = approved(campaign, contact=contact)
    undo(actor=SYSTEM, join_in=one)

    assert shown(campaign) == []
    assert not Involvement.objects.exists()


def test_the_fact_stays_while_another_join_in_is_shown() -> None:
    campaign, contact = make_campaign(), make_contact()
    approved(campaign, "Kinderfest", contact=contact)
    withdraw(actor=SYSTEM, join_in=approved(campaign, "Lesenacht", contact=contact))

    assert Involvement.objects.count() == 1


def test_refusing_needs_a_sentence() -> None:
    waits = reported(make_campaign(), contact=make_contact())
    with pytest.raises(ValidationError):
        refuse(actor=SYSTEM, join_in=waits, answer="  ")
    refuse(actor=SYSTEM, join_in=waits, answer="Das ist Werbung.")

    waits.refresh_from_db()
    assert (waits.state, waits.answer) == (JoinInState.REFUSED, "Das ist Werbung.")
    assert Message.objects.count() == 1


def test_a_question_leaves_it_waiting() -> None:
    waits = reported(make_campaign(), contact=make_contact())
    ask_back(actor=SYSTEM, join_in=waits, question="Um wie viel Uhr?")

    waits.refresh_from_db()
    assert (waits.state, waits.answer) == (JoinInState.REPORTED, "Um wie viel Uhr?")


def test_a_partners_change_waits_beside_what_is_shown() -> None:
    campaign = make_campaign()
    one = approved(campaign)
    wanted = draft("Kinderfest mit Lamas", starts_at=at(11, 15), ends_at=None)
    waits = change_join_in(actor=SYSTEM, join_in=one, draft=wanted, key="k", by_partner=True)

    assert waits.replaces == one
    assert [found.title for found in shown(campaign)] == ["Kinderfest"]

    approve(actor=SYSTEM, join_in=waits)
    found = shown(campaign)
    assert [(found[0].pk, found[0].title, found[0].ends_at)] == [
        (one.pk, "Kinderfest mit Lamas", None)
    ]
    assert JoinIn.objects.count() == 1


def test_a_change_that_says_the_same_asks_nobody() -> None:
    one = approved(make_campaign())
    same = change_join_in(actor=SYSTEM, join_in=one, draft=draft(), key="k", by_partner=True)

    assert same == one
    assert JoinIn.objects.count() == 1


def test_changing_back_drops_the_waiting_change() -> None:
    one = approved(make_campaign())
    change_join_in(actor=SYSTEM, join_in=one, draft=draft("Anders"), key="k", by_partner=True)
    change_join_in(actor=SYSTEM, join_in=one, draft=draft(), key="k2", by_partner=True)

    assert change_of(one) is None


def test_a_refused_change_leaves_what_was_shown() -> None:
    campaign = make_campaign()
    one = approved(campaign, picture=picture(), picture_alt="Ein Tor", has_rights=True)
    wanted = draft("Anders", picture=picture("red"), picture_alt="Rot", has_rights=True)
    waits = change_join_in(actor=SYSTEM, join_in=one, draft=wanted, key="k", by_partner=True)
    assert StoredFile.objects.count() == 4
    refuse(actor=SYSTEM, join_in=waits, answer="Bitte lassen.")

    assert [found.title for found in shown(campaign)] == ["Kinderfest"]
    assert StoredFile.objects.count() == 2


def test_a_change_taken_back_keeps_the_rest() -> None:
    campaign = make_campaign()
    one = approved(campaign)
    waits = change_join_in(
        actor=SYSTEM, join_in=one, draft=draft("Anders"), key="k", by_partner=True
    )
    withdraw(actor=SYSTEM, join_in=waits)

    assert [found.title for found in shown(campaign)] == ["Kinderfest"]


def test_a_picture_that_is_replaced_goes_with_its_files() -> None:
    waits = reported(make_campaign(), picture=picture(), picture_alt="Ein Tor", has_rights=True)
    change_join_in(
        actor=SYSTEM,
        join_in=waits,
        draft=draft(picture=picture("red"), picture_alt="Rot", has_rights=True),
    )
    assert StoredFile.objects.count() == 2
    change_join_in(actor=SYSTEM, join_in=waits, draft=draft(drops_picture=True))

    assert StoredFile.objects.count() == 0
    waits.refresh_from_db()
    assert (waits.picture_alt, waits.has_rights) == ("", False)


def test_one_more_date_takes_the_picture_along_as_files_of_its_own() -> None:
    campaign = make_campaign()
    first = reported(campaign, picture=picture(), picture_alt="Ein Tor", has_rights=True)
    second = report_join_in(
        actor=SYSTEM,
        campaign=campaign,
        draft=replace(draft(starts_at=at(17, 14), ends_at=None), picture_alt="Ein Tor"),
        key="second",
        like=first,
    )

    assert second.picture_id
    assert second.picture_id != first.picture_id


def test_the_same_house_is_written_down_once() -> None:
    campaign = make_campaign()
    reported(campaign, "Eins")
    reported(campaign, "Zwei")

    assert Place.objects.count() == 1


def test_partners_are_held_to_the_period_and_the_deadline() -> None:
    campaign, contact = make_campaign(), make_contact()
    late = draft(starts_at=at(95, 14), ends_at=None)
    with pytest.raises(ValidationError, match="day"):
        report_join_in(
            actor=SYSTEM, campaign=campaign, draft=late, key="k", contact=contact, by_partner=True
        )
    end_campaign(actor=SYSTEM, campaign=campaign)
    campaign.refresh_from_db()
    with pytest.raises(Closed):
        report_join_in(actor=SYSTEM, campaign=campaign, draft=draft(), key="k", by_partner=True)

    by_desk = report_join_in(actor=SYSTEM, campaign=campaign, draft=late, key="desk")
    assert by_desk.state == JoinInState.REPORTED


def test_nothing_ends_before_it_begins() -> None:
    with pytest.raises(ValidationError):
        reported(make_campaign(), starts_at=at(10, 14), ends_at=at(10, 13))


def test_the_period_is_told_by_the_clock_on_the_wall() -> None:
    campaign = make_campaign()
    berlin = ZoneInfo("Europe/Berlin")
    last = datetime.combine(campaign.ends_on, datetime.min.time(), berlin)

    assert is_within(campaign, last + timedelta(hours=23, minutes=59))
    assert not is_within(campaign, last + timedelta(hours=24, minutes=1))
    first = datetime.combine(campaign.starts_on, datetime.min.time(), berlin)
    assert is_within(campaign, first)
    assert not is_within(campaign, first - timedelta(minutes=1))


def test_without_an_end_it_lasts_until_its_day_is_over() -> None:
    one = reported(make_campaign(), starts_at=at(0, 0, 1), ends_at=None)

    assert not is_over(one, timezone.now())
    assert is_over(one, at(1, 0, 1))


def test_looking_back_tells_visitors_and_a_picture_for_the_report() -> None:
    campaign = make_campaign()
    one = approved(campaign)
    look_back(actor=SYSTEM, join_in=one, visitors=120, picture=picture(), alt="Viele Kinder")
    taken = take_lookback(actor=SYSTEM, join_in=one)

    assert counts(campaign).visitors == 120
    assert taken is not None
    kept = CampaignFile.objects.get()
    assert (kept.use, kept.alt, kept.file_id == one.lookback_id) == (
        FileUse.LOOKBACK, "Viele Kinder", False,
    )  # fmt: skip


def test_an_address_that_is_only_a_town_is_enough() -> None:
    one = reported(make_campaign(), place=Address(town="Freiberg"))

    assert one.place is not None
    assert one.place.has_coordinates


def test_two_who_decide_at_the_same_moment_write_once() -> None:
    one = reported(make_campaign(), contact=make_contact())
    other = JoinIn.objects.get(pk=one.pk)
    approve(actor=SYSTEM, join_in=one)
    approve(actor=SYSTEM, join_in=other)
    assert other.state == JoinInState.APPROVED
    assert Message.objects.count() == 1
