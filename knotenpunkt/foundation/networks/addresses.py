"""Addresses into a network from outside a request, and of the same page in another language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.encoding import escape_uri_path, iri_to_uri

from knotenpunkt.foundation.core import languages
from knotenpunkt.foundation.networks.models import Network

# Pages of those who work in the network; all others are read by families.
AT_WORK = ("desk/", "p/", "post/", "ausgabe/")
# Partners order material there.
ORDERING = re.compile(r"aktionen/[^/]+/bestellen/")


def address(network: Network, name: str, *, language: str = "de", **kwargs: Any) -> str:
    """The path of a page of a network: address(peine, "offers:finder") → "/peine/angebote/"."""
    if kwargs:
        inside = reverse(name, urlconf=settings.NETWORK_URLCONF, kwargs=kwargs)
    else:
        inside = _reversed(name, settings.NETWORK_URLCONF, get_script_prefix())
    return mount(network.slug, language) + inside.removeprefix(get_script_prefix())


@lru_cache(maxsize=1_000)
def _reversed(name: str, urlconf: str, _prefix: str) -> str:
    """Each page asks for a dozen addresses that are the same on all pages of its network."""
    return reverse(name, urlconf=urlconf)


def whole_address(network: Network, name: str, *, language: str = "de", **kwargs: Any) -> str:
    """The same with host, for mails: "https://netz.example.org/peine/angebote/"."""
    return settings.SITE_ADDRESS + address(network, name, language=language, **kwargs)


def mount(slug: str, language: str) -> str:
    """The prefix of a network in a language: "/peine/" or "/peine/en/"."""
    return f"/{slug}/" if language == settings.LANGUAGE_CODE else f"/{slug}/{language}/"


def languages_of(path: str) -> tuple[str, ...]:
    """The languages that a page of a network has, by its path inside the network: "desk/konto/"."""
    at_work = path.startswith(AT_WORK) or ORDERING.match(path)
    return languages.DESK if at_work else tuple(languages.BY_CODE)


def list_of_networks(language: str) -> str:
    """The path of the list of all networks in a language: "/" or "/en/"."""
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"


def in_language(request: HttpRequest, network: Network, language: str) -> str:
    """The path of the requested page of a network in a language, with its query string."""
    path = escape_uri_path(request.path_info.lstrip("/"))
    query = iri_to_uri(request.META.get("QUERY_STRING", ""))
    return mount(network.slug, language) + (f"{path}?{query}" if query else path)
