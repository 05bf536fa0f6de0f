"""Datenpflege: how true the register is, what was asked, who is silent, over time, by region."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotenpunkt.activities.upkeep import wording
from knotenpunkt.activities.upkeep.desk.chart import chart
from knotenpunkt.activities.upkeep.queries.inquiries import count_to_call
from knotenpunkt.activities.upkeep.queries.proposals import waiting
from knotenpunkt.activities.upkeep.queries.states import (
    RegionCounts,
    by_region,
    counts,
    rhythm,
    standings,
    stands,
)
from knotenpunkt.activities.upkeep.rules import State
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.tools.mail.queries import mail_is_set_up

MONTHS = 13


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that leads to its list."""

    label: str
    value: str
    note: str
    url: str
    part: str


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region: its name, a bar of whole hundredths, and its numbers with their lists."""

    name: str
    share: int
    figures: Sequence[tuple[str, str]]


@require_safe
@members_only(Right.READ_INTERNAL)
def overview(request: DeskRequest) -> HttpResponse:
    """Figures, over time, by region; each number leads to its list."""
    found = stands()
    told = counts(found)
    total = sum(told.values())
    keeps = request.actor.may(Right.EDIT_REGISTERS)
    context = {
        "figures": [_figure(state, told, total) for state in State],
        "lead": _lead(told, total),
        "chart": chart(standings(MONTHS)),
        "regions": [_region(row) for row in by_region(found)],
        "heads": [str(label) for label in wording.STATES.values()],
        "rhythm": rhythm(),
        "may_ask": keeps,
        "may_set": request.actor.may(Right.CHANGE_NETWORK),
        "mail": mail_is_set_up(),
        "calls": count_to_call(request.actor, timezone.localdate()) if keeps else 0,
        "called_about": told[State.SILENT],
        "proposals": waiting(request.actor).count() if keeps else 0,
        "total": total,
    }
    return render(request, "upkeep/overview.html", context)


def _lead(told: Counter[State], total: int) -> str:
    """ "893 von 1.104 Einträgen sind bestätigt, das sind 81 von 100."."""
    if not total:
        return _("There are no partners yet.")
    return _("%(confirmed)s of %(total)s partners are confirmed, that is %(share)d of 100.") % {
        "confirmed": number(told[State.CONFIRMED]),
        "total": number(total),
        "share": round(100 * told[State.CONFIRMED] / total),
    }


def _figure(state: State, told: Counter[State], total: int) -> Figure:
    notes = {
        State.CONFIRMED: _("everything is true"),
        State.DUE: _("nobody was asked yet"),
        State.ASKED: _("the mail is out"),
        State.REMINDED: _("once or twice"),
        State.SILENT: _("on the telephone list"),
    }
    parts = {State.REMINDED: "asked", State.CONFIRMED: "confirmed", State.SILENT: "silent"}
    return Figure(
        label=str(wording.STATES[state]), value=number(told[state]), note=notes[state],
        url=list_url(state), part=parts.get(state, "asked" if state is State.ASKED else "due"),
    )  # fmt: skip


def list_url(state: State, region: str = "") -> str:
    """The list of those in a state, of a region."""
    told = {"stand": state.value} | ({"region": region} if region else {})
    return f"{reverse('upkeep:list')}?{urlencode(told)}"


def _region(row: RegionCounts) -> RegionRow:
    key = str(row.region.pk) if row.region else "ohne"
    return RegionRow(
        name=row.region.name if row.region else _("whole network"),
        share=round(100 * row.counts[State.CONFIRMED] / row.total),
        figures=[(number(row.counts[state]), list_url(state, key)) for state in State],
    )
