"""Roles at an organisation: who does what there, how they are reached, and until when."""

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
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.form_rows import rearranged
from knotenpunkt.foundation.core.versions import ChangedMeanwhile, seen_in, write_marks
from knotenpunkt.registers.partners import saying
from knotenpunkt.registers.partners.actions import remove_role, resume, stop
from knotenpunkt.registers.partners.actions.removing import StillNeeded
from knotenpunkt.registers.partners.desk.fetching import (
    own_organisation_or_404,
    own_role_or_404,
    person_or_404,
)
from knotenpunkt.registers.partners.desk.organisations.edit import LeavingForm, url_of
from knotenpunkt.registers.partners.desk.problems import problems, refuse
from knotenpunkt.registers.partners.editing.role_form import (
    KNOWN,
    NEW,
    ROWS,
    RoleForm,
    RoleSheet,
)
from knotenpunkt.registers.partners.editing.roles import (
    RoleDraft,
    initial,
    keep_role,
    role_state,
)
from knotenpunkt.registers.partners.models import Contact, Organisation, Person
from knotenpunkt.registers.partners.queries import (
    get_person,
    houses_of,
    left_without,
    organisations_like,
    people_like,
)
from knotenpunkt.registers.partners.rules import must_propose
from knotenpunkt.registers.partners.wording import organisation_label, person_label

SAVE = "speichern"


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@members_only()
def new(request: DeskRequest, organisation_id: UUID) -> HttpResponse:
    """Somebody more at an organisation; `person` of the address is chosen already."""
    return _form(request, own_organisation_or_404(request, organisation_id), None)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@members_only()
def edit(request: DeskRequest, organisation_id: UUID, contact_id: UUID) -> HttpResponse:
    """Change a role and its ways, at once or after approval."""
    one, contact = own_role_or_404(request, organisation_id, contact_id)
    if must_propose(request.actor, contact):
        return _proposed_instead(one, contact)
    return _form(request, one, contact)


def _proposed_instead(one: Organisation, contact: Contact) -> HttpResponse:
    """Where a provider writes what shall be different; until then it stays as others read it."""
    url = reverse("upkeep:change_contact", args=[one.pk, contact.pk])
    return HttpResponseRedirect(url)


def _form(request: DeskRequest, one: Organisation, contact: Contact | None) -> HttpResponse:
    data = typed(request)
    deed = str(data.get("tun", SAVE)) if data is not None else ""
    if data is None or request.method != "POST":
        return _show(request, one, contact, _sheet(request, contact, data, as_typed=True))
    if deed != SAVE:
        changed = rearranged(data, deed, ROWS)
        return _show(request, one, contact, _sheet(request, contact, changed, as_typed=True))
    sheet = _sheet(request, contact, data)
    found = _offer_namesakes(request, sheet.form)
    person = _chosen(sheet, found) if sheet.is_valid() else None
    if sheet.form.errors or not sheet.is_valid():
        return _show(request, one, contact, sheet, status=422)
    return _saved(request, one, contact, sheet, person)


def _sheet(
    request: DeskRequest, contact: Contact | None, data: QueryDict | None, *, as_typed: bool = False
) -> RoleSheet:
    stored, phones = initial(contact) if contact else (_fresh(request), [{}])
    return RoleSheet(
        data,
        stored,
        phones,
        as_typed=as_typed,
        is_new=contact is None,
        may_link=request.actor.may(Right.EDIT_REGISTERS),
    )


def _fresh(request: DeskRequest) -> dict[str, Any]:
    """Who comes from the page of a person has chosen them already."""
    told = request.GET.get("person", "")
    try:
        return {"person": person_label(get_person(request.actor, UUID(told))), "who": KNOWN}
    except (ValueError, Person.DoesNotExist):
        return {}


