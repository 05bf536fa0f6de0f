"""What somebody typed into a form of the desk outlives a lost session.

A form that arrives without a session, or with a token that is out of date, is laid into the
session of the browser: for an hour, up to a size, never passwords or files. When its page is
opened next, it comes back filled; nothing is saved before its button is pressed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

KEY = "kept_input"
SECONDS = 60 * 60
LARGEST = 64_000  # characters of all fields together
MOST_FIELDS = 1_500
WITHOUT = "ohne-eingaben"
SECRET = re.compile(r"pass(?:word|wort)|kennwort|csrf|token|secret|geheim|^code$|otp", re.I)
TAKEN = "kept_input_taken"


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that could not be answered: its page, where it was sent to, its fields."""

    page: str
    action: str
    data: QueryDict


def keep_input(request: HttpRequest) -> str:
    """Keep what this request sent; returns the page its form stands on ("" when too much)."""
    page = _page_of_form(request)
    fields = [[name, values] for name, values in request.POST.lists() if not SECRET.search(name)]
    size = sum(len(name) + sum(map(len, values)) for name, values in fields)
    if not fields or size > LARGEST or len(fields) > MOST_FIELDS:
        return ""
    is_anonymous = not request.session.keys()
    request.session[KEY] = {
        "page": page,
        "action": request.path,
        "fields": fields,
        "at": timezone.now().timestamp(),
        "alone": is_anonymous,
    }
    if is_anonymous:
        request.session.set_expiry(SECONDS)
    return page


def is_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent by one of our own pages, as far as the browser says so."""
    told = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(told).netloc == request.get_host()


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent; on opening the page what was typed before the session was lost; else None.

    To be used in place of `request.POST`. A page only shows it: it saves on POST alone.
    """
    if request.method == "POST":
        return request.POST
    kept = kept_for(request)
    if kept is None:
        return None
    setattr(request, TAKEN, True)
    messages.info(
        request,
        format_html(
            '{} <a href="?{}">{}</a>',
            _("Your entries are still here. Nothing is saved yet."),
            WITHOUT,
            _("Discard them"),
        ),
    )
    return kept.data


def kept_for(request: HttpRequest) -> Kept | None:
    """What was kept for the page that is asked for."""
    told = request.session.get(KEY)
    if told is None or WITHOUT in request.GET or _is_over(told):
        return None
    if urlsplit(told["page"]).path != request.path:
        return None
    data = QueryDict(mutable=True)
    for name, values in told["fields"]:
        data.setlist(name, values)
    return Kept(told["page"], told["action"], data)


def waits_behind(request: HttpRequest, address: str) -> bool:
    """Whether what somebody typed comes back once they are signed in and stand at `address`."""
    told = request.session.get(KEY)
    return bool(told and not _is_over(told) and _path(told["page"]) == _path(address))


def settle(request: HttpRequest) -> None:
    """Somebody is signed in (again): their session lasts as usual, and what is over goes."""
    told = request.session.get(KEY)
    if told is None:
        return
    if told["alone"]:
        request.session.set_expiry(None)
        request.session[KEY] = told | {"alone": False}
    arrived = request.method == "POST" and request.path in (told["action"], _path(told["page"]))
    if arrived or _is_over(told):
        del request.session[KEY]


def offer_again(request: HttpRequest, response: Any) -> Any:
    """The answer, or where its page knows nothing of what was kept, a page that sends it again."""
    if request.method != "GET" or response.status_code != 200 or hasattr(request, TAKEN):
        return response
    kept = kept_for(request)
    if kept is None:
        return response
    return render(request, "accounts/kept_input.html", {"kept": kept, "without": WITHOUT})


def _page_of_form(request: HttpRequest) -> str:
    referrer = urlsplit(request.headers.get("Referer", ""))
    if referrer.netloc != request.get_host() or not referrer.path:
        return request.get_full_path()
    return f"{referrer.path}?{referrer.query}" if referrer.query else referrer.path


def _path(address: str) -> str:
    return urlsplit(address).path


def _is_over(told: dict[str, Any]) -> bool:
    return bool(timezone.now().timestamp() - told["at"] > SECONDS)
