"""What everybody may read: public materials, and what a partner of the network is."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.actors import ANYONE
from knotenpunkt.foundation.networks.page_cache import cacheable
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.registers.library import badge, queries, wording
from knotenpunkt.registers.library.models import MaterialKind
from knotenpunkt.registers.library.views.fetching import download, material_or_404


@require_safe
def public(request: NetworkRequest) -> HttpResponse:
    """Procedures, forms and leaflets that everybody may have."""
    told = queries.completed(queries.materials(ANYONE))
    groups = []
    for kind in MaterialKind:
        rows = [wording.file_row(one) for one in told if one.kind == kind and one.newest]
        if rows:
            groups.append({"label": wording.plural(kind), "rows": rows})
    cacheable(request)
    return render(request, "library/public.html", {"groups": groups})


@require_safe
def public_file(request: NetworkRequest, material_id: UUID) -> HttpResponse:
    """The file of the version that holds."""
    return download(material_or_404(ANYONE, material_id).newest)


@require_safe
def partners(request: NetworkRequest) -> HttpResponse:
    """What the mark on an offer means."""
    context = {
        "alternative": badge.alternative(request.network),
        "title": _("What is a network partner?"),
    }
    cacheable(request)
    return render(request, "library/partners.html", context)
