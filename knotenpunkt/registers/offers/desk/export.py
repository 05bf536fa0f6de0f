"""Saving exactly the offers of a filtered list as a file."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.offers.desk.list import offers_listing
from knotenpunkt.registers.offers.exporting.actions import export_offers
from knotenpunkt.registers.offers.queries import offers_at_desk
from knotenpunkt.tools.lists.files import CONTENT_TYPES
from knotenpunkt.tools.lists.showing import ordered
from knotenpunkt.tools.lists.wanted import read

FORM = "form"


@require_POST
@members_only(Right.EDIT_REGISTERS)
def export(request: DeskRequest) -> HttpResponse:
    """The list that the address describes, as CSV or XLSX.

    It is asked for with POST, because the audit is told who took contacts out of the house.
    """
    form = request.POST.get(FORM, "")
    if form not in CONTENT_TYPES:
        raise Http404
    listing = offers_listing(request.actor, request.network)
    wanted, _form = read(listing, request.GET.dict())
    rows = ordered(listing, wanted, offers_at_desk(request.actor).filter(wanted.narrowed))
    written = export_offers(actor=request.actor, offers=rows, form=form, narrowed=wanted.view)
    answer = FileResponse(
        written.file,
        as_attachment=True,
        filename=f"angebote-{timezone.localdate():%Y-%m-%d}.{form}",
        content_type=CONTENT_TYPES[form],
    )
    return cast("HttpResponse", answer)
