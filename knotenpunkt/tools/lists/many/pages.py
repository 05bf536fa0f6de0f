"""The three pages of one thing for many records: what will happen, what became of it, taking back.

An app wraps each in a view of its own, with the right that it asks for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.gate import DeskRequest
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.tools.jobs.queries import job_about
from knotenpunkt.tools.lists.actions import may_still_undo
from knotenpunkt.tools.lists.listing import Listing
from knotenpunkt.tools.lists.many.doing import AT_ONCE, Many, do_to_many, undo_many
from knotenpunkt.tools.lists.models import BulkDeed, BulkStep, Outcome
from knotenpunkt.tools.lists.queries import bulk_deed, outcomes, steps
from knotenpunkt.tools.lists.showing import ordered
from knotenpunkt.tools.lists.wanted import EVERYTHING, read

DEED, SEEN = "tat", "gesehen"
TITLES_SHOWN = 20
MOST_PICKED = 500
ArgumentForm = Callable[[DeskRequest, str], forms.Form | None]


class Words(Protocol):
    """How deeds on the records of one list are said."""

    @property
    def these(self) -> str:
        """ "These offers"."""

    @property
    def picked(self) -> str:
        """ "Picked offers"."""

    @property
    def pick_first(self) -> str:
        """ "Please pick offers first."."""

    @property
    def label(self) -> str:
        """What the group of buttons is, read aloud."""

    def buttons(self) -> list[tuple[str, str]]:
        """The deeds above the list, those first that are wanted most."""

    def asking(self, kind: str, count: int) -> str:
        """The heading of the page that asks for the argument."""

    def question(self, kind: str, count: int, named: str) -> str:
        """ "3 Angebote veröffentlichen?"; `named` is the argument in words."""

    def consequence(self, kind: str, named: str) -> str:
        """What it means."""

    def button(self, kind: str, count: int) -> str:
        """What the button says that does it."""

    def result(self, kind: str, count: int, named: str, *, is_undone: bool) -> str:
        """ "3 Angebote sind veröffentlicht", or that it was taken back."""

    def undo(self, kind: str, count: int) -> str:
        """What taking it back will do."""

    def stay(self, count: int) -> str:
        """ "3 Angebote bleiben, wie sie sind"."""

    def named(self, kind: str, argument: str) -> str:
        """An argument in words, such as the name of a topic; "" where there is none."""


@dataclass(frozen=True, slots=True)
class BulkPages:
    """The pages of one list. `space` begins the names of its addresses: list, bulk, done, undo.

    `argument_form` gives the form that asks what else is needed, or None; its one field carries
    the argument. `record_page` is where one record is looked at.
    """

    many: Many
    words: Words
    pick: str
    listing: Callable[[DeskRequest], Listing]
    rows: Callable[[DeskRequest], QuerySet[Any]]
    list_page: str
    done_page: str
    undo_page: str
    record_page: str
    argument_form: ArgumentForm = lambda _request, _kind: None


@dataclass(frozen=True, slots=True)
class Left:
    """Records that it cannot be done to, and why."""

    heading: str
    reason: str
    count: int
    titles: Sequence[str]

    @property
    def more(self) -> int:
        """How many there are besides."""
        return self.count - len(self.titles)


@dataclass(frozen=True, slots=True)
class Preview:
    """What will happen to which records."""

    records: Sequence[Any]
    left: Sequence[Left]
    fingerprint: str

    @property
    def titles(self) -> list[str]:
        """The first ones by name."""
        return [str(one) for one in self.records[:TITLES_SHOWN]]

    @property
    def more(self) -> int:
        """How many there are besides."""
        return max(len(self.records) - TITLES_SHOWN, 0)


def bulk(pages: BulkPages, request: DeskRequest) -> HttpResponse:
    """Show what will happen to the picked records; do it when that was seen and confirmed."""
    kind = request.GET.get(DEED, "")
    if kind not in pages.many.kinds:
        return HttpResponseRedirect(_list_url(pages, request))
    picked = _picked(pages, request)
    if not picked:
        messages.info(request, pages.words.pick_first)
        return HttpResponseRedirect(_list_url(pages, request))
    form = pages.argument_form(request, kind)
    if form is not None and not form.is_valid():
        return _ask(pages, request, kind, form, len(picked))
    argument = str(next(iter(form.cleaned_data.values()))) if form is not None else ""
    preview = _preview(pages, kind, argument, picked)
    if request.method == "POST" and request.POST.get(SEEN) == preview.fingerprint:
        return _done(pages, request, kind, argument, preview)
    return _show_preview(pages, request, kind, argument, preview)


def _picked(pages: BulkPages, request: DeskRequest) -> list[Any]:
    """The records that were ticked, or all that the filters leave."""
    rows = pages.rows(request)
    listing = pages.listing(request)
    wanted, _form = read(listing, request.GET.dict())
    if request.GET.get(EVERYTHING):
        return list(ordered(listing, wanted, rows.filter(wanted.narrowed)))
    return list(rows.filter(pk__in=_ids(pages, request)).order_by(*rows.model._meta.ordering, "pk"))


def _ids(pages: BulkPages, request: DeskRequest) -> list[UUID]:
    found = []
    for told in request.GET.getlist(pages.pick)[:MOST_PICKED]:
        try:
            found.append(UUID(told))
        except ValueError:
            continue
    return found


def _preview(pages: BulkPages, kind: str, argument: str, picked: Sequence[Any]) -> Preview:
    hindrance = pages.many.kinds[kind].hindrance
    reasons = {one.pk: hindrance(one, argument) for one in picked}
    told: dict[str, list[str]] = {}
    for one in picked:
        if reasons[one.pk]:
            told.setdefault(reasons[one.pk], []).append(str(one))
    left = [
        Left(pages.words.stay(len(titles)), why, len(titles), titles[:TITLES_SHOWN])
        for why, titles in told.items()
    ]
    able = [one for one in picked if not reasons[one.pk]]
    return Preview(able, left, _fingerprint(kind, argument, able))


def _fingerprint(kind: str, argument: str, records: Sequence[Any]) -> str:
    """What was seen is what is done: another set of records has another one."""
    ids = sorted(str(one.pk) for one in records)
    return hashlib.sha256("\n".join([kind, argument, *ids]).encode()).hexdigest()


def _ask(
    pages: BulkPages, request: DeskRequest, kind: str, form: forms.Form, count: int
) -> HttpResponse:
    kept = [(name, value) for name, values in request.GET.lists() if name not in form.fields
            for value in values]  # fmt: skip
    context = {
        "title": pages.words.asking(kind, count),
        "form": form,
        "kept": kept,
        "back_url": _list_url(pages, request),
    }
    return render(request, "lists/bulk_argument.html", context)


def _show_preview(
    pages: BulkPages, request: DeskRequest, kind: str, argument: str, preview: Preview
) -> HttpResponse:
    count = len(preview.records)
    named = pages.words.named(kind, argument)
    context = {
        "title": pages.words.question(kind, count, named),
        "consequence": pages.words.consequence(kind, named),
        "button": pages.words.button(kind, count),
        "these": pages.words.these,
        "preview": preview,
        "count": number(count),
        "takes_long": count > AT_ONCE,
        "changed_meanwhile": request.method == "POST",
        "seen": SEEN,
        "back_url": _list_url(pages, request),
    }
    return render(request, "lists/bulk.html", context)


def _done(
    pages: BulkPages, request: DeskRequest, kind: str, argument: str, preview: Preview
) -> HttpResponse:
    if not preview.records:
        return HttpResponseRedirect(_list_url(pages, request))
    deed = do_to_many(
        pages.many,
        actor=request.actor,
        kind=kind,
        argument=argument,
        picked=[one.pk for one in preview.records],
        address=_list_query(pages, request),
    )
    return HttpResponseRedirect(reverse(pages.done_page, args=[deed.pk]))


def bulk_done(pages: BulkPages, request: DeskRequest, deed_id: UUID) -> HttpResponse:
    """What became of it, how far it is, and the way to take it back."""
    deed = _deed(pages, request, deed_id)
    job = None if _is_over(deed) else job_about(request.actor, deed.pk)
    if job is not None and not job.is_open:
        deed = _deed(pages, request, deed_id)  # it may have ended since it was read
    counts = outcomes(deed)
    named = pages.words.named(deed.kind, deed.argument)
    is_undone = deed.undone_at is not None
    done = counts.get(Outcome.UNDONE if is_undone else Outcome.DONE, 0)
    context = {
        "title": pages.words.result(deed.kind, done, named, is_undone=is_undone),
        "deed": deed,
        "job": None if _is_over(deed) else job,
        "is_over": _is_over(deed),
        "left": _told_steps(deed, counts, Outcome.LEFT),
        "changed_since": [
            (reverse(pages.record_page, args=[step.object_id]), step.title)
            for step in _told_steps(deed, counts, Outcome.CHANGED_SINCE)
        ],
        "may_undo": may_still_undo(deed) and done > 0,
        "undo": pages.words.undo(deed.kind, done),
        "undo_url": reverse(pages.undo_page, args=[deed.pk]),
        "list_url": f"{reverse(pages.list_page)}?{deed.address}",
    }
    return render(request, "lists/bulk_done.html", context)


def _is_over(deed: BulkDeed) -> bool:
    """Nothing of it is still to be done."""
    if deed.undo_started_at is not None:
        return deed.undone_at is not None
    return deed.finished_at is not None


def _told_steps(deed: BulkDeed, counts: Mapping[str, int], outcome: Outcome) -> list[BulkStep]:
    return list(steps(deed, outcome)[:TITLES_SHOWN]) if counts.get(outcome) else []


def bulk_undo(pages: BulkPages, request: DeskRequest, deed_id: UUID) -> HttpResponse:
    """Bring back what stood there before."""
    deed = _deed(pages, request, deed_id)
    if not undo_many(pages.many, actor=request.actor, deed=deed):
        messages.info(request, _("This was taken back already, or is too long ago."))
    return HttpResponseRedirect(reverse(pages.done_page, args=[deed.pk]))


def _deed(pages: BulkPages, request: DeskRequest, deed_id: UUID) -> BulkDeed:
    try:
        return bulk_deed(request.actor, pages.many.listing, deed_id)
    except BulkDeed.DoesNotExist as missing:
        raise Http404 from missing


def _list_query(pages: BulkPages, request: DeskRequest) -> str:
    """The list that the records were picked from."""
    wanted, _form = read(pages.listing(request), request.GET.dict())
    return wanted.view


def _list_url(pages: BulkPages, request: DeskRequest) -> str:
    query = _list_query(pages, request)
    return reverse(pages.list_page) + (f"?{query}" if query else "")