def _offer_namesakes(request: DeskRequest, form: RoleForm) -> list[Person]:
    """Those who are called as somebody typed; they can be told apart by where they work."""
    typed_name = str(form.data.get("person", ""))
    if "person_pick" not in form.fields or not typed_name:
        return []
    found = people_like(request.actor, typed_name.partition(" (")[0], limit=20)
    same = [one for one in found if typed_name in _spellings(one)] or found
    options = [(str(one.pk), _with_houses(one)) for one in same[:10]]
    form.fields["person_pick"].choices = options if len(options) > 1 else []  # type: ignore[attr-defined]
    return same


def _spellings(one: Person) -> tuple[str, ...]:
    return (person_label(one), one.listed_name, one.full_name)


def _chosen(sheet: RoleSheet, found: list[Person]) -> Person | None:
    """The known person that was meant; an error on the form where that is not clear."""
    told = sheet.form.cleaned_data
    if told.get("who") != KNOWN:
        return None
    picked = [one for one in found if str(one.pk) == told["person_pick"]]
    exact = [one for one in found if told["person"] in _spellings(one)]
    meant = picked or exact
    if len(meant) == 1:
        return meant[0]
    if found:
        sheet.form.add_error("person", _("Whom do you mean? Please choose one below."))
    else:
        sheet.form.add_error(
            "person", _("Nobody is called like this here. Choose “a new person” to add somebody.")
        )
    return None


def _with_houses(one: Person) -> str:
    houses = houses_of(one)
    return f"{person_label(one)}, {', '.join(houses)}" if houses else person_label(one)


def _saved(
    request: DeskRequest,
    one: Organisation,
    contact: Contact | None,
    sheet: RoleSheet,
    person: Person | None,
) -> HttpResponse:
    draft = _draft(sheet, person)
    try:
        saved = keep_role(actor=request.actor, organisation=one, draft=draft, contact=contact)
    except ChangedMeanwhile as meanwhile:
        clashes = saying.clashes(meanwhile.clashes, {})
        return _show(request, one, contact, sheet, status=409, clashes=clashes)
    except ValidationError as refused:
        refuse(sheet.form, refused)
        return _show(request, one, contact, sheet, status=422)
    told = _("Saved. Families see the change at once.") if saved.is_public else _("Saved.")
    messages.success(request, told)
    return HttpResponseRedirect(url_of(one))


def _draft(sheet: RoleSheet, person: Person | None) -> RoleDraft:
    told, rows = sheet.form.cleaned_data, sheet.phones.filled
    names = ("salutation", "title", "given_name", "family_name")
    is_new = told.get("who") == NEW
    return RoleDraft(
        told=told,
        phones=[row.draft() for row in rows],
        phone_grounds=[row.cleaned_data["ground"] for row in rows],
        person=person,
        new_person={name: told[name] for name in names} if is_new else None,
        seen=seen_in(sheet.data or {}),
    )


