"""What comes back: reports, bounces in plain German, notes that somebody is away, answers."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.actions.returning import take_back
from knotenpunkt.tools.mail.bounces import Verdict
from knotenpunkt.tools.mail.models import Cause, Message, State, Suppression
from knotenpunkt.tools.mail.returns import return_address, returned

pytestmark = pytest.mark.django_db
TO = "frida@example.org"


@pytest.fixture(autouse=True)
def _return(settings: Settings) -> None:
    settings.MAIL_RETURN = "rueck@post.example.org"


@pytest.fixture
def sent(system: Actor, network_a: Network, network_b: Network) -> Message:
    with in_network(network_a):
        message = send_mail(actor=system, to=TO, subject="x", text="x", title="Einladung")
        message.state = State.SENT
        message.save()
    return message


def now(message: Message) -> Message:
    with in_network(message.network):
        message.refresh_from_db()
    return message


def suppressed(message: Message) -> list[str]:
    with in_network(message.network):
        return list(Suppression.objects.values_list("cause", flat=True))


def report(message: Message, action: str, status: str) -> bytes:
    """As RFC 3464 has it."""
    return f"""Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: {return_address(message.pk)}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system at host mx.example.org.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {TO}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 whatever

--b
Content-Type: message/rfc822

Subject: Abwesenheit

