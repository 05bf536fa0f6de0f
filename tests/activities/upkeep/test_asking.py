"""One mail for everything of one person, two reminders, then the telephone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_save
from django.utils import timezone

from knotenpunkt.activities.upkeep.actions.asking import (
    NoMail,
    ask,
    ask_due,
    due_organisations,
    plan,
    remind,
    take_returned,
    tidy,
)
from knotenpunkt.activities.upkeep.actions.confirming import confirm_all
from knotenpunkt.activities.upkeep.actions.settling import keep_standings, save_rhythm
from knotenpunkt.activities.upkeep.models import Inquiry, Reason, Stage, Standing, Tally, Way
from knotenpunkt.activities.upkeep.queries.contacts import responsible_contact
from knotenpunkt.activities.upkeep.queries.states import rhythm, stands
from knotenpunkt.activities.upkeep.rules import State, months_later
from knotenpunkt.foundation.accounts.actors import ANYONE
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.actions import end_role, save_organisation
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.tools.mail.models import Message
from knotenpunkt.tools.mail.models import State as MailState
from tests.activities.upkeep.asking import mails, make_contact, make_facility, wait
from tests.factories import SYSTEM, make_offer, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _inside(inside_a: Network, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.org"


@pytest.fixture
def asks(network_a: Network) -> None:
    save_rhythm(actor=SYSTEM, network=network_a, is_on=True)


def everybody() -> list[Organisation]:
    return list(Organisation.objects.all())


def test_everything_of_one_person_comes_in_one_mail() -> None:
    body = make_organisation("Wegwarte e. V.")
    make_contact(body)
    house = make_facility(body, "Haus Wiesenpfad")
    other = make_facility(body, "Haus Auenblick")
    make_contact(other, email="andere@example.org", name="Ole Auen")
    told = ask(actor=SYSTEM, organisations=everybody())
    assert (told.mails, told.calls) == (2, 0)
    _to, subject, text = next(one for one in mails() if one[0] == "mira@example.org")
    assert "Wegwarte e. V." in text and house.name in text and other.name not in text
    assert "Stimmt das noch?" in subject and "/mitte/p/" in text


def test_asking_twice_sends_nothing_twice() -> None:
    make_contact(make_organisation())
    ask(actor=SYSTEM, organisations=everybody())
    assert ask(actor=SYSTEM, organisations=everybody()).mails == 0
    assert len(mails()) == 1 and Inquiry.objects.count() == 1


def test_who_answers_inquiries_is_asked_before_others() -> None:
    house = make_organisation()
    make_contact(house, email="erste@example.org", position=0)
    asked = make_contact(house, email="zweite@example.org", position=9, answers_inquiries=True)
    assert responsible_contact(house) == asked
    end_role(actor=SYSTEM, contact=asked, on=timezone.localdate() - timedelta(days=1))
    found = responsible_contact(house)
    assert found is not None and found.email == "erste@example.org"


def test_a_house_without_anybody_is_answered_for_by_its_body() -> None:
    body = make_organisation("Träger")
    contact = make_contact(body)
    assert responsible_contact(make_facility(body, "Haus")) == contact


def test_without_address_or_contact_somebody_calls_at_once() -> None:
    make_contact(make_organisation("Ohne Mail"), email="")
    make_organisation("Ohne alle")
    told = ask(actor=SYSTEM, organisations=everybody())
    assert (told.mails, told.calls) == (0, 2)
    reasons = set(Inquiry.objects.values_list("reason", flat=True))
    assert reasons == {Reason.NO_MAIL, Reason.NOBODY} and not mails()


def test_without_a_mail_server_nobody_is_asked(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    make_contact(make_organisation())
    with pytest.raises(NoMail):
        ask(actor=SYSTEM, organisations=everybody())
    assert not Inquiry.objects.exists()


def test_only_who_keeps_the_register_asks() -> None:
    with pytest.raises(PermissionDenied):
        ask(actor=ANYONE, organisations=[])


@pytest.mark.usefixtures("asks")
def test_silence_is_reminded_of_twice_and_then_called(monkeypatch: pytest.MonkeyPatch) -> None:
    make_contact(make_organisation())
    ask_due(actor=SYSTEM)
    seen = []
    for days in (9, 1, 1, 9, 1, 9, 1):
        wait(monkeypatch, days)
        remind(actor=SYSTEM)
        remind(actor=SYSTEM)  # the night may come twice
        seen.append((Inquiry.objects.get().stage, len(mails())))
    assert seen == [
        (Stage.ASKED, 1), (Stage.REMINDED, 2), (Stage.REMINDED, 2),
        (Stage.REMINDED_AGAIN, 3), (Stage.REMINDED_AGAIN, 3), (Stage.CALL, 3), (Stage.CALL, 3),
    ]  # fmt: skip
    assert Inquiry.objects.get().reason == Reason.SILENT


def test_a_mail_that_came_back_leads_to_the_telephone() -> None:
    contact = make_contact(make_organisation())
    ask(actor=SYSTEM, organisations=everybody())
    assert take_returned(actor=SYSTEM) == 0
    message = Message.objects.get(about=contact.pk)
    message.state = MailState.BOUNCED
    message.save()
    assert take_returned(actor=SYSTEM) == 1
    assert Inquiry.objects.get().reason == Reason.RETURNED


def test_who_left_is_no_longer_waited_for() -> None:
    contact = make_contact(make_organisation())
    ask(actor=SYSTEM, organisations=everybody())
    assert tidy(actor=SYSTEM) == 0
    end_role(actor=SYSTEM, contact=contact, on=timezone.localdate() - timedelta(days=1))
    assert tidy(actor=SYSTEM) == 1
    assert Inquiry.objects.get().stage == Stage.ENDED
    make_contact(contact.organisation, email="neu@example.org")
    assert ask(actor=SYSTEM, organisations=everybody()).mails == 1


def test_nothing_goes_out_before_the_network_is_switched_on() -> None:
    make_contact(make_organisation())
    assert not rhythm().is_on
    assert ask_due(actor=SYSTEM).mails == 0 and not mails()


@pytest.mark.usefixtures("asks")
def test_a_day_has_a_limit(network_a: Network) -> None:
    for place in range(5):
        make_contact(make_organisation(f"Haus {place}"), email=f"h{place}@example.org")
    save_rhythm(actor=SYSTEM, network=network_a, mails_a_day=3)
    assert ask_due(actor=SYSTEM).mails == 3
    assert ask_due(actor=SYSTEM).mails == 0


@pytest.mark.usefixtures("asks")
def test_due_follows_the_oldest_entry_and_the_own_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    house = make_organisation()
    offer = make_offer("Krabbelgruppe", provider=house)
    confirm_all(actor=SYSTEM, organisations=[house], way=Way.DESK)
    assert stands()[house.pk].state is State.CONFIRMED
    assert not due_organisations()
    wait(monkeypatch, 200)
    assert not due_organisations()
    house.refresh_from_db()
    save_organisation(actor=SYSTEM, organisation=house, confirm_months=6)
    assert due_organisations() == [house]
    assert offer.pk


def test_confirming_closes_and_counts_once() -> None:
    house = make_organisation()
    make_contact(house)
    ask(actor=SYSTEM, organisations=[house])
    assert confirm_all(actor=SYSTEM, organisations=[house], way=Way.LINK)
    assert not confirm_all(actor=SYSTEM, organisations=[Organisation.objects.get()], way=Way.LINK)
    assert Inquiry.objects.get().stage == Stage.ANSWERED
    assert Tally.objects.get().count == 1


def test_a_preview_tells_what_asking_does() -> None:
    make_contact(make_organisation("Mit Mail"))
    make_organisation("Ohne")
    told = plan(everybody())
    assert (len(told.mails), len(told.calls), told.organisations) == (1, 1, 2)
    assert not Inquiry.objects.exists()


def test_a_month_is_written_once() -> None:
    make_organisation()
    keep_standings()
    keep_standings()
    row = Standing.objects.get()
    assert (row.confirmed, row.due, row.asked, row.silent) == (0, 1, 0, 0)


def test_months_end_where_they_end() -> None:
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(2026, 3, 15), -12) == date(2025, 3, 15)


def test_two_who_confirm_at_the_same_moment_both_count() -> None:
    house, other = make_organisation("Haus Wiesenpfad"), make_organisation("Haus Auenblick")
    confirm_all(actor=SYSTEM, organisations=[house], way=Way.LINK)

    def meanwhile(**_more: Any) -> None:
        pre_save.disconnect(meanwhile, sender=Tally)
        Tally.objects.update(count=2)

    pre_save.connect(meanwhile, sender=Tally)
    confirm_all(actor=SYSTEM, organisations=[other], way=Way.LINK)
    assert Tally.objects.get().count == 3
