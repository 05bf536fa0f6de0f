"""The search over everything: while one types, and as a page of its own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.front.desk.searching.answers import Group, search
from knotenpunkt.tools.search.names import LONGEST_TYPED

WHILE_TYPING, ON_THE_PAGE = 4, 25


@require_safe
@members_only()
def results(request: DeskRequest) -> HttpResponse:
    """Everything that is called so, by kind."""
    typed = _typed(request)
    groups = search(request.actor, typed, limit=ON_THE_PAGE)
    context = {"typed": typed, "groups": groups, "told": _told(groups, typed)}
    return render(request, "desk/search.html", context)


@require_safe
@members_only()
def suggestions(request: DeskRequest) -> HttpResponse:
    """The best of each kind, below the field."""
    typed = _typed(request)
    groups = search(request.actor, typed, limit=WHILE_TYPING)
    context = {
        "typed": typed,
        "groups": groups,
        "told": _told(groups, typed),
        "all_url": reverse("desk:search"),
    }
    return render(request, "desk/_search_hits.html", context)


def _typed(request: DeskRequest) -> str:
    return request.GET.get("q", "").replace("\0", "")[:LONGEST_TYPED].strip()


def _told(groups: list[Group], typed: str) -> str:
    count = sum(len(group.answers) for group in groups)
    if not typed:
        return ""
    if not count:
        return _("Nothing is called like “%(typed)s”.") % {"typed": typed}
    return ngettext("%(n)d hit", "%(n)d hits", count) % {"n": count}
