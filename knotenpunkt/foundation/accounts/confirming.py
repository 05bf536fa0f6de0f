"""Before something that matters, a person shows once more who they are. It holds for a while."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from knotenpunkt.foundation.accounts.models import User

View = Callable[..., HttpResponse]


def confirmed_lately(view: View) -> View:
    """Let those in who have just shown who they are; others do it first, and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if did_recently_reauthenticate(request):
            return view(request, *args, **kwargs)
        query = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{query}")

    return guarded


def confirm(request: HttpRequest, user: User, method: str) -> None:
    """Remember that this was the person. Signing in counts, too."""
    record_authentication(request, user, method=method, reauthenticated=True)
