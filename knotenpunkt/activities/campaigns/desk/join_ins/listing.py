"""The list of join-ins of a campaign, and the same as a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from knotenpunkt.activities.campaigns.actions.exporting_join_ins import export_join_ins
from knotenpunkt.activities.campaigns.desk.frame import campaign_frame, campaign_or_404
from knotenpunkt.activities.campaigns.models import (
    AimedAt,
    Campaign,
    CampaignState,
    JoinIn,
    JoinInState,
)
from knotenpunkt.activities.campaigns.queries.join_ins import counts, join_ins, over
from knotenpunkt.activities.campaigns.wording import join_ins as wording
from knotenpunkt.activities.campaigns.wording.join_ins_desk import SHAPES, STATES
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.tables import Cell
from knotenpunkt.registers.areas.queries import Stretch, own_regions, regions
from knotenpunkt.registers.partners.desk import narrowing
from knotenpunkt.tools.lists.files import CONTENT_TYPES
from knotenpunkt.tools.lists.listing import (
    Column,
    Filter,
    Listing,
    Order,
    Tab,
    choice,
    text,
    tick,
)
from knotenpunkt.tools.lists.matching import folded, one_text, says, words_of
from knotenpunkt.tools.lists.showing import ordered, show
from knotenpunkt.tools.lists.wanted import read

NAME = "join_ins"
WEEKEND = (1, 7)  # as databases count days: Sunday is the first


@require_safe
@members_only(Right.READ_INTERNAL)
def listed(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """To decide, shown, over, not shown."""
    campaign = campaign_or_404(request, campaign_id)
    listing = join_in_listing(request.actor, campaign, timezone.now())
    wanted, form = read(listing, request.GET.dict())
    figures = counts(campaign, wanted.narrowed)
    context = campaign_frame(request, campaign, "campaigns:join_ins") | {
        "shown": show(listing, wanted, form, join_ins(request.actor, campaign)),
        "list_url": reverse("campaigns:join_ins", args=[campaign.pk]),
        "figures": figures,
        "visitors": spoken.number(figures.visitors),
        "is_public": campaign.state != "prepared",
    }
    return render(request, "campaigns/join_ins/list.html", context)


def join_in_listing(actor: Actor, campaign: Campaign, now: datetime) -> Listing:
    """How the list is built at this moment."""
    return Listing(
        name=NAME,
        columns=_columns(),
        tabs=_opening_tab_first(campaign, _tabs(now)),
        filters=_filters(actor),
        completed=lambda rows: rows,
        sort="wann",
        count=wording.count,
    )  # fmt: skip


def _columns() -> list[Column]:
    return [
        Column(_("Action"), _title, [Order("titel", _("Action"), [folded("title")])]),
        Column(_("When"), _when, [Order("wann", _("When"), ["starts_at"])]),
        Column(_("Where"), _where, [Order("ort", _("Where"), [folded("place__town")])]),
        Column(_("Who may come"), lambda one: Cell(wording.opening(one))),
        Column(pgettext("of an action", "State"), _state),
        Column(
            _("Visitors"),
            _visitors,
            [Order("besucher", _("Visitors"), ["visitors"])],
            numeric=True,
        ),
    ]


def _tabs(now: datetime) -> list[Tab]:
    approved = Q(state=JoinInState.APPROVED)
    return [
        Tab("offen", _("To decide"), Q(state=JoinInState.REPORTED)),
        Tab("zu-sehen", _("Shown"), approved & ~over(now)),
        Tab("vorbei", _("Over"), approved & over(now)),
        Tab("nicht", _("Not shown"), Q(state__in=[JoinInState.REFUSED, JoinInState.WITHDRAWN])),
    ]


def _opening_tab_first(campaign: Campaign, tabs: list[Tab]) -> list[Tab]:
    """Once a campaign has ended, hardly anything waits: the list opens where something is."""
    if campaign.state != CampaignState.ENDED:
        return tabs
    opening = [tab for tab in tabs if campaign.join_ins.filter(tab.keeps).exists()][:1]
    return [*opening, *(tab for tab in tabs if tab not in opening)]


def _filters(actor: Actor) -> list[Filter]:
    return [
        text("q", _("Search in this list"), _says, said=_("Searched for")),
        choice("fuer", _("For whom"), AimedAt.choices, lambda kind: Q(aimed_at=kind)),
        narrowing.region(regions(actor), own_regions(actor), _lies_in),
        tick("offen-fuer-alle", _("Everybody may come"), Q(is_open=True)),
        tick("wochenende", _("at the weekend"), Q(starts_at__week_day__in=WEEKEND)),
        tick("ohne-bild", _("without picture"), Q(picture=None)),
        tick("ohne-besucher", _("number of visitors not told"), Q(visitors=None)),
    ]


def _lies_in(stretch: Stretch) -> Q:
    return stretch.holds_place("place")


def _says(typed: str) -> Q:
    column = one_text("title", "organisation__name", "place__venue", "place__town", "for_whom")
    kept = Q()
    for word in words_of(typed):
        kept &= says(column, word)
    return kept


def _title(one: JoinIn) -> Cell:
    house = one.organisation.name if one.organisation else _("without partner")
    url = reverse("campaigns:desk_join_in", args=[one.campaign_id, one.pk])
    return Cell(one.title, note=house, url=url)


def _when(one: JoinIn) -> Cell:
    return Cell(wording.when(one), label=_("When"))


def _where(one: JoinIn) -> Cell:
    place = one.place
    if place is None:
        return Cell(_("not told"), label=_("Where"))
    return Cell(place.town or place.postal_code, note=place.venue, label=_("Where"))


def _state(one: JoinIn) -> Cell:
    state = JoinInState(one.state)
    note = _("a change of what is shown") if one.replaces_id else ""
    return Cell(str(STATES[state]), note=note, state=SHAPES[state])


def _visitors(one: JoinIn) -> Cell:
    if one.visitors is None:
        return Cell("")
    return Cell(spoken.number(one.visitors), label=_("Visitors"))


@require_POST
@members_only(Right.RUN_CAMPAIGNS)
def export(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """The list that the address describes, as CSV or XLSX."""
    campaign, form = campaign_or_404(request, campaign_id), request.POST.get("form", "")
    if form not in CONTENT_TYPES:
        raise Http404
    written = export_join_ins(
        actor=request.actor, campaign=campaign, rows=_rows(request, campaign), form=form
    )
    answer = FileResponse(
        written.file,
        as_attachment=True,
        filename=f"mitmachaktionen-{timezone.localdate():%Y-%m-%d}.{form}",
        content_type=CONTENT_TYPES[form],
    )
    return cast("HttpResponse", answer)


def _rows(request: DeskRequest, campaign: Campaign) -> QuerySet[Any]:
    listing = join_in_listing(request.actor, campaign, timezone.now())
    wanted, _form = read(listing, request.GET.dict())
    return ordered(listing, wanted, join_ins(request.actor, campaign).filter(wanted.narrowed))
