"""One visitor cannot take the pages away from the others, and nobody else is held."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knotenpunkt.foundation.core import brakes
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.front.operating import limits
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
FINDER = "/mitte/angebote/"
SIGN_IN = "/mitte/desk/anmelden/"
AWAY = {"REMOTE_ADDR": "203.0.113.7"}
WRONG = {"username": "x@example.org", "password": "x"}


@pytest.fixture(autouse=True)
def begun_anew(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few are allowed, and the clock stands: a slow machine must not begin another minute."""
    monkeypatch.setattr(brakes, "time", SimpleNamespace(time=lambda: 1_800_000_000.0))
    settings.SEARCHES_A_MINUTE = 3
    settings.FORMS_IN_TEN_MINUTES = 2
    limits._searches.cache_clear()


def statuses(client: Client, times: int, **visitor: str) -> list[int]:
    return [client.get(FINDER, **visitor).status_code for _time in range(times)]


def test_searching_is_held_for_a_while(client: Client, network_a: Network) -> None:
    assert statuses(client, 5, **AWAY) == [200, 200, 200, 429, 429]
    assert statuses(client, 1, REMOTE_ADDR="203.0.113.8") == [200]
    assert client.get("/mitte/", **AWAY).status_code == 200


def test_so_is_what_the_field_asks_while_somebody_types(client: Client, network_a: Network) -> None:
    asked = [client.get(f"{FINDER}vorschlaege/", {"q": f"kra{n}"}, **AWAY) for n in range(16)]
    assert [answer.status_code for answer in asked] == [200] * 15 + [429]
    # Who typed much may still search.
    assert statuses(client, 1, **AWAY) == [200]


def test_the_page_is_kind_and_says_when_to_come_back(client: Client, network_a: Network) -> None:
    statuses(client, 3, **AWAY)
    answer = client.get(FINDER, {"q": "Stillcafé"}, **AWAY)
    assert 0 < int(answer["Retry-After"]) <= 60
    assert answer["Cache-Control"] == "no-store"
    page = answer.content.decode()
    assert "Sie haben nichts falsch gemacht" in page and "in etwa einer Minute" in page
    assert 'href="tel:112"' in page and 'href="/mitte/angebote/?q=Stillcaf%C3%A9"' in page


def test_this_machine_is_never_held(client: Client, network_a: Network) -> None:
    assert set(statuses(client, 6)) == {200}


@pytest.mark.parametrize("connected", ["", "unix"])
def test_whoever_cannot_be_told_apart_is_not_held(
    connected: str, client: Client, network_a: Network
) -> None:
    assert set(statuses(client, 6, REMOTE_ADDR=connected)) == {200}


def test_behind_a_proxy_each_visitor_counts(
    client: Client, network_a: Network, settings: Any
) -> None:
    settings.PROXIES = 1
    one, two = ({"HTTP_X_FORWARDED_FOR": f"9.9.9.9, 203.0.113.{number}"} for number in (1, 2))
    assert statuses(client, 4, **one)[-1] == 429
    assert statuses(client, 1, **two) == [200]


def test_a_limit_of_none_is_none(client: Client, network_a: Network, settings: Any) -> None:
    settings.SEARCHES_A_MINUTE = settings.FORMS_IN_TEN_MINUTES = 0
    assert set(statuses(client, 6, **AWAY)) == {200}
    assert {client.post(SIGN_IN, WRONG, **AWAY).status_code for _time in range(4)} == {200}


SHARE = "/mitte/aktionen/fest/bild-quer.png"
POSTER = f"/mitte/aktionen/fest/mitmachen/{UUID(int=1)}/plakat.pdf"


@pytest.mark.parametrize("address", [SHARE, POSTER])
def test_what_is_drawn_for_everybody_is_held_earlier(
    client: Client, network_a: Network, address: str
) -> None:
    """A word behind the address, or a cookie, leads past what is kept."""
    got = [client.get(f"{address}?{word}", **AWAY).status_code for word in "ab"]
    assert got == [404, 429]
    assert client.get(address, REMOTE_ADDR="203.0.113.8").status_code == 404


# PostgreSQL reads long lists by a cursor.
READS = ("SELECT", "SAVEPOINT", "DECLARE", "FETCH", "CLOSE")


def test_reading_writes_nothing(client: Client, network_a: Network) -> None:
    with CaptureQueriesContext(connection) as asked:
        statuses(client, 4, **AWAY)
    writing = [one["sql"] for one in asked if not one["sql"].startswith(READS)]
    assert not [sql for sql in writing if not sql.startswith(("RELEASE", "ROLLBACK"))]
    assert not [one["sql"] for one in asked if "shared_cache" in one["sql"]]


def test_forms_without_an_account_are_held(client: Client, network_a: Network) -> None:
    got = [client.post(SIGN_IN, WRONG, **AWAY) for _time in range(3)]
    assert [one.status_code for one in got] == [200, 200, 429]
    assert "in etwa 10 Minuten" in got[-1].content.decode()


def test_members_are_not_held_by_what_others_sent(client: Client, cast: Cast) -> None:
    client.force_login(cast.petra)
    sign_out = "/mitte/desk/abmelden/"
    for _time in range(3):
        Client().post(SIGN_IN, WRONG, **AWAY)
    assert client.post(sign_out, **AWAY).status_code == 302


def test_a_large_file_from_nobody_is_not_taken_in(client: Client, network_a: Network) -> None:
    answer = client.post(
        SIGN_IN, data=b"x" * 1_000_001, content_type="multipart/form-data; boundary=x", **AWAY
    )
    assert answer.status_code == 413
    assert "zu groß" in answer.content.decode()


def test_a_personal_link_takes_a_picture_but_no_film(client: Client, network_a: Network) -> None:
    page = f"/mitte/p/none/mitmachen/{UUID(int=1)}/neu/"
    form = {"data": b"x" * 1_000_001, "content_type": "multipart/form-data; boundary=x"}
    assert client.post(page, **form, REMOTE_ADDR="203.0.113.9").status_code == 404
    length = str(limits.MOST_BY_LINK + 1)
    assert client.post(page, data={}, CONTENT_LENGTH=length, **AWAY).status_code == 413


def test_members_may_send_files_until_it_is_too_much(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UPLOADS", limits.Brake("uploads", limit=1))
    client.force_login(cast.petra)
    got = [
        client.post("/mitte/desk/", data=b"x" * 1_000_001, content_type="text/plain").status_code
        for _time in range(2)
    ]
    assert got == [405, 429]


def test_what_no_disk_holds_is_refused_by_its_length(client: Client, cast: Cast) -> None:
    client.force_login(cast.petra)
    answer = client.post("/mitte/desk/", data={}, CONTENT_LENGTH=str(limits.MOST_BY_MEMBERS + 1))
    assert answer.status_code == 413
