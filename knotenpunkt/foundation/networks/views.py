"""What makes a network look like itself: its colours and its mark."""

from __future__ import annotations

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from knotenpunkt.design.theme import theme_css
from knotenpunkt.foundation.networks import logos
from knotenpunkt.foundation.networks.models import Network


class NetworkRequest(HttpRequest):
    """A request inside a network, as the middleware leaves it."""

    network: Network


@require_safe
@cache_control(public=True, max_age=86400)
def theme(request: NetworkRequest) -> HttpResponse:
    """The network's accent as custom properties; the address carries the colour's version."""
    return HttpResponse(theme_css(request.network.accent), content_type="text/css")


@require_safe
@cache_control(public=True, max_age=86400)
def mark(request: NetworkRequest) -> FileResponse:
    """The network's logo, or the drawn mark that it chose."""
    file = _logo_file(request.network)
    if file is None or file.suffix not in logos.TYPES or not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type=logos.TYPES[file.suffix])


def _logo_file(network: Network) -> Path | None:
    if network.logo:
        return logos.stored(network.logo)
    drawn = finders.find(f"design/marks/{Path(network.mark).name}.svg")
    return Path(drawn) if isinstance(drawn, str) else None
