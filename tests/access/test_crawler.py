"""Follows every link and every form as every role: no dead end, nothing outside the table.

What a page offers to somebody must work for them. Of addresses that differ only in values (a
page's number, a filter) a few are followed.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, get_resolver

from knotenpunkt.foundation.core.languages import OTHERS
from tests.access.stage import TABLE, Stage
from tests.access.table import ROLES

# Where links lead is no matter of the database; the table asks each address on both.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

FEW = 4
OWN_SCHEMES = {"", "http", "https"}
INSIDERS = {"reader", "editor", "provider", "coordinator"}
KNOWN = {line.name for line in TABLE}


class Links(HTMLParser):
    """The addresses that a page leads to: links, forms that ask, what a script would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.found += [told[name] or "" for name in ("href", "src", "hx-get") if told.get(name)]
        if tag == "form" and (told.get("method") or "get").lower() == "get" and told.get("action"):
            self.found.append(told["action"] or "")


@dataclass
class Walk:
    """One role on its way through the product."""

    stage: Stage
    role: str
    seen: set[str] = field(default_factory=set)
    followed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def go(self) -> None:
        """Follow everything that can be reached."""
        client, waiting = self._client(), deque((path, "") for path in self._starts())
        while waiting:
            path, origin = waiting.popleft()
            for link in self._links(client, path, origin):
                waiting.append((link, path))

    def _starts(self) -> tuple[str, str]:
        return "/mitte/", "/mitte/desk/" if self.role in INSIDERS else "/mitte/en/"

    def _client(self) -> Client:
        client = Client(raise_request_exception=True)
        if user := self.stage.people[self.role]:
            client.force_login(user)
        return client

    def _links(self, client: Client, path: str, origin: str) -> Iterator[str]:
        if path in self.seen or urlsplit(path).path.startswith("/static/"):
            return
        self.seen.add(path)
        name = view_name(path)
        self.followed[name] += 1
        if self.followed[name] > FEW:
            return
        answer = client.get(path)
        self._judge(path, origin, name, answer.status_code)
        yield from targets(path, answer)

    def _judge(self, path: str, origin: str, name: str, code: int) -> None:
        # Its door is on every page; to outsiders the desk behind it does not exist.
        if path.endswith("/desk/") and not (self.role in INSIDERS and path.startswith("/mitte/")):
            return
        if code not in (200, 301, 302):
            self.wrong.append(f"{origin} leads to {path}: {code}")
        if path.startswith("/mitte/") and name not in KNOWN:
            self.wrong.append(f"{origin} leads to {path}, which is not in the access table")


def view_name(path: str) -> str:
    """Which view answers; the address itself when none does."""
    plain = urlsplit(path).path
    inner = plain.removeprefix("/mitte")
    for code in OTHERS:
        inner = f"/{rest}" if (rest := inner.removeprefix(f"/{code}/")) != inner else inner
    urls = "config.network_urls" if plain.startswith("/mitte/") else "config.urls"
    try:
        return get_resolver(urls).resolve(inner if plain.startswith("/mitte/") else plain).view_name
    except Resolver404:
        return plain


def targets(path: str, answer: Any) -> Iterator[str]:
    """Where an answer leads within this installation."""
    if answer.streaming:
        list(answer)
        return
    if "Location" in answer:
        yield urljoin(path, answer["Location"])
    if not answer.get("Content-Type", "").startswith("text/html"):
        return
    for link in Links(answer.content.decode()).found:
        address = urldefrag(urljoin(path, link)).url
        parts = urlsplit(address)
        if parts.scheme in OWN_SCHEMES and parts.netloc in ("", "testserver"):
            yield address.removeprefix("http://testserver")


@pytest.mark.parametrize("role", ROLES)
def test_each_link_leads_somewhere(role: str, stage: Stage) -> None:
    walk = Walk(stage, role)
    walk.go()
    assert not walk.wrong, "\n".join(walk.wrong)
    assert len(walk.seen) > 20
