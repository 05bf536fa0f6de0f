"""What is noted of each request, and addresses that monitoring reaches by any name."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from knotenpunkt.foundation.core.logs import RequestNote, current_note, noted
from knotenpunkt.foundation.core.measures import REQUESTS
from knotenpunkt.foundation.networks.page_cache import Environ, Headers, Told

LOG = logging.getLogger("knotenpunkt.requests")
HEADER, META_NAME = "X-Request-ID", "HTTP_X_REQUEST_ID"
# Long enough that no telephone number looks like one.
IDENTIFIER = re.compile(r"[0-9a-fA-F-]{16,64}")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# A container is asked by its number, a scraper by the name of the machine.
BY_ANY_NAME = frozenset({"/health", "/ready", "/metrics"})

View = Callable[[HttpRequest], HttpResponse]


class Noted:
    """Gives each request an id, one line of the log, and its place in the counts.

    The id of a trusted proxy is taken over, so that both logs can be read together.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        with noted(RequestNote(_id(request))) as note:
            request.note = note  # type: ignore[attr-defined]
            response = self.get_response(request)
            note.view = note.view or _without_view(request)
            note.network = getattr(getattr(request, "network", None), "slug", "")
            _count(request, response, note, time.perf_counter() - started)
        response[HEADER] = note.id
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Everything that the view logs carries its name."""
        note, match = current_note(), request.resolver_match
        if note is not None and match is not None:
            note.view = match.view_name
            note.network = getattr(getattr(request, "network", None), "slug", "")


def note_kept(environ: Environ, told: Told, started: float) -> Headers:
    """The same for a page that was kept and sent without Django; `started` by `perf_counter`."""
    note = RequestNote(_known_id(environ.get(META_NAME, "")), told.view, told.network)
    with noted(note):
        _told(environ["REQUEST_METHOD"], 200, note, time.perf_counter() - started)
    return [(HEADER, note.id)]


def _id(request: HttpRequest) -> str:
    return _known_id(str(request.headers.get(HEADER, "")))


def _known_id(given: str) -> str:
    trusted = given if settings.PROXIES else ""
    return trusted if IDENTIFIER.fullmatch(trusted) else uuid.uuid4().hex


def _without_view(request: HttpRequest) -> str:
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"


def _count(request: HttpRequest, response: HttpResponse, note: RequestNote, seconds: float) -> None:
    method = str(request.method) if request.method in METHODS else "other"
    _told(method, response.status_code, note, seconds)


def _told(method: str, status: int, note: RequestNote, seconds: float) -> None:
    REQUESTS.labels(view=note.view, method=method, status=f"{status // 100}xx").observe(seconds)
    figures = {"method": method, "status": status, "ms": round(seconds * 1000, 1)}
    LOG.info("%s %s", method, status, extra={"figures": figures})


class ByAnyName:
    """Probes need not know the public host. Their answers depend on no host."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in BY_ANY_NAME:
            request.asked_host = str(request.META.get("HTTP_HOST", ""))  # type: ignore[attr-defined]
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0]
        return self.get_response(request)
