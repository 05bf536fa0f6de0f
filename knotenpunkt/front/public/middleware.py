"""Says of an answer on what it depends."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers


class DependsOnLanguage:
    """`Vary: Accept-Language` where a page offers itself in the language of the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "asked_language", False):
            patch_vary_headers(response, ["Accept-Language"])
        return response
