"""What the desk shows of mails, and what a person can decide."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.jobs.models import State as JobState
from knotenpunkt.tools.jobs.worker import run_waiting
from knotenpunkt.tools.mail.actions import Recipient, post, send_mail
from knotenpunkt.tools.mail.actions.suppressing import keep_from, unsubscribe
from knotenpunkt.tools.mail.models import Mailing, MailKind, Message, State, Suppression
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
PAGE = "/mitte/desk/post/"
LINK = "https://netz.example.org/mitte/geheimer-schluessel/"
TEXT = f"Guten Tag,\n\nbitte öffnen Sie:\n\n{LINK}\n\n[Neues Passwort]({LINK})\n\n- <b>eins</b>\n"
# The network, who asks (session, account, role), counts, one page of mails; what binds PostgreSQL.
MOST_QUERIES = 16


@pytest.fixture(autouse=True)
def _server(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def made(network: Network, system: Actor, **values: Any) -> Message:
    told = {"to": "frida@example.org", "subject": "Betreff", "text": TEXT, "title": "Einladung"}
    with in_network(network):
        message = send_mail(actor=system, **(told | values.pop("told", {})))
        for field, value in values.items():
            setattr(message, field, value)
        message.save()
    return message


def many(network: Network, actor: Actor, count: int) -> Mailing:
    with in_network(network):
        return post(
            actor=actor, title="Stimmt das noch?", subject="Stimmt das noch?", text="Hallo {name}",
            kind=MailKind.INVITATION,
            recipients=[Recipient(f"k{n}@example.org", f"Kontakt {n}") for n in range(count)],
        )  # fmt: skip


def text_of(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_says_who_got_what_and_what_became_of_it(
    cast: Cast, network_a: Network, system: Actor
) -> None:
    made(network_a, system, state=State.SENT, sent_at=timezone.now())
    made(network_a, system, state=State.BOUNCED, reason="Das Postfach gibt es nicht mehr.")
    page = text_of(signed_in(cast.petra), PAGE)
    for part in ("frida@example.org", "Einladung", "gesendet", "kam zurück", "Postfach gibt es"):
        assert part in page
    back = text_of(signed_in(cast.petra), PAGE, stand="zurueck")
    assert "kam zurück" in back and "gesendet</" not in back
    assert "In diesem Zustand ist keine" in text_of(
        signed_in(cast.petra), PAGE, stand="ausgelassen"
    )


def test_a_mail_is_found_by_its_whole_address_or_its_title(
    cast: Cast, network_a: Network, system: Actor
) -> None:
    made(network_a, system, told={"to": "olaf@example.org", "title": "Erinnerung"})
    made(network_a, system)
    client = signed_in(cast.petra)
    for words in ("OLAF@example.org", "erinner"):
        page = text_of(client, PAGE, q=words)
        assert "olaf@example.org" in page and "frida@example.org" not in page
    assert "Keine E-Mail passt" in text_of(client, PAGE, q="laf@example.org")


def test_many_mails_need_no_more_queries(
    cast: Cast, network_a: Network, system: Actor, django_assert_max_num_queries: Any
) -> None:
    mailing = many(network_a, system, 60)
    client = signed_in(cast.petra)
    for path in (PAGE, f"{PAGE}an-viele/", f"{PAGE}an-viele/{mailing.pk}/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            text_of(client, path)
    assert "1 bis 25 von 60" in text_of(client, PAGE)


def test_nobody_uses_the_link_of_somebody_elses_mail(
    cast: Cast, network_a: Network, system: Actor
) -> None:
    message = made(network_a, system, state=State.FAILED, reason="Nein (550).")
    page = text_of(signed_in(cast.petra), f"{PAGE}{message.pk}/")
    assert "geheimer-schluessel" not in page
    assert "https://netz.example.org/…" in page and "Neues Passwort" in page
    assert "&lt;b&gt;eins&lt;/b&gt;" in page and "Nein (550)." in page


def test_a_failed_mail_is_sent_once_more(cast: Cast, network_a: Network, system: Actor) -> None:
    message = made(network_a, system, state=State.FAILED, attempts=12)
    client = signed_in(cast.petra)
    path = f"{PAGE}{message.pk}/noch-einmal/"
    assert "wird noch einmal gesendet" in client.post(path, follow=True).content.decode()
    with in_network(network_a):
        message.refresh_from_db()
        assert (message.state, message.attempts) == (State.QUEUED, 0)
        assert Job.objects.filter(pk=message.job_id, state=JobState.WAITING).exists()
        assert Entry.objects.filter(deed="mail.try_again").count() == 1
    assert "nichts mehr zu tun" in client.post(path, follow=True).content.decode()


def test_of_an_unclear_mail_a_person_may_say_that_it_arrived(
    cast: Cast, network_a: Network, system: Actor
) -> None:
    message = made(network_a, system, state=State.UNCLEAR)
    client = signed_in(cast.petra)
    page = text_of(client, f"{PAGE}{message.pk}/")
    assert "Niemand weiß, ob sie angekommen ist" in page
    client.post(f"{PAGE}{message.pk}/angekommen/")
    with in_network(network_a):
        message.refresh_from_db()
        assert (message.state, bytes(message.content)) == (State.SENT, b"")


def test_a_mailing_shows_its_numbers_and_can_be_stopped(
    cast: Cast, network_a: Network, system: Actor
) -> None:
    mailing = many(network_a, system, 3)
    client = signed_in(cast.petra)
    page = text_of(client, f"{PAGE}an-viele/{mailing.pk}/")
    assert "Stimmt das noch?" in page and "Senden anhalten" in page and "Kontakt 2" in page
    client.post(f"{PAGE}an-viele/{mailing.pk}/anhalten/")
    assert run_waiting() == 0
    assert "Weiter senden" in text_of(client, f"{PAGE}an-viele/{mailing.pk}/")
    client.post(f"{PAGE}an-viele/{mailing.pk}/weiter/")
    with in_network(network_a):
        mailing.refresh_from_db()
        assert Job.objects.get(pk=mailing.job_id).state == JobState.WAITING


def test_what_failed_of_a_mailing_is_sent_again_and_nothing_else(
    cast: Cast, network_a: Network, system: Actor
) -> None:
    mailing = many(network_a, system, 4)
    states = (State.SENT, State.FAILED, State.UNCLEAR, State.BOUNCED)
    with in_network(network_a):
        for message, state in zip(Message.objects.order_by("id"), states, strict=True):
            message.state = state
            message.save()
    client = signed_in(cast.petra)
    told = client.post(f"{PAGE}an-viele/{mailing.pk}/noch-einmal/", follow=True)
    assert "1 E-Mail wird noch einmal gesendet" in told.content.decode()
    with in_network(network_a):
        found = list(Message.objects.order_by("id").values_list("state", flat=True))
    assert found == [State.SENT, State.QUEUED, State.UNCLEAR, State.BOUNCED]


def test_an_address_is_taken_off_the_list(cast: Cast, network_a: Network) -> None:
    with in_network(network_a):
        keep_from("olaf@example.org", reason="Das Postfach gibt es nicht mehr.")
        unsubscribe("nadja@example.org")
        row = Suppression.objects.get(cause="returned")
    client = signed_in(cast.petra)
    page = text_of(client, f"{PAGE}ohne-post/")
    assert "olaf@example.org" in page and "nadja@example.org" in page
    assert "nadja@" not in text_of(client, f"{PAGE}ohne-post/", q="Olaf@example.org")
    assert "olaf@example.org" in text_of(client, f"{PAGE}ohne-post/{row.pk}/")
    client.post(f"{PAGE}ohne-post/{row.pk}/")
    with in_network(network_a):
        assert Suppression.objects.count() == 1
        assert Entry.objects.filter(deed="mail.take_off").count() == 1


def test_another_network_sees_nothing_of_it(
    cast: Cast, network_a: Network, network_b: Network, system: Actor
) -> None:
    message, mailing = made(network_a, system), many(network_a, system, 2)
    with in_network(network_a):
        unsubscribe("nadja@example.org")
        row = Suppression.objects.get()
    client = signed_in(cast.carla)
    for path in (f"{message.pk}/", f"an-viele/{mailing.pk}/", f"ohne-post/{row.pk}/"):
        assert client.get(f"/peine/desk/post/{path}").status_code == 404
        assert client.get(f"{PAGE}{path}").status_code == 404
    for path in (f"{message.pk}/noch-einmal/", f"an-viele/{mailing.pk}/anhalten/"):
        assert client.post(f"/peine/desk/post/{path}").status_code == 404
    assert "frida" not in text_of(client, "/peine/desk/post/")
    searched = text_of(client, "/peine/desk/post/ohne-post/", q="nadja@example.org")
    assert "Diese Adresse bekommt Post" in searched
