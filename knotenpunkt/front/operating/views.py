"""Health, readiness, figures, and whom to tell of a weakness."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import split_domain_port
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from knotenpunkt.foundation.core.visitors import is_on_this_machine
from knotenpunkt.front.operating import figures, readiness

OWN_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
# RFC 9116 asks for less than a year.
SECURITY_TXT_DAYS = 180


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """This process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Whether requests may be sent here: 200, or 503 and which part is not in order."""
    found = readiness.checks()
    is_ready = all(found.values())
    return JsonResponse({"ready": is_ready, "checks": found}, status=200 if is_ready else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Counts in the text format of Prometheus; for others than monitoring it does not exist."""
    if not (_has_token(request) or _asked_here(request)):
        raise Http404
    return HttpResponse(figures.text(), content_type=CONTENT_TYPE_LATEST)


@require_safe
@cache_control(public=True, max_age=86400)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116). Without a contact there is no such page."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + timedelta(days=SECURITY_TXT_DAYS)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [f"Contact: {settings.SECURITY_CONTACT}", f"Expires: {expires}"]
    lines += [f"Canonical: https://{host}/.well-known/security.txt" for host in settings.HOSTS]
    lines.append("Preferred-Languages: de, en")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _has_token(request: HttpRequest) -> bool:
    token: str = settings.METRICS_TOKEN
    given = str(request.headers.get("Authorization", ""))
    return bool(token) and constant_time_compare(given, f"Bearer {token}")


def _asked_here(request: HttpRequest) -> bool:
    """By this machine's own name, too: a proxy that forwards nothing but the host does not pass."""
    host, _port = split_domain_port(getattr(request, "asked_host", ""))
    return is_on_this_machine(request) and host in OWN_NAMES
