"""Whatever somebody types into an address or a form: an answer, never an error of the server.

Fields are read from the pages themselves, so a new form is tried without being named here.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.stage import TABLE, Stage
from tests.access.table import Line

pytestmark = pytest.mark.django_db

ASKED = [line for line in TABLE if line.method == "get" and line.expected["coordinator"] == 200]
EXAMPLES = settings(
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# What people type, and what those type who look for a weak place.
ODD = [
    "", " ", "\0", "'", '"><script>', "=1+1", "-1", "0", "1e9", "9" * 400, "NaN", "١٢٣",
    "2026-02-30", "31.12.", "25:61", "09599", "../../etc", "%00", "{{7*7}}", "ä" * 500,
    "\U0001f476",
    "00000000-0000-0000-0000-000000000000", "petra@example.org", "\u202eabc", "a\r\nB: c",
]  # fmt: skip
typed = st.sampled_from(ODD) | st.text(max_size=40)


class Fields(HTMLParser):
    """The names of all fields of a page, and where its forms post to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.targets: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in {"input", "select", "textarea", "button"} and told.get("name"):
            self.names.add(told["name"] or "")
        if tag == "form" and (told.get("method") or "").lower() == "post":
            self.targets.add(told.get("action") or "")


def client_of(stage: Stage, role: str = "coordinator") -> Client:
    client = Client()
    if user := stage.people[role]:
        client.force_login(user)
    return client


def without_error(client: Client, method: str, path: str, data: dict[str, str]) -> None:
    """Ask, look at the answer, and take back what it did."""
    with transaction.atomic():
        answer = getattr(client, method)(path, data)
        if answer.streaming:
            list(answer)
        transaction.set_rollback(True)
    assert answer.status_code < 500, f"{method} {path} {data}: {answer.status_code}"


@pytest.mark.parametrize("line", ASKED, ids=str)
def test_any_address_is_answered(line: Line, stage: Stage) -> None:
    client, path = client_of(stage), stage.path(line)
    page = client.get(path)
    body = "" if page.streaming else page.content.decode("utf-8", "replace")
    fields = Fields(body)
    names = sorted(fields.names | {"q", "seite", "sort"})

    @EXAMPLES
    @given(values=st.dictionaries(st.sampled_from(names), typed, min_size=1, max_size=6))
    def ask(values: dict[str, str]) -> None:
        without_error(client, "get", path.partition("?")[0], values)

    ask()
    for target in sorted(fields.targets):
        _post(client, target or path, sorted(fields.names))
    if page.streaming:
        list(page)


def _post(client: Client, path: str, names: list[str]) -> None:
    if not names or "abmelden" in path:
        return

    @EXAMPLES
    @given(values=st.dictionaries(st.sampled_from(names), typed, max_size=len(names)))
    def send(values: dict[str, Any]) -> None:
        without_error(client, "post", path, values)

    send()
