"""Building an audience part by part, with what it comes to beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.mailings.actions import audiences as actions
from knotenpunkt.activities.mailings.desk.audiences.outcome import Outcome, outcome, told
from knotenpunkt.activities.mailings.desk.audiences.pages import audience_or_404, writing
from knotenpunkt.activities.mailings.forms.audiences import PARTS, AudienceSheet, part_row
from knotenpunkt.activities.mailings.models import Audience
from knotenpunkt.activities.mailings.queries.audiences import (
    ADD,
    ONLY,
    WITHOUT,
    choose,
    known_filters,
)
from knotenpunkt.foundation.accounts.gate import DeskRequest, own_address
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.core.form_rows import rearranged, row_count
from knotenpunkt.registers.partners.desk.problems import problems, refuse
from knotenpunkt.tools.lists.listing import Filter

SAVE, SHOW = "speichern", "zeigen"
# Where somebody goes on once it is kept.
ONWARD = "weiter"


@require_http_methods(["GET", "HEAD", "POST"])
@writing
def new(request: DeskRequest) -> HttpResponse:
    """A new audience; filters of the address are its first part."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@writing
def edit(request: DeskRequest, audience_id: UUID) -> HttpResponse:
    """Change the parts of an audience."""
    return _edit(request, audience_or_404(request, audience_id))


def _edit(request: DeskRequest, audience: Audience | None) -> HttpResponse:
    filters = known_filters(timezone.localdate())
    data, stored = typed(request), _stored(request, audience, filters)
    deed = str(data.get("tun", SAVE)) if data is not None and request.method == "POST" else ""
    if data is not None and deed not in ("", SAVE, SHOW):
        data = _rearranged(data, deed, filters)
    sheet = AudienceSheet(filters, data, stored)
    if deed != SAVE and data is not None:
        sheet = AudienceSheet(filters, None, sheet.as_typed)
    if deed == SAVE and sheet.is_valid() and (saved := _saved(request, sheet, audience)):
        messages.success(request, _("The audience is kept."))
        return HttpResponseRedirect(_onward(request, saved))
    return _page(request, sheet, audience, filters, is_judged=deed == SAVE)


def _onward(request: DeskRequest, saved: Audience) -> str:
    """Its page, or where somebody came from who needs it there: that page is told which one."""
    asked = request.GET.get(ONWARD, "")
    if not asked:
        return reverse("mailings:audience", args=[saved.pk])
    page, _mark, query = own_address(request, asked).partition("?")
    return f"{page}?{'&'.join(filter(None, (query, f'verteiler={saved.pk}')))}"


def _stored(
    request: DeskRequest, audience: Audience | None, filters: Sequence[Filter]
) -> dict[str, Any]:
    if audience is not None:
        return {"name": audience.name, "one_each": audience.one_each, "parts": audience.parts}
    names = [name for one in filters for name in one.fields]
    words = {name: request.GET[name] for name in names if request.GET.get(name)}
    return {"one_each": True, "parts": [{"how": ADD, "words": words}]}


def _rearranged(data: QueryDict, deed: str, filters: Sequence[Filter]) -> QueryDict:
    """A part more ("teile-dazu-without") or less ("teile-weg-1")."""
    begun, _dash, how = deed.rpartition("-")
    if how not in (ADD, ONLY, WITHOUT):
        return rearranged(data, deed, {PARTS: part_row(filters)})
    changed = rearranged(data, begun, {PARTS: part_row(filters)})
    changed[f"{PARTS}-{row_count(data, PARTS)}-how"] = how
    return changed


def _saved(
    request: DeskRequest, sheet: AudienceSheet, audience: Audience | None
) -> Audience | None:
    told = sheet.form.cleaned_data
    try:
        return actions.save_audience(
            actor=request.actor,
            name=told["name"],
            parts=sheet.parts,
            one_each=told["one_each"],
            audience=audience,
        )
    except ValidationError as refused:
        refuse(sheet.form, refused)
        return None


def _page(
    request: DeskRequest,
    sheet: AudienceSheet,
    audience: Audience | None,
    filters: Sequence[Filter],
    *,
    is_judged: bool,
) -> HttpResponse:
    """What was typed is judged only when somebody wants to keep it."""
    parts = told(sheet.parts, filters)
    wrong = problems([sheet.form, *sheet.rows]) if is_judged else None
    context = {
        "sheet": sheet,
        "form": sheet.form,
        "problems": wrong,
        "is_judged": is_judged,
        "audience": audience,
        "is_broken": any(one.unknown for one in parts),
        "outcome": _outcome(request, sheet),
        "kinds": [(ADD, _("More people")), (ONLY, _("Only some of them")),
                  (WITHOUT, _("Leave some out"))],
        "back_url": _back_url(request, audience),
    }  # fmt: skip
    return render(
        request, "mailings/audiences/edit.html", context, status=422 if is_judged else 200
    )


def _back_url(request: DeskRequest, audience: Audience | None) -> str:
    if asked := request.GET.get(ONWARD, ""):
        return own_address(request, asked)
    return (
        reverse("mailings:audience", args=[audience.pk])
        if audience
        else reverse("mailings:audiences")
    )


def _outcome(request: DeskRequest, sheet: AudienceSheet) -> Outcome:
    one_each = bool(sheet.form["one_each"].value())
    chosen = choose(sheet.parts, one_each=one_each, kind=sheet.form.kind)
    return outcome(request.actor, chosen)
