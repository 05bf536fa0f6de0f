"""RFC 8058: one click ends newsletters and invitations, never service mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs.worker import run_waiting
from knotenpunkt.tools.mail.actions import Recipient, post, send_mail
from knotenpunkt.tools.mail.models import MailKind, Message, State, Suppression
from knotenpunkt.tools.mail.subscriptions import unsubscribe_key
from tests.tools.mail.server import PostOffice, post_office

pytestmark = pytest.mark.django_db
TO = "frida@example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    with post_office() as (office, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.DEFAULT_FROM_EMAIL = "post@netz.example.org"
        settings.SITE_ADDRESS = "https://netz.example.org"
        settings.MAILS_A_MINUTE = 0
        yield office


def written(network: Network, system: Actor, kind: MailKind, to: str = TO) -> Message:
    with in_network(network):
        return send_mail(actor=system, to=to, subject="x", text="x", title="x", kind=kind)


def path_in(office: PostOffice) -> str:
    found = re.fullmatch(r"<https://netz\.example\.org(\S+)>", office.taken[-1]["List-Unsubscribe"])
    assert found
    return found[1]


@pytest.mark.parametrize("kind", [MailKind.NEWSLETTER, MailKind.INVITATION])
def test_one_click_ends_such_mail_and_leaves_service_mail(
    kind: MailKind, office: PostOffice, system: Actor, network_a: Network
) -> None:
    written(network_a, system, kind)
    run_waiting()
    assert office.taken[-1]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = path_in(office)
    assert path in office.taken[-1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    # The mail program has neither a cookie nor a page of ours.
    answer = Client(enforce_csrf_checks=True).post(path, ONE_CLICK)
    assert answer.status_code == 200 and not answer.cookies
    again = [written(network_a, system, one, TO.upper()) for one in MailKind]
    run_waiting()
    with in_network(network_a):
        states = {m.kind: m.state for m in Message.objects.filter(pk__in=[m.pk for m in again])}
    assert states == {
        "service": State.SENT, "invitation": State.SUPPRESSED, "newsletter": State.SUPPRESSED,
    }  # fmt: skip


def test_service_mail_cannot_be_ended(
    office: PostOffice, system: Actor, network_a: Network
) -> None:
    message = written(network_a, system, MailKind.SERVICE)
    run_waiting()
    assert not [name for name in office.taken[0] if name.lower().startswith("list-")]
    path = f"/mitte/post/abbestellen/{unsubscribe_key(message.pk)}/"
    assert Client().post(path, ONE_CLICK).status_code == 404


def test_a_scanner_that_opens_links_ends_nothing(
    office: PostOffice, system: Actor, network_a: Network
) -> None:
    written(network_a, system, MailKind.NEWSLETTER)
    run_waiting()
    path = path_in(office)
    for method in ("get", "head"):
        answer = getattr(Client(), method)(path)
        assert answer.status_code == 200 and not answer.cookies
    assert "Keine Rundbriefe und Einladungen mehr?" in Client().get(path).content.decode()
    with in_network(network_a):
        assert not Suppression.objects.exists()
    assert "Erledigt" in Client().post(path).content.decode()
    Client().post(path)
    with in_network(network_a):
        assert Suppression.objects.count() == 1


def test_the_link_works_only_where_it_was_written_for(
    office: PostOffice, system: Actor, network_a: Network, network_b: Network
) -> None:
    written(network_a, system, MailKind.NEWSLETTER)
    run_waiting()
    path = path_in(office)
    assert Client().post(path.replace("/mitte/", "/peine/")).status_code == 404
    assert Client().post(path.replace("abbestellen/", "abbestellen/x")).status_code == 404


def test_without_https_no_mail_program_is_offered_one_click(
    office: PostOffice, system: Actor, network_a: Network, settings: Settings
) -> None:
    settings.SITE_ADDRESS = "http://localhost:8000"
    written(network_a, system, MailKind.NEWSLETTER)
    run_waiting()
    assert office.taken[0]["List-Unsubscribe"] is None
    assert "http://localhost:8000/mitte/post/abbestellen/" in office.taken[0].as_string().replace(
        "=\n", ""
    )


def test_a_mailing_leaves_out_who_has_ended_it(
    office: PostOffice, system: Actor, network_a: Network
) -> None:
    written(network_a, system, MailKind.NEWSLETTER)
    run_waiting()
    Client().post(path_in(office), ONE_CLICK)
    with in_network(network_a):
        recipients = [Recipient(TO), Recipient("olaf@example.org")]
        post(
            actor=system, title="Rundbrief", recipients=recipients, subject="Neues", text="Hallo",
            kind=MailKind.NEWSLETTER,
        )  # fmt: skip
    run_waiting()
    assert [mail["X-To"] for mail in office.taken] == [TO, "olaf@example.org"]
