"""Keeps finished pages for everyone in memory, and never answers with one that is not true now.

It stands before Django: a kept page costs neither sessions nor templates nor the database, only the
question whether anything changed. A view says of its answer that it may be kept, and until when it
holds; of which networks it tells is seen from the scopes that were entered. It is kept when nobody
is signed in, no cookie came or goes, and the answer depends on nothing but what is in the key.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils import timezone
from django.utils.translation.trans_real import parse_accept_lang_header

from knotenpunkt.foundation.networks.changes import EVERYBODY
from knotenpunkt.foundation.networks.data_version import DataVersion, Marks
from knotenpunkt.foundation.networks.scope import current_scope, networks_entered

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Key = tuple[Hashable, ...]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Again = Callable[[Environ], None]

Made = TypeVar("Made")
Name = TypeVar("Name", bound=Hashable)

SLOT = "knotenpunkt.page"
# What a kept answer may depend on besides its address; all of it stands in the key.
DEPENDS_ON = frozenset({"accept-encoding", "accept-language", "hx-request", "hx-target"})
# Headers that say something about one visitor or one request.
OF_ONE_REQUEST = frozenset({"x-request-id", "set-cookie"})
# Longer ones are not asked by people.
LONGEST_KEY = 2_000
LARGEST_PAGE = 1_000_000
# What Python needs for a page besides its bytes.
AROUND_A_PAGE = 2_000


@dataclass(slots=True)
class Told:
    """What a view said about its answer."""

    until: datetime
    view: str
    network: str
    again: Again | None


@dataclass(slots=True)
class Page:
    """A finished answer. `marks` are those of `networks` when it began; None is every network."""

    status: str
    headers: Headers
    body: bytes
    told: Told
    networks: frozenset[UUID | None]
    marks: Marks
    until: float
    size: int


def cacheable(
    request: HttpRequest, until: datetime | None = None, again: Again | None = None
) -> None:
    """The answer to this request may be kept for everyone who asks the same.

    `until` is the next moment at which it would say something else though no data changed; it is
    never kept beyond this day. `again` is done each time it is sent once more, with the
    `META` of that request.
    """
    match, network = request.resolver_match, getattr(request, "network", None)
    end_of_day = next_midnight()
    request.META[SLOT] = Told(
        until=min(until, end_of_day) if until else end_of_day,
        view=match.view_name if match else "",
        network=network.slug if network else "",
        again=again,
    )


def next_midnight() -> datetime:
    """When "today" becomes another day, in the time zone of the pages."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, datetime.min.time()))


