"""The list behind the figures: each organisation, where its entries stand, and who is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from knotenpunkt.activities.upkeep import wording
from knotenpunkt.activities.upkeep.actions.exporting import export_entries
from knotenpunkt.activities.upkeep.queries.contacts import responsible_contacts
from knotenpunkt.activities.upkeep.queries.inquiries import regions
from knotenpunkt.activities.upkeep.queries.narrowing import (
    NO_REGION,
    named,
    of_region,
    with_regions,
)
from knotenpunkt.activities.upkeep.queries.states import Stand, stands
from knotenpunkt.activities.upkeep.queries.states import kept_organisations as kept
from knotenpunkt.activities.upkeep.rules import State
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.core.tables import Cell
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.models import Contact, Organisation, PartnerKind
from knotenpunkt.tools.lists.files import CONTENT_TYPES
from knotenpunkt.tools.lists.listing import Column, Listing, Order, Tab, choice, text
from knotenpunkt.tools.lists.matching import folded
from knotenpunkt.tools.lists.registry import list_page
from knotenpunkt.tools.lists.showing import ordered, show
from knotenpunkt.tools.lists.views import views_bar
from knotenpunkt.tools.lists.wanted import read

NAME = "upkeep"
list_page(NAME, label=gettext_lazy("Data care"), page="upkeep:list")


@require_safe
@members_only(Right.READ_INTERNAL)
def entries(request: DeskRequest) -> HttpResponse:
    """All organisations, narrowed, sorted, page by page."""
    listing = entries_listing(stands(), regions())
    wanted, form = read(listing, request.GET.dict())
    shown = show(listing, wanted, form, kept())
    context = {
        "shown": shown,
        "list_url": reverse("upkeep:list"),
        "views": views_bar(request.actor, NAME, wanted),
        "may_ask": request.actor.may(Right.EDIT_REGISTERS),
        "may_export": request.actor.may(Right.EDIT_REGISTERS),
        "pick": "",
    }
    return render(request, "upkeep/list.html", context)


def entries_listing(found: Mapping[UUID, Stand], known: list[Region]) -> Listing:
    """How the list is built, for these states; who is asked is found for the rows of a page."""
    asked: dict[UUID, Contact | None] = {}
    return Listing(
        name=NAME,
        columns=columns(found, asked),
        tabs=[
            Tab("alle", pgettext("tab of a list", "All"), Q()),
            *(Tab(state.value, str(wording.STATES[state]), _in(found, state)) for state in State),
        ],
        filters=[
            text("q", _("Search in this list"), named, said=_("Searched for")),
            choice("region", _("Region"), _region_options(known), of_region),
            choice("art", _("Kind of partner"), PartnerKind.choices, lambda kind: Q(kind=kind)),
        ],
        completed=lambda rows: completed(rows, asked),
        sort="bestaetigt",
        count=lambda n: ngettext("%(n)s partner", "%(n)s partners", n) % {"n": number(n)},
    )


def _in(found: Mapping[UUID, Stand], state: State) -> Q:
    return Q(pk__in=[key for key, stand in found.items() if stand.state is state])


def _region_options(known: list[Region]) -> list[tuple[str, str]]:
    return [*((str(one.pk), one.name) for one in known), (NO_REGION, _("whole network"))]


def completed(rows: QuerySet[Organisation], asked: dict[UUID, Contact | None]) -> Any:
    """With body, regions, and who is asked: a fixed number of queries."""
    found = with_regions(rows)
    asked.update(responsible_contacts(found))
    return found


def columns(found: Mapping[UUID, Stand], asked: Mapping[UUID, Contact | None]) -> list[Column]:
    """The columns; states come from what was computed for all."""
    by_date = F("confirmed_on").asc(nulls_first=True)
    return [
        Column(_("Partner"), _name_cell, [Order("name", _("Partner"), [folded("name")])]),
        Column(_("Region"), _region_cell),
        Column(pgettext("of entries", "State"), lambda one: _state_cell(found[one.pk])),
        Column(_("Who is asked"), lambda one: _contact_cell(asked.get(one.pk))),
        Column(
            _("Last confirmed"),
            lambda one: _date_cell(found[one.pk]),
            [Order("bestaetigt", _("Last confirmed"), [by_date, folded("name")])],
            numeric=True,
        ),
    ]


def _name_cell(one: Organisation) -> Cell:
    url = reverse("upkeep:partner", args=[one.pk])
    return Cell(one.name, note=one.body.name if one.body else "", url=url)


def _region_cell(one: Organisation) -> Cell:
    return Cell(", ".join(link.region.name for link in one.region_links.all()))


def _state_cell(stand: Stand) -> Cell:
    return Cell(str(wording.STATES[stand.state]), state=wording.SHAPES[stand.state])


def _contact_cell(contact: Contact | None) -> Cell:
    if contact is None:
        return Cell(_("nobody is known"), state="missing")
    told = contact.name or contact.function or contact.organisation.name
    return Cell(told, note="" if contact.email else _("without e-mail address"))


def _date_cell(stand: Stand) -> Cell:
    label = _("confirmed")
    if stand.confirmed_on is None:
        return Cell(_("never yet"), label=label)
    ago = spoken.how_long_ago(stand.confirmed_on, timezone.localdate())
    return Cell(spoken.short_date(stand.confirmed_on), note=ago, label=label)


@require_POST
@members_only(Right.EDIT_REGISTERS)
def export(request: DeskRequest) -> HttpResponse:
    """The list that the address describes, as CSV or XLSX."""
    form = request.POST.get("form", "")
    if form not in CONTENT_TYPES:
        raise Http404
    found = stands()
    listing = entries_listing(found, regions())
    wanted, _form = read(listing, request.GET.dict())
    rows = list(listing.completed(ordered(listing, wanted, kept().filter(wanted.narrowed))))
    written = export_entries(actor=request.actor, rows=rows, found=found, form=form)
    answer = FileResponse(
        written.file,
        as_attachment=True,
        filename=f"datenpflege-{timezone.localdate():%Y-%m-%d}.{form}",
        content_type=CONTENT_TYPES[form],
    )
    return cast("HttpResponse", answer)
