"""Asking by hand: first what it would do, to whom, and how the mail looks; then the round."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.activities.upkeep.actions.asking import NoMail, Plan, inquiry_preview, plan
from knotenpunkt.activities.upkeep.actions.rounds import start_round
from knotenpunkt.activities.upkeep.desk.listing import entries_listing
from knotenpunkt.activities.upkeep.queries.inquiries import regions
from knotenpunkt.activities.upkeep.queries.states import kept_organisations, stands
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.tools.jobs.queries import job_about
from knotenpunkt.tools.lists.showing import ordered
from knotenpunkt.tools.lists.wanted import Wanted, read
from knotenpunkt.tools.mail.queries import mail_is_set_up

SHOWN = 12


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def ask(request: DeskRequest) -> HttpResponse:
    """The selection that the address describes: preview, then start."""
    wanted, rows = _selection(request)
    told = plan(rows)
    if request.method == "POST" and told.organisations:
        try:
            started = start_round(actor=request.actor, organisation_ids=[one.pk for one in rows])
        except NoMail:
            return render(request, "upkeep/ask.html", _context(request, wanted, told), status=422)
        return HttpResponseRedirect(reverse("upkeep:round", args=[started]))
    return render(request, "upkeep/ask.html", _context(request, wanted, told))


def _selection(request: DeskRequest) -> tuple[Wanted, list[Organisation]]:
    listing = entries_listing(stands(), regions())
    wanted, _form = read(listing, request.GET.dict())
    rows = ordered(listing, wanted, kept_organisations().filter(wanted.narrowed))
    return wanted, list(rows.select_related("body", "place"))


def _context(request: DeskRequest, wanted: Wanted, told: Plan) -> dict[str, object]:
    first = next(iter(told.mails), None)
    return {
        "plan": told,
        "shown": [(contact, members) for contact, members in told.mails[:SHOWN]],
        "more": max(0, len(told.mails) - SHOWN),
        "calls": [(contact, members) for contact, members in told.calls[:SHOWN]],
        "more_calls": max(0, len(told.calls) - SHOWN),
        "letter": inquiry_preview(*first) if first else None,
        "mail": mail_is_set_up(),
        "narrowed": [one.label for one in wanted.active],
        "tab": wanted.tab.label,
        "address": wanted.address(),
        "back": f"{reverse('upkeep:list')}{wanted.address()}",
        "to_who": _("nobody is known"),
    }


@require_safe
@members_only(Right.EDIT_REGISTERS)
def running(request: DeskRequest, round_id: UUID) -> HttpResponse:
    """How far a round is."""
    job = job_about(request.actor, round_id)
    if job is None:
        raise Http404
    return render(request, "upkeep/round.html", {"job": job})
