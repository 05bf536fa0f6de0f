"""Who comes to the desk: members with the right, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from knotenpunkt.foundation.accounts import kept_input
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.devices import keep_last_use
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.queries import owes_second_factor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.views import NetworkRequest


class DeskRequest(NetworkRequest):
    """A request of a member."""

    user: User
    actor: Person


View = Callable[..., HttpResponse]
# Marks the views of the desk.
GUARDED = "for_members_only"


def members_only(
    right: Right = Right.OPEN_DESK, *, before_second_factor: bool = False
) -> Callable[[View], View]:
    """Let members with this right in.

    Nobody is asked to sign in, an outsider meets 404 (the desk of another network does not exist
    for them), a member without the right meets 403. Who still owes a second factor is led to set
    one up; only the pages on that way say `before_second_factor`.
    """

    def guard(view: View) -> View:
        @wraps(view)
        @never_cache
        def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if not isinstance(request.actor, Person):
                raise Http404
            request.actor.must(right)
            keep_last_use(request.session)
            kept_input.settle(request)
            if not before_second_factor and owes_second_factor(request.actor, request.network):
                return HttpResponseRedirect(reverse("account:protect"))
            response: HttpResponse = kept_input.offer_again(request, view(request, *args, **kwargs))
            return response

        setattr(guarded, GUARDED, True)
        return guarded

    return guard


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to signing in; what was sent without a session is kept for afterwards."""
    page = kept_input.keep_input(request) if request.method == "POST" else ""
    url = sign_in_url(request, page)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def keep_stale_form(request: HttpRequest) -> str:
    """Keep a form of the desk whose token is out of date; the page it stands on, or "".

    Only what one of our own pages sent: nobody else lays words into a member's form.
    """
    page = getattr(request.resolver_match, "func", None)
    if not getattr(page, GUARDED, False) or not kept_input.is_from_here(request):
        return ""
    return kept_input.keep_input(request)


def sign_in_url(request: HttpRequest, page: str = "") -> str:
    """The way to sign in, and back to where somebody wanted to go, or to the page named."""
    wanted = page or (request.get_full_path() if request.method == "GET" else "")
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return reverse(settings.LOGIN_URL) + query


def own_address(request: HttpRequest, wanted: str) -> str:
    """`wanted` where it lies on this installation, else the first page of the desk."""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else reverse(settings.LOGIN_REDIRECT_URL)
