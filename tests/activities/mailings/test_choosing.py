"""Who of an audience is written to, by which way, and why the others are not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knotenpunkt.activities.mailings.models import Consent, MailingSettings
from knotenpunkt.registers.partners.actions.people import save_person
from knotenpunkt.tools.mail.actions.suppressing import keep_from, unsubscribe
from knotenpunkt.tools.mail.models import MailKind
from tests.activities.mailings.audiences_kit import EVERYBODY, chosen, contact, house, told
from tests.factories import SYSTEM

pytestmark = pytest.mark.usefixtures("inside_a")


def consent(one: Any, is_given: bool, days_ago: int = 0) -> None:
    row = Consent.objects.create(contact=one, is_given=is_given)
    row.at = timezone.now() - timedelta(days=days_ago)
    row.save(update_fields=["at"])


def test_mail_first_then_a_letter_then_nothing() -> None:
    contact(house("A", postal=True), "Anna", "anna@example.org")
    contact(house("B", postal=True), "Bert")
    contact(house("C"), "Cora")
    assert told(chosen()) == {"Anna": "mail", "Bert": "letter", "Cora": "no_address"}


def test_a_facility_without_an_address_is_written_to_at_its_body() -> None:
    body = house("Träger", postal=True)
    contact(house("Kita", level="facility", body=body), "Kim")
    assert told(chosen())["Kim"] == "letter"


def test_reasons_say_which_way_was_closed() -> None:
    contact(house("A", postal=True), "Bert")
    contact(house("B"), "Anna", "anna@example.org")
    assert told(chosen(by_letter=False)) == {"Anna": "mail", "Bert": "no_mail"}
    assert told(chosen(by_mail=False)) == {"Anna": "no_post", "Bert": "letter"}


def test_returned_mail_becomes_a_letter_or_a_reason() -> None:
    contact(house("A", postal=True), "Anna", "Anna@Example.org")
    contact(house("B"), "Bert", "bert@example.org")
    for address in ("anna@example.org", "bert@example.org"):
        keep_from(address, reason="550")
    assert told(chosen(kind=MailKind.SERVICE)) == {"Anna": "letter", "Bert": "returned"}


def test_who_unsubscribed_still_gets_what_they_must_know() -> None:
    contact(house(postal=True), "Anna", "anna@example.org")
    unsubscribe("anna@example.org")
    assert told(chosen(kind=MailKind.INVITATION)) == {"Anna": "unsubscribed"}
    assert told(chosen(kind=MailKind.NEWSLETTER)) == {"Anna": "unsubscribed"}
    assert told(chosen(kind=MailKind.SERVICE)) == {"Anna": "mail"}


def test_a_newsletter_needs_a_yes_if_the_network_wants_it() -> None:
    anna = contact(house("A"), "Anna", "anna@example.org")
    contact(house("B"), "Bert", "bert@example.org")
    consent(anna, is_given=True)
    newsletter = {"kind": MailKind.NEWSLETTER}
    assert told(chosen(**newsletter)) == {"Anna": "mail", "Bert": "no_consent"}
    MailingSettings.objects.create(newsletter_needs_consent=False)
    assert told(chosen(**newsletter)) == {"Anna": "mail", "Bert": "mail"}


@pytest.mark.parametrize("kind", list(MailKind))
def test_an_objection_holds_always_and_the_latest_word_counts(kind: MailKind) -> None:
    MailingSettings.objects.create(newsletter_needs_consent=False)
    anna = contact(house("A", postal=True), "Anna", "anna@example.org")
    bert = contact(house("B"), "Bert", "bert@example.org")
    consent(anna, is_given=True, days_ago=5)
    consent(anna, is_given=False)
    consent(bert, is_given=False, days_ago=5)
    consent(bert, is_given=True)
    assert told(chosen(kind=kind)) == {"Anna": "objected", "Bert": "mail"}


def test_a_person_objects_in_all_their_roles() -> None:
    person = save_person(actor=SYSTEM, given_name="Ina", family_name="Lau")
    here = contact(house("A"), "Ina Lau", "a@example.org", person=person)
    contact(house("B"), "Ina L.", "b@example.org", person=person)
    consent(here, is_given=False)
    assert set(told(chosen()).values()) == {"objected"}


def test_one_of_each_house_is_the_responsible_one() -> None:
    a, b, c = house("A", postal=True), house("B", postal=True), house("C", postal=True)
    contact(a, "Asks", answers_inquiries=True, position=9)
    contact(a, "Mails", "mails@example.org")
    contact(b, "Letter", position=0)
    contact(b, "Mail", "mail@example.org", position=5)
    contact(c, "Second", "second@example.org", position=2)
    contact(c, "First", "first@example.org", position=1)
    assert told(chosen(one_each=True)) == {
        "Asks": "letter", "Mails": "same_house",
        "Mail": "mail", "Letter": "same_house",
        "First": "mail", "Second": "same_house",
    }  # fmt: skip


def test_somebody_else_steps_in_for_whoever_objected() -> None:
    here = house()
    asked = contact(here, "Asked", "asked@example.org", answers_inquiries=True)
    contact(here, "Other", "other@example.org")
    contact(here, "Without")
    consent(asked, is_given=False)
    assert told(chosen(one_each=True)) == {
        "Asked": "objected", "Other": "mail", "Without": "same_house",
    }  # fmt: skip


def test_nobody_of_a_house_stands_in_where_nobody_can_be_reached() -> None:
    contact(here := house(), "One")
    contact(here, "Two")
    assert told(chosen(one_each=True)) == {"One": "no_address", "Two": "no_address"}


def test_the_same_mailbox_gets_one_mail() -> None:
    contact(house("A"), "Office", "info@example.org")
    contact(house("B"), "Boss", "INFO@example.org", answers_inquiries=True)
    assert told(chosen()) == {"Office": "same_address", "Boss": "mail"}


def test_only_roles_held_today_in_houses_and_by_people_that_are_here() -> None:
    day = date(2026, 6, 1)
    contact(house("A"), "Former", "f@example.org", until=day - timedelta(days=1))
    contact(house("B"), "Coming", "c@example.org", since=day + timedelta(days=1))
    contact(house("C", left_on=day), "Left", "l@example.org")
    contact(house("D", left_on=day + timedelta(days=1)), "Here", "h@example.org", until=day)
    assert set(told(chosen(today=day))) == {"Here"}


def test_the_number_of_queries_depends_on_the_parts_alone() -> None:
    contact(house("A"), "Anna", "anna@example.org")
    keep_from("bert@example.org", reason="550")
    with CaptureQueriesContext(connection) as few:
        chosen(EVERYBODY)
    for number in range(30):
        contact(house(f"H{number}", postal=True), f"P{number}", f"p{number}@example.org")
    parts = [*EVERYBODY, {"how": "without", "words": {"q": "P1"}},
             {"how": "only", "words": {"art": "other"}}]  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        assert len(chosen(parts, one_each=True)) == 20
    more = len(parts) - len(EVERYBODY)
    assert len(many) - more == len(few) <= 12
