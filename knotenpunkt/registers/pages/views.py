"""The legal pages, as anyone reads them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.networks.page_cache import cacheable
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.registers.pages import queries


@require_safe
def legal_page(request: NetworkRequest, kind: str) -> HttpResponse:
    """One page; 404 when the network has none of that kind."""
    language = str(request.LANGUAGE_CODE)
    page = queries.legal_page(request.network, kind, language)
    if page is None:
        raise Http404
    cacheable(request)
    is_other_language = page.language != language
    return render(
        request,
        "pages/legal_page.html",
        {"page": page, "is_other_language": is_other_language},
    )