class Pages:
    """Pages by what was asked, the ones asked least recently given up when memory is full."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, marks: Marks, now: float) -> Page | None:
        """The page, as long as it says what is true."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if now >= page.until or not _still_holds(page, marks):
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page) -> None:
        """Keep it, and give up others for it."""
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self.bytes += page.size
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self._pages)))

    def tidy(self, marks: Marks) -> None:
        """Give up what a change made untrue: what was erased does not stay in memory either."""
        with self._lock:
            for key in [key for key, page in self._pages.items() if not _still_holds(page, marks)]:
                self._drop(key)

    def _drop(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.bytes -= page.size


def _still_holds(page: Page, marks: Marks) -> bool:
    if page.marks is marks:
        return True
    if None in page.networks:
        return False  # anything at all has changed
    told_of = (one or EVERYBODY for one in (None, *page.networks))
    if any(page.marks.get(one) != marks.get(one) for one in told_of):
        return False
    page.marks = marks
    return True


class PageCache:
    """A WSGI application around another one. `noted` counts and logs a kept answer and returns the
    headers that are this request's own."""

    def __init__(
        self,
        application: Application,
        *,
        most_bytes: int,
        noted: Callable[[Environ, Told, float], Headers],
        version: DataVersion | None = None,
    ) -> None:
        self._application, self._noted = application, noted
        self._version = version or DataVersion()
        self._seen: Marks = {}
        self.pages = Pages(most_bytes)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = asked(environ) if self.pages.most_bytes else None
        # Before the data are read: what changes meanwhile makes the page old, never wrongly new.
        marks = self._version.now() if key else None
        if key is None or marks is None:
            return self._application(environ, start_response)
        if marks is not self._seen:
            self._seen = marks
            self.pages.tidy(marks)
            tidy_shelves(marks)
        page = self.pages.get(key, marks, time.time())
        if page is None:
            return self._ask(environ, start_response, key, marks)
        return self._send(page, environ, start_response)

    def _send(self, page: Page, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        started = time.perf_counter()
        if page.told.again is not None:
            page.told.again(environ)
        own = self._noted(environ, page.told, started)
        start_response(page.status, [*page.headers, *own])
        return [page.body] if environ["REQUEST_METHOD"] == "GET" else []

    def _ask(
        self, environ: Environ, start_response: StartResponse, key: Key, marks: Marks
    ) -> Iterable[bytes]:
        sent: list[tuple[str, Headers]] = []
        # Of the day on which it began: what midnight overtakes says what was true yesterday.
        end_of_day = next_midnight().timestamp()

        def started(status: str, headers: Headers, *more: Any) -> Any:
            sent[:] = [(status, headers)]
            return start_response(status, headers, *more)

        token = _marks.set(marks)
        try:
            with networks_entered() as networks:
                answer = self._application(environ, started)
        finally:
            _marks.reset(token)
        if (page := _finished(environ, answer, sent, frozenset(networks), marks)) is not None:
            page.until = min(page.until, end_of_day)
            self.pages.put(key, page)
        return answer


def _finished(
    environ: Environ,
    answer: Iterable[bytes],
    sent: list[tuple[str, Headers]],
    networks: frozenset[UUID | None],
    marks: Marks,
) -> Page | None:
    """The answer as it may be kept; None when it may not."""
    told = environ.get(SLOT)
    if told is None or not isinstance(answer, HttpResponse) or not sent:
        return None
    (status, headers), body = sent[-1], answer.content
    if environ["REQUEST_METHOD"] != "GET" or not status.startswith("200 "):
        return None
    if len(body) > LARGEST_PAGE or not _is_for_everyone(headers):
        return None
    kept = [(name, value) for name, value in headers if name.lower() not in OF_ONE_REQUEST]
    size = len(body) + sum(len(name) + len(value) for name, value in kept) + AROUND_A_PAGE
    return Page(status, kept, body, told, networks, marks, told.until.timestamp(), size)


def _is_for_everyone(headers: Headers) -> bool:
    """Whether the answer itself says nothing else."""
    for name, value in headers:
        match name.lower():
            case "set-cookie":
                return False
            case "cache-control" if "private" in value or "no-store" in value:
                return False
            case "vary" if not {one.strip().lower() for one in value.split(",")} <= DEPENDS_ON:
                return False
    return True


# ── what was asked ──────────────────────────────────────────────────────────────────────────────


def asked(environ: Environ) -> Key | None:
    """All that a page for everyone may depend on; None when this request gets its own answer.

    The address is brought into one form before Django reads it, so that the page is that of the
    form and not of the first one who asked.
    """
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_HOST" not in environ:
        return None
    if environ.get("HTTP_COOKIE") or "HTTP_AUTHORIZATION" in environ or _has_body(environ):
        return None
    query = environ["QUERY_STRING"] = in_one_form(environ.get("QUERY_STRING", ""))
    told = (
        environ["wsgi.url_scheme"],
        environ.get(_proxy_header(), ""),
        environ["HTTP_HOST"],
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        query,
        environ.get("HTTP_HX_REQUEST", ""),
        environ.get("HTTP_HX_TARGET", ""),
    )
    if sum(map(len, told)) > LONGEST_KEY:
        return None
    packed = bool(re_accepts_gzip.search(environ.get("HTTP_ACCEPT_ENCODING", "")))
    return (*told, packed, languages_asked(environ.get("HTTP_ACCEPT_LANGUAGE", "")))


def _has_body(environ: Environ) -> bool:
    return environ.get("CONTENT_LENGTH", "") not in ("", "0") or (
        "HTTP_TRANSFER_ENCODING" in environ
    )


def _proxy_header() -> str:
    header: tuple[str, str] | None = settings.SECURE_PROXY_SSL_HEADER
    return header[0] if header else ""


def in_one_form(query: str) -> str:
    """A query string without empty fields, as forms send them, and in one order.

    A word without "=" is a field, too, and stays: "q=&b=1&a=2&done" → "a=2&b=1&done".
    """
    parts = [one.partition("=") for one in query.split("&") if one]
    told = sorted((one for one in parts if one[2] or not one[1]), key=itemgetter(0))
    return "&".join(map("".join, told))


def languages_asked(header: str) -> tuple[str, ...]:
    """The languages of the interface that a browser asks for, in its order and once each.

    Read as the page reads them, which looks at the beginning of a long header only.
    """
    ours = {code.partition("-")[0] for code, _name in settings.LANGUAGES}
    asked_for = (code.partition("-")[0] for code, _weight in parse_accept_lang_header(header))
    return tuple(dict.fromkeys(code for code in asked_for if code in ours))


# ── what pages share ────────────────────────────────────────────────────────────────────────────

_shelves: list[Shelf] = []
_marks: ContextVar[Marks | None] = ContextVar("page_cache_marks", default=None)


class Shelf:
    """What was made of the data of a network, by name, as long as they stay as they are.

    Only while a page for everyone is made; elsewhere everything is made anew each time. What lies
    here may depend on nothing but its name and the data of the scope in which it was made, and
    nobody may change it. Of more than `most` things the ones taken least recently are given up.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[tuple[UUID | None, Hashable], tuple[object, Any]] = OrderedDict()
        self._lock = Lock()
        _shelves.append(self)

    def take(
        self, names: Sequence[Name], make: Callable[[list[Name]], Mapping[Name, Made]]
    ) -> dict[Name, Made]:
        """These things; `make` is asked once for all that are missing and may leave some out."""
        marks, scope = _marks.get(), current_scope()
        if marks is None:
            return dict(make(list(names)))
        network = scope.network_id if scope else EVERYBODY
        state = _state(marks, network)
        found = self._look(names, network, state)
        if missing := [name for name in names if name not in found]:
            made = make(missing)
            self._lay(made, network, state)
            found |= made
        return found

    def _look(self, names: Sequence[Name], network: UUID | None, state: object) -> dict[Name, Any]:
        with self._lock:
            held = {name: self._held.get((network, name)) for name in names}
            found = {name: one[1] for name, one in held.items() if one and one[0] == state}
            for name in found:
                self._held.move_to_end((network, name))
            return found

    def _lay(self, made: Mapping[Name, Any], network: UUID | None, state: object) -> None:
        with self._lock:
            for name, one in made.items():
                self._held[network, name] = (state, one)
                self._held.move_to_end((network, name))
            while len(self._held) > self._most:
                self._held.popitem(last=False)

    def tidy(self, marks: Marks) -> None:
        """Give up what is not valid any more."""
        with self._lock:
            for key, (state, _made) in list(self._held.items()):
                if state != _state(marks, key[0]):
                    del self._held[key]


def tidy_shelves(marks: Marks) -> None:
    """All of them."""
    for shelf in _shelves:
        shelf.tidy(marks)


def _state(marks: Marks, network: UUID | None) -> object:
    """What must be as it was: the marks of the network and of what all share, or all there are."""
    return marks if network is None else (marks.get(EVERYBODY), marks.get(network))


_small_things = Shelf(4_000)


def remembered(name: Hashable, make: Callable[[], Made]) -> Made:
    """One thing, small enough to lie beside thousands of others; see `Shelf`."""
    return _small_things.take([name], lambda _names: {name: make()})[name]
