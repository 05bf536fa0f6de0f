"""Writing a circular: the form, and how many it would reach."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.activities.mailings.actions.circulars import discard, write_circular
from knotenpunkt.activities.mailings.desk.circulars import words
from knotenpunkt.activities.mailings.desk.circulars.fetching import circular_or_404
from knotenpunkt.activities.mailings.forms.circulars import CircularForm, initial_of
from knotenpunkt.activities.mailings.merging import PLACES, known_places
from knotenpunkt.activities.mailings.models import Audience, Circular, Stage
from knotenpunkt.activities.mailings.queries.audiences import audiences
from knotenpunkt.activities.mailings.queries.planning import Plan, plan_of
from knotenpunkt.activities.mailings.rules.circulars import is_released, may_be_changed
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.jobs.actions import NotNow
from knotenpunkt.tools.mail.models import MailKind

ON = ("on", "true", "1", "True")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.WRITE_TO_MANY)
def write(request: DeskRequest, circular_id: UUID | None = None) -> HttpResponse:
    """Write a new circular, or change one that nobody got yet."""
    found = circular_or_404(request.actor, circular_id) if circular_id else None
    if found is not None and not may_be_changed(found):
        messages.info(request, _("This circular is planned or sent: it can no longer be changed."))
        return _to(found)
    initial = initial_of(found) if found else _asked_for(request)
    form = CircularForm(
        typed(request), initial=initial, audiences=list(audiences(request.actor)),
        known=known_places(found or Circular()),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            saved = write_circular(actor=request.actor, draft=form.draft(found), circular=found)
            messages.success(request, _("Saved. Nobody has been written to yet."))
            return _to(saved)
        except ValidationError as refused:
            form.add_error(None, refused)
        except NotNow:
            messages.info(request, _("This circular is planned or sent meanwhile."))
    status = 422 if request.method == "POST" else 200
    context = _page(found, form, initial)
    return render(request, "mailings/circulars/write.html", context, status=status)


def _to(circular: Circular) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("mailings:circular", args=[circular.pk]))


def _asked_for(request: DeskRequest) -> dict[str, Any]:
    """What the way here has chosen: the audience, the kind."""
    kind = request.GET.get("art", "")
    return {
        "audience": request.GET.get("verteiler", ""),
        "kind": kind if kind in MailKind.values else MailKind.INVITATION,
    }


def _page(circular: Circular | None, form: CircularForm, initial: dict[str, Any]) -> dict[str, Any]:
    told = form.data if form.is_bound else initial
    chosen = form.audiences.get(str(told.get("audience") or ""))
    return {
        "circular": circular,
        "form": form,
        "places": [{"code": f"{{{name}}}", "label": str(PLACES.get(name, name.capitalize()))}
                   for name in form.known],
        "ends_release": circular is not None and (
            is_released(circular) or circular.stage == Stage.TO_RELEASE
        ),
        "count": _count(chosen, told, circular),
    }  # fmt: skip


def _count(
    audience: Audience | None, told: Any, circular: Circular | None = None
) -> dict[str, Any] | None:
    """How many this audience reaches by these ways; None without one."""
    if audience is None:
        return None
    kind = str(told.get("kind", ""))
    asked = Circular(
        audience=audience, kind=kind if kind in MailKind.values else MailKind.INVITATION,
        by_mail=_is_on(told.get("by_mail")), by_letter=_is_on(told.get("by_letter")),
        follows=circular.follows if circular else None,
    )  # fmt: skip
    return counted(plan_of(asked))


def _is_on(told: object) -> bool:
    return told is True or told in ON


def counted(plan: Plan) -> dict[str, Any]:
    """A plan in words."""
    return {"told": words.plan(plan), "left_out": plan.left_out}


@require_safe
@members_only(Right.WRITE_TO_MANY)
def count(request: DeskRequest) -> HttpResponse:
    """How many an audience reaches, as a part of the form."""
    known = {str(one.pk): one for one in audiences(request.actor)}
    told = _count(known.get(request.GET.get("audience", "")), request.GET)
    return render(request, "mailings/circulars/_count.html", {"count": told})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.WRITE_TO_MANY)
def throw_away(request: DeskRequest, circular_id: UUID) -> HttpResponse:
    """Ask first, then delete a draft."""
    found = circular_or_404(request.actor, circular_id)
    if request.method != "POST":
        return render(request, "mailings/circulars/discard.html", {"circular": found})
    try:
        discard(actor=request.actor, circular=found)
    except NotNow:
        messages.info(request, _("This circular is planned or sent: it can no longer be deleted."))
        return _to(found)
    messages.success(request, _("The draft is deleted."))
    return HttpResponseRedirect(reverse("mailings:circulars"))
