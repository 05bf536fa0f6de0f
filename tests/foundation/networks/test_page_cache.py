"""What is kept of pages for everyone, for whom, and how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knotenpunkt.foundation.core.measures import REQUESTS
from knotenpunkt.foundation.networks import page_cache
from knotenpunkt.foundation.networks.data_version import Asking, DataVersion, Failed
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.page_cache import (
    cacheable,
    in_one_form,
    languages_asked,
    next_midnight,
)
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.models import Offer
from tests.factories import make_offer
from tests.kept_pages import KeptSite

pytestmark = pytest.mark.django_db

FINDER = "/mitte/angebote/"


@pytest.fixture
def site(network_a: Network) -> KeptSite:
    with in_network(network_a):
        make_offer("Krabbelgruppe Sonnenstrahl")
    return KeptSite()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("q=&ort=&alter=", ""),
        ("ort=09599&q=schreit", "ort=09599&q=schreit"),
        ("q=schreit&ort=09599&", "ort=09599&q=schreit"),
        ("b=2&a=1&b=1", "a=1&b=2&b=1"),
        ("abgemeldet", "abgemeldet"),
        ("zeichen=YWJj=&q=", "zeichen=YWJj="),
    ],
)
def test_an_address_has_one_form(typed: str, kept: str) -> None:
    assert in_one_form(typed) == kept


@pytest.mark.parametrize(
    ("header", "languages"),
    [
        ("", ()),
        ("de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7", ("de", "en")),
        ("en-GB,en;q=0.9,de;q=0.5", ("en", "de")),
        ("sq,nl;q=0.9", ()),
        ("*", ()),
        # The page reads the beginning of a long header; read otherwise here, whoever sends one
        # would decide which language is offered to those who ask for none of ours.
        ("uk," + "x-" * 2_000, ("uk",)),
    ],
)
def test_of_a_browser_only_the_order_of_our_languages_counts(
    header: str, languages: tuple[str, ...]
) -> None:
    assert languages_asked(header) == languages


def test_the_second_visitor_gets_the_same_page(site: KeptSite) -> None:
    first, second = site.get(FINDER), site.get(FINDER)
    assert (first.status, first.was_kept, second.was_kept) == (200, False, True)
    assert second.body == first.body
    assert "Krabbelgruppe Sonnenstrahl" in second.text


def test_a_kept_page_has_all_headers_and_an_id_of_its_own(site: KeptSite) -> None:
    first, second = site.get(FINDER), site.get(FINDER)
    assert second.was_kept
    numbers = {answer.headers.pop("X-Request-ID") for answer in (first, second)}
    assert len(numbers) == 2
    assert second.headers == first.headers
    assert "default-src 'none'" in second.headers["Content-Security-Policy"]
    assert second.headers["X-Frame-Options"] == "DENY"
    assert second.headers["Content-Language"] == "de"


def test_a_kept_page_is_kept_packed(site: KeptSite) -> None:
    plain = site.get(FINDER)
    packed = site.get(FINDER, HTTP_ACCEPT_ENCODING="gzip, br")
    assert not packed.was_kept and "Content-Encoding" not in plain.headers
    again = site.get(FINDER, HTTP_ACCEPT_ENCODING="gzip")
    assert again.was_kept and again.headers["Content-Encoding"] == "gzip"
    assert again.body == packed.body and len(again.body) < len(plain.body) / 3


def test_head_gets_the_headers_of_the_kept_page(site: KeptSite) -> None:
    page = site.get(FINDER)
    head = site.get(FINDER, "HEAD")
    assert head.was_kept and head.body == b""
    assert head.headers["Content-Length"] == str(len(page.body))


def test_head_alone_keeps_nothing(site: KeptSite) -> None:
    assert site.get(FINDER, "HEAD").status == 200
    assert not site.get(FINDER).was_kept


def test_a_kept_page_is_counted_like_any_other(site: KeptSite) -> None:
    def counted() -> float:
        labels = {"view": "offers:finder", "method": "GET", "status": "2xx"}
        return REQUESTS.labels(**labels)._sum.get() and sum(
            bucket.get() for bucket in REQUESTS.labels(**labels)._buckets
        )

    site.get(FINDER)
    before = counted()
    assert site.get(FINDER).was_kept
    assert counted() == before + 1


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=abc"},
        {"HTTP_COOKIE": f"{settings.CSRF_COOKIE_NAME}=abc"},
        {"HTTP_COOKIE": "anything=else"},
        {"HTTP_AUTHORIZATION": "Bearer abc"},
        {"CONTENT_LENGTH": "3"},
    ],
    ids=str,
)
def test_who_is_somebody_gets_a_page_of_their_own(site: KeptSite, headers: dict[str, str]) -> None:
    site.get(FINDER)
    assert not site.get(FINDER, **headers).was_kept
    # Nor is anything kept of it for others.
    assert not site.get(f"{FINDER}?q=neu", **headers).was_kept
    assert not site.get(f"{FINDER}?q=neu").was_kept


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_HOST": "127.0.0.1"},
        {"wsgi.url_scheme": "https"},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "ergebnisse"},
        {"HTTP_ACCEPT_LANGUAGE": "en"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
    ],
    ids=str,
)
def test_who_asks_otherwise_gets_another_page(site: KeptSite, headers: dict[str, str]) -> None:
    site.get(FINDER)
    assert not site.get(FINDER, **headers).was_kept
    assert site.get(FINDER, **headers).was_kept


@pytest.mark.parametrize("path", ["/mitte/en/angebote/", f"{FINDER}?q=schreit", "/mitte/"])
def test_another_address_is_another_page(site: KeptSite, path: str) -> None:
    site.get(FINDER)
    first = site.get(path)
    assert (first.status, first.was_kept) == (200, False)
    assert site.get(path).was_kept


def test_the_page_is_that_of_the_address_and_not_of_the_first_who_asked(site: KeptSite) -> None:
    """What somebody's link carried along does not stand in the page that others get."""
    first = site.get(f"{FINDER}?ort=&q=schreit&alter=")
    second = site.get(f"{FINDER}?q=schreit")
    assert second.was_kept
    assert "alter=&amp;" not in second.text and second.body == first.body


