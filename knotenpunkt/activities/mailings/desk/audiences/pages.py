"""Audiences at the desk: the list, one of them, copying, deleting."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.activities.mailings.actions import audiences as actions
from knotenpunkt.activities.mailings.desk.audiences.outcome import in_one_line, outcome, told
from knotenpunkt.activities.mailings.forms.audiences import CountedForm
from knotenpunkt.activities.mailings.models import Audience
from knotenpunkt.activities.mailings.queries import audiences as queries
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.paging import paging
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.tools.mail.models import MailKind

reading = members_only(Right.READ_INTERNAL)
writing = members_only(Right.WRITE_TO_MANY)


@require_safe
@reading
def audience_list(request: DeskRequest) -> HttpResponse:
    """All audiences, each with how many it reaches today."""
    rows = list(queries.audiences(request.actor))
    reached = queries.reached(rows, kind=MailKind.INVITATION) if rows else {}
    known = queries.known_filters(timezone.localdate()) if rows else []
    context = {
        "columns": [
            Head(pgettext("of an audience", "Name")),
            Head(_("Who belongs to it")),
            Head(_("Reaches today"), numeric=True),
        ],
        "rows": [
            Row([
                Cell(one.name, url=_url(one)),
                Cell(in_one_line(told(one.parts, known)), label=_("Who belongs to it")),
                Cell(number(reached[one.pk]), label=_("Reaches today"), numeric=True),
            ])
            for one in rows
        ],
        "may_write": request.actor.may(Right.WRITE_TO_MANY),
    }  # fmt: skip
    return render(request, "mailings/audiences/list.html", context)


@require_safe
@reading
def detail(request: DeskRequest, audience_id: UUID) -> HttpResponse:
    """One audience: who belongs to it today, by which way, and who is left out."""
    audience = audience_or_404(request, audience_id)
    form = CountedForm(request.GET if "fuer" in request.GET else None)
    chosen = queries.choose(audience.parts, one_each=audience.one_each, kind=form.kind)
    shown = outcome(request.actor, chosen, request.GET.get("seite"))
    parts = told(audience.parts, queries.known_filters(timezone.localdate()))
    context = {
        "audience": audience,
        "audience_key": str(audience.pk),
        "parts": parts,
        "is_broken": any(one.unknown for one in parts),
        "form": form,
        "outcome": shown,
        "paging": paging(shown.page, lambda at: f"?fuer={form.kind}&seite={at}"),
        "may_write": request.actor.may(Right.WRITE_TO_MANY),
    }
    return render(request, "mailings/audiences/detail.html", context)


@require_POST
@writing
def copy(request: DeskRequest, audience_id: UUID) -> HttpResponse:
    """A copy of its own name, open to be changed."""
    audience = audience_or_404(request, audience_id)
    new = actions.copy_audience(actor=request.actor, audience=audience)
    messages.success(request, _("This is your copy. The other audience stays as it is."))
    return HttpResponseRedirect(reverse("mailings:audience_edit", args=[new.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@writing
def delete(request: DeskRequest, audience_id: UUID) -> HttpResponse:
    """Ask once more; refused kindly where something goes to it."""
    audience = audience_or_404(request, audience_id)
    is_used = queries.is_used(audience)
    if request.method == "POST":
        try:
            actions.delete_audience(actor=request.actor, audience=audience)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return HttpResponseRedirect(_url(audience))
        messages.success(request, _("The audience is deleted."))
        return HttpResponseRedirect(reverse("mailings:audiences"))
    context = {"audience": audience, "is_used": is_used}
    return render(request, "mailings/audiences/delete.html", context)


def audience_or_404(request: DeskRequest, audience_id: UUID) -> Audience:
    """The fetch is the gate."""
    try:
        return queries.get_audience(request.actor, audience_id)
    except Audience.DoesNotExist as missing:
        raise Http404 from missing


def _url(audience: Audience) -> str:
    return reverse("mailings:audience", args=[audience.pk])
