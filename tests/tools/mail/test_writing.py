"""One source, plain text and HTML from it; many recipients, each with their own values."""

from __future__ import annotations

import re
import time
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import Settings

from knotenpunkt.foundation.accounts.actors import ANYONE, Actor
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.mail import pace
from knotenpunkt.tools.mail.actions import Recipient, post
from knotenpunkt.tools.mail.composing import letter_of
from knotenpunkt.tools.mail.frames import as_html, as_text, framed
from knotenpunkt.tools.mail.models import MailKind, Message, State
from knotenpunkt.tools.mail.queries import addressee, content
from knotenpunkt.tools.mail.source import Bullets, Button, Paragraph, blocks, filled

pytestmark = pytest.mark.django_db
URL = "https://netz.example.org/p/abc/?a=1&b=2"
SOURCE = f"""Guten Tag <Frida>,

stimmt das noch?
Bitte sehen Sie kurz hinein.

- Telefon: 030 & 040
- Sprechzeit: Mo 9–12 Uhr

[Stimmt alles]({URL})

Mehr steht auf https://netz.example.org/hilfe/.
"""


@pytest.fixture
def network(network_a: Network) -> Network:
    network_a.contact_name, network_a.contact_phone = "Jana <Wolfram>", "030 23125 040"
    network_a.contact_email = "netz@mitte.example.org"
    return network_a


def test_the_parts_of_a_text() -> None:
    first, second, bullets, button, last = blocks(SOURCE)
    assert first == Paragraph(("Guten Tag <Frida>,",))
    assert second == Paragraph(("stimmt das noch?", "Bitte sehen Sie kurz hinein."))
    assert bullets == Bullets(("Telefon: 030 & 040", "Sprechzeit: Mo 9–12 Uhr"))
    assert button == Button("Stimmt alles", URL)
    assert isinstance(last, Paragraph)


@pytest.mark.parametrize(
    "line",
    [
        "[x](javascript:alert(1))",
        "[x](https://a b)",
        "Text [x](https://a.example)",
        "[](https://a)",
    ],
)
def test_only_a_line_of_its_own_with_a_web_address_is_a_button(line: str) -> None:
    assert [type(block) for block in blocks(line)] == [Paragraph]


def test_the_plain_text_says_the_same(network: Network) -> None:
    text = as_text(SOURCE, framed(network))
    assert f"Stimmt alles:\n{URL}\n" in text and "- Telefon: 030 & 040\n" in text
    said, foot = text.split("\n-- \n")
    assert said.startswith("Guten Tag <Frida>,\n\nstimmt das noch?\nBitte sehen")
    assert foot.startswith("Netzwerk Mitte\n")
    assert "Fragen? Jana <Wolfram> hilft Ihnen gern: Telefon 030 23125 040, netz@" in foot


def test_the_html_is_made_of_escaped_text_and_needs_nothing_from_elsewhere(
    network: Network,
) -> None:
    html = as_html("Betreff <x>", SOURCE, framed(network))
    assert "Guten Tag &lt;Frida&gt;," in html and "<Frida>" not in html
    assert "Jana &lt;Wolfram&gt;" in html and "<title>Betreff &lt;x&gt;</title>" in html
    assert f'<a class="button" href="{URL.replace("&", "&amp;")}">Stimmt alles</a>' in html
    assert '<a href="https://netz.example.org/hilfe/">' in html  # without the full stop
    assert not re.search(r"<(img|link|script|iframe|form|input)\b|url\(|@import|@font-face", html)
    assert "prefers-color-scheme:dark" in html and 'name="color-scheme"' in html


def test_a_button_of_a_network_can_be_read_by_day_and_by_night(network: Network) -> None:
    html = as_html("x", SOURCE, framed(network))
    pairs = re.findall(r"\.button\{background:(#\w{6});color:(#\w{6})\}", html)
    assert len(pairs) == 2 and pairs[0] != pairs[1]


def test_a_value_makes_no_button(network: Network) -> None:
    text = filled("Guten Tag\n\n{name}\n\n[Los]({link})", {"name": "[Klick](https://boese.example)",
                                                        "link": URL})  # fmt: skip
    assert [block for block in blocks(text) if isinstance(block, Button)] == [Button("Los", URL)]


def recipients(count: int) -> list[Recipient]:
    return [
        Recipient(f"k{n}@example.org", f"Kontakt {n}", uuid4(), {"link": f"https://x.example/{n}"})
        for n in range(count)
    ]


