"""Says on each request who is acting."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from knotenpunkt.foundation.accounts.actors import ANYONE
from knotenpunkt.foundation.accounts.queries import actor_for


class WhoIsActing:
    """`request.actor`, found when first asked.

    Without a session cookie that is anyone, and the session is not touched: a public page is the
    same for everybody, and may be kept on its way as such.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        inside = getattr(request, "network", None) is not None
        known = inside and settings.SESSION_COOKIE_NAME in request.COOKIES
        request.actor = (  # type: ignore[attr-defined]
            SimpleLazyObject(lambda: actor_for(request.user)) if known else ANYONE
        )
        return self.get_response(request)
