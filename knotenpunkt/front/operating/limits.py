"""What one visitor may ask for, so that none can take the pages away from all others.

Pages that search are counted by each process for itself: reading writes nothing. Forms without an
account are counted in the shared cache. What comes from this machine itself (probes, somebody who
tries the product) and what cannot be told apart is not held.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from knotenpunkt.foundation.accounts.actors import ANYONE, Person
from knotenpunkt.foundation.core.brakes import Brake, LocalBrake, in_words
from knotenpunkt.foundation.core.measures import HELD
from knotenpunkt.foundation.core.visitors import is_on_this_machine, visitor_address

# Pages that search, and how often each may be asked for beside the limit: while somebody types one
# search, the field asks some times what may be meant.
SEARCHING = {"offers:finder": 1, "offers:suggestions": 5}
# Pages that set a paper or draw a picture: what is not kept is made anew, whatever stands behind
# the address. Nobody needs them as often as a search.
DRAWING = {"campaigns:share", "campaigns:join_in_poster"}
DRAWN_A_SEARCH = 4
MEGABYTE = 1_000_000
# A form without an account carries text; members send lists and pictures.
MOST_WITHOUT_ACCOUNT = MEGABYTE
MOST_BY_MEMBERS = 250 * MEGABYTE
# Partners send a picture by their personal link. Without one the door refuses before it reads.
WITH_PICTURES = {
    "personal:join_in_report",
    "personal:join_in_change",
    "personal:join_in_afterwards",
}
MOST_BY_LINK = 12 * MEGABYTE
UPLOADS = Brake("uploads", limit=300, seconds=3600)


@dataclass(frozen=True, slots=True)
class Held:
    """What is not answered now: 429 comes with the seconds to wait, 413 with none."""

    brake: str
    status: int
    wait_seconds: int = 0


class Limits:
    """Middleware: holds what is too much, before a form is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """None lets it pass."""
        held = _sent(request) if request.method == "POST" else _asked(request)
        return page(request, held) if held else None


def page(request: HttpRequest, held: Held) -> HttpResponse:
    """Says kindly that it was too much, and when to come back."""
    HELD.labels(brake=held.brake).inc()
    again_url = "" if request.method == "POST" else request.get_full_path()
    context = {"status": held.status, "wait": in_words(held.wait_seconds), "again_url": again_url}
    response = render(request, "operating/held.html", context, status=held.status)
    response["Cache-Control"] = "no-store"
    if held.wait_seconds:
        response["Retry-After"] = str(held.wait_seconds)
    return response


def _asked(request: HttpRequest) -> Held | None:
    match = request.resolver_match
    limit = _limit(match.view_name) if match else 0
    if match is None or not limit:
        return None
    visitor, brake = _visitor(request), _searches(match.view_name, limit)
    if visitor and brake.holds(visitor):
        return Held(brake.name, 429, brake.wait_seconds())
    return None


def _limit(view: str) -> int:
    """How often a minute one visitor may ask for it; 0 is without limit."""
    searches: int = settings.SEARCHES_A_MINUTE
    if view in DRAWING and searches:
        return max(searches // DRAWN_A_SEARCH, 1)
    return searches * SEARCHING.get(view, 0)


def _sent(request: HttpRequest) -> Held | None:
    actor = getattr(request, "actor", ANYONE)
    size = _size(request)
    if isinstance(actor, Person):
        return _sent_by(actor, size)
    match = request.resolver_match
    by_link = match is not None and match.view_name in WITH_PICTURES
    if size > (MOST_BY_LINK if by_link else MOST_WITHOUT_ACCOUNT):
        return Held("size", 413)
    brake = Brake("forms", limit=settings.FORMS_IN_TEN_MINUTES, seconds=600)
    visitor = _visitor(request)
    if visitor and brake.limit and brake.holds(visitor):
        return Held(brake.name, 429, brake.wait_seconds(visitor))
    return None


def _sent_by(member: Person, size: int) -> Held | None:
    if size > MOST_BY_MEMBERS:
        return Held("size", 413)
    key = str(member.user.pk)
    if size > MEGABYTE and UPLOADS.holds(key):
        return Held(UPLOADS.name, 429, UPLOADS.wait_seconds(key))
    return None


def _visitor(request: HttpRequest) -> str:
    """Who is counted, "" for nobody."""
    return "" if is_on_this_machine(request) else visitor_address(request)


def _size(request: HttpRequest) -> int:
    """Bytes of what is sent. Without a length Django reads nothing."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(length) if length.isascii() and length.isdigit() else 0


@lru_cache(maxsize=8)
def _searches(view: str, limit: int) -> LocalBrake:
    named = {"offers:finder": "searches", "offers:suggestions": "suggestions"}
    name = named.get(view, "drawings")
    return LocalBrake(name, limit, seconds=60)