Guten Tag
--b--
""".encode()


def letter(message: Message, text: str, **head: str) -> bytes:
    mail = EmailMessage()
    mail["To"] = return_address(message.pk)
    for name, value in head.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("action", "status", "verdict", "state", "is_suppressed"),
    [
        ("failed", "5.1.1", Verdict.GONE, State.BOUNCED, True),
        ("failed", "5.1.10", Verdict.GONE, State.BOUNCED, True),
        ("failed", "5.4.4", Verdict.GONE, State.BOUNCED, True),
        ("failed", "5.2.2", Verdict.RETURNED, State.BOUNCED, False),  # full
        ("failed", "5.7.1", Verdict.RETURNED, State.BOUNCED, False),  # taken for advertising
        ("failed", "4.4.7", Verdict.RETURNED, State.BOUNCED, False),  # given up after days
        ("delayed", "4.4.1", Verdict.DELAYED, State.SENT, False),
        ("delivered", "2.0.0", Verdict.ARRIVED, State.SENT, False),
    ],
)
def test_a_report_of_a_mail_server(
    action: str, status: str, verdict: Verdict, state: State, is_suppressed: bool, sent: Message
) -> None:
    assert take_back(report(sent, action, status)) is verdict
    message = now(sent)
    assert message.state == state
    assert suppressed(sent) == ([Cause.RETURNED] if is_suppressed else [])
    assert message.reason and TO not in message.reason


DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.example.org>"
GERMAN = [
    (
        "Unzustellbar: Ihre Nachricht",
        "Ihre Nachricht konnte nicht zugestellt werden.\n\nDer Empfänger ist unbekannt:\n",
        Verdict.GONE,
    ),
    (
        "Nachricht nicht zugestellt",
        "Die folgende Adresse existiert nicht (mehr): frida@example.org\n",
        Verdict.GONE,
    ),
    ("Mail delivery failed", "550 5.1.1 <frida@example.org>: User unknown\n", Verdict.GONE),
    (
        "Nicht zustellbar",
        "Das Postfach ist voll. Bitte versuchen Sie es später noch einmal.\n",
        Verdict.RETURNED,
    ),
    (
        "Mail delivery failed",
        "SMTP error from remote mail server: 552 5.2.2 mailbox full\n",
        Verdict.RETURNED,
    ),
    (
        "Warnung: Zustellung verzögert",
        "Ihre Nachricht wurde noch nicht zugestellt. Weitere Versuche folgen.\n",
        Verdict.DELAYED,
    ),
]


@pytest.mark.parametrize(("subject", "text", "verdict"), GERMAN)
def test_a_bounce_in_plain_words(subject: str, text: str, verdict: Verdict, sent: Message) -> None:
    raw = letter(sent, text, From=DAEMON, Subject=subject)
    assert take_back(raw) is verdict
    assert now(sent).state == (State.SENT if verdict is Verdict.DELAYED else State.BOUNCED)
    assert bool(suppressed(sent)) is (verdict is Verdict.GONE)


@pytest.mark.parametrize(
    "head",
    [
        {"Subject": "Abwesenheitsnotiz: Ich bin nicht im Büro"},
        {"Subject": "Automatische Antwort: Stimmt das noch?"},
        {"Subject": "Out of Office"},
        {"Subject": "Re: Stimmt das noch?", "Auto_Submitted": "auto-replied"},
        {"Subject": "Danke für Ihre Nachricht", "X_Autoreply": "yes"},
        {"Subject": "Re: Stimmt das noch?", "Return_Path": "<>", "Auto_Submitted": "auto-replied"},
        {"Subject": "Ihre Mail", "Return_Path": "<>"},
    ],
)
def test_somebody_who_is_away_has_got_it(head: dict[str, str], sent: Message) -> None:
    text = "Ich bin bis 3. Dezember nicht erreichbar. Die Adresse vertretung@example.org hilft.\n"
    assert take_back(letter(sent, text, From=TO, **head)) is Verdict.AWAY
    assert now(sent).state == State.SENT and not suppressed(sent)


def test_a_person_who_answers(sent: Message) -> None:
    raw = letter(sent, "Stimmt alles, viele Grüße\nFrida", From=TO, Subject="Re: Einladung")
    assert take_back(raw) is Verdict.ANSWERED
    assert now(sent).state == State.ANSWERED


def test_a_bounce_after_an_answer_does_not_unsay_it(sent: Message) -> None:
    take_back(report(sent, "failed", "5.1.1"))
    take_back(letter(sent, "Danke", From=TO, Subject="Re: Einladung"))
    assert now(sent).state == State.BOUNCED


def test_nobody_else_can_mark_a_mail_as_returned(sent: Message) -> None:
    """Who knows the number of a mail, from its Message-ID, does not know its signature."""
    right = return_address(sent.pk)
    local, _at, domain = right.partition("@")
    for wrong in (f"{local[:-16]}{'a' * 16}@{domain}", f"rueck@{domain}", f"{local}x@{domain}"):
        raw = report(sent, "failed", "5.1.1").replace(right.encode(), wrong.encode())
        assert take_back(raw) is None
    assert now(sent).state == State.SENT and not suppressed(sent)


def test_servers_may_change_the_case_of_the_address(sent: Message) -> None:
    right = return_address(sent.pk)
    assert returned(right.upper()) == returned(right.lower()) == sent.pk
    assert len(right.partition("@")[0]) <= 64


def test_the_mail_server_may_tell_the_address_apart(sent: Message) -> None:
    right = return_address(sent.pk)
    raw = report(sent, "failed", "5.1.1").replace(right.encode(), b"undisclosed")
    assert take_back(raw) is None
    assert take_back(raw, right) is Verdict.GONE


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\0\xff\xfe", b"To: =?utf-8?q?=ff", b"Content-Type: multipart/report\n\n--x",
        b"Content-Type: text/plain; charset=nonsense\nTo: a@b\n\nx", b"To: a@" + b"x" * 70_000,
    ],
)  # fmt: skip
def test_rubbish_is_left_out(raw: bytes, sent: Message) -> None:
    assert take_back(raw) is None
    assert take_back(raw, "rueck+x@post.example.org") is None


@pytest.mark.parametrize(
    "extra", [b"Content-Type: text/plain; charset=nonsense\n\n\xff", b"Content-Type: bad\n\n\xff\0"]
)
def test_rubbish_to_the_right_address_is_an_answer_at_most(extra: bytes, sent: Message) -> None:
    assert take_back(extra, return_address(sent.pk)) is Verdict.ANSWERED


def test_a_mail_of_nobody_is_about_none_of_ours(sent: Message) -> None:
    unknown = Message(pk=uuid4())
    assert take_back(report(unknown, "failed", "5.1.1")) is None


def test_only_its_network_learns_of_it(sent: Message, network_b: Network) -> None:
    take_back(report(sent, "failed", "5.1.1"))
    with in_network(network_b):
        assert not Suppression.objects.exists()
    with in_network(sent.network):
        [entry] = Entry.objects.filter(deed="mail.suppress")
        assert TO not in f"{entry.title}{entry.changes}"


def test_a_second_report_changes_nothing(
    sent: Message, django_capture_on_commit_callbacks: Any
) -> None:
    take_back(report(sent, "failed", "5.1.1"))
    take_back(report(sent, "failed", "5.1.1"))
    assert suppressed(sent) == [Cause.RETURNED]
