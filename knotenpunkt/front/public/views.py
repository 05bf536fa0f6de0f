"""The list of networks, the start page of one, and what is said when something goes wrong."""

from __future__ import annotations

import logging
import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.gate import keep_stale_form
from knotenpunkt.foundation.networks.page_cache import cacheable
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.front.public import start as content
from knotenpunkt.front.public.queries import listed_networks
from knotenpunkt.registers.offers.forms import age_choices

LOG = logging.getLogger(__name__)
PLAIN_PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
    "</head><body><h1>{title}</h1><p>{later}</p><p>{danger}</p></body></html>"
)
RETRY_SECONDS = 5
PLAIN_NUMBER = '<a href="tel:{0}">{0}</a>'


@require_safe
def networks(request: HttpRequest) -> HttpResponse:
    """All networks; with only one of them, the way to it."""
    listed = listed_networks(translation.get_language() or settings.LANGUAGE_CODE)
    if len(listed) == 1:
        return HttpResponseRedirect(listed[0].url)
    cacheable(request)
    return render(request, "public/networks.html", {"networks": listed})


@require_safe
def start(request: NetworkRequest) -> HttpResponse:
    """Where a family begins: search, life phases, life situations, dates, somebody to ask."""
    now = timezone.now()
    rows = list(content.next_dates(request.network, now))
    cacheable(request, until=min((row.over for row in rows), default=None))
    context = {
        "finder_url": reverse("offers:finder"),
        "suggest_url": reverse("areas:suggestions"),
        "ages": age_choices(None),
        "examples": content.examples(),
        "phases": content.life_phases(),
        "topics": content.life_situations(),
        "campaigns": content.campaigns(timezone.localdate(now)),
        "rows": rows,
        "more_dates": content.day_in_finder(rows[0], timezone.localdate(now)) if rows else None,
    }
    return render(request, "public/start.html", context)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _error(request, 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but without the right."""
    return _error(request, 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away, as when it is restarted.

    Whom to call in danger is said even when what is broken breaks this page, too.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _come_back(request)
    try:
        return _error(request, 500)
    except Exception:
        LOG.exception("The page about an error failed itself")
        return HttpResponse(_plain_error(), status=500)


def _come_back(request: HttpRequest) -> HttpResponse:
    """Without templates that would ask the database once more for each part of the page."""
    response = HttpResponse(_plain_error(), status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form came without its token, mostly because the page lay open for long."""
    page = keep_stale_form(request)
    context = {"again_url": page or request.path, "is_kept": bool(page)}
    return render(request, "public/stale_form.html", context, status=403)


def _error(request: HttpRequest, code: int) -> HttpResponse:
    context = {"code": code, "desk_url": _desk_url(request)}
    return render(request, "design/error.html", context, status=code)


def _desk_url(request: HttpRequest) -> str:
    """Who went astray at the desk goes on there, and need not find the way from families' pages."""
    is_member = isinstance(getattr(request, "actor", None), Person)
    return reverse("desk:today") if is_member and "/desk/" in request.path else ""


def _plain_error() -> str:
    """The same words without templates, style sheets and database."""
    numbers = {"emergency": PLAIN_NUMBER.format(112), "police": PLAIN_NUMBER.format(110)}
    return PLAIN_PAGE.format(
        language=translation.get_language(),
        title=_("Something went wrong on our side"),
        later=_(
            "We are sorry. Please try again in a few minutes. What you had saved before is still "
            "there."
        ),
        danger=_("If someone is in danger: call %(emergency)s (ambulance) or %(police)s (police).")
        % numbers,
    )
