"""The personal page of a contact."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.tools.links.queries import opened


@require_safe
@never_cache
def page(request: NetworkRequest, token: str) -> HttpResponse:
    """What is asked of the holder of this link."""
    if opened(token) is None:
        raise Http404
    return HttpResponse(status=204)