def _show(
    request: DeskRequest,
    one: Organisation,
    contact: Contact | None,
    sheet: RoleSheet,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    stored = write_marks(role_state(contact)) if contact else ""
    context = {
        "sheet": sheet,
        "form": sheet.form,
        "organisation": one,
        "contact": contact,
        "problems": problems(sheet.judged),
        "seen": sheet.data.get("gesehen", "") if sheet.data is not None else stored,
        "clashes": (),
        "back_url": url_of(one),
        **more,
    }
    return render(request, "partners/desk/role_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def end(request: DeskRequest, organisation_id: UUID, contact_id: UUID) -> HttpResponse:
    """Say what follows when a role ends; then end it. It stays in the history."""
    one, contact = own_role_or_404(request, organisation_id, contact_id)
    if must_propose(request.actor, contact):
        return _proposed_instead(one, contact)
    form = LeavingForm(request.POST or None, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        stop(actor=request.actor, contact=contact, since=form.cleaned_data["since"])
        back = reverse("partners_desk:resume_role", args=[one.pk, contact.pk])
        told = _("The role has ended. It stays in the history.")
        messages.success(request, format_html('{} <a href="{}">{}</a>', told, back, _("Undo")))
        return HttpResponseRedirect(url_of(one))
    context = {
        "form": form, "organisation": one, "contact": contact, "back_url": url_of(one),
        "nobody_left": bool(left_without([contact])),
    }  # fmt: skip
    return render(request, "partners/desk/role_end.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def take_up(request: DeskRequest, organisation_id: UUID, contact_id: UUID) -> HttpResponse:
    """A role that ended is held again."""
    one, contact = own_role_or_404(request, organisation_id, contact_id)
    if must_propose(request.actor, contact):
        return _proposed_instead(one, contact)
    if request.method == "POST":
        resume(actor=request.actor, contact=contact)
        messages.success(request, _("The role goes on."))
        return HttpResponseRedirect(url_of(one))
    context = {"organisation": one, "contact": contact, "back_url": url_of(one)}
    return render(request, "partners/desk/role_resume.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def remove(request: DeskRequest, organisation_id: UUID, contact_id: UUID) -> HttpResponse:
    """Remove a role that was written down by mistake; of one that was real only the end is kept."""
    one, contact = own_role_or_404(request, organisation_id, contact_id)
    if request.method == "POST":
        try:
            remove_role(actor=request.actor, contact=contact)
        except StillNeeded:
            messages.error(request, _("Families see this contact. Please end the role instead."))
            return HttpResponseRedirect(url_of(one))
        messages.success(request, _("Removed."))
        return HttpResponseRedirect(url_of(one))
    context = {"organisation": one, "contact": contact, "back_url": url_of(one)}
    return render(request, "partners/desk/role_remove.html", context)


class WhereForm(forms.Form):
    """At which organisation somebody works."""

    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        help_text=gettext_lazy("Begin to type the name and choose."),
        max_length=700,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "organisationen"}),
        error_messages={"required": gettext_lazy("Please choose the organisation.")},
    )


@require_http_methods(["GET", "HEAD"])
@members_only(Right.EDIT_REGISTERS)
def new_of(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Where a person works; then what they do there is asked."""
    one = person_or_404(request, person_id)
    form = WhereForm(request.GET if "organisation" in request.GET else None)
    if form.is_bound and form.is_valid():
        found = _called(request, form.cleaned_data["organisation"])
        if found is not None:
            url = reverse("partners_desk:new_role", args=[found.pk])
            return HttpResponseRedirect(f"{url}?person={one.pk}")
        form.add_error("organisation", _("We do not know this organisation. Please choose one."))
    context = {"form": form, "person": one,
               "back_url": reverse("partners_desk:person", args=[one.pk])}  # fmt: skip
    return render(request, "partners/desk/role_where.html", context)


def _called(request: DeskRequest, typed_name: str) -> Organisation | None:
    bare = typed_name.partition(" (")[0].partition(", ")[0]
    found = organisations_like(request.actor, bare, limit=100)
    same = [
        one for one in found if typed_name in (organisation_label(one), one.full_name, one.name)
    ]
    return same[0] if len(same) == 1 else None


@require_http_methods(["GET", "HEAD"])
@members_only(Right.EDIT_REGISTERS)
def person_suggestions(request: DeskRequest) -> HttpResponse:
    """Options for the field of a person."""
    found = people_like(request.actor, request.GET.get("person", ""))
    return _options(request, [person_label(one) for one in found])


@require_http_methods(["GET", "HEAD"])
@members_only(Right.EDIT_REGISTERS)
def organisation_suggestions(request: DeskRequest) -> HttpResponse:
    """Options for the field of an organisation."""
    found = organisations_like(request.actor, request.GET.get("organisation", ""))
    return _options(request, [organisation_label(one) for one in found])


@require_http_methods(["GET", "HEAD"])
@members_only(Right.EDIT_REGISTERS)
def body_suggestions(request: DeskRequest) -> HttpResponse:
    """Options for the field of a body."""
    found = organisations_like(request.actor, request.GET.get("body", ""), limit=30)
    return _options(request, [one.name for one in found if one.level == "body"])


def _options(request: DeskRequest, labels: list[str]) -> HttpResponse:
    return render(request, "partners/desk/_options.html", {"labels": labels})
