"""Wonach gesucht wird: what families search often, what they do not find, and what to do then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.front.desk.searches.found import found_by
from knotenpunkt.front.desk.searches.steps import steps
from knotenpunkt.front.desk.searches.trend import trend
from knotenpunkt.tools.lists.files import CONTENT_TYPES, write_file
from knotenpunkt.tools.search import searched
from knotenpunkt.tools.search.actions import settle_search, unsettle_search
from knotenpunkt.tools.search.searched import FrequentSearch

ALL, WITHOUT, SETTLED = "", "ohne-ergebnis", "erledigt"
MONTH = "%Y-%m"
reading = members_only(Right.READ_INTERNAL)


class Filters(forms.Form):
    """By month and language."""

    monat = forms.ChoiceField(label=gettext_lazy("When"), required=False)
    sprache = forms.ChoiceField(label=gettext_lazy("Language"), required=False)

    def __init__(self, *args: object, languages: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        months = [(month.strftime(MONTH), date_format(month, "F Y")) for month in _months()]
        named = [(code, spoken.language_name(code)) for code in languages]
        self._offer("monat", [("", _("in the last twelve months")), *months])
        self._offer("sprache", [("", _("all languages")), *named])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    @property
    def month(self) -> date | None:
        """The one month asked for, or None for all of them."""
        asked = self.cleaned_data.get("monat", "")
        return next((month for month in _months() if month.strftime(MONTH) == asked), None)

    @property
    def language(self) -> str:
        """The one language asked for, or ""."""
        return str(self.cleaned_data.get("sprache", ""))


def _months() -> list[date]:
    return searched.months_shown()


@require_safe
@reading
def frequent(request: DeskRequest) -> HttpResponse:
    """What was searched ten times or more; what found nothing stands first."""
    form = _filters(request)
    part = _part(request)
    found = _asked(request, form, part)
    months = searched.searches_by_month(request.actor, language=form.language)
    context = {
        "form": form,
        "part": part,
        "tabs": _tabs(request, form, part),
        "columns": _columns(),
        "rows": [_row(one) for one in found],
        "trend": trend(months),
        "is_counted": any(month.count for month in months),
        "files_query": _query(form, part),
        "words_url": reverse("desk:words"),
    }
    return render(request, "desk/searches/frequent.html", context)


def _filters(request: DeskRequest) -> Filters:
    form = Filters(request.GET.dict(), languages=searched.languages_searched(request.actor))
    form.is_valid()
    return form


def _part(request: DeskRequest) -> str:
    asked = request.GET.get("teil", ALL)
    return asked if asked in (WITHOUT, SETTLED) else ALL


def _asked(request: DeskRequest, form: Filters, part: str) -> list[FrequentSearch]:
    found = searched.frequent_searches(
        request.actor, month=form.month, language=form.language, settled=part == SETTLED
    )
    return [one for one in found if one.without_result] if part == WITHOUT else found


def _tabs(request: DeskRequest, form: Filters, part: str) -> list[dict[str, object]]:
    labels = {ALL: _("All"), WITHOUT: _("Without a result"), SETTLED: _("Dealt with")}
    return [
        {
            "label": label,
            "url": f"{reverse('desk:searches')}{_query(form, key)}",
            "count": len(_asked(request, form, key)),
            "current": key == part,
        }
        for key, label in labels.items()
    ]


def _query(form: Filters, part: str) -> str:
    told = {"teil": part, **{name: form.cleaned_data.get(name, "") for name in form.fields}}
    kept = {name: value for name, value in told.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def _columns() -> list[Head]:
    return [
        Head(_("Searched")),
        Head(_("Language")),
        Head(_("How often"), numeric=True),
        Head(_("Without a result"), numeric=True),
    ]


def _row(one: FrequentSearch) -> Row:
    return Row([
        Cell(one.text, url=reverse("desk:search_detail", kwargs={"key": one.key})),
        Cell(_languages(one), label=_("Language")),
        Cell(spoken.number(one.count), label=_("How often"), numeric=True),
        Cell(_without(one), label=_("Without a result"), numeric=True),
    ])  # fmt: skip


def _languages(one: FrequentSearch) -> str:
    return ", ".join(spoken.language_name(code) for code in one.languages)


def _without(one: FrequentSearch) -> str:
    if not one.without_result:
        return pgettext("searches", "none")
    told = {"n": spoken.number(one.without_result), "share": round(100 * one.share)}
    return _("%(n)s (%(share)d %%)") % told


@require_safe
@reading
def frequent_file(request: DeskRequest, form: str) -> HttpResponse:
    """The same list for a spreadsheet; it holds no person."""
    if form not in CONTENT_TYPES:
        raise Http404
    header = [_("Searched"), _("Language"), _("How often"), _("Without a result")]
    rows = (
        [one.text, _languages(one), str(one.count), str(one.without_result)]
        for one in _asked(request, _filters(request), _part(request))
    )
    answer = FileResponse(
        write_file(form, header, rows).file,
        as_attachment=True,
        filename=f"gesucht-{timezone.localdate():%Y-%m-%d}.{form}",
        content_type=CONTENT_TYPES[form],
    )
    return cast("HttpResponse", answer)


@require_safe
@reading
def detail(request: DeskRequest, key: str) -> HttpResponse:
    """One frequent search: how often, what families see now, and what can be done."""
    one = _search_or_404(request, key)
    context = {
        "one": one,
        "languages": _languages(one),
        "told": _told(one),
        "trend": trend([searched.MonthOfSearches(*month) for month in one.by_month]),
        "found": found_by(one.text),
        "steps": steps(request.actor, one),
        "is_settled": searched.is_settled(request.actor, key),
        "may_edit": request.actor.may(Right.EDIT_REGISTERS),
        "finder_url": f"{reverse('offers:finder')}?{urlencode({'q': one.text})}",
    }
    return render(request, "desk/searches/detail.html", context)


def _told(one: FrequentSearch) -> str:
    counted = ngettext(
        "Searched %(n)s time in twelve months.", "Searched %(n)s times in twelve months.", one.count
    ) % {"n": spoken.number(one.count)}
    if not one.without_result:
        return _("%(searched)s There was always a result.") % {"searched": counted}
    missed = ngettext(
        "%(n)s time without a result.", "%(n)s times without a result.", one.without_result
    )
    return f"{counted} {missed % {'n': spoken.number(one.without_result)}}"


def _search_or_404(request: DeskRequest, key: str) -> FrequentSearch:
    found = searched.frequent_search(request.actor, key)
    if found is None:
        raise Http404
    return found


@require_POST
@members_only(Right.EDIT_REGISTERS)
def settle(request: DeskRequest, key: str) -> HttpResponse:
    """It was dealt with: no longer in the list, until it is searched often again."""
    one = _search_or_404(request, key)
    settle_search(actor=request.actor, key=key)
    url = reverse("desk:search_detail", kwargs={"key": key})
    told = _("“%(text)s” is dealt with. It comes back when it is searched often in a later month.")
    link = format_html('<a href="{}">{}</a>', url, _("Look at it again"))
    messages.success(request, format_html("{} {}", told % {"text": one.text}, link))
    return HttpResponseRedirect(reverse("desk:searches"))


@require_POST
@members_only(Right.EDIT_REGISTERS)
def unsettle(request: DeskRequest, key: str) -> HttpResponse:
    """Back into the list."""
    one = _search_or_404(request, key)
    unsettle_search(actor=request.actor, key=key)
    messages.success(request, _("“%(text)s” is in the list again.") % {"text": one.text})
    return HttpResponseRedirect(reverse("desk:search_detail", kwargs={"key": key}))
