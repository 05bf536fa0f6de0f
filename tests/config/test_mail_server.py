"""The address of a mail server: what is understood, what is refused and why."""

from __future__ import annotations

import pytest

from config.mail_server import MailServer, mail_server, sender
from config.options import UnusableSetting


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", MailServer()),
        (
            "smtp://user:p%40ss@mail.example.org:2525?tls=starttls",
            MailServer("mail.example.org", 2525, "user", "p@ss", "starttls"),
        ),
        (
            "smtps://u:p@mail.example.org",
            MailServer("mail.example.org", 465, "u", "p", "from_start"),
        ),
        ("smtp://127.0.0.1:1025", MailServer("127.0.0.1", 1025)),
        ("smtp://relay:25?tls=none", MailServer("relay", 25)),
    ],
)
def test_an_address_is_understood(url: str, server: MailServer) -> None:
    assert mail_server(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://mail.example.org:port?tls=starttls",
        "smtp://mail.example.org:99999?tls=starttls",
        "smtp://mail.example.org?tls=maybe",
        "smtp://mail.example.org?tsl=starttls",
        "smtps://mail.example.org?tls=none",
        "smtp://mail.example.org/path?tls=starttls",
    ],
)
def test_a_malformed_address_is_refused(url: str) -> None:
    with pytest.raises(UnusableSetting, match="KNOTENPUNKT_MAIL_URL looks like"):
        mail_server(url)


@pytest.mark.parametrize(
    "url",
    ["smtp://mail.example.org", "smtp://user:pw@mail.example.org", "smtp://u:p@relay?tls=none"],
)
def test_nothing_travels_readable(url: str) -> None:
    with pytest.raises(UnusableSetting, match="readable"):
        mail_server(url)


def test_no_password_is_told() -> None:
    with pytest.raises(UnusableSetting) as refused:
        mail_server("smtp://user:geheim@mail.example.org")
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize("written", ["", "post", "a@b@c", "x@y.org\nBcc: z@y.org"])
def test_a_server_needs_a_sender(written: str) -> None:
    with pytest.raises(UnusableSetting, match="KNOTENPUNKT_MAIL_FROM"):
        sender(written, MailServer("mail.example.org"))
    assert sender("", MailServer()) == ""
    assert sender("Netz <post@x.org>", MailServer("x")) == "Netz <post@x.org>"
