"""Keeping the filters of a list under a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.tools.lists.actions import change_view, delete_view, save_view
from knotenpunkt.tools.lists.forms import ViewForm
from knotenpunkt.tools.lists.models import LONGEST_ADDRESS, SavedView
from knotenpunkt.tools.lists.queries import saved_views, view_to_change
from knotenpunkt.tools.lists.registry import ListPage, known_lists
from knotenpunkt.tools.lists.rules import may_change_view
from knotenpunkt.tools.lists.showing import Link
from knotenpunkt.tools.lists.wanted import Wanted


@dataclass(frozen=True, slots=True)
class ViewsBar:
    """The saved views above a list, and the form that keeps the filters at hand as another."""

    listing: str
    views: Sequence[Link]
    address: str
    form: ViewForm | None


def views_bar(actor: Actor, listing: str, wanted: Wanted) -> ViewsBar:
    """What stands above a list. Asks the database once."""
    url, views = known_lists()[listing].url, saved_views(actor, listing)
    is_new = bool(wanted.view) and all(view.address != wanted.view for view in views)
    return ViewsBar(
        listing=listing,
        views=[
            Link(view.name, f"{url}?{view.address}", current=view.address == wanted.view)
            for view in views
        ],
        address=wanted.view,
        form=ViewForm(actor, auto_id="ansicht-%s") if is_new else None,
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """One view on the page of all: where it leads, whose it is, where it is changed."""

    name: str
    url: str
    shared: str
    change_url: str


@require_safe
@members_only()
def views(request: DeskRequest) -> HttpResponse:
    """All views that this member may open, list by list."""
    kept = saved_views(request.actor)
    groups = [
        (page.label, [_kept(request.actor, page, one) for one in kept if one.listing == name])
        for name, page in known_lists().items()
    ]
    return render(request, "lists/views.html", {"groups": groups, "any": bool(kept)})


def _kept(actor: Actor, page: ListPage, view: SavedView) -> Kept:
    may_change = may_change_view(actor, view)
    owner = view.owner.name if view.owner else ""
    by_others = _("shared by %(name)s") % {"name": owner} if owner else _("shared")
    own = _("shared by you") if view.is_shared else _("only for you")
    return Kept(
        name=view.name,
        url=f"{page.url}?{view.address}",
        shared=own if view.owner_id == actor.user_id else by_others,
        change_url=reverse("lists:change", args=[view.pk]) if may_change else "",
    )


@require_POST
@members_only()
def save(request: DeskRequest) -> HttpResponse:
    """Keep the filters at hand under a name, and go back to the list."""
    page = known_lists().get(request.POST.get("listing", ""))
    if page is None:
        raise Http404
    address = _clean(request.POST.get("address", ""))
    form = ViewForm(request.actor, request.POST)
    if form.is_valid() and _saved(request, form, address):
        messages.success(request, _("The view “%(name)s” is kept.") % form.cleaned_data)
        return HttpResponseRedirect(f"{page.url}?{address}")
    context = {"form": form, "listing": request.POST["listing"], "address": address,
               "back_url": f"{page.url}?{address}", "view": None}  # fmt: skip
    return render(request, "lists/view.html", context)


def _saved(request: DeskRequest, form: ViewForm, address: str) -> bool:
    try:
        save_view(
            actor=request.actor,
            listing=request.POST["listing"],
            name=form.cleaned_data["name"],
            address=address,
            is_shared=form.shared,
        )
    except ValidationError as problem:
        form.add_error(None, problem)
    return form.is_valid()


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def change(request: DeskRequest, view_id: UUID) -> HttpResponse:
    """Rename a view, share it, or go on to delete it."""
    view = _view(request, view_id)
    data = request.POST if request.method == "POST" else None
    form = ViewForm(request.actor, data, initial={"name": view.name, "is_shared": view.is_shared})
    if form.is_bound and form.is_valid() and _changed(request, form, view):
        messages.success(request, _("The view “%(name)s” is changed.") % form.cleaned_data)
        return HttpResponseRedirect(reverse("lists:views"))
    context = {"form": form, "view": view, "back_url": reverse("lists:views")}
    return render(request, "lists/view.html", context)


def _changed(request: DeskRequest, form: ViewForm, view: SavedView) -> bool:
    shared = form.shared if "is_shared" in form.fields else view.is_shared
    name = form.cleaned_data["name"]
    try:
        change_view(actor=request.actor, view=view, name=name, is_shared=shared)
    except ValidationError as problem:
        form.add_error(None, problem)
    return form.is_valid()


@require_POST
@members_only()
def delete(request: DeskRequest, view_id: UUID) -> HttpResponse:
    """Forget a view."""
    view = _view(request, view_id)
    delete_view(actor=request.actor, view=view)
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return HttpResponseRedirect(reverse("lists:views"))


def _view(request: DeskRequest, view_id: UUID) -> SavedView:
    try:
        return view_to_change(request.actor, view_id)
    except SavedView.DoesNotExist as missing:
        raise Http404 from missing


def _clean(address: str) -> str:
    """A query string, and nothing else."""
    pairs = parse_qsl(address[:LONGEST_ADDRESS].replace("\0", ""), max_num_fields=50)
    return urlencode(pairs)[:LONGEST_ADDRESS]