@pytest.mark.parametrize(
    "path", ["/mitte/angebote", "/mitte/gibt-es-nicht/", "/mitte/desk/", "/mitte/anruf/", "/health"]
)
def test_only_good_answers_of_marked_pages_are_kept(site: KeptSite, path: str) -> None:
    site.get(path)
    assert not site.get(path).was_kept


def test_another_host_is_refused_also_beside_a_kept_page(site: KeptSite) -> None:
    site.get(FINDER)
    assert site.get(FINDER, HTTP_HOST="evil.example.org").status == 400
    assert site.get(FINDER, HTTP_HOST="evil.example.org").status == 400


def test_memory_is_bounded(network_a: Network) -> None:
    with in_network(network_a):
        make_offer("Krabbelgruppe Sonnenstrahl")
    site = KeptSite(most_bytes=200_000)
    for number in range(12):
        site.get(f"{FINDER}?seite={number}")
    assert 0 < site.cache.pages.bytes <= 200_000
    assert site.get(f"{FINDER}?seite=11").was_kept
    assert not site.get(f"{FINDER}?seite=0").was_kept


def test_what_a_change_made_untrue_leaves_memory_at_once(
    site: KeptSite, network_a: Network
) -> None:
    """Also pages that nobody asks for again: what was erased does not stay there."""
    for number in range(4):
        site.get(f"{FINDER}?seite={number}")
    with in_network(network_a):
        Offer.objects.update(title="Anders")
    site.get("/mitte/")
    assert len(site.cache.pages._pages) == 1


def test_what_pages_share_is_read_once(site: KeptSite) -> None:
    site.get(f"{FINDER}?alter=3")
    with CaptureQueriesContext(connection) as asked:
        assert not site.get(f"{FINDER}?alter=4").was_kept
    # PostgreSQL is also told in which network it is: that reads no table.
    reading = [one["sql"] for one in asked.captured_queries if " FROM " in one["sql"]]
    tables = {sql.split(" FROM ")[-1].split()[0].strip('"') for sql in reading}
    assert tables == {"page_changes"}


