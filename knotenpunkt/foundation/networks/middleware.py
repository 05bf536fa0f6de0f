"""Mounts each network at its own address."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.encoding import escape_uri_path, iri_to_uri

from knotenpunkt.foundation.networks.addresses import languages_of, mount
from knotenpunkt.foundation.networks.models import SLUG, Network
from knotenpunkt.foundation.networks.page_cache import remembered
from knotenpunkt.foundation.networks.scope import in_network

View = Callable[[HttpRequest], HttpResponse]


class HeadWithoutBody:
    """Answers HEAD like GET, with every header and without the body, which must not be sent."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "HEAD":
            return response
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = ()
        else:
            response.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


class PrivateHeaders:
    """What a browser may not do on our pages."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(self), browsing-topics=()"
        )
        return response


class Compression(GZipMiddleware):
    """Pages for everyone travel at an eighth of their size.

    Where a cookie is involved the page belongs to one person and goes out as it is: from the
    length of a compressed page others could guess what is secret in it, letter by letter (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.COOKIES or response.cookies:
            return response
        return super().process_response(request, response)


class NetworkMount:
    """Serves `/<network>/…` and `/<network>/<language>/…` as if the network stood at the root.

    The prefix is taken off the path and kept as script prefix, so that every `reverse()` inside
    the request leads back into the same network and language.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        network, language, prefix = mounted(request.path_info)
        if network and request.path_info + "/" == prefix:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(prefix + (f"?{query}" if query else ""))
        if network and language not in languages_of(inside := request.path_info[len(prefix) :]):
            german = mount(network.slug, settings.LANGUAGE_CODE)
            return HttpResponseRedirect(iri_to_uri(german + escape_uri_path(inside)))
        request.network = network  # type: ignore[attr-defined]
        request.LANGUAGE_CODE = language
        with translation.override(language):
            if network is None:
                return self._answer(request, language)
            return self._inside(request, network, language, prefix)

    def _inside(
        self, request: HttpRequest, network: Network, language: str, prefix: str
    ) -> HttpResponse:
        before = get_script_prefix()
        request.path_info = "/" + request.path_info.removeprefix(prefix)
        request.urlconf = settings.NETWORK_URLCONF
        set_script_prefix(before.rstrip("/") + prefix)
        try:
            with in_network(network):
                return self._answer(request, language)
        finally:
            set_script_prefix(before)

    def _answer(self, request: HttpRequest, language: str) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Language", language)
        return response


def mounted(path: str) -> tuple[Network | None, str, str]:
    """The network, language and prefix of a path: "/peine/en/x" → (peine, "en", "/peine/en/").

    Outside every network the address can begin with a language, too: "/en/" → (None, "en", "/").
    """
    slug, _slash, rest = path.removeprefix("/").partition("/")
    if _is_other_language(slug):
        return None, slug, "/"
    # Anybody may ask for anything, also for what no database can compare ("/%00/").
    network = remembered(("network", slug), lambda: _network(slug)) if _may_be_slug(slug) else None
    if network is None:
        return None, settings.LANGUAGE_CODE, "/"
    code = rest.partition("/")[0]
    if _is_other_language(code):
        return network, code, f"/{slug}/{code}/"
    return network, settings.LANGUAGE_CODE, f"/{slug}/"


def _network(slug: str) -> Network | None:
    return Network.objects.filter(slug=slug).first()


def _may_be_slug(slug: str) -> bool:
    """What cannot be one is not looked up: probes are answered without the database."""
    return bool(re.fullmatch(SLUG, slug)) and slug not in settings.RESERVED_SLUGS


def _is_other_language(code: str) -> bool:
    """Whether it is a language of the interface that its addresses name."""
    return code != settings.LANGUAGE_CODE and code in dict(settings.LANGUAGES)
