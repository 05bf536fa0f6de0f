"""A whole list of own words: what it would do, shown first, then taken in."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.front.desk.searches.word_forms import Rows, WordFileForm
from knotenpunkt.tools.search.actions import save_own_word
from knotenpunkt.tools.search.actions.words import cleaned_word
from knotenpunkt.tools.search.models import OwnWord
from knotenpunkt.tools.search.own_words import own_words

TAKE_IN = "uebernehmen"
NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"


@dataclass(frozen=True, slots=True)
class Planned:
    """What would happen to one line."""

    said: str
    means: list[str]
    note: str
    fate: str
    why: str = ""
    word: OwnWord | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def read_in(request: DeskRequest) -> HttpResponse:
    """First the plan, then the deed; nothing is removed."""
    if request.method != "POST":
        return render(request, "desk/searches/words_read.html", {"form": WordFileForm()})
    form = WordFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "desk/searches/words_read.html", {"form": form})
    plan = planned(list(own_words(request.actor)), form.rows)
    if request.POST.get("tun") == TAKE_IN:
        return _taken_in(request, plan)
    context = {
        "form": form,
        "text": form.cleaned_data["text"],
        "told": _told(plan),
        "is_empty": not any(one.fate in (NEW, CHANGED) for one in plan),
        "columns": [Head(_("Word")), Head(_("What does it mean?")), Head(_("What happens"))],
        "rows": [_row(one) for one in plan],
    }
    return render(request, "desk/searches/words_plan.html", context)


def planned(known: list[OwnWord], rows: Rows) -> list[Planned]:
    """What each line would do to the words that are there; of two lines on one word the last."""
    there = {word.folded: word for word in known}
    lines = {fold(said): (said, means, note) for said, means, note in rows}
    return [_fate(there.get(folded), *line) for folded, line in lines.items()]


def _fate(word: OwnWord | None, said: str, means: list[str], note: str) -> Planned:
    try:
        values = cleaned_word(said, means, note)
    except ValidationError as problem:
        return Planned(said, means, note, REFUSED, " ".join(problem.messages))
    if word is None:
        return Planned(said, means, note, NEW)
    differs = any(getattr(word, field) != value for field, value in values.items())
    return Planned(said, means, note, CHANGED if differs else SAME, word=word)


def _taken_in(request: DeskRequest, plan: list[Planned]) -> HttpResponse:
    done = 0
    for one in plan:
        if one.fate in (NEW, CHANGED):
            done += _kept(request, one)
    told = ngettext("%(n)d word is taken in.", "%(n)d words are taken in.", done) % {"n": done}
    messages.success(request, told)
    return HttpResponseRedirect(reverse("desk:words"))


def _kept(request: DeskRequest, one: Planned) -> bool:
    """Whether it could be kept: somebody may have written the same word meanwhile."""
    try:
        with transaction.atomic():
            save_own_word(
                actor=request.actor, said=one.said, means=one.means, note=one.note, word=one.word
            )
    except ValidationError as problem:
        messages.error(request, f"{one.said}: {' '.join(problem.messages)}")
        return False
    return True


def _row(one: Planned) -> Row:
    words = {NEW: _("is added"), CHANGED: _("is changed"), SAME: _("stays as it is"),
             REFUSED: _("is left out")}  # fmt: skip
    return Row([
        Cell(one.said),
        Cell(", ".join(one.means), label=_("What does it mean?")),
        Cell(words[one.fate], label=_("What happens"), note=one.why),
    ])  # fmt: skip


def _told(plan: list[Planned]) -> str:
    counts = {fate: sum(one.fate == fate for one in plan) for fate in (NEW, CHANGED, REFUSED)}
    told = _("%(new)d added, %(changed)d changed, %(refused)d left out. Nothing is removed.")
    return told % counts
