"""For whom one way is shown; and a consent that is withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.front.desk.data_protection.forms import ReleaseForm, WithdrawForm
from knotenpunkt.front.desk.data_protection.subjects import REGISTER
from knotenpunkt.registers.partners.actions import release as release_action
from knotenpunkt.registers.partners.actions.withdrawing import withdraw as withdraw_action
from knotenpunkt.registers.partners.models import Audience, Contact, Given, Ground
from knotenpunkt.registers.partners.ways import Way, get_way

PAGE_OF_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_OF_FORM)
@members_only(Right.CHANGE_NETWORK)
def release(request: DeskRequest, field: str, way_id: UUID) -> HttpResponse:
    """Decide who sees one field, and keep what proves it."""
    way = _way_or_404(request, field, way_id)
    posted = request.POST if request.method == "POST" else None
    form = ReleaseForm(posted, initial=_as_it_stands(way), use_required_attribute=False)
    if form.is_bound and form.is_valid():
        _release(request, way, form.cleaned_data)
        messages.success(request, _("Written down. It holds from now on."))
        return redirect(_back(way))
    return render(request, "desk/data_protection/release.html", _context(way, form))


def _as_it_stands(way: Way) -> dict[str, Any]:
    ground = way.release.ground if way.release else Ground.TASK
    wording = _(
        "I agree that my contact details are shown on the pages of the network. I can withdraw"
        " this at any time."
    )
    return {"audience": way.audience, "ground": ground, "wording": wording}


def _release(request: DeskRequest, way: Way, told: dict[str, Any]) -> None:
    agreed = told["ground"] == Ground.CONSENT
    release_action(
        actor=request.actor,
        contact=way.contact,
        field=way.field,
        phone=way.phone,
        audience=Audience(told["audience"]),
        ground=Ground(told["ground"]),
        given=Given(told["given"]) if agreed else None,
        wording=told["wording"] if agreed else "",
    )


@require_http_methods(PAGE_OF_FORM)
@members_only(Right.CHANGE_NETWORK)
def withdraw(request: DeskRequest, field: str, way_id: UUID) -> HttpResponse:
    """Somebody no longer agrees: the field leaves every page outside the desk at once."""
    way = _way_or_404(request, field, way_id)
    posted = request.POST if request.method == "POST" else None
    form = WithdrawForm(posted, use_required_attribute=False)
    if form.is_bound and form.is_valid():
        withdraw_action(actor=request.actor, way=way, given=Given(form.cleaned_data["given"]))
        messages.success(request, _("The withdrawal is written down. Nobody outside sees it now."))
        return redirect(_back(way))
    return render(request, "desk/data_protection/withdraw.html", _context(way, form))


def _way_or_404(request: DeskRequest, field: str, way_id: UUID) -> Way:
    try:
        return get_way(request.actor, field, way_id)
    except Contact.DoesNotExist as missing:
        raise Http404 from missing


def _back(way: Way) -> str:
    whose = way.contact.person_id or way.contact.pk
    return reverse("desk:privacy_person", args=[REGISTER, whose])


def _context(way: Way, form: Any) -> dict[str, Any]:
    return {
        "form": form,
        "way": way,
        "what": way.field.label,
        "who": way.contact.name or way.contact.organisation.name,
        "back": _back(way),
        "withdraw_url": reverse("desk:privacy_withdraw", args=[way.field, way.id]),
    }
