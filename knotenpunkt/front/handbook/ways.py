"""From a page of the desk to the chapter that helps there, and back."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from knotenpunkt.foundation.accounts.gate import own_address
from knotenpunkt.front.handbook.chapters import help_for

FROM = "von"
LONGEST_WAY = 600


def help_url(request: HttpRequest) -> str:
    """Where “Help” leads from this page; the handbook itself begins with its contents."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    if here.startswith("handbook:"):
        return reverse("handbook:contents")
    chapter, section = help_for(here)
    url = reverse("handbook:chapter", args=[chapter]) if chapter else reverse("handbook:contents")
    return f"{url}?{urlencode({FROM: _here(request)})}{f'#{section}' if section else ''}"


def _here(request: HttpRequest) -> str:
    whole = request.get_full_path()
    return whole if len(whole) <= LONGEST_WAY else request.path


def came_from(request: HttpRequest) -> str:
    """The page of this desk to go back to; "" when the address names none."""
    wanted = request.GET.get(FROM, "")[:LONGEST_WAY]
    is_here = wanted.startswith(reverse("desk:today")) and "\0" not in wanted
    return wanted if is_here and own_address(request, wanted) == wanted else ""
