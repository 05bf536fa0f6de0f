"""The form of a person, and the steps of their life in the network."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.versions import ChangedMeanwhile, seen_in, write_marks
from knotenpunkt.registers.partners import saying
from knotenpunkt.registers.partners.actions import come_back, confirm, leave
from knotenpunkt.registers.partners.desk.fetching import person_or_404
from knotenpunkt.registers.partners.desk.organisations.edit import LeavingForm
from knotenpunkt.registers.partners.desk.problems import problems, refuse
from knotenpunkt.registers.partners.editing.controls import form_of
from knotenpunkt.registers.partners.editing.people import (
    PersonDraft,
    PersonForm,
    initial,
    keep_person,
    person_state,
)
from knotenpunkt.registers.partners.models import Person
from knotenpunkt.registers.partners.queries import (
    left_without,
    names_behind,
    professions,
    roles_of_person,
    tags,
)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@members_only(Right.EDIT_REGISTERS)
def new(request: DeskRequest) -> HttpResponse:
    """A new person; next it is asked where they work."""
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@members_only(Right.EDIT_REGISTERS)
def edit(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Change a person."""
    return _form(request, person_or_404(request, person_id))


def _form(request: DeskRequest, one: Person | None) -> HttpResponse:
    data = typed(request)
    if data is None or request.method != "POST":
        return _show(request, one, _person_form(request, one, data, as_typed=True), data)
    form = _person_form(request, one, data)
    if not form.is_valid():
        return _show(request, one, form, data, status=422)
    return _saved(request, one, form, data)


def _person_form(
    request: DeskRequest, one: Person | None, data: QueryDict | None, *, as_typed: bool = False
) -> PersonForm:
    return form_of(
        PersonForm,
        data,
        initial(one),
        as_typed=as_typed,
        professions=professions(),
        tags=tags(),
        usual_months=request.network.confirm_months,
    )


def _saved(
    request: DeskRequest, one: Person | None, form: PersonForm, data: QueryDict
) -> HttpResponse:
    draft = PersonDraft(form.cleaned_data, seen_in(data))
    try:
        saved = keep_person(actor=request.actor, draft=draft, person=one)
    except ChangedMeanwhile as meanwhile:
        keys = {str(side) for clash in meanwhile.clashes for side in (clash.mine, clash.theirs)}
        names = names_behind({key for key in keys if saying.is_key(key)})
        clashes = saying.clashes(meanwhile.clashes, names)
        return _show(request, one, form, data, status=409, clashes=clashes)
    except ValidationError as refused:
        refuse(form, refused)
        return _show(request, one, form, data, status=422)
    if one is None:
        messages.success(request, _("Added. Where does this person work?"))
        return HttpResponseRedirect(reverse("partners_desk:new_role_of", args=[saved.pk]))
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(url_of(saved))


def _show(
    request: DeskRequest,
    one: Person | None,
    form: PersonForm,
    data: QueryDict | None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    stored = write_marks(person_state(one)) if one else ""
    context = {
        "form": form,
        "person": one,
        "problems": problems([form]),
        "seen": data.get("gesehen", "") if data is not None else stored,
        "is_dirty": data is not None,
        "clashes": (),
        "back_url": url_of(one) if one else reverse("partners_desk:people"),
        **more,
    }
    return render(request, "partners/desk/person_edit.html", context, status=status)


def url_of(one: Person) -> str:
    """Where all about them stands."""
    return reverse("partners_desk:person", args=[one.pk])


@require_POST
@members_only(Right.EDIT_REGISTERS)
def confirmed(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Somebody has said that everything is still true."""
    one = person_or_404(request, person_id)
    confirm(actor=request.actor, partner=one)
    messages.success(request, _("Confirmed today. Thank you for asking."))
    return HttpResponseRedirect(url_of(one))


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def left(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Say what follows when a person leaves; then end all their roles with that day."""
    one = person_or_404(request, person_id)
    form = LeavingForm(request.POST or None, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        leave(actor=request.actor, person=one, since=form.cleaned_data["since"])
        back = reverse("partners_desk:person_returned", args=[one.pk])
        told = _("“%(name)s” is marked as no longer there.") % {"name": one.full_name}
        messages.success(request, format_html('{} <a href="{}">{}</a>', told, back, _("Undo")))
        return HttpResponseRedirect(url_of(one))
    held = [role for role in roles_of_person(request.actor, one) if role.is_current]
    context = {
        "form": form, "person": one, "roles": held, "back_url": url_of(one),
        "left_without": left_without(held),
    }  # fmt: skip
    return render(request, "partners/desk/person_left.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def returned(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """They are there again, with the roles that ended with their leaving."""
    one = person_or_404(request, person_id)
    if request.method == "POST":
        come_back(actor=request.actor, person=one)
        messages.success(request, _("“%(name)s” is there again.") % {"name": one.full_name})
        return HttpResponseRedirect(url_of(one))
    context = {"person": one, "back_url": url_of(one)}
    return render(request, "partners/desk/person_returned.html", context)
