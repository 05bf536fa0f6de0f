"""`knotenpunkt mail test`, as an administrator uses it."""

from __future__ import annotations

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
