"""Sending circulars: everybody once, by mail or letter, whatever is pressed how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from knotenpunkt.activities.mailings.actions import sending
from knotenpunkt.activities.mailings.actions.answers import note_answer
from knotenpunkt.activities.mailings.actions.audiences import save_audience
from knotenpunkt.activities.mailings.actions.circulars import CircularDraft, write_circular
from knotenpunkt.activities.mailings.actions.releasing import ask_release, give_back, release
from knotenpunkt.activities.mailings.models import (
    Circular,
    MailingSettings,
    Recipient,
    Stage,
    Way,
)
from knotenpunkt.activities.mailings.queries.circulars import sent_to, standings
from knotenpunkt.activities.mailings.queries.planning import plan_of
from knotenpunkt.activities.mailings.rules.circulars import is_released
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs.actions import NotNow
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.jobs.models import State as JobState
from knotenpunkt.tools.jobs.worker import run_waiting
from knotenpunkt.tools.links.queries import opened
from knotenpunkt.tools.mail.actions import deciding
from knotenpunkt.tools.mail.actions.suppressing import unsubscribe
from knotenpunkt.tools.mail.models import MailKind, Message, State
from tests.activities.mailings.people import TEXT, circular_for, everybody, somebody
from tests.conftest import Cast
from tests.factories import SYSTEM
from tests.tools.mail.server import PostOffice, post_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(settings: Settings) -> Iterator[PostOffice]:
    with post_office() as (office, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.DEFAULT_FROM_EMAIL = "post@netz.example.org"
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = ""
        settings.MAILS_A_MINUTE = 0
        settings.SITE_ADDRESS = "https://netz.example.org"
        yield office


@pytest.fixture
def four_eyes(inside_a: Network) -> None:
    MailingSettings(four_eyes=True).save()


def got(office: PostOffice) -> Counter[str]:
    return Counter(mail["X-To"] for mail in office.taken)


def test_each_gets_their_own_text_by_the_way_they_can_be_reached(
    network_a: Network, office: PostOffice
) -> None:
    with in_network(network_a):
        first, by_post = somebody(1), somebody(2, email=False)
        gone = somebody(3)
        unsubscribe(gone.email)
        circular = sending.start(actor=SYSTEM, circular=circular_for())
        assert circular.stage == Stage.SENDING
        ways = {row.contact: (row.way, row.left_out) for row in circular.recipients.all()}
        assert ways == {
            first: (Way.MAIL, ""), by_post: (Way.LETTER, ""), gone: (Way.NONE, "unsubscribed")
        }  # fmt: skip
    run_waiting()
    assert got(office) == {first.email: 1}
    body: Any = office.taken[0].get_body(("plain",))
    text = body.get_content()
    assert "Guten Tag Kontakt 1," in text and "Haus 0001" in text
    token = text.split("/p/")[1].split("/")[0]
    with in_network(network_a):
        found = opened(token)
        assert found is not None and found.holder == first.pk
        assert standings([circular])[circular.pk].mails == {State.SENT: 1}
        assert Circular.objects.get().stage == Stage.SENT
        told = {line.contact_id: (line.way, line.state) for line in sent_to([first.pk, gone.pk])}
        assert told == {first.pk: (Way.MAIL, State.SENT)}


def test_who_presses_twice_writes_once(network_a: Network, office: PostOffice) -> None:
    with in_network(network_a):
        for number in range(3):
            somebody(number)
        circular = circular_for()
        sending.start(actor=SYSTEM, circular=circular)
        for _again in range(2):
            with pytest.raises(NotNow):
                sending.start(actor=SYSTEM, circular=circular)
        with pytest.raises(NotNow):
            sending.schedule(
                actor=SYSTEM, circular=circular, at=timezone.now() + timedelta(hours=1)
            )
    run_waiting()
    assert set(got(office).values()) == {1} and len(got(office)) == 3


def test_nothing_is_queued_where_something_is_missing(
    network_a: Network, settings: Settings
) -> None:
    with in_network(network_a):
        everybody()
        with pytest.raises(ValidationError):  # nobody is there
            sending.start(actor=SYSTEM, circular=circular_for())
        somebody(1)
        for values in ({"text": ""}, {"subject": ""}, {"by_mail": False, "by_letter": False}):
            with pytest.raises(ValidationError):
                sending.start(actor=SYSTEM, circular=circular_for(**values))
        settings.EMAIL_HOST = ""
        with pytest.raises(ValidationError):
            sending.start(actor=SYSTEM, circular=circular_for())
        assert not Message.objects.exists() and not Recipient.objects.exists()


def test_who_lost_the_right_meanwhile_sends_nothing(network_a: Network, cast: Cast) -> None:
    with in_network(network_a):
        somebody(1)
        with pytest.raises(PermissionDenied):
            sending.start(actor=Person(cast.birgit, Role.READER), circular=circular_for())


def test_pause_go_on_and_stop_lose_nothing(network_a: Network, office: PostOffice) -> None:
    with in_network(network_a):
        people = [somebody(number) for number in range(4)]
        circular = circular_for()
        sending.start(actor=SYSTEM, circular=circular)
        assert sending.pause(actor=SYSTEM, circular=circular).stage == Stage.PAUSED
        with pytest.raises(NotNow):
            sending.pause(actor=SYSTEM, circular=circular)
    run_waiting()
    assert not office.taken
    with in_network(network_a):
        assert standings([circular])[circular.pk].mails == {State.STOPPED: 4}
        sending.resume(actor=SYSTEM, circular=circular)
        with pytest.raises(NotNow):
            sending.resume(actor=SYSTEM, circular=circular)
    run_waiting()
    assert got(office) == {one.email: 1 for one in people}
    with in_network(network_a):
        with pytest.raises(NotNow):
            sending.stop(actor=SYSTEM, circular=circular)
        other = sending.start(actor=SYSTEM, circular=circular_for(title="Zweites"))
        sending.stop(actor=SYSTEM, circular=other)
    run_waiting()
    assert len(office.taken) == 4
    with in_network(network_a):
        states = {line.state for line in sent_to([people[0].pk])}
        assert states == {State.SENT, State.STOPPED}
        with pytest.raises(NotNow):
            sending.resume(actor=SYSTEM, circular=other)
        assert other.mailing is not None
        with pytest.raises(NotNow):
            deciding.go_on(actor=SYSTEM, mailing=other.mailing)


def test_it_begins_at_the_planned_moment_with_those_who_are_there_then(
    network_a: Network, office: PostOffice
) -> None:
    with in_network(network_a):
        somebody(1)
        circular = circular_for()
        at = timezone.now() + timedelta(hours=2)
        with pytest.raises(ValidationError):
            sending.schedule(
                actor=SYSTEM, circular=circular, at=timezone.now() - timedelta(seconds=1)
            )
        sending.schedule(actor=SYSTEM, circular=circular, at=at)
        assert Circular.objects.get().stage == Stage.SCHEDULED
        late = somebody(2)
        job = Job.objects.get()
    assert run_waiting() == 0
    with in_network(network_a):
        job.run_at = timezone.now()
        job.save()
    run_waiting()
    assert set(got(office)) == {"k1@example.org", late.email}


def test_what_was_taken_back_or_moved_does_not_begin(
    network_a: Network, office: PostOffice
) -> None:
    with in_network(network_a):
        somebody(1)
        circular = circular_for()
        first, second = (timezone.now() + timedelta(hours=hours) for hours in (1, 2))
        sending.schedule(actor=SYSTEM, circular=circular, at=first)
        sending.schedule(actor=SYSTEM, circular=circular, at=second)
        sending.start_planned(actor=SYSTEM, circular_id=circular.pk, at=first)
        sending.unschedule(actor=SYSTEM, circular=circular)
        sending.start_planned(actor=SYSTEM, circular_id=circular.pk, at=second)
        assert not Message.objects.exists()
        assert Circular.objects.get().stage == Stage.DRAFT
        sending.schedule(actor=SYSTEM, circular=circular, at=second)
        sending.start_planned(actor=SYSTEM, circular_id=circular.pk, at=second)
        sending.start_planned(actor=SYSTEM, circular_id=circular.pk, at=second)
        assert Message.objects.count() == 1


def test_a_planned_one_that_cannot_be_sent_says_why(network_a: Network, settings: Settings) -> None:
    with in_network(network_a):
        somebody(1)
        circular = circular_for()
        sending.schedule(actor=SYSTEM, circular=circular, at=timezone.now() + timedelta(hours=1))
        Job.objects.update(run_at=timezone.now())
    settings.EMAIL_HOST = ""
    run_waiting()
    with in_network(network_a):
        job = Job.objects.get()
        assert job.state == JobState.FAILED and job.told
        assert Circular.objects.get().stage == Stage.SCHEDULED


def test_a_second_person_releases_exactly_what_is_written(
    network_a: Network, cast: Cast, four_eyes: None
) -> None:
    ede, petra = Person(cast.ede, Role.EDITOR), Person(cast.petra, Role.COORDINATOR)
    somebody(1)
    audience = everybody()
    draft = CircularDraft(title="Brief", subject="Betreff", text=TEXT, audience=audience)
    circular = write_circular(actor=ede, draft=draft)
    with pytest.raises(ValidationError):
        sending.start(actor=petra, circular=circular)
    with pytest.raises(ValidationError):
        sending.schedule(actor=petra, circular=circular, at=timezone.now() + timedelta(days=1))
    with pytest.raises(NotNow):
        release(actor=petra, circular=circular)
    ask_release(actor=ede, circular=circular)
    with pytest.raises(ValidationError):
        release(actor=ede, circular=circular)
    with pytest.raises(ValidationError):  # nobody in particular is nobody
        release(actor=SYSTEM, circular=circular)
    assert is_released(release(actor=petra, circular=circular))
    changed = CircularDraft(title="Brief", subject="Betreff", text="Anders", audience=audience)
    circular = write_circular(actor=petra, draft=changed, circular=circular)
    assert not is_released(circular)
    ask_release(actor=petra, circular=circular)
    with pytest.raises(ValidationError):  # whoever wrote it last
        release(actor=petra, circular=circular)
    released = release(actor=ede, circular=circular)
    save_audience(
        actor=petra, name="Alle", parts=[{"how": "add", "words": {"q": "x"}}], audience=audience
    )
    released.refresh_from_db()
    assert not is_released(released)
    save_audience(actor=petra, name="Alle", parts=[{"how": "add", "words": {}}], audience=audience)
    assert sending.start(actor=ede, circular=circular).stage == Stage.SENDING


def test_a_question_can_be_taken_back(network_a: Network, cast: Cast, four_eyes: None) -> None:
    somebody(1)
    circular = ask_release(actor=SYSTEM, circular=circular_for())
    with pytest.raises(NotNow):
        ask_release(actor=SYSTEM, circular=circular)
    assert give_back(actor=SYSTEM, circular=circular).stage == Stage.DRAFT


def test_a_reminder_goes_only_to_those_who_have_not_answered(
    network_a: Network, office: PostOffice
) -> None:
    with in_network(network_a):
        answered, silent, on_paper = somebody(1), somebody(2), somebody(3, email=False)
        about = answered.pk
        circular = circular_for(about=about)
        with pytest.raises(NotNow):
            sending.follow_up(actor=SYSTEM, circular=circular)
        sending.start(actor=SYSTEM, circular=circular)
        note_answer(contact_id=answered.pk, about=about)
        newcomer = somebody(4)
        reminder = sending.follow_up(actor=SYSTEM, circular=circular)
        assert (reminder.stage, reminder.follows) == (Stage.DRAFT, circular)
        assert {one.contact for one in plan_of(reminder).chosen} == {silent, on_paper}
        note_answer(contact_id=on_paper.pk, about=about)
        sending.start(actor=SYSTEM, circular=reminder)
        assert [row.contact for row in reminder.recipients.all()] == [silent]
    run_waiting()
    assert got(office) == {answered.email: 1, silent.email: 2}
    assert newcomer.email not in got(office)


def test_what_failed_is_sent_once_more_and_what_is_unclear_never(
    network_a: Network, office: PostOffice
) -> None:
    office.data = ["554 5.7.1 no"]
    with in_network(network_a):
        people = [somebody(number) for number in range(2)]
        circular = sending.start(actor=SYSTEM, circular=circular_for())
    run_waiting()
    with in_network(network_a):
        assert standings([circular])[circular.pk].mails == {State.SENT: 1, State.FAILED: 1}
        assert sending.send_failed(actor=SYSTEM, circular=circular) == 1
        with pytest.raises(NotNow):
            sending.send_failed(actor=SYSTEM, circular=circular)
    run_waiting()
    assert got(office) == {one.email: 1 for one in people}


def test_a_test_goes_to_oneself_and_opens_nobodys_page(
    network_a: Network, cast: Cast, office: PostOffice
) -> None:
    with in_network(network_a):
        contact = somebody(1)
        circular = circular_for()
        reader = plan_of(circular).chosen[0]
        sending.send_test(
            actor=Person(cast.petra, Role.COORDINATOR), circular=circular,
            to="petra@example.org", as_read_by=reader,
        )  # fmt: skip
    run_waiting()
    assert got(office) == {"petra@example.org": 1}
    mail: Any = office.taken[0]
    text = mail.get_body(("plain",)).get_content()
    assert mail["Subject"].startswith("Test: ") and contact.name in text
    with in_network(network_a):
        assert opened(text.split("/p/")[1].split("/")[0]) is None
        assert not Recipient.objects.exists()


def test_a_newsletter_can_be_ended_and_a_message_cannot(
    network_a: Network, office: PostOffice
) -> None:
    with in_network(network_a):
        MailingSettings(newsletter_needs_consent=False).save()
        somebody(1)
        for kind in (MailKind.NEWSLETTER, MailKind.SERVICE):
            sending.start(actor=SYSTEM, circular=circular_for(kind=kind, title=kind.value))
    run_waiting()
    assert [bool(mail["List-Unsubscribe"]) for mail in office.taken] == [True, False]


def test_many_recipients_need_hardly_more_queries(network_a: Network) -> None:
    counts = []
    with in_network(network_a):
        for size in (4, 24):
            for number in range(size):
                somebody(100 * size + number)
            circular = circular_for(title=f"{size}")
            with CaptureQueriesContext(connection) as asked:
                sending.start(actor=SYSTEM, circular=circular)
            counts.append(len(asked))
    assert counts[1] <= counts[0] + 1