def test_outside_of_such_a_page_everything_is_read_anew(network_a: Network) -> None:
    made: list[int] = []
    with in_network(network_a):
        for number in range(2):
            page_cache.remembered("test", lambda number=number: made.append(number))
    assert made == [0, 1]


@pytest.mark.parametrize("problem", [OSError, OperationalError, Failed])
def test_where_the_state_cannot_be_known_pages_are_made_anew(problem: type[Exception]) -> None:
    """Whether the driver says so or Django, and while the database is being prepared, too."""

    def broken() -> Asking:
        raise problem

    assert DataVersion(broken).now() is None


def test_it_can_be_switched_off(network_a: Network) -> None:
    site = KeptSite(most_bytes=0)
    site.get("/mitte/")
    assert not site.get("/mitte/").was_kept


# ── when it ends ────────────────────────────────────────────────────────────────────────────────


def test_a_page_ends_with_its_moment(site: KeptSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.get(FINDER)
    assert site.get(FINDER).was_kept
    end = next_midnight().timestamp()
    monkeypatch.setattr(page_cache.time, "time", lambda: end - 0.01)
    assert site.get(FINDER).was_kept
    monkeypatch.setattr(page_cache.time, "time", lambda: end)
    assert not site.get(FINDER).was_kept


def test_what_midnight_overtakes_is_not_kept(
    site: KeptSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was begun on the day before, and says "heute" of that day."""
    before, after = (next_midnight() + timedelta(seconds=one) for one in (-1, 1))
    clock = [before]
    monkeypatch.setattr(timezone, "now", lambda: clock[0])
    monkeypatch.setattr(page_cache.time, "time", lambda: clock[0].timestamp())

    def slowly(request: HttpRequest, **told: Any) -> None:
        clock[0] = after
        cacheable(request, **told)

    monkeypatch.setattr("knotenpunkt.registers.offers.views.cacheable", slowly)
    assert site.get(FINDER).status == 200
    assert not site.get(FINDER).was_kept
    assert site.get(FINDER).was_kept


def test_the_end_is_the_earlier_one_of_moment_and_day(
    rf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)  # half past midnight of the 25th in Berlin
    monkeypatch.setattr(timezone, "now", lambda: now)
    midnight = datetime(2026, 10, 25, 23, tzinfo=UTC)  # a day of 25 hours
    assert _until(rf.get("/"), None) == midnight
    assert _until(rf.get("/"), now + timedelta(hours=2)) == now + timedelta(hours=2)
    assert _until(rf.get("/"), now + timedelta(days=2)) == midnight


def _until(request: HttpRequest, until: datetime | None) -> datetime:
    cacheable(request, until=until)
    told: page_cache.Told = request.META[page_cache.SLOT]
    return told.until


# ── what an answer may not say ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "header",
    [
        ("Vary", "Cookie"),
        ("Vary", "Accept-Encoding, User-Agent"),
        ("Cache-Control", "private"),
        ("Cache-Control", "max-age=0, no-store"),
    ],
    ids=str,
)
def test_an_answer_that_is_for_one_is_not_kept(header: tuple[str, str]) -> None:
    assert not _is_kept(HttpResponse("x", headers=dict([header])))


def test_an_answer_with_a_cookie_is_not_kept() -> None:
    answer = HttpResponse("x")
    answer.set_cookie("a", "b")
    assert not _is_kept(answer)
    assert _is_kept(HttpResponse("x"))


def _is_kept(answer: HttpResponse) -> bool:
    headers = [*answer.items(), *(("Set-Cookie", one.output()) for one in answer.cookies.values())]
    told = page_cache.Told(next_midnight(), "a:view", "mitte", None)
    environ = {"REQUEST_METHOD": "GET", page_cache.SLOT: told}
    sent = [("200 OK", headers)]
    return page_cache._finished(environ, answer, sent, frozenset(), {}) is not None
