"""The door to personal pages: who holds a link comes in, and nothing of it leaks.

No cookie, no account. A page is neither cached nor indexed, and its address is told to nobody by
the browser. A form carries a token of its own, signed and bound to the link, so that no other page
can send it; opening a link does nothing, whoever opens it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core import signing
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.upkeep.queries.contacts import answers_for, holder
from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.core.brakes import Brake
from knotenpunkt.foundation.core.visitors import visitor_address
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.tools.links.queries import Opened, recognised
from knotenpunkt.tools.links.tokens import SAMPLE

ACTOR = System("personal link")
SALT = "knotenpunkt.personal.form"
LONGEST_SECONDS = 60 * 60 * 24
# Whoever tries links, and whoever presses a button all the time.
TRIES = Brake("personal.tries", limit=30, seconds=3600)
SENDS = Brake("personal.sends", limit=60, seconds=3600)


@dataclass(frozen=True, slots=True)
class Visit:
    """Who stands at their page, with what they answer for."""

    token: str
    link: Opened
    contact: Contact
    organisations: list[Organisation]

    @property
    def form_token(self) -> str:
        """What a form of this page carries."""
        return signing.TimestampSigner(salt=SALT).sign(_bound(self.token))

    def owns(self, contact: Contact) -> bool:
        """Whether it is the holder in this or another role, or an office without a person.

        That somebody has the same address does not make them one: an address can be changed here.
        """
        is_office = contact.person_id is None and not contact.name
        is_linked = contact.person_id is not None and contact.person_id == self.contact.person_id
        return is_office or is_linked or contact.pk == self.contact.pk


View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Let no answer be kept or its address be told on, not even that there is no such page."""

    @wraps(view)
    def guarded(request: NetworkRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404 as missing:
            response = response_for_exception(request, missing)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return guarded


def at_the_door(view: View) -> View:
    """Let the holder of a link in; the view gets a `Visit` in place of the token."""

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @sensitive_post_parameters()
    @sensitive_variables("token")
    @private
    @wraps(view)
    def guarded(request: NetworkRequest, token: str, **kwargs: Any) -> HttpResponse:
        if token == SAMPLE:
            return render(request, "personal/sample.html")
        link = recognised(token)
        if link is None:
            return _unknown(request)
        contact = holder(link.holder)
        if contact is None:
            return render(request, "personal/gone.html", status=410)
        if link.is_over:
            return _over(request, token, contact)
        visit = Visit(token, link, contact, answers_for(contact))
        if request.method == "POST" and (refused := _refusal(request, token)):
            return render(request, "personal/stale.html", {"visit": visit}, status=refused)
        return view(request, visit, **kwargs)

    return guarded


def _unknown(request: NetworkRequest) -> HttpResponse:
    """Wrong, revoked or of another network: all the same to a stranger."""
    if TRIES.holds(visitor_address(request)):
        return render(request, "personal/stale.html", {"too_often": True}, status=429)
    return render(request, "personal/unknown.html", status=404)


def _over(request: NetworkRequest, token: str, contact: Contact) -> HttpResponse:
    form_token = signing.TimestampSigner(salt=SALT).sign(_bound(token))
    told = {"token": token, "form_token": form_token, "can_be_sent": bool(contact.email)}
    return render(request, "personal/over.html", told, status=410)


def is_from_this_page(request: NetworkRequest, token: str) -> bool:
    """Whether the form was made by us for this link, not too long ago."""
    try:
        said = signing.TimestampSigner(salt=SALT).unsign(
            request.POST.get("form", ""), max_age=LONGEST_SECONDS
        )
    except signing.BadSignature:
        return False
    return said == _bound(token)


def _refusal(request: NetworkRequest, token: str) -> int:
    if not is_from_this_page(request, token):
        return 403
    return 429 if SENDS.holds(token) else 0


def _bound(token: str) -> str:
    """Which link a form belongs to, without the link."""
    return hashlib.sha256(f"form {token}".encode()).hexdigest()[:32]
