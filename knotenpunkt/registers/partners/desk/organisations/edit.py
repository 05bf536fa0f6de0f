"""The form of an organisation, and the steps of its life: confirmed, left, there again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.controls import Day
from knotenpunkt.foundation.core.versions import ChangedMeanwhile, seen_in, write_marks
from knotenpunkt.registers.areas.queries import regions
from knotenpunkt.registers.partners import saying
from knotenpunkt.registers.partners.actions import confirm, leave_network, return_to_network
from knotenpunkt.registers.partners.desk.fetching import (
    organisation_or_404,
    own_organisation_or_404,
)
from knotenpunkt.registers.partners.desk.problems import problems, refuse
from knotenpunkt.registers.partners.editing.controls import form_of
from knotenpunkt.registers.partners.editing.organisation_form import (
    OF_THE_PROVIDER,
    OrganisationForm,
)
from knotenpunkt.registers.partners.editing.organisations import (
    OrganisationDraft,
    initial,
    keep_organisation,
    organisation_state,
)
from knotenpunkt.registers.partners.models import Level, Organisation, PartnerKind
from knotenpunkt.registers.partners.queries import (
    current_roles,
    facility_count,
    names_behind,
    sub_kinds,
    tags,
)
from knotenpunkt.registers.partners.rules import must_propose


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def new(request: DeskRequest) -> HttpResponse:
    """A new organisation; `art` and `region` of the address are filled in already."""
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def edit(request: DeskRequest, organisation_id: UUID) -> HttpResponse:
    """Change an organisation. A provider changes what is their own, at once or after approval."""
    one = own_organisation_or_404(request, organisation_id)
    if must_propose(request.actor, one):
        return HttpResponseRedirect(reverse("upkeep:change_organisation", args=[one.pk]))
    return _form(request, one)


def _form(request: DeskRequest, one: Organisation | None) -> HttpResponse:
    data = typed(request)
    if data is None or request.method != "POST":
        form = _organisation_form(request, one, data, as_typed=True)
        return _show(request, one, form, data)
    form = _organisation_form(request, one, data)
    if not form.is_valid():
        return _show(request, one, form, data, status=422)
    return _saved(request, one, form, data)


def _organisation_form(
    request: DeskRequest,
    one: Organisation | None,
    data: QueryDict | None,
    *,
    as_typed: bool = False,
) -> OrganisationForm:
    return form_of(
        OrganisationForm,
        data,
        initial(one, _fresh(request)),
        as_typed=as_typed,
        sub_kinds=sub_kinds(),
        regions=regions(request.actor),
        tags=tags(),
        usual_months=request.network.confirm_months,
        is_provider=not request.actor.may(Right.EDIT_REGISTERS),
    )


def _fresh(request: DeskRequest) -> dict[str, Any]:
    """What somebody asked for who comes from the list of what is missing."""
    kind, region = request.GET.get("art", ""), request.GET.get("region", "")
    told: dict[str, Any] = {"joined_on": timezone.localdate(), "level": Level.FACILITY}
    told |= {"kind": kind} if kind in PartnerKind.values else {}
    return told | ({"regions": [region]} if region else {})


def _saved(
    request: DeskRequest, one: Organisation | None, form: OrganisationForm, data: QueryDict
) -> HttpResponse:
    draft = OrganisationDraft(form.cleaned_data, seen_in(data))
    try:
        saved = keep_organisation(actor=request.actor, draft=draft, organisation=one)
    except ChangedMeanwhile as meanwhile:
        found = meanwhile.clashes
        keys = {str(key) for clash in found for side in (clash.mine, clash.theirs)
                for key in (side if isinstance(side, list) else [side])}  # fmt: skip
        names = names_behind({key for key in keys if saying.is_key(key)})
        return _show(request, one, form, data, status=409, clashes=saying.clashes(found, names))
    except ValidationError as refused:
        refuse(form, refused)
        return _show(request, one, form, data, status=422)
    messages.success(request, _after_saving(saved, is_new=one is None))
    return HttpResponseRedirect(url_of(saved))


def _after_saving(one: Organisation, *, is_new: bool) -> str:
    if is_new:
        url = reverse("partners_desk:new_role", args=[one.pk])
        return format_html('{} <a href="{}">{}</a>', _("Added. Who is to be reached there?"), url,
                           _("Add a contact"))  # fmt: skip
    return _("Saved. Families see the change at once.") if one.is_public else _("Saved.")


def _show(
    request: DeskRequest,
    one: Organisation | None,
    form: OrganisationForm,
    data: QueryDict | None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    stored = write_marks(_known_to(request, one)) if one else ""
    context = {
        "form": form,
        "organisation": one,
        "problems": problems([form]),
        "seen": data.get("gesehen", "") if data is not None else stored,
        "is_dirty": data is not None,
        "clashes": (),
        "back_url": url_of(one) if one else reverse("partners_desk:list"),
        **more,
    }
    return render(request, "partners/desk/organisation_edit.html", context, status=status)


def _known_to(request: DeskRequest, one: Organisation) -> dict[str, Any]:
    """What a form was made of; not even a mark of an internal note goes to a provider."""
    state = organisation_state(one)
    if request.actor.may(Right.EDIT_REGISTERS):
        return state
    return {name: value for name, value in state.items() if name in OF_THE_PROVIDER}


def url_of(one: Organisation) -> str:
    """Where all about it stands."""
    return reverse("partners_desk:organisation", args=[one.pk])


@require_POST
@members_only()
def confirmed(request: DeskRequest, organisation_id: UUID) -> HttpResponse:
    """Somebody has said that everything is still true."""
    one = own_organisation_or_404(request, organisation_id)
    confirm(actor=request.actor, partner=one)
    messages.success(request, _("Confirmed today. Thank you for asking."))
    return HttpResponseRedirect(url_of(one))


class LeavingForm(forms.Form):
    """Since when somebody or something is no longer there."""

    since = Day(
        label=gettext_lazy("No longer there since"),
        help_text=gettext_lazy("The first day on which it is no longer so. May lie ahead."),
        error_messages={"required": gettext_lazy("Please choose the day.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def left(request: DeskRequest, organisation_id: UUID) -> HttpResponse:
    """Say what follows when an organisation leaves the network; then mark it."""
    one = organisation_or_404(request, organisation_id)
    form = LeavingForm(request.POST or None, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _has_left(request, one, form):
        back = reverse("partners_desk:returned", args=[one.pk])
        told = _("“%(name)s” is marked as no longer there.") % {"name": one.name}
        messages.success(request, format_html('{} <a href="{}">{}</a>', told, back, _("Undo")))
        return HttpResponseRedirect(url_of(one))
    context = {
        "form": form,
        "organisation": one,
        "roles": current_roles(request.actor, one),
        "facilities": facility_count(one),
        "back_url": url_of(one),
    }
    return render(request, "partners/desk/organisation_left.html", context)


def _has_left(request: DeskRequest, one: Organisation, form: LeavingForm) -> bool:
    try:
        leave_network(actor=request.actor, organisation=one, since=form.cleaned_data["since"])
    except ValidationError as refused:
        form.add_error(None, refused)
    return form.is_valid()


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def returned(request: DeskRequest, organisation_id: UUID) -> HttpResponse:
    """It is there again."""
    one = organisation_or_404(request, organisation_id)
    if request.method == "POST":
        return_to_network(actor=request.actor, organisation=one)
        messages.success(request, _("“%(name)s” is there again.") % {"name": one.name})
        return HttpResponseRedirect(url_of(one))
    return render(request, "partners/desk/organisation_returned.html",
                  {"organisation": one, "back_url": url_of(one)})  # fmt: skip
