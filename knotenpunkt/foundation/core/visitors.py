"""From where a request comes, as far as that can be known and no further than limits need it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

# One household or office has a whole network of this size to choose its addresses from.
IPV6_PREFIX = 64


def visitor_address(request: HttpRequest) -> str:
    """Who is counted as one visitor: "203.0.113.7", "2001:db8:1:2::/64", or "" when unknown.

    Without a trusted proxy that is the other end of the connection. Behind `settings.PROXIES` of
    them it is the entry of X-Forwarded-For that the outermost one added: what stands to its left
    was sent by the visitor, who can write there what they like. Never store or log the answer.
    """
    connected = _grouped(str(request.META.get("REMOTE_ADDR", "")))
    return _forwarded(request, settings.PROXIES) or connected


def is_on_this_machine(request: HttpRequest) -> bool:
    """Whether the request was made here and passed on by nobody: a health check, a scraper.

    A connection over a socket file has no address; behind it stands a proxy that forwards.
    """
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    address = _address(str(request.META.get("REMOTE_ADDR", "")))
    return address is not None and address.is_loopback


def _forwarded(request: HttpRequest, proxies: int) -> str:
    entries = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    # Fewer entries than proxies: somebody came around the outer ones.
    return _grouped(entries[-proxies]) if 0 < proxies <= len(entries) else ""


def _grouped(written: str) -> str:
    address = _address(written)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, IPV6_PREFIX), strict=False))
    return str(address or "")


def _address(written: str) -> IPv4Address | IPv6Address | None:
    """The address in "203.0.113.7", "203.0.113.7:4711", "[2001:db8::1]:4711", "fe80::1%eth0"."""
    bare = written.strip().partition("%")[0]
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
