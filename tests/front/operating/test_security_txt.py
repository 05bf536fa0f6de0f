"""Whom to tell of a weakness, as RFC 9116 says it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config.installation import security_contact
from config.options import UnusableSetting

PATHS = ("/.well-known/security.txt", "/security.txt")


@pytest.mark.parametrize("path", PATHS)
def test_contact_and_expiry_are_told(path: str, client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT = "mailto:sicherheit@example.org"
    settings.HOSTS = ["netz.example.org"]
    answer = client.get(path)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == "mailto:sicherheit@example.org"
    assert fields["Canonical"] == "https://netz.example.org/.well-known/security.txt"
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=150) < expires - timezone.now() < timedelta(days=365)


@pytest.mark.parametrize("path", PATHS)
def test_without_a_contact_there_is_no_such_page(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", ""),
        ("a@example.org", "mailto:a@example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("https://example.org/sicherheit", "https://example.org/sicherheit"),
    ],
)
def test_a_contact_becomes_an_address(written: str, told: str) -> None:
    assert security_contact(written) == told


@pytest.mark.parametrize("written", ["Frau Muster", "http://example.org", "a b@example.org"])
def test_what_is_no_contact_is_refused(written: str) -> None:
    with pytest.raises(UnusableSetting, match="KNOTENPUNKT_SECURITY_CONTACT"):
        security_contact(written)
