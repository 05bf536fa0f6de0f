"""The product behind its page cache, inside a test: what is asked, what is made, what changed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection

from knotenpunkt.foundation.networks.changes import EVERYBODY, TABLE
from knotenpunkt.foundation.networks.data_version import DataVersion
from knotenpunkt.foundation.networks.page_cache import Environ, PageCache
from knotenpunkt.front.operating.middleware import note_kept


@dataclass
class InsideTheTest:
    """Reads what the triggers noted on the test's own connection, for a test commits nothing.

    Notes are taken away when they are read: within one transaction PostgreSQL notes only once.
    """

    seen: dict[UUID, int] = field(default_factory=dict)

    def moment(self) -> object:
        return object()

    def marks(self) -> dict[UUID, int]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT network_id FROM {TABLE}")  # noqa: S608
            noted = [UUID(str(key)) for (key,) in cursor.fetchall()]
            cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608
        self.seen = self.seen | {one: secrets.randbits(60) for one in noted}
        return dict(self.seen)

    def close(self) -> None:
        """Nothing was opened."""


@dataclass(frozen=True)
class Answer:
    """What a visitor gets. `was_kept` when Django had no part in it."""

    status: int
    headers: dict[str, str]
    body: bytes
    was_kept: bool

    @property
    def text(self) -> str:
        return self.body.decode()


class KeptSite:
    """The WSGI application as it is served, with this test's own database behind it."""

    def __init__(self, most_bytes: int = 10_000_000) -> None:
        self.made = 0
        self._django = WSGIHandler()
        self.cache = PageCache(
            self._make,
            most_bytes=most_bytes,
            noted=note_kept,
            version=DataVersion(InsideTheTest),
        )

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask like somebody who never was here; headers as WSGI names them."""
        made, sent = self.made, {}

        def start(status: str, told: list[tuple[str, str]], *_more: Any) -> None:
            sent.update(status=int(status[:3]), headers=dict(told))

        with _connection_kept():
            answer = self.cache(_environ(path, method, headers), start)
            body = b"".join(answer)
            getattr(answer, "close", lambda: None)()
        return Answer(body=body, was_kept=made == self.made, **sent)

    def forget(self) -> None:
        """As after a change of everything: nothing that was made before is valid."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE network_id = %s", [_stored(EVERYBODY)])  # noqa: S608
            watch = "INSERT INTO page_changes (network_id, mark) VALUES (%s, 0)"
            cursor.execute(watch, [_stored(EVERYBODY)])

    def _make(self, environ: Environ, start: Any) -> Iterable[bytes]:
        self.made += 1
        return self._django(environ, start)


@contextmanager
def _connection_kept() -> Iterator[None]:
    """Django closes connections around a request; this one carries the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def _stored(network: UUID) -> str | UUID:
    return network if connection.vendor == "postgresql" else network.hex


def _environ(path: str, method: str, headers: dict[str, str]) -> Environ:
    address, _mark, query = path.partition("?")
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(address).encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        **headers,
    }
