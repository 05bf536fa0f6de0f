"""Removing a partner that nobody needs: first what hangs on it, from every app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.actions import remove_organisation, remove_person
from knotenpunkt.registers.partners.actions.removing import Hanging, StillNeeded, hanging_on
from knotenpunkt.registers.partners.desk.fetching import organisation_or_404, person_or_404

WORDS: dict[str, Any] = {
    "offers.Offer": ngettext_lazy("%(n)d offer", "%(n)d offers", "n"),
    "offers.OfferContact": ngettext_lazy("named with %(n)d offer", "named with %(n)d offers", "n"),
    "partners.Organisation": ngettext_lazy("%(n)d facility", "%(n)d facilities", "n"),
    "partners.Contact": ngettext_lazy("%(n)d contact", "%(n)d contacts", "n"),
    "partners.Phone": ngettext_lazy("%(n)d telephone number", "%(n)d telephone numbers", "n"),
    "partners.Involvement": ngettext_lazy("%(n)d participation", "%(n)d participations", "n"),
    "partners.PartnerFile": ngettext_lazy("%(n)d file", "%(n)d files", "n"),
    "partners.Release": ngettext_lazy("%(n)d release", "%(n)d releases", "n"),
    "agreements.Party": ngettext_lazy("%(n)d signature", "%(n)d signatures", "n"),
    "responsibilities.Responsibility": ngettext_lazy(
        "%(n)d responsibility", "%(n)d responsibilities", "n"
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def organisation(request: DeskRequest, organisation_id: UUID) -> HttpResponse:
    """What would go with an organisation, or what holds it; then remove it."""
    one = organisation_or_404(request, organisation_id)
    back = reverse("partners_desk:organisation", args=[one.pk])
    if request.method == "POST":
        return _removed(request, one.name, back, lambda: remove_organisation(
            actor=request.actor, organisation=one))  # fmt: skip
    held = hanging_on(one)
    return _show(request, one.name, back, held, is_public=one.is_public,
                 left_url=reverse("partners_desk:left", args=[one.pk]))  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def person(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """What would go with a person, or what holds them; then remove them."""
    one = person_or_404(request, person_id)
    back = reverse("partners_desk:person", args=[one.pk])
    if request.method == "POST":
        return _removed(
            request, one.full_name, back, lambda: remove_person(actor=request.actor, person=one)
        )
    shown = any(role.is_public for role in one.roles.all())
    return _show(request, one.full_name, back, hanging_on(one), is_public=shown,
                 left_url=reverse("partners_desk:person_left", args=[one.pk]))  # fmt: skip


def _removed(request: DeskRequest, name: str, back: str, remove: Any) -> HttpResponse:
    try:
        remove()
    except StillNeeded:
        messages.error(request, _("“%(name)s” is still needed and stays.") % {"name": name})
        return HttpResponseRedirect(back)
    messages.success(request, _("“%(name)s” is removed.") % {"name": name})
    return HttpResponseRedirect(reverse("partners_desk:list"))


def _show(
    request: DeskRequest, name: str, back: str, found: Hanging, *, is_public: bool, left_url: str
) -> HttpResponse:
    context = {
        "name": name,
        "holds": _told(found.holds),
        "goes": _told(found.goes),
        "is_public": is_public,
        "is_refused": is_public or bool(found.holds),
        "left_url": left_url,
        "back_url": back,
    }
    return render(request, "desk/partner_remove.html", context)


def _told(counts: Mapping[str, int]) -> list[str]:
    """In words, as far as people know what it is."""
    return [str(WORDS[label] % {"n": count}) for label, count in counts.items() if label in WORDS]
