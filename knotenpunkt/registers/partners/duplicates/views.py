"""Pages of duplicates: the list, one pair side by side, what was merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.paging import paging
from knotenpunkt.registers.partners.duplicates import actions, queries, wording
from knotenpunkt.registers.partners.duplicates.actions.deciding import CannotBeUndone
from knotenpunkt.registers.partners.duplicates.candidates import Candidate
from knotenpunkt.registers.partners.duplicates.comparing import (
    BOTH,
    A,
    B,
    chosen_values,
    comparison,
    in_order,
    moving,
    names_of,
)
from knotenpunkt.registers.partners.models import DuplicateKind, Merge

PER_PAGE = 25
ADDRESSES = {DuplicateKind.ORGANISATION: "einrichtungen", DuplicateKind.PERSON: "personen"}
KINDS = {word: kind.value for kind, word in ADDRESSES.items()}
MOST_BARS = 5


def _with_kind(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the kind that the address names."""

    @wraps(view)
    def found(request: DeskRequest, what: str, **kwargs: Any) -> HttpResponse:
        if what not in KINDS:
            raise Http404
        return view(request, KINDS[what], **kwargs)

    return found


@require_safe
@members_only(Right.EDIT_REGISTERS)
def pairs(request: DeskRequest) -> HttpResponse:
    """All pairs that may be one, the most likely first."""
    kind = KINDS.get(request.GET.get("art", ""), DuplicateKind.ORGANISATION.value)
    found = {one: queries.open_pairs(request.actor, one) for one in KINDS.values()}
    page = Paginator(found[kind], PER_PAGE).get_page(request.GET.get("seite"))
    word = ADDRESSES[DuplicateKind(kind)]
    context = {
        "crumbs": _crumbs(),
        "tabs": [_tab(one, word, len(found[KINDS[one]])) for one in KINDS],
        "lines": _lines(kind, list(page)),
        "total": len(found[kind]),
        "paging": paging(page, lambda number: f"?art={word}&seite={number}"),
        "merged": queries.merges(request.actor).exists(),
    }
    return render(request, "partners/duplicates/list.html", context)


def _tab(word: str, current: str, count: int) -> dict[str, Any]:
    labels = {"einrichtungen": _("Organisations"), "personen": _("People")}
    return {
        "label": labels[word],
        "url": f"?art={word}",
        "count": spoken.number(count),
        "current": word == current,
    }


def _lines(kind: str, found: Sequence[Candidate]) -> list[dict[str, Any]]:
    told = queries.titles(kind, found)
    return [
        {
            "first": told[pair.first],
            "second": told[pair.second],
            "estimate": wording.estimate(pair.score),
            "bars": _bars(pair.score),
            "reasons": wording.words(pair.reasons),
            "url": _address(kind, pair),
        }
        for pair in found
    ]


def _bars(score: float) -> list[bool]:
    return [place < wording.bars(score) for place in range(MOST_BARS)]


def _address(kind: str, pair: Candidate) -> str:
    word = ADDRESSES[DuplicateKind(kind)]
    return reverse("partners_duplicates:pair", args=[word, pair.first, pair.second])


def _crumbs(*more: dict[str, str]) -> list[dict[str, str]]:
    here = {"label": _("Double entries"), "url": reverse("partners_duplicates:list")}
    start = {"label": _("Partners"), "url": reverse("partners_desk:list")}
    return [start, here, *more] if more else [start, here | {"url": ""}]


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
@_with_kind
def pair(request: DeskRequest, kind: str, *, first: UUID, second: UUID) -> HttpResponse:
    """Two entries side by side; then one of them."""
    try:
        one, other = in_order(*queries.get_pair(request.actor, kind, first, second))
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    if one.pk == other.pk:
        raise Http404
    if request.method == "POST":
        return _merged(request, kind, one, other)
    context = _pair_context(request, kind, one, other)
    return render(request, "partners/duplicates/pair.html", context)


def _pair_context(request: DeskRequest, kind: str, one: Any, other: Any) -> dict[str, Any]:
    found = queries.open_pairs(request.actor, kind)
    wanted = queries.pair_of(one.pk, other.pk)
    place = next(
        (n for n, p in enumerate(found) if queries.pair_of(p.first, p.second) == wanted), None
    )
    here = (
        found[place]
        if place is not None
        else queries.compared(request.actor, kind, one.pk, other.pk)
    )
    is_person = kind == DuplicateKind.PERSON
    return {
        "crumbs": _crumbs({"label": _("A pair"), "url": ""}),
        "heading": _("Is this the same person?") if is_person else _("Is this the same facility?"),
        "estimate": wording.estimate(here.score),
        "bars": _bars(here.score),
        "reasons": wording.words(here.reasons),
        "doubts": wording.words(here.doubts),
        "told": comparison(one, other),
        "first": _head(one),
        "second": _head(other),
        "moving": moving(other),
        "place": None if place is None else place + 1,
        "total": len(found),
        "previous_url": _address(kind, found[place - 1]) if place else "",
        "next_url": _next(kind, found, place),
        "apart_url": reverse(
            "partners_duplicates:apart", args=[ADDRESSES[DuplicateKind(kind)], one.pk, other.pk]
        ),
    }


