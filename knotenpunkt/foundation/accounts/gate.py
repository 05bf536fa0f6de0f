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

from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.views import NetworkRequest


class DeskRequest(NetworkRequest):
    """A request of a member."""

    user: User
    actor: Person


View = Callable[..., HttpResponse]


def members_only(right: Right = Right.OPEN_DESK) -> Callable[[View], View]:
    """Let members with this right in.

    Nobody is asked to sign in, an outsider meets 404 (the desk of another network does not exist
    for them), a member without the right meets 403.
    """

    def guard(view: View) -> View:
        @wraps(view)
        @never_cache
        def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return HttpResponseRedirect(sign_in_url(request))
            if not isinstance(request.actor, Person):
                raise Http404
            request.actor.must(right)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def sign_in_url(request: HttpRequest) -> str:
    """The way to sign in, and back to where somebody wanted to go."""
    wanted = request.get_full_path() if request.method == "GET" else ""
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return reverse(settings.LOGIN_URL) + query


def own_address(request: HttpRequest, wanted: str) -> str:
    """`wanted` where it lies on this installation, else the first page of the desk."""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else reverse(settings.LOGIN_REDIRECT_URL)
