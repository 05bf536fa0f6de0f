"""Whose data? What do we store, why, how long? What did the clock delete?"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.paging import paging
from knotenpunkt.foundation.core.personal_data import Holding
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.foundation.privacy.models import NightlyDeletion
from knotenpunkt.foundation.privacy.queries import holdings, nightly_deletions
from knotenpunkt.front.desk.data_protection.forms import SearchForm
from knotenpunkt.front.desk.data_protection.subjects import (
    CALLER,
    ORDERER,
    Hit,
    looked_for,
    named_in,
)
from knotenpunkt.front.desk.data_protection.words import (
    begun,
    holding_labels,
    part_name,
    translated,
)

PAGE = 60


@require_safe
@members_only(Right.CHANGE_NETWORK)
def find(request: DeskRequest) -> HttpResponse:
    """Look for somebody to show, correct or erase what is stored about them."""
    form = SearchForm(request.GET if request.GET.get("q") else None, use_required_attribute=False)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    hits = looked_for(request.actor, typed)
    context = {
        "tabs": tabs("privacy"),
        "form": form,
        "typed": typed,
        "columns": [Head(_("Who")), Head(_("What it is"))],
        "rows": [_row(hit) for hit in hits],
        "mentions": named_in(request.actor, typed) if typed else [],
    }
    return render(request, "desk/data_protection/find.html", context)


def tabs(here: str) -> list[dict[str, Any]]:
    """The three pages of this area."""
    pages = (
        ("privacy", _("Whose data?")),
        ("privacy_data", _("What we store")),
        ("privacy_nights", _("What was deleted")),
    )
    return [
        {"label": label, "url": reverse(f"desk:{name}"), "count": None, "current": name == here}
        for name, label in pages
    ]


def _row(hit: Hit) -> Row:
    if not hit.kind:
        url = reverse("desk:member", args=[hit.id])
        return Row([Cell(hit.name, note=hit.note, url=url), Cell(_("works at this desk"))])
    url = reverse("desk:privacy_person", args=[hit.kind, hit.id])
    what = {CALLER: _("Request of a family"), ORDERER: pgettext("campaign", "Orders")}
    told = what.get(hit.kind, _("Register of partners"))
    return Row([Cell(hit.name, note=hit.note, url=url), Cell(told, label=_("What it is"))])


@require_safe
@members_only(Right.CHANGE_NETWORK)
def data(request: DeskRequest) -> HttpResponse:
    """Every kind of personal data: what, why, on which ground, until when."""
    known = sorted(
        ((part_name(app), translated(holding)) for app, holding in holdings()),
        key=lambda pair: pair[0],
    )
    groups = [
        {"title": title, "rows": [_stored(holding) for _title, holding in pairs]}
        for title, pairs in groupby(known, key=lambda pair: pair[0])
    ]
    columns = [Head(_("What")), *(Head(label) for label in holding_labels())]
    context = {"tabs": tabs("privacy_data"), "columns": columns, "groups": groups}
    return render(request, "desk/data_protection/data.html", context)


def _stored(holding: Holding) -> Row:
    told = zip(holding_labels(), (holding.why, holding.legal_basis, holding.term), strict=True)
    return Row([Cell(begun(holding.what)), *(Cell(text, label=label) for label, text in told)])


@require_safe
@members_only(Right.CHANGE_NETWORK)
def nights(request: DeskRequest) -> HttpResponse:
    """What the clock deleted, night by night."""
    page = Paginator(nightly_deletions(request.actor), PAGE).get_page(request.GET.get("seite"))
    context = {
        "tabs": tabs("privacy_nights"),
        "columns": [
            Head(_("Night")),
            Head(_("What was deleted")),
            Head(_("How many"), numeric=True),
            Head(_("Oldest of"), numeric=True),
        ],
        "rows": list(_nights(page)),
        "paging": paging(page, lambda number: f"?seite={number}"),
    }
    return render(request, "desk/data_protection/nights.html", context)


def _nights(lines: Iterable[NightlyDeletion]) -> Iterable[Row]:
    for line in lines:
        oldest = spoken.full_date(timezone.localdate(line.oldest)) if line.oldest else ""
        yield Row(
            [
                Cell(spoken.moment(line.run_at)),
                Cell(_(line.what) if line.what else _("nothing was past its term")),
                Cell(spoken.number(line.count), label=_("How many"), numeric=True),
                Cell(oldest, label=_("Oldest of") if oldest else "", numeric=True),
            ]
        )