def _next(kind: str, found: Sequence[Candidate], place: int | None) -> str:
    after = 0 if place is None else place + 1
    return _address(kind, found[after]) if after < len(found) else ""


def _head(record: Any) -> dict[str, str]:
    """How long an entry is there, and how true it is."""
    told = []
    if record.left_on is not None:
        told.append(_("left on %(day)s") % {"day": spoken.short_date(record.left_on)})
    if record.confirmed_on is not None:
        told.append(_("confirmed on %(day)s") % {"day": spoken.short_date(record.confirmed_on)})
    return {"name": str(record), "note": ", ".join(told) or _("never confirmed")}


def _merged(request: DeskRequest, kind: str, one: Any, other: Any) -> HttpResponse:
    told = {
        name: value
        for name in names_of(one)
        if (value := request.POST.get(name, "")) in (A, B, BOTH)
    }
    url = _after(request, kind, one.pk, other.pk)
    chosen = chosen_values(one, other, told)
    try:
        done = actions.merge(actor=request.actor, survivor=one, absorbed=other, chosen=chosen)
    except ObjectDoesNotExist as missing:  # somebody else merged it at the same moment
        raise Http404 from missing
    text = _("They are one entry now: %(name)s.") % {"name": one}
    messages.success(request, text, extra_tags=str(done.pk))
    return HttpResponseRedirect(url)


def _after(request: DeskRequest, kind: str, first: UUID, second: UUID) -> str:
    """The next pair that has nothing to do with these two; else the list."""
    found = queries.open_pairs(request.actor, kind)
    wanted = queries.pair_of(first, second)
    ids = [queries.pair_of(one.first, one.second) for one in found]
    start = ids.index(wanted) + 1 if wanted in ids else 0
    for one in (*found[start:], *found[:start]):
        if not {one.first, one.second} & {first, second}:
            return _address(kind, one)
    return reverse("partners_duplicates:list") + f"?art={ADDRESSES[DuplicateKind(kind)]}"


@require_POST
@members_only(Right.EDIT_REGISTERS)
@_with_kind
def apart(request: DeskRequest, kind: str, *, first: UUID, second: UUID) -> HttpResponse:
    """These are two, and stay so."""
    try:
        one, other = queries.get_pair(request.actor, kind, first, second)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    url = _after(request, kind, first, second)
    actions.not_same(actor=request.actor, kind=kind, one=one, other=other)
    messages.success(request, _("We remember that these are two. They will not be shown again."))
    return HttpResponseRedirect(url)


@require_safe
@members_only(Right.EDIT_REGISTERS)
def merged(request: DeskRequest) -> HttpResponse:
    """What was made one, and how long it can be parted again."""
    page = Paginator(queries.merges(request.actor), PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "crumbs": _crumbs({"label": _("Merged"), "url": ""}),
        "lines": _merge_lines(request, list(page)),
        "paging": paging(page, lambda number: f"?seite={number}"),
    }
    return render(request, "partners/duplicates/merged.html", context)


def _merge_lines(request: DeskRequest, found: Sequence[Merge]) -> list[dict[str, Any]]:
    names = queries.survivors(request.actor, found)
    gone = _("no longer there")
    return [_merge_line(one, names.get(one.survivor_id, gone)) for one in found]


def _merge_line(merge: Merge, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "kind": DuplicateKind(merge.kind).label,
        "when": spoken.moment(merge.at),
        "who": merge.by_label,
        "undone": merge.undone_at is not None,
        "undo_url": reverse("partners_duplicates:undo", args=[merge.pk])
        if merge.moves and merge.undone_at is None
        else "",
    }


@require_POST
@members_only(Right.EDIT_REGISTERS)
def undo(request: DeskRequest, merge_id: UUID) -> HttpResponse:
    """Part them again."""
    try:
        found = queries.get_merge(request.actor, merge_id)
    except Merge.DoesNotExist as missing:
        raise Http404 from missing
    try:
        stayed = actions.undo_merge(actor=request.actor, merge=found)
    except CannotBeUndone as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _parted(stayed))
    return HttpResponseRedirect(reverse("partners_duplicates:merged"))


def _parted(stayed: int) -> str:
    told = _("They are two entries again.")
    if not stayed:
        return told
    words = ngettext(
        "%(count)d entry was changed since and stays.",
        "%(count)d entries were changed since and stay.",
        stayed,
    )
    return f"{told} {words % {'count': stayed}}"
