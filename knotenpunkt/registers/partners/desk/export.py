"""Saving exactly the partners of a filtered list as a file."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.desk.organisations.list import wanted_organisations
from knotenpunkt.registers.partners.desk.people.list import wanted_people
from knotenpunkt.registers.partners.exporting.actions import export_organisations, export_people
from knotenpunkt.registers.partners.queries import organisations_at_desk, people_at_desk
from knotenpunkt.tools.lists.files import CONTENT_TYPES, Written
from knotenpunkt.tools.lists.showing import ordered

FORM = "form"


@require_POST
@members_only(Right.EDIT_REGISTERS)
def export(request: DeskRequest) -> HttpResponse:
    """The list of organisations that the address describes.

    It is asked for with POST, because the audit is told who took contacts out of the house.
    """
    form = _form(request)
    listing, wanted, _filters = wanted_organisations(request)
    rows = ordered(listing, wanted, organisations_at_desk(request.actor).filter(wanted.narrowed))
    written = export_organisations(
        actor=request.actor, organisations=rows, form=form, narrowed=wanted.view
    )
    return _file(written, form, "partner")


@require_POST
@members_only(Right.EDIT_REGISTERS)
def export_people_list(request: DeskRequest) -> HttpResponse:
    """The list of people that the address describes."""
    form = _form(request)
    listing, wanted, _filters = wanted_people(request)
    rows = ordered(listing, wanted, people_at_desk(request.actor).filter(wanted.narrowed))
    written = export_people(actor=request.actor, people=rows, form=form, narrowed=wanted.view)
    return _file(written, form, "personen")


def _form(request: DeskRequest) -> str:
    form = request.POST.get(FORM, "")
    if form not in CONTENT_TYPES:
        raise Http404
    return form


def _file(written: Written, form: str, name: str) -> HttpResponse:
    answer = FileResponse(
        written.file,
        as_attachment=True,
        filename=f"{name}-{timezone.localdate():%Y-%m-%d}.{form}",
        content_type=CONTENT_TYPES[form],
    )
    return cast("HttpResponse", answer)
