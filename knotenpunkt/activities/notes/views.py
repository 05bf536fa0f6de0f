"""Notes at the desk: written in passing, found again, done."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.activities.notes import actions, queries
from knotenpunkt.activities.notes.forms import NoteForm, filled
from knotenpunkt.activities.notes.models import Note
from knotenpunkt.activities.notes.rules import may_change
from knotenpunkt.activities.notes.wording import shown
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only, own_address
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.paging import paging

PAGE = 25
MINE, ALL, DUE = "meine", "alle", "faellig"
writing = members_only(Right.WRITE_NOTES)


@require_safe
@writing
def note_list(request: DeskRequest) -> HttpResponse:
    """One's own notes, those of all, those whose day has come; searched by words."""
    part, words = request.GET.get("teil", MINE), request.GET.get("q", "").strip()[:200]
    today = timezone.localdate()
    rows = queries.notes(request.actor)
    if part == DUE:
        rows = queries.due(request.actor, today)
    elif part != ALL:
        part, rows = MINE, rows.filter(author_id=request.actor.user_id)
    kept_rows = [one.note for one in queries.found(rows, words)] if words else rows
    page = Paginator(kept_rows, PAGE).get_page(request.GET.get("seite"))
    kept = {"teil": part} | ({"q": words} if words else {})
    context = {
        "notes": [shown(request.actor, queries.opened(note), today) for note in page],
        "tabs": _tabs(part),
        "part": part,
        "words": words,
        "paging": paging(page, lambda number: f"?{urlencode(kept | {'seite': number})}"),
        "days": request.network.note_days,
    }
    return render(request, "notes/list.html", context)


def _tabs(part: str) -> list[dict[str, Any]]:
    parts = {MINE: _("My notes"), ALL: _("All notes"), DUE: _("Reminders due")}
    base = reverse("notes:list")
    return [
        {"label": label, "url": f"{base}?teil={key}", "count": None, "current": key == part}
        for key, label in parts.items()
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("who", "text")
@writing
def add(request: DeskRequest) -> HttpResponse:
    """A new note: from the bar above every page, or from a page of its own (?who=…&text=…)."""
    begun = {name: request.GET.get(name, "")[:500] for name in ("who", "text")}
    form = NoteForm(typed(request), initial=begun)
    back = request.POST.get("back", request.GET.get("zurueck", ""))
    if request.method == "POST" and form.is_valid():
        note = actions.write_note(actor=request.actor, draft=form.draft())
        messages.success(request, _with_undo(_("Your note is kept."), "notes:delete", note))
        return HttpResponseRedirect(own_address(request, back) if back else reverse("notes:list"))
    return render(request, "notes/edit.html", {"form": form, "note": None, "back": back})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("who", "text")
@writing
def edit(request: DeskRequest, note_id: UUID) -> HttpResponse:
    """One note: read it, change it."""
    note = _note_or_404(request, note_id)
    one = queries.opened(note)
    form = NoteForm(typed(request), initial=filled(one))
    is_changeable = may_change(request.actor, note)
    if request.method == "POST" and form.is_valid():
        actions.change_note(actor=request.actor, note=note, draft=form.draft())
        messages.success(request, _("Your note is changed."))
        return HttpResponseRedirect(reverse("notes:list"))
    context = {
        "form": form if is_changeable else None,
        "note": note,
        "shown": shown(request.actor, one, timezone.localdate()),
        "back": "",
    }
    return render(request, "notes/edit.html", context)


@require_POST
@writing
def finish(request: DeskRequest, note_id: UUID) -> HttpResponse:
    """Nothing is left to do."""
    note = actions.finish_note(actor=request.actor, note=_note_or_404(request, note_id))
    messages.success(request, _with_undo(_("Done. It reminds you no more."), "notes:reopen", note))
    return _back(request)


@require_http_methods(["GET", "HEAD", "POST"])
@writing
def reopen(request: DeskRequest, note_id: UUID) -> HttpResponse:
    """It was not done after all."""
    note = _changeable_or_403(request, note_id)
    if request.method == "POST":
        actions.reopen_note(actor=request.actor, note=note)
        messages.success(request, _("The note is open again."))
        return HttpResponseRedirect(reverse("notes:list"))
    return render(request, "notes/reopen.html", {"one": queries.opened(note)})


@require_http_methods(["GET", "HEAD", "POST"])
@writing
def delete(request: DeskRequest, note_id: UUID) -> HttpResponse:
    """Delete a note, after showing which one."""
    note = _changeable_or_403(request, note_id)
    if request.method == "POST":
        actions.delete_note(actor=request.actor, note=note)
        messages.success(request, _("The note is deleted."))
        return HttpResponseRedirect(reverse("notes:list"))
    return render(request, "notes/delete.html", {"one": queries.opened(note)})


@require_safe
@writing
def suggestions(request: DeskRequest) -> HttpResponse:
    """Organisations and contacts that are called like what one types, as options of a field."""
    found = queries.partners_like(request.actor, request.GET.get("who", "")[:200])
    return render(request, "notes/_suggestions.html", {"labels": [one.label for one in found]})


def _note_or_404(request: DeskRequest, note_id: UUID) -> Note:
    try:
        return queries.get_note(request.actor, note_id)
    except Note.DoesNotExist as missing:
        raise Http404 from missing


def _changeable_or_403(request: DeskRequest, note_id: UUID) -> Note:
    note = _note_or_404(request, note_id)
    if not may_change(request.actor, note):
        raise PermissionDenied
    return note


def _back(request: DeskRequest) -> HttpResponse:
    """To the page where the button stood."""
    back = request.POST.get("back", "")
    return HttpResponseRedirect(own_address(request, back) if back else reverse("notes:list"))


def _with_undo(told: str, page: str, note: Note) -> SafeString:
    url = reverse(page, kwargs={"note_id": note.pk})
    return format_html('{} <a href="{}">{}</a>', told, url, _("Undo"))
