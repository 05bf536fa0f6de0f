"""Mail through a real server: what arrives, what is tried again, what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import Settings

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.personal_data import Person
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs import actions, leases
from knotenpunkt.tools.jobs.models import Job, State
from knotenpunkt.tools.jobs.worker import run_waiting
from knotenpunkt.tools.mail import delivery, privacy
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.queries import mail_is_set_up, waiting_mails
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
        yield office


@pytest.fixture
def queued(system: Actor, network_a: Network) -> Job:
    network_a.contact_email = "petra@example.org"
    network_a.save()
    with in_network(network_a):
        send_mail(actor=system, to=TO, subject=SUBJECT, text=TEXT, title="Einladung")
        job: Job = Job.objects.get()
        return job


def now(job: Job, **values: Any) -> Job:
    """The job as it is now; with `values`, after they were set."""
    with in_network(job.network):
        job.refresh_from_db()
        for field, value in values.items():
            setattr(job, field, value)
        job.save(update_fields=list(values))
    return job


def test_a_mail_arrives_as_it_was_written(office: PostOffice, queued: Job) -> None:
    assert run_waiting() == 1
    [mail] = office.taken
    assert mail["Subject"] == SUBJECT
    assert mail["From"] == "Netzwerk Mitte <post@netz.example.org>"
    assert (mail["To"], mail["X-To"], mail["Reply-To"]) == (TO, TO, "petra@example.org")
    assert mail["Message-ID"] == f"<{queued.pk}@netz.example.org>"
    assert mail["Date"] and mail["Auto-Submitted"] == "auto-generated"
    assert not [name for name in mail if name.lower().startswith("list-")]
    assert mail.get_content().replace("\r\n", "\n") == TEXT


def test_nothing_of_it_stays_when_it_was_sent(office: PostOffice, queued: Job) -> None:
    assert queued.arguments["to"] == TO
    run_waiting()
    job = now(queued)
    assert (job.state, job.arguments, job.memory) == (State.DONE, {}, {})


def test_who_reads_the_database_opens_no_link_of_a_waiting_mail(queued: Job) -> None:
    assert "Döbeln" not in str(queued.arguments) and "text" not in queued.arguments
    with in_network(queued.network):
        assert [text for _job, text in waiting_mails()] == [TEXT]


def test_without_its_key_a_mail_is_given_up(
    office: PostOffice, queued: Job, settings: Settings
) -> None:
    Path(settings.MASTER_KEY_FILE).unlink()
    run_waiting()
    job = now(queued)
    assert job.state == State.FAILED
    assert "Schlüssel" in job.reason
    assert not office.taken


def test_a_waiting_mail_whose_text_names_an_erased_person_is_not_sent(queued: Job) -> None:
    somebody = Person(
        kind="x", ids=frozenset(), networks=frozenset(), names=frozenset({"Grüße aus Döbeln"})
    )
    with in_network(queued.network):
        assert [one["text"] for one in privacy.export(somebody)] == [TEXT]
        assert privacy.erase(somebody) == 1
    job = now(queued)
    assert (job.state, job.arguments) == (State.STOPPED, {})


def test_a_mail_that_is_refused_for_now_is_sent_later(office: PostOffice, queued: Job) -> None:
    office.rcpt = ["450 4.2.1 greylisted"]
    office.data = ["451 4.3.0 later"]
    for attempt, reason in ((1, "450"), (2, "451")):
        run_waiting()
        job = now(queued)
        assert (job.state, job.attempt) == (State.WAITING, attempt)
        assert reason in job.reason and job.run_at > timezone.now()
        now(job, run_at=timezone.now())
    run_waiting()
    assert now(queued).state == State.DONE
    assert len(office.taken) == 1


@pytest.mark.parametrize("place", ["rcpt", "data"])
def test_a_mail_that_is_refused_for_ever_is_not_sent_again(
    place: str, office: PostOffice, queued: Job
) -> None:
    setattr(office, place, ["550 5.1.1 frida@example.org unknown"])
    run_waiting()
    job = now(queued)
    assert (job.state, job.attempt, office.taken) == (State.FAILED, 1, [])
    assert "550" in job.reason and "frida" not in job.reason


def test_a_lost_answer_is_unclear_and_not_sent_again_by_itself(
    office: PostOffice, queued: Job, system: Actor
) -> None:
    office.data = [DROP]
    run_waiting()
    job = now(queued)
    assert (job.state, job.attempt) == (State.FAILED, 1)
    assert job.reason.startswith("Unklar, ob die E-Mail angekommen ist")
    assert run_waiting() == 0 and office.seen == 1
    with in_network(job.network):
        actions.try_again(actor=system, job=job)
    run_waiting()  # a person decided so
    assert now(job).state == State.DONE and office.seen == 2


def test_a_worker_killed_before_the_answer_leaves_it_unclear(
    office: PostOffice, queued: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*args: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_send_text", killed)
        with pytest.raises(Killed):
            run_waiting()
    assert now(queued).state == State.RUNNING
    now(queued, lease_until=timezone.now())
    assert leases.return_lost() == 1
    now(queued, run_at=timezone.now())
    run_waiting()
    assert now(queued).state == State.FAILED and office.seen == 0
    assert now(queued).reason.startswith("Unklar")


def test_a_server_that_is_away_is_asked_again(settings: Settings, queued: Job) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    settings.DEFAULT_FROM_EMAIL = "post@netz.example.org"
    run_waiting()
    job = now(queued)
    assert job.state == State.WAITING
    assert job.reason == "Der Mail-Server ist nicht erreichbar."


def test_a_server_that_cannot_encrypt_gets_nothing(
    office: PostOffice, settings: Settings, queued: Job
) -> None:
    settings.EMAIL_USE_TLS = True
    run_waiting()
    assert now(queued).state == State.WAITING and office.seen == 0


def test_without_a_server_the_mail_waits_for_somebody(settings: Settings, queued: Job) -> None:
    settings.EMAIL_HOST = ""
    assert not mail_is_set_up()
    run_waiting()
    assert now(queued).state == State.FAILED
    assert now(queued).arguments["to"] == TO  # for another try


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
    assert not Job.objects.exists()


def test_a_name_with_line_breaks_stays_a_name(
    office: PostOffice, queued: Job, network_a: Network
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
    office: PostOffice, queued: Job, caplog: pytest.LogCaptureFixture
) -> None:
    office.rcpt = ["550 5.1.1 frida@example.org unknown"]
    run_waiting()
    assert caplog.text and "frida" not in caplog.text and "Döbeln" not in caplog.text
