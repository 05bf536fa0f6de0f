"""The mailbox of a demo: everything lands there, links lead on, nothing leaves."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs.worker import run_waiting
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.models import MailKind, Message
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
BOX = "/mitte/desk/postfach/"
LINK = "https://netz.example.org/mitte/p/schluessel/"
LINK_HERE = "http://testserver/mitte/p/schluessel/"  # wherever the demo is looked at
TEXT = f"Guten Tag Frida,\n\nstimmt alles?\n\n[Ja, stimmt]({LINK})\n\n- Telefon <030>\n"


@pytest.fixture
def demo(network_a: Network, settings: Settings) -> Network:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # reached by nobody
    network_a.is_demo = True
    network_a.save()
    return network_a


@pytest.fixture
def received(demo: Network, system: Actor) -> Message:
    with in_network(demo):
        message = send_mail(
            actor=system, to="frida@example.org", name="Frida Sommerfeld", text=TEXT,
            subject="Stimmt das noch?", title="Rückfrage", kind=MailKind.INVITATION,
        )  # fmt: skip
    run_waiting()
    return message


def test_everybody_of_the_demo_can_play_the_recipient(cast: Cast, received: Message) -> None:
    for user in (cast.petra, cast.birgit, cast.frida):
        client = Client()
        client.force_login(user)
        box = client.get(BOX).content.decode()
        assert "Frida Sommerfeld" in box and "Stimmt das noch?" in box and "[Ja" not in box
        mail = client.get(f"{BOX}{received.pk}/").content.decode()
        assert f'href="{LINK_HERE}"' in mail and "Ja, stimmt" in mail
        assert "Telefon &lt;030&gt;" in mail and "Netzwerk Mitte" in mail
        assert "http://testserver/mitte/post/abbestellen/" in mail


def test_it_can_be_searched_by_address(cast: Cast, received: Message) -> None:
    client = Client()
    client.force_login(cast.petra)
    assert "Stimmt das noch?" in client.get(f"{BOX}?q=frida@example.org").content.decode()
    assert "ist nichts angekommen" in client.get(f"{BOX}?q=olaf@example.org").content.decode()


def test_there_is_none_outside_of_demos(cast: Cast, received: Message, demo: Network) -> None:
    demo.is_demo = False
    demo.save()
    client = Client()
    client.force_login(cast.petra)
    assert client.get(BOX).status_code == 404
    assert client.get(f"{BOX}{received.pk}/").status_code == 404


def test_a_mail_that_still_waits_has_not_arrived(cast: Cast, demo: Network, system: Actor) -> None:
    with in_network(demo):
        waiting = send_mail(actor=system, to="a@example.org", subject="x", text="x", title="x")
    client = Client()
    client.force_login(cast.petra)
    assert "Noch keine Post" in client.get(BOX).content.decode()
    assert client.get(f"{BOX}{waiting.pk}/").status_code == 404
