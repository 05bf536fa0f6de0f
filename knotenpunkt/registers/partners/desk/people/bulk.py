"""One thing for many people: first what will happen, then it happens, or is taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.bulk.many import PEOPLE
from knotenpunkt.registers.partners.desk.bulk_forms import argument_form
from knotenpunkt.registers.partners.desk.bulk_words import PEOPLE_WORDS
from knotenpunkt.registers.partners.desk.organisations.list import PICK
from knotenpunkt.registers.partners.desk.people.list import people_listing
from knotenpunkt.registers.partners.queries import people_at_desk
from knotenpunkt.tools.lists.listing import Listing
from knotenpunkt.tools.lists.many import pages


def _listing(request: DeskRequest) -> Listing:
    return people_listing(request.actor, request.network)


def _rows(request: DeskRequest) -> QuerySet[Any]:
    rows = people_at_desk(request.actor)
    return rows.prefetch_related("tag_links__tag")


def _argument(request: DeskRequest, kind: str) -> forms.Form | None:
    return argument_form(request.actor, kind, request.GET.dict())


PAGES = pages.BulkPages(
    many=PEOPLE,
    words=PEOPLE_WORDS,
    pick=PICK,
    listing=_listing,
    rows=_rows,
    list_page="partners_desk:people",
    done_page="partners_desk:people_bulk_done",
    undo_page="partners_desk:people_bulk_undo",
    record_page="partners_desk:person",
    argument_form=_argument,
)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def people_bulk(request: DeskRequest) -> HttpResponse:
    """Show what will happen to the picked people; do it when that was confirmed."""
    return pages.bulk(PAGES, request)


@require_safe
@members_only(Right.EDIT_REGISTERS)
def people_bulk_done(request: DeskRequest, deed_id: UUID) -> HttpResponse:
    """What became of it, how far it is, and the way to take it back."""
    return pages.bulk_done(PAGES, request, deed_id)


@require_POST
@members_only(Right.EDIT_REGISTERS)
def people_bulk_undo(request: DeskRequest, deed_id: UUID) -> HttpResponse:
    """Bring back what stood there before."""
    return pages.bulk_undo(PAGES, request, deed_id)
