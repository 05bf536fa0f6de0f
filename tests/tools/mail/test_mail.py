"""Mail through a real server: what arrives, what is tried again, what nobody knows."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import Settings

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.personal_data import Person
from knotenpunkt.foundation.core.sealing import seal
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs import leases
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.jobs.models import State as JobState
from knotenpunkt.tools.jobs.worker import run_waiting
from knotenpunkt.tools.mail import delivery, privacy
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.actions.deciding import try_again
from knotenpunkt.tools.mail.actions.sending import note_lost
from knotenpunkt.tools.mail.models import Message, State, Suppression
from knotenpunkt.tools.mail.queries import mail_is_set_up, messages_about, waiting_mails
from tests.tools.mail.server import DROP, PostOffice, post_office

pytestmark = pytest.mark.django_db
TO = "frida@example.org"
SUBJECT = "Ihr Eintrag „Müttercafé“ – bitte prüfen"
TEXT = "Guten Tag,\n\nschöne Grüße aus Döbeln.\n.\nEine Zeile nach einem Punkt.\n"


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    with post_office() as (office, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.DEFAULT_FROM_EMAIL = "post@netz.example.org"
        settings.MAILS_A_MINUTE = 0
        yield office


@pytest.fixture
def queued(system: Actor, network_a: Network) -> Message:
    network_a.contact_email = "petra@example.org"
    network_a.save()
    with in_network(network_a):
        return send_mail(actor=system, to=TO, subject=SUBJECT, text=TEXT, title="Einladung")


def now(message: Message, **values: Any) -> Message:
    """The mail as it is now; with `values`, after they were set."""
    with in_network(message.network):
        message.refresh_from_db()
        for field, value in values.items():
            setattr(message, field, value)
        message.save(update_fields=list(values))
    return message


def job_of(message: Message) -> Job:
    with in_network(message.network):
        job: Job = Job.objects.get(pk=message.job_id)
        return job


def due(message: Message) -> None:
    """As if its pause were over."""
    now(message, due_at=timezone.now())
    job = job_of(message)
    with in_network(message.network):
        job.run_at = timezone.now()
        job.save()


def test_a_mail_arrives_as_it_was_written(office: PostOffice, queued: Message) -> None:
    assert run_waiting() == 1
    [mail] = office.taken
    assert mail["Subject"] == SUBJECT
    assert mail["From"] == "Netzwerk Mitte <post@netz.example.org>"
    assert (mail["To"], mail["X-To"], mail["Reply-To"]) == (TO, TO, "petra@example.org")
    assert mail["Message-ID"] == f"<{queued.pk}@netz.example.org>"
    assert mail["Date"] and mail["Auto-Submitted"] == "auto-generated"
    assert not [name for name in mail if name.lower().startswith("list-")]
    assert mail.get_content_type() == "multipart/alternative"
    plain, html = (part.get_content().replace("\r\n", "\n") for part in mail.iter_parts())
    assert plain.startswith(TEXT.strip())
    for part in ("schöne Grüße aus Döbeln.", "Eine Zeile nach einem Punkt."):
        assert part in html
    for text in (plain, html):
        assert "Netzwerk Mitte" in text and "petra@example.org" in text


def test_nothing_of_its_text_stays_when_it_was_sent(office: PostOffice, queued: Message) -> None:
    run_waiting()
    message = now(queued)
    assert (message.state, bytes(message.content)) == (State.SENT, b"")
    assert message.sent_at and job_of(message).state == JobState.DONE


def test_who_reads_the_database_sees_neither_to_whom_nor_what(queued: Message) -> None:
    stored = b"".join(bytes(part) for part in (queued.content, queued.recipient))
    assert "Döbeln".encode() not in stored and b"frida" not in stored
    assert job_of(queued).arguments == {}
    with in_network(queued.network):
        assert [(to.to, what.text) for _one, to, what in waiting_mails()] == [(TO, TEXT)]


def test_without_its_key_a_mail_is_given_up(
    office: PostOffice, queued: Message, settings: Settings
) -> None:
    Path(settings.MASTER_KEY_FILE).unlink()
    run_waiting()
    message = now(queued)
    assert message.state == State.FAILED and "Schlüssel" in message.reason
    assert not office.taken


def somebody(name: str) -> Person:
    return Person(kind="x", ids=frozenset(), networks=frozenset(), names=frozenset({name}))


def test_a_waiting_mail_whose_text_names_an_erased_person_is_not_sent(
    office: PostOffice, queued: Message
) -> None:
    named = somebody("Grüße aus Döbeln")
    with in_network(queued.network):
        assert [one["text"] for one in privacy.export(named)] == [TEXT]
        assert privacy.erase(named) == 1
    run_waiting()
    message = now(queued)
    assert (message.state, bytes(message.content)) == (State.SUPPRESSED, b"")
    assert not office.taken


def test_an_erased_recipient_leaves_nothing(office: PostOffice, queued: Message) -> None:
    run_waiting()
    with in_network(queued.network):
        assert privacy.export(somebody(TO))[0]["to"] == TO
        assert privacy.erase(somebody(TO)) == 1
    message = now(queued)
    assert (bytes(message.recipient), message.address_key, message.about) == (b"", "", None)
    assert message.state == State.SENT  # that something was sent stays, for the counts


def test_terms_end(office: PostOffice, queued: Message, system: Actor) -> None:
    office.rcpt = ["550 no"]
    run_waiting()
    long_ago = timezone.now() - timedelta(days=31)
    now(queued, changed_at=long_ago)
    with in_network(queued.network):
        assert [one.count for one in privacy.expire()] == [1, 0]
    now(queued, created_at=timezone.now() - timedelta(days=181))
    with in_network(queued.network):
        assert [one.count for one in privacy.expire()] == [0, 1]
    message = now(queued)
    assert (bytes(message.content), bytes(message.recipient)) == (b"", b"")


def test_a_mail_that_is_refused_for_now_is_sent_later(office: PostOffice, queued: Message) -> None:
    office.rcpt = ["450 4.2.1 greylisted"]
    office.data = ["451 4.3.0 later"]
    for attempt, reason in ((1, "450"), (2, "451")):
        run_waiting()
        message, job = now(queued), job_of(queued)
        assert (message.state, message.attempts) == (State.QUEUED, attempt)
        assert reason in message.reason and message.due_at > timezone.now()
        assert (job.state, job.attempt, job.reason) == (JobState.WAITING, 0, message.reason)
        assert job.run_at >= message.due_at
        due(queued)
    run_waiting()
    assert now(queued).state == State.SENT
    assert len(office.taken) == 1


@pytest.mark.parametrize("place", ["rcpt", "data"])
def test_a_mail_that_is_refused_for_ever_is_not_sent_again(
    place: str, office: PostOffice, queued: Message
) -> None:
    setattr(office, place, ["550 5.7.1 frida@example.org unwanted"])
    run_waiting()
    message = now(queued)
    assert (message.state, message.attempts, office.taken) == (State.FAILED, 1, [])
    assert "550" in message.reason and "frida" not in message.reason
    with in_network(message.network):
        assert not Suppression.objects.exists()


def test_an_address_that_does_not_exist_gets_no_further_mail(
    office: PostOffice, queued: Message, system: Actor
) -> None:
    office.rcpt = ["550 5.1.1 frida@example.org unknown"]
    run_waiting()
    assert now(queued).state == State.BOUNCED
    with in_network(queued.network):
        again = send_mail(actor=system, to="FRIDA@example.org", subject="x", text="x", title="x")
    run_waiting()
    assert now(again).state == State.SUPPRESSED and not office.taken
    assert now(again).reason.startswith("Mails an diese Adresse kommen zurück")


def test_a_mail_that_is_refused_again_and_again_is_given_up(
    office: PostOffice, queued: Message
) -> None:
    office.rcpt = ["450 later"] * 12
    for _attempt in range(12):
        run_waiting()
        due(queued) if now(queued).state == State.QUEUED else None
    assert (now(queued).state, now(queued).attempts) == (State.FAILED, 12)


def test_a_lost_answer_is_unclear_and_not_sent_again_by_itself(
    office: PostOffice, queued: Message, system: Actor
) -> None:
    office.data = [DROP]
    run_waiting()
    message = now(queued)
    assert (message.state, message.attempts) == (State.UNCLEAR, 1)
    assert message.reason.startswith("Unklar, ob die E-Mail angekommen ist")
    assert run_waiting() == 0 and office.seen == 1
    with in_network(message.network):
        try_again(actor=system, message_id=message.pk)
    run_waiting()  # a person decided so
    assert now(message).state == State.SENT and office.seen == 2


def test_a_worker_killed_before_the_answer_leaves_it_unclear(
    office: PostOffice, queued: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*args: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_send_text", killed)
        with pytest.raises(Killed):
            run_waiting()
    assert now(queued).state == State.SENDING
    job = job_of(queued)
    with in_network(job.network):
        job.lease_until = timezone.now()
        job.save()
    assert leases.return_lost() == 1
    due(queued)
    run_waiting()
    assert now(queued).state == State.UNCLEAR and office.seen == 0
    assert now(queued).reason.startswith("Unklar")


def test_what_nobody_sends_any_more_is_unclear_after_a_day(queued: Message) -> None:
    now(queued, state=State.SENDING, changed_at=timezone.now() - timedelta(days=2))
    with in_network(queued.network):
        note_lost(timezone.now())
    assert now(queued).state == State.SENDING  # its job still waits to look after it
    job = job_of(queued)
    with in_network(queued.network):
        job.state = JobState.STOPPED
        job.save()
        note_lost(timezone.now())
    assert now(queued).state == State.UNCLEAR


def test_a_server_that_is_away_is_asked_again(settings: Settings, queued: Message) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    settings.DEFAULT_FROM_EMAIL = "post@netz.example.org"
    run_waiting()
    message = now(queued)
    assert (message.state, message.attempts) == (State.QUEUED, 1)
    assert message.reason == "Der Mail-Server ist nicht erreichbar."
    now(queued, attempts=11)
    due(queued)
    run_waiting()
    assert now(queued).state == State.FAILED


def test_a_server_that_cannot_encrypt_gets_nothing(
    office: PostOffice, settings: Settings, queued: Message
) -> None:
    settings.EMAIL_USE_TLS = True
    run_waiting()
    assert now(queued).state == State.QUEUED and office.seen == 0


def test_without_a_server_nothing_is_lost(settings: Settings, queued: Message) -> None:
    settings.EMAIL_HOST = ""
    assert not mail_is_set_up()
    run_waiting()
    assert now(queued).state == State.QUEUED and now(queued).content


def test_nothing_leaves_a_demo(office: PostOffice, queued: Message, network_a: Network) -> None:
    network_a.is_demo = True
    network_a.save()
    run_waiting()
    message = now(queued)
    assert message.state == State.SENT and bytes(message.content)
    assert office.seen == 0


def test_a_demo_can_be_written_to_without_a_server(settings: Settings, network_a: Network) -> None:
    settings.EMAIL_HOST = ""
    network_a.is_demo = True
    network_a.save()
    assert not mail_is_set_up()
    with in_network(network_a):
        assert mail_is_set_up()


def test_the_same_key_is_the_same_mail(system: Actor, inside_a: Network) -> None:
    told = {"actor": system, "to": TO, "subject": "x", "text": "x", "title": "x", "key": "k"}
    assert send_mail(**told) == send_mail(**told)
    assert Message.objects.count() == 1


def test_a_record_knows_its_mails(system: Actor, inside_a: Network) -> None:
    about = inside_a.pk
    sent = send_mail(actor=system, to=TO, subject="x", text="x", title="x", about=about)
    assert list(messages_about(about)) == [sent]


def test_what_release_0_2_has_queued_is_sent(
    office: PostOffice, system: Actor, network_a: Network
) -> None:
    with in_network(network_a):
        sealed = b64encode(seal(TEXT, about="mail.send.text")).decode()
        arguments = {"to": TO, "subject": SUBJECT, "sealed_text": sealed}
        job = enqueue(actor=system, work="mail.send", arguments=arguments, title="Einladung")
    run_waiting()
    assert [mail["Subject"] for mail in office.taken] == [SUBJECT]
    with in_network(network_a):
        assert Message.objects.get().state == State.SENT
        job.refresh_from_db()
        assert (job.state, job.arguments) == (JobState.DONE, {})


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("frida@example.org\nBcc: all@example.org", "Hallo"),
        ("frida@example.org, carla@example.org", "Hallo"),
        ("Frida <frida@example.org>", "Hallo"),
        ("", "Hallo"),
        ("frida@example.org", "Hallo\r\nBcc: all@example.org"),
        ("frida@example.org", "Hallo\u2028Bcc: all@example.org"),
        ("frida@example.org", " "),
    ],
)
def test_nothing_is_smuggled_into_the_head(
    to: str, subject: str, system: Actor, inside_a: Network
) -> None:
    with pytest.raises(ValidationError):
        send_mail(actor=system, to=to, subject=subject, text="x", title="x")
    assert not Job.objects.exists() and not Message.objects.exists()


def test_a_name_with_line_breaks_stays_a_name(
    office: PostOffice, queued: Message, network_a: Network
) -> None:
    network_a.name = "Netz\r\nBcc: all@example.org"
    network_a.save()
    run_waiting()
    [mail] = office.taken
    assert mail["Bcc"] is None and mail["X-To"] == TO
    assert "all@example.org" in mail["From"]


def test_an_address_with_an_umlaut_in_its_domain(
    office: PostOffice, system: Actor, inside_a: Network
) -> None:
    send_mail(actor=system, to="x@müller.example", subject="Ü", text="Ü", title="x")
    run_waiting()
    assert office.taken[0]["X-To"] == "x@xn--mller-kva.example"


def test_the_log_says_neither_to_whom_nor_what(
    office: PostOffice,
    queued: Message,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One mail that cannot be written keeps no other back."""

    def broken(*args: object) -> None:
        raise ValueError(f"{TO} {TEXT}")

    monkeypatch.setattr("knotenpunkt.tools.mail.actions.sending.letter_of", broken)
    run_waiting()
    assert now(queued).state == State.FAILED
    assert str(queued.pk) in caplog.text
    assert "frida" not in caplog.text and "Döbeln" not in caplog.text
