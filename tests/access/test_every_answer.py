"""What holds for every answer of the product: its headers, and what its log does not know."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from knotenpunkt.foundation.core.logs import JsonLines, Readable
from tests.access.stage import TABLE, Stage
from tests.access.table import Line
from tests.access.test_access_table import OUTSIDE_NETWORKS

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LOGGERS = ("", "django", "django.request", "knotenpunkt.requests")
# What a family searches for, and who it is: words, e-mail, telephone, address, name, key.
SECRETS = {
    "word": "Schwangerschaftskonflikt",
    "email": "nadja.geheim@familie.example",
    "phone": "03731 5550199",
    "visitor": "203.0.113.77",
    "agent": "Geheimtelefon",
    "password": "ein-geheimes-kennwort",
}
FILLED_IN = {
    "q": SECRETS["word"], "ort": SECRETS["word"], "name": "Nadja Geheim", "email": SECRETS["email"],
    "username": SECRETS["email"], "password": SECRETS["password"], "phone": SECRETS["phone"],
    "message": f"Bitte {SECRETS['phone']} anrufen", "text": SECRETS["word"],
    "next": SECRETS["email"],
}  # fmt: skip
VISIT = {
    "REMOTE_ADDR": SECRETS["visitor"],
    "HTTP_USER_AGENT": SECRETS["agent"],
    "HTTP_REFERER": f"https://example.org/?q={SECRETS['word']}",
}
OUTSIDE = [*(reverse(name) for name in OUTSIDE_NETWORKS), "/gibt-es-nicht/", "/mitte/nichts/"]


@contextmanager
def written() -> Iterator[tuple[io.StringIO, io.StringIO]]:
    """Everything that is logged meanwhile, down to the least important: (as JSON, as text)."""
    logs = io.StringIO(), io.StringIO()
    handlers = [logging.StreamHandler(log) for log in logs]
    for handler, formatter in zip(handlers, (JsonLines(), Readable()), strict=True):
        handler.setFormatter(formatter)
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.DEBUG if one.name != "django" else logging.INFO)
    heard = [(logging.getLogger(name), one) for name in ("", "django") for one in handlers]
    for logger, handler in heard:
        logger.addHandler(handler)
    try:
        yield logs
    finally:
        for logger, handler in heard:
            logger.removeHandler(handler)
        for one, level in zip(loggers, before, strict=True):
            one.setLevel(level)


def leaked(log: str) -> list[str]:
    """Which secrets stand in it, also as an address writes them."""
    parts = {value: value.split("@")[0] for value in SECRETS.values()}
    digits = "".join(filter(str.isdigit, SECRETS["phone"]))
    return [value for value, part in parts.items() if part in log or digits in log]


@pytest.mark.parametrize("line", TABLE, ids=str)
def test_no_answer_leaves_a_person_in_the_log(line: Line, stage: Stage) -> None:
    path = stage.path(line).partition("?")[0]
    client = Client(**VISIT)
    coordinator = stage.people["coordinator"]
    assert coordinator is not None
    with written() as logs:
        _visited(client, path, line)
        client.force_login(coordinator)
        _visited(client, path, line)
    for log in logs:
        assert log.getvalue() and not leaked(log.getvalue())
        assert not [str(one) for one in stage.records.values() if str(one) in log.getvalue()]


def _visited(client: Client, path: str, line: Line) -> None:
    """Asked for with words in its query; where it is a form, sent with them."""
    if line.method == "get":
        answer = client.get(path, FILLED_IN)
        b"".join(answer) if answer.streaming else answer.content
    client.post(path, FILLED_IN | ({} if line.method == "get" else line.data))


@pytest.mark.parametrize("path", OUTSIDE)
def test_nor_does_one_outside_every_network(path: str, stage: Stage) -> None:
    with written() as (log, text):
        client = Client(**VISIT)
        client.get(path, FILLED_IN)
        client.get(f"{path}{SECRETS['email']}/{SECRETS['phone']}", FILLED_IN)
        client.get(path, headers={"host": f"{SECRETS['word']}.example.org"})
    assert not leaked(log.getvalue()) and not leaked(text.getvalue())
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert {"time", "level", "logger", "message", "request", "view", "network"} <= lines[0].keys()


def test_the_log_names_view_and_network_but_no_record(stage: Stage) -> None:
    offer: UUID = stage.records["published"]
    with written() as (log, _text):
        answer = Client().get(f"/mitte/angebote/{offer}/", {"q": SECRETS["word"]})
    said = json.loads(log.getvalue().splitlines()[-1])
    assert (said["view"], said["network"], said["status"]) == ("offers:detail", "mitte", 200)
    assert said["request"] == answer["X-Request-ID"]
    assert said["ms"] > 0 and str(offer) not in log.getvalue()


# Every answer, whoever asks and whatever it is.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")


@pytest.mark.parametrize("line", TABLE, ids=str)
def test_every_answer_is_guarded(line: Line, stage: Stage) -> None:
    for role in ("nobody", "coordinator"):
        guarded(stage.asked(stage.path(line), role, line.method, **line.data))


@pytest.mark.parametrize("path", OUTSIDE)
def test_every_answer_outside_is_guarded_too(path: str, stage: Stage) -> None:
    guarded(Client().get(path))


def guarded(answer: Any) -> None:
    assert {name: answer.get(name) for name in HEADERS} == HEADERS
    # A page whose address is a key tells it to nobody.
    assert answer["Referrer-Policy"] in ("same-origin", "no-referrer")
    policy = answer["Content-Security-Policy"]
    # What is no page has no forms and no frames to speak of.
    is_page = answer["Content-Type"].startswith("text/html")
    assert all(part in policy for part in (POLICY if is_page else POLICY[:1]))
    assert "unsafe" not in policy and "*" not in policy
    assert "geolocation=(self)" in answer["Permissions-Policy"]
    assert answer["X-Request-ID"]
    for cookie in answer.cookies.values():
        assert cookie["samesite"] == "Lax" and (cookie["httponly"] or not cookie.value)


def test_a_public_installation_insists_on_https(stage: Stage, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    assert Client().get("/mitte/")["Location"].startswith("https://")
    assert "max-age=31536000" in Client().get("/mitte/", secure=True)["Strict-Transport-Security"]
