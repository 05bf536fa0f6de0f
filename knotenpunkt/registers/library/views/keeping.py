"""Bringing in materials, and new versions of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.library import actions, queries
from knotenpunkt.registers.library.forms import MaterialForm, VersionForm, filled
from knotenpunkt.registers.library.views.fetching import material_or_404

editing = members_only(Right.EDIT_REGISTERS)


@require_http_methods(["GET", "HEAD", "POST"])
@editing
def new(request: DeskRequest) -> HttpResponse:
    """What it is; its first version comes on the next page."""
    form = MaterialForm(
        typed(request), professions=queries.professions(), initial={"kind": "procedure"}
    )
    if request.method == "POST" and form.is_valid():
        one = actions.save_material(actor=request.actor, **form.values())
        messages.success(request, _("Now add the first version."))
        return HttpResponseRedirect(reverse("library:version", args=[one.pk]))
    return render(request, "library/edit.html", {"form": form, "material": None})


@require_http_methods(["GET", "HEAD", "POST"])
@editing
def edit(request: DeskRequest, material_id: UUID) -> HttpResponse:
    """Change what is said about a material."""
    one = material_or_404(request.actor, material_id)
    form = MaterialForm(typed(request), professions=queries.professions(), initial=filled(one))
    if request.method == "POST" and form.is_valid():
        actions.save_material(actor=request.actor, material=one, **form.values())
        messages.success(request, _("Your change is kept."))
        return _to(one.pk)
    return render(request, "library/edit.html", {"form": form, "material": one})


@require_http_methods(["GET", "HEAD", "POST"])
@editing
def new_version(request: DeskRequest, material_id: UUID) -> HttpResponse:
    """The next version: who adopted the one before is then behind."""
    one = material_or_404(request.actor, material_id)
    form = VersionForm(typed(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            version = actions.publish_version(
                actor=request.actor,
                material=one,
                changed=told["changed"],
                text=told["text"],
                handed=told["file"],
            )
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("Version %(n)d holds now.") % {"n": version.number})
            return _to(one.pk)
    adopted = queries.adopted(request.actor, one)
    context = {"form": form, "material": one, "newest": one.newest, "adopted": adopted}
    return render(request, "library/version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editing
def withdraw(request: DeskRequest, material_id: UUID) -> HttpResponse:
    """Take it out of the library, or bring it back."""
    one = material_or_404(request.actor, material_id)
    if request.method == "POST":
        deed = actions.bring_back if one.withdrawn_on else actions.withdraw_material
        deed(actor=request.actor, material=one)
        told = _("It stands in the library again.") if one.withdrawn_on is None else _(
            "It no longer stands in the library.")  # fmt: skip
        messages.success(request, told)
        return _to(one.pk)
    return render(request, "library/withdraw.html", {"material": one})


def _to(material_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("library:material", args=[material_id]))
