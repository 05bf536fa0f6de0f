"""Ending the personal link of a contact at the desk."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.actions.linking import end_link
from knotenpunkt.registers.partners.desk.fetching import own_role_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def end(request: DeskRequest, organisation_id: UUID, contact_id: UUID) -> HttpResponse:
    """Say what follows; then the link that was sent so far opens nothing."""
    one, contact = own_role_or_404(request, organisation_id, contact_id)
    back = reverse("partners_desk:organisation", args=[one.pk])
    if request.method == "POST":
        if end_link(actor=request.actor, contact=contact):
            told = _("The personal link of %(name)s is ended.")
        else:
            told = _("%(name)s has no personal link at the moment.")
        messages.success(request, told % {"name": contact})
        return HttpResponseRedirect(back)
    context = {"organisation": one, "contact": contact, "back_url": back}
    return render(request, "partners/desk/link_end.html", context)