def test_many_get_their_own_text(system: Actor, inside_a: Network, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "post@netz.example.org"
    mailing = post(
        actor=system, title="Stimmt das noch?", recipients=recipients(3), kind=MailKind.INVITATION,
        subject="Guten Tag {name}", text="Hallo {name}\n\n[Los]({link})\n\n{ kein Platz }",
    )  # fmt: skip
    messages = {addressee(one).to: one for one in Message.objects.filter(mailing=mailing)}
    assert content(messages["k2@example.org"]).subject == "Guten Tag Kontakt 2"
    assert "[Los](https://x.example/2)" in content(messages["k2@example.org"]).text
    assert Job.objects.count() == 1 and mailing.job == Job.objects.get()
    letter = letter_of(messages["k1@example.org"], inside_a)
    assert (letter.to, letter.to_name) == ("k1@example.org", "Kontakt 1")
    assert b"To: Kontakt 1 <k1@example.org>" in letter.as_bytes()


def test_1100_are_queued_quickly(system: Actor, inside_a: Network) -> None:
    begun = time.monotonic()
    post(
        actor=system, title="x", recipients=recipients(1100), kind=MailKind.SERVICE, subject="x",
        text="Hallo {name}",
    )  # fmt: skip
    assert Message.objects.count() == 1100
    assert time.monotonic() - begun < 10  # far from it, even on a busy machine


def test_a_wrong_address_keeps_nobody_else_back(system: Actor, inside_a: Network) -> None:
    told = [Recipient("k1@example.org"), Recipient("k2 at example"), Recipient("")]
    post(actor=system, title="x", recipients=told, subject="x", text="x", kind=MailKind.SERVICE)
    states = sorted(Message.objects.values_list("state", "reason"))
    assert states == [
        (State.FAILED, "Das ist keine E-Mail-Adresse."),
        (State.FAILED, "Das ist keine E-Mail-Adresse."),
        (State.QUEUED, ""),
    ]


@pytest.mark.parametrize(
    ("to", "text", "told"),
    [
        ([], "Hallo", "So bekommt niemand Post"),
        ([Recipient("a@example.org")], "  ", "noch keinen Text"),
        ([Recipient("a@example.org")], "Hallo {anrede}", "{anrede}"),
    ],
)
def test_what_is_incomplete_is_told_before_anybody_gets_it(
    to: list[Recipient], text: str, told: str, system: Actor, inside_a: Network
) -> None:
    with pytest.raises(ValidationError) as problem:
        post(actor=system, title="x", recipients=to, subject="x", text=text, kind=MailKind.SERVICE)
    assert told in problem.value.messages[0]
    assert not Message.objects.exists() and not Job.objects.exists()


def test_not_everybody_writes_to_many(inside_a: Network) -> None:
    with pytest.raises(PermissionDenied):
        post(
            actor=ANYONE, title="x", recipients=recipients(1), subject="x", text="x",
            kind=MailKind.SERVICE,
        )  # fmt: skip


def test_a_subject_stays_one_line(system: Actor, inside_a: Network, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "post@netz.example.org"
    one = Recipient("a@example.org", "Eva\r\nBcc: all@example.org")
    post(
        actor=system, title="x", recipients=[one], subject="Für {name}", text="x",
        kind=MailKind.SERVICE,
    )  # fmt: skip
    message = Message.objects.get()
    assert content(message).subject == "Für Eva Bcc: all@example.org"
    assert b"\nBcc:" not in letter_of(message, inside_a).as_bytes()


def test_so_many_a_minute_and_not_more(
    settings: Settings, network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAILS_A_MINUTE = 600
    begun = time.time()
    with monkeypatch.context() as clock:
        taken = 0
        for hundredth in range(200):
            clock.setattr(pace.time, "time", lambda now=begun + hundredth / 100: now)
            taken += pace.wait_for_turn(0.0)
    assert taken in (20, 21)  # ten a second
    settings.MAILS_A_MINUTE = 6
    pace.wait_for_turn(0.0)
    assert not pace.wait_for_turn(0.05) and pace.seconds_to_turn() <= 10.001
    settings.MAILS_A_MINUTE = 0
    assert all(pace.wait_for_turn(0.0) for _ in range(100))


def test_the_networks_stay_apart(system: Actor, network_a: Network, network_b: Network) -> None:
    with in_network(network_a):
        post(
            actor=system, title="x", recipients=recipients(1), subject="x", text="x",
            kind=MailKind.SERVICE,
        )  # fmt: skip
    with in_network(network_b):
        assert not Message.objects.exists()
