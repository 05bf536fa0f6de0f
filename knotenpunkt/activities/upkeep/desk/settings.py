"""How the network asks, and how one organisation is asked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotenpunkt.activities.upkeep import wording
from knotenpunkt.activities.upkeep.actions.asking import due_organisations, plan
from knotenpunkt.activities.upkeep.actions.confirming import confirm_all
from knotenpunkt.activities.upkeep.actions.settling import save_rhythm, save_rule
from knotenpunkt.activities.upkeep.forms import RhythmForm, RuleForm
from knotenpunkt.activities.upkeep.models import Way
from knotenpunkt.activities.upkeep.queries.contacts import responsible_contact
from knotenpunkt.activities.upkeep.queries.entries import contacts_of, offers_of
from knotenpunkt.activities.upkeep.queries.states import kept_organisations, stands
from knotenpunkt.activities.upkeep.queries.states import rhythm as rhythm_of
from knotenpunkt.activities.upkeep.rules import interval
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.registers.partners.rules import waits_for_approval


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.CHANGE_NETWORK)
def rhythm(request: DeskRequest) -> HttpResponse:
    """When the network asks. What switching it on would do, stands beside the switch."""
    form = RhythmForm(typed(request), instance=rhythm_of(), network=request.network)
    if request.method == "POST" and form.is_valid():
        save_rhythm(actor=request.actor, network=request.network, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("upkeep:overview"))
    told = plan(due_organisations())
    context = {
        "form": form, "mails": len(told.mails), "calls": len(told.calls),
        "organisations": told.organisations, "is_on": rhythm_of().is_on,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "upkeep/settings.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.READ_INTERNAL)
def partner(request: DeskRequest, organisation_id: UUID) -> HttpResponse:
    """One organisation: where its entries stand, who is asked, its own rule."""
    organisation = kept_organisations().select_related("body").filter(pk=organisation_id).first()
    if organisation is None:
        raise Http404
    form = RuleForm(typed(request), initial=_initial(organisation))
    if request.method == "POST":
        request.actor.must(Right.EDIT_REGISTERS)
        if request.POST.get("tun") == "bestaetigen":
            confirm_all(actor=request.actor, organisations=[organisation], way=Way.DESK)
            messages.success(request, _("Confirmed as of today."))
            return HttpResponseRedirect(reverse("upkeep:partner", args=[organisation.pk]))
        if form.is_valid():
            return _ruled(request, organisation, form)
    status = 422 if request.method == "POST" else 200
    return render(request, "upkeep/partner.html", _page(request, organisation, form), status=status)


def _ruled(request: DeskRequest, organisation: Organisation, form: RuleForm) -> HttpResponse:
    try:
        save_rule(
            actor=request.actor, organisation=organisation,
            confirm_months=form.cleaned_data["confirm_months"], approves_changes=form.waits(),
        )  # fmt: skip
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        page = _page(request, organisation, form)
        return render(request, "upkeep/partner.html", page, status=422)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("upkeep:partner", args=[organisation.pk]))


def _initial(organisation: Organisation) -> dict[str, object]:
    waits = {None: "", True: "warten", False: "sofort"}
    return {
        "confirm_months": organisation.confirm_months,
        "approves_changes": waits[organisation.approves_changes],
    }


def _page(request: DeskRequest, organisation: Organisation, form: RuleForm) -> dict[str, object]:
    stand = stands([organisation])[organisation.pk]
    contact = responsible_contact(organisation)
    may_call = request.actor.may(Right.EDIT_REGISTERS) and stand.state.value == "anrufen"
    return {
        "organisation": organisation,
        "stand": stand,
        "state": wording.SHAPES[stand.state],
        "state_label": wording.STATES[stand.state],
        "confirmed": spoken.full_date(stand.confirmed_on) if stand.confirmed_on else "",
        "due": spoken.full_date(stand.due_on) if stand.due_on else "",
        "asked": contact,
        "interval": interval(organisation, request.network),
        "waits": waits_for_approval(organisation, request.network),
        "contacts": contacts_of([organisation]),
        "offers": offers_of([organisation]),
        "form": form,
        "may_change": request.actor.may(Right.EDIT_REGISTERS),
        "call_url": reverse("upkeep:call", args=[stand.inquiry_id]) if may_call else "",
    }
