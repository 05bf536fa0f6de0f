"""`knotenpunkt mail test`, as an administrator uses it."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.installations import Installation, free_port
from tests.tools.mail.server import post_office


def test_a_mail_is_sent_at_once_or_the_reason_is_told(tmp_path: Path) -> None:
    with post_office() as (office, port):
        there = {
            "KNOTENPUNKT_MAIL_URL": f"smtp://127.0.0.1:{port}",
            "KNOTENPUNKT_MAIL_FROM": "Netz <post@netz.example.org>",
        }
        installation = Installation(tmp_path, settings=there)
        assert "took the mail" in installation.done("mail", "test", "it@example.org")
        assert office.taken[0]["From"] == "Netz <post@netz.example.org>"
        wrong = installation.run("mail", "test", "nobody")
        assert (wrong.returncode, len(office.taken)) == (2, 1)
        assert "no e-mail address" in wrong.stderr
    away = there | {"KNOTENPUNKT_MAIL_URL": f"smtp://127.0.0.1:{free_port()}"}
    told = Installation(tmp_path, settings=away).run("mail", "test", "it@example.org")
    assert told.returncode == 2 and "ConnectionRefusedError" in told.stderr
    unset = Installation(tmp_path).run("mail", "test", "it@example.org")
    assert unset.returncode == 2 and "KNOTENPUNKT_MAIL_URL" in unset.stderr


def test_what_comes_back_is_piped_in(tmp_path: Path) -> None:
    there = {"KNOTENPUNKT_MAIL_RETURN": "rueck@post.example.org"}
    installation = Installation(tmp_path, settings=there)
    installation.done("network", "create", "nord", "--name", "Nord", "--ags", "14522")
    address = _script(installation, SENT).strip()
    assert address.startswith("rueck+") and address.endswith("@post.example.org")
    bounce = (
        f"From: MAILER-DAEMON@mx.example.org\nTo: {address}\nSubject: Unzustellbar\n\n"
        "Der Empfänger ist unbekannt.\n"
    )
    done = installation.run("mail", "bounce", told=bounce)
    assert (done.returncode, done.stdout) == (
        0, "Noted: the address takes no mail for good.\n",
    )  # fmt: skip
    assert _script(installation, LOOKED).split() == ["bounced", "returned"]
    other = installation.run("mail", "bounce", "--to", "wer@example.org", told="To: x@y\n\nHallo")
    assert (other.returncode, other.stdout) == (0, "This is about no mail of ours.\n")


def test_a_return_address_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    for wrong in ("rueck", "a+b@example.org", f"{'x' * 21}@example.org"):
        settings = {"KNOTENPUNKT_MAIL_RETURN": wrong}
        told = Installation(tmp_path, settings=settings).run("mail", "bounce", told="x")
        assert told.returncode == 2 and "KNOTENPUNKT_MAIL_RETURN" in told.stderr


BEGIN = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.base"
django.setup()
from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.models import Message, State, Suppression
from knotenpunkt.tools.mail.returns import return_address
with in_network(Network.objects.get(slug="nord")):
"""
SENT = f"""{BEGIN}
    told = dict(to="a@example.org", subject="Hallo", text="…", title="Hallo")
    message = send_mail(actor=System("test"), **told)
    message.state = State.SENT
    message.save()
    print(return_address(message.pk))
"""
LOOKED = f"{BEGIN}    print(Message.objects.get().state, Suppression.objects.get().cause)"


def _script(installation: Installation, code: str) -> str:
    done = installation.execute([sys.executable, "-c", code])
    assert done.returncode == 0, done.stderr
    return done.stdout
