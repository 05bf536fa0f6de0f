"""Taking those into the register of people whom contacts name: seen first, then done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.registers.partners.actions import enrol
from knotenpunkt.registers.partners.enrolment import unenrolled

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def enrolling(request: DeskRequest) -> HttpResponse:
    """Who would come in; with POST they do."""
    if request.method == "POST":
        return _done(request)
    found = unenrolled(request.actor)
    context = {"found": found[:SHOWN], "count": len(found), "more": max(0, len(found) - SHOWN)}
    return render(request, "partners/desk/people_enrol.html", context)


def _done(request: DeskRequest) -> HttpResponse:
    count = enrol(actor=request.actor)
    told = ngettext("%(n)s person was taken in.", "%(n)s people were taken in.", count)
    messages.success(request, told % {"n": number(count)})
    return HttpResponseRedirect(reverse("partners_desk:people"))
