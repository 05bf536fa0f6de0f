"""Datenqualität: what is missing or doubtful, the heaviest first, each leading to its place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.core.paging import paging
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.registers.offers.desk.columns import by_title, checked_cell, state_cell, town_cell
from knotenpunkt.registers.offers.desk.quality_words import WORDS, overall, sentence
from knotenpunkt.registers.offers.findings import LOOKED_AT, Finding, findings, tally
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.queries import offers_at_desk
from knotenpunkt.registers.offers.rules import may_add
from knotenpunkt.tools.lists.wanted import PAGE, page_number

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Card:
    """One finding with offers behind it."""

    count: str
    rest: str
    why: str
    url: str
    heavy: bool


@require_safe
@members_only()
def quality(request: DeskRequest) -> HttpResponse:
    """All findings, counted in one query."""
    some = findings(timezone.localdate())
    found = tally(offers_at_desk(request.actor), some)
    told = [_card(one, found.counts[one.key]) for one in some if found.counts[one.key]]
    context = {
        "overall": overall(found),
        "groups": [
            (_("This keeps families away"), [card for card in told if card.heavy]),
            (_("This makes it harder"), [card for card in told if not card.heavy]),
        ],
        "fine": [str(WORDS[one.key].name) for one in some if not found.counts[one.key]],
        "any_offers": found.offers > 0,
    }
    return render(request, "offers/desk/quality.html", context)


def _card(finding: Finding, count: int) -> Card:
    return Card(
        count=number(count),
        rest=sentence(finding.key, count).removeprefix(number(count)).strip(),
        why=str(WORDS[finding.key].why),
        url=reverse("offers_desk:finding", args=[finding.key]),
        heavy=finding.heavy,
    )


@require_safe
@members_only()
def finding(request: DeskRequest, key: str) -> HttpResponse:
    """The offers behind one finding, each leading to its place in the form."""
    one = next((one for one in findings(timezone.localdate()) if one.key == key), None)
    if one is None:
        raise Http404
    rows = offers_at_desk(request.actor).filter(LOOKED_AT).filter(one.keeps)
    shown = rows.order_by(*by_title().by, "pk").select_related("provider")
    pages = Paginator(shown.prefetch_related("at_places__place"), PAGE_SIZE)
    page = pages.get_page(page_number(request.GET.get(PAGE, "")))
    may_mend = may_add(request.actor)
    context = {
        "sentence": sentence(key, page.paginator.count),
        "words": WORDS[key],
        "columns": [
            Head(_("Offer and provider")),
            Head(_("Town")),
            Head(pgettext("of an offer", "State")),
            Head(_("Last checked"), numeric=True),
        ],
        "rows": _rows(one, page, may_mend=may_mend),
        "paging": paging(page, lambda at: f"?{PAGE}={at}"),
        "may_mend": may_mend,
        "list_url": f"{reverse('offers_desk:list')}?befund={key}",
    }
    return render(request, "offers/desk/finding.html", context)


def _rows(finding: Finding, page: Page[Offer], *, may_mend: bool) -> list[Row]:
    today = timezone.localdate()
    state, checked = state_cell(today), checked_cell(today)
    return [
        Row(
            [
                Cell(offer.title, note=offer.provider.name, url=_place(finding, offer, may_mend)),
                town_cell(offer),
                state(offer),
                replace(checked(offer), numeric=True),
            ],
        )
        for offer in page.object_list
    ]


def _place(finding: Finding, offer: Offer, may_mend: bool) -> str:
    """Its place in the form; for those who only read, the page of the offer."""
    if not may_mend:
        return reverse("offers_desk:detail", args=[offer.pk])
    return f"{reverse('offers_desk:edit', args=[offer.pk])}#{finding.place}"
