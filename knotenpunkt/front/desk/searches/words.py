"""Eigene Wörter: what only people here say, and what the search takes it for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.core.languages import BY_CODE
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.front.desk.searches.found import Comparison, compared
from knotenpunkt.front.desk.searches.word_forms import WordForm, filled
from knotenpunkt.front.desk.searches.word_history import last_removed, removed_word
from knotenpunkt.tools.lists.files import CONTENT_TYPES, CSV, write_file
from knotenpunkt.tools.search.actions import remove_own_word, save_own_word
from knotenpunkt.tools.search.lexicon import OwnMeaning
from knotenpunkt.tools.search.models import OwnWord
from knotenpunkt.tools.search.own_words import get_own_word, own_meanings, own_words
from knotenpunkt.tools.search.shipped_words import FIRST, ShippedConcept, shipped_concepts

SHOWN_CONCEPTS, SHOWN_WORDS = 40, 12
LONGEST_QUESTION = 80
PREVIEW = "vorschau"
editing = members_only(Right.EDIT_REGISTERS)


@require_safe
@members_only(Right.READ_INTERNAL)
def words(request: DeskRequest) -> HttpResponse:
    """The list of own words."""
    asked = _question(request)
    rows = [word for word in own_words(request.actor) if _says(asked, word)]
    may_edit = request.actor.may(Right.EDIT_REGISTERS)
    context = {
        "tabs": _tabs("desk:words"),
        "asked": asked,
        "columns": [Head(_("Word")), Head(_("What does it mean?")), Head(_("Remark"))],
        "rows": [_row(word, may_edit=may_edit) for word in rows],
        "may_edit": may_edit,
    }
    return render(request, "desk/searches/words.html", context)


def _question(request: DeskRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUESTION]


def _says(asked: str, word: OwnWord) -> bool:
    said = fold(" ".join([word.said, *word.means, word.note]))
    return all(part in said for part in fold(asked).split())


def _row(word: OwnWord, *, may_edit: bool) -> Row:
    url = reverse("desk:word", kwargs={"word_id": word.pk}) if may_edit else ""
    return Row([
        Cell(word.said, url=url),
        Cell(", ".join(word.means), label=_("What does it mean?")),
        Cell(word.note, label=_("Remark") if word.note else ""),
    ])  # fmt: skip


def _tabs(here: str) -> list[dict[str, object]]:
    pages = {
        "desk:words": _("Own words"),
        "desk:shipped_words": _("Words that are known already"),
    }
    return [
        {"label": label, "url": reverse(page), "count": None, "current": page == here}
        for page, label in pages.items()
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@editing
def new(request: DeskRequest) -> HttpResponse:
    """A new word; ?wort= is one that families search already."""
    begun = {"said": request.GET.get("wort", "")[:80]}
    return _form_page(request, WordForm(typed(request), initial=begun), None)


@require_http_methods(["GET", "HEAD", "POST"])
@editing
def word(request: DeskRequest, word_id: UUID) -> HttpResponse:
    """One word: change it, or see what it does."""
    one = _word_or_404(request, word_id)
    return _form_page(request, WordForm(typed(request), initial=filled(one)), one)


def _word_or_404(request: DeskRequest, word_id: UUID) -> OwnWord:
    try:
        return get_own_word(request.actor, word_id)
    except OwnWord.DoesNotExist as missing:
        raise Http404 from missing


def _form_page(request: DeskRequest, form: WordForm, one: OwnWord | None) -> HttpResponse:
    is_sent = request.method == "POST" and form.is_valid()
    is_preview = request.POST.get("tun") == PREVIEW
    if is_sent and not is_preview and _saved(request, form, one):
        return HttpResponseRedirect(reverse("desk:words"))
    context = {
        "form": form,
        "one": one,
        "comparison": _comparison(form, one) if is_preview and not form.errors else None,
        "shown": compared_without(one) if one is not None and request.method != "POST" else None,
    }
    return render(request, "desk/searches/word.html", context)


def _saved(request: DeskRequest, form: WordForm, one: OwnWord | None) -> bool:
    try:
        kept = save_own_word(actor=request.actor, word=one, **form.values())
    except ValidationError as problem:
        form.blame(problem)
        return False
    url = f"{reverse('offers:finder')}?{urlencode({'q': kept.said})}"
    told = _("“%(word)s” holds from now on.") % {"word": kept.said}
    messages.success(request, format_html('{} <a href="{}">{}</a>', told, url, _("Try it out")))
    return True


def _comparison(form: WordForm, one: OwnWord | None) -> Comparison:
    """What the word finds now, and with what was entered."""
    others = without(one)
    entered = OwnMeaning(form.cleaned_data["said"], tuple(form.meanings))
    return compared(entered.said, own_meanings(), [*others, entered])


def compared_without(one: OwnWord) -> Comparison:
    """What the word would find if it were not there, and finds now."""
    return compared(one.said, without(one), own_meanings())


def without(one: OwnWord | None) -> Sequence[OwnMeaning]:
    """All own words but this one."""
    return [meaning for meaning in own_meanings() if one is None or meaning.said != one.said]


@require_http_methods(["GET", "HEAD", "POST"])
@editing
def remove(request: DeskRequest, word_id: UUID) -> HttpResponse:
    """Remove a word, after showing what is found then."""
    one = _word_or_404(request, word_id)
    if request.method != "POST":
        comparison = compared(one.said, own_meanings(), without(one))
        context = {"one": one, "comparison": comparison}
        return render(request, "desk/searches/word_remove.html", context)
    remove_own_word(actor=request.actor, word=one)
    told = _("“%(word)s” is removed.") % {"word": one.said}
    entry = last_removed(request.actor, word_id)
    if entry is None:
        messages.success(request, told)
    else:
        url = reverse("desk:word_back", kwargs={"entry_id": entry.pk})
        messages.success(request, format_html('{} <a href="{}">{}</a>', told, url, _("Undo")))
    return HttpResponseRedirect(reverse("desk:words"))


@require_http_methods(["GET", "HEAD", "POST"])
@editing
def put_back(request: DeskRequest, entry_id: UUID) -> HttpResponse:
    """Put back a word that one has removed oneself a short while ago."""
    values = removed_word(request.actor, entry_id)
    if values is None:
        raise Http404
    if request.method != "POST":
        return render(request, "desk/searches/word_back.html", values)
    try:
        kept = save_own_word(actor=request.actor, **values)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("“%(word)s” is there again.") % {"word": kept.said})
    return HttpResponseRedirect(reverse("desk:words"))


@require_safe
@members_only(Right.READ_INTERNAL)
def words_file(request: DeskRequest) -> HttpResponse:
    """All own words as a file that can be read in again."""
    rows = ([one.said, ", ".join(one.means), one.note] for one in own_words(request.actor))
    written = write_file(CSV, [_("Word"), _("Meaning"), _("Remark")], rows)
    answer = FileResponse(
        written.file,
        as_attachment=True,
        filename=f"eigene-woerter-{timezone.localdate():%Y-%m-%d}.csv",
        content_type=CONTENT_TYPES[CSV],
    )
    return cast("HttpResponse", answer)


@require_safe
@members_only(Right.READ_INTERNAL)
def shipped(request: DeskRequest) -> HttpResponse:
    """Which words the search knows from the beginning, and where they lead."""
    language = request.GET.get("sprache", FIRST)
    language = language if shipped_concepts(language) else FIRST
    asked = _question(request)
    found = [one for one in shipped_concepts(language) if _tells(asked, one)]
    # What is called so stands before what only mentions it.
    found.sort(key=lambda one: fold(asked) not in fold(" ".join([one.name, *one.official])))
    context = {
        "tabs": _tabs("desk:shipped_words"),
        "asked": asked,
        "language": language,
        "languages": [
            (code, spoken.language_name(code)) for code in BY_CODE if shipped_concepts(code)
        ],
        "columns": [
            Head(_("It is about")),
            Head(_("Words of offices")),
            Head(_("What people say")),
        ],
        "rows": [_concept_row(one, asked) for one in found[:SHOWN_CONCEPTS]],
        "count": len(found),
        "shown": min(len(found), SHOWN_CONCEPTS),
        "may_edit": request.actor.may(Right.EDIT_REGISTERS),
    }
    return render(request, "desk/searches/shipped.html", context)


def _tells(asked: str, one: ShippedConcept) -> bool:
    said = fold(" ".join([one.name, *one.official, *one.said, *one.sentences]))
    return all(part in said for part in fold(asked).split())


def _concept_row(one: ShippedConcept, asked: str) -> Row:
    german = next((two.name for two in shipped_concepts() if two.key == one.key), "")
    return Row([
        Cell(one.name or german, note=german if one.name and german != one.name else ""),
        Cell(", ".join(one.official), label=_("Words of offices")),
        Cell(_said(one, asked), label=_("What people say")),
    ])  # fmt: skip


def _said(one: ShippedConcept, asked: str) -> str:
    """The words that were asked for first, then some others."""
    said = [*one.said, *one.sentences]
    parts = fold(asked).split()
    fitting = [text for text in said if parts and all(part in fold(text) for part in parts)]
    shown = list(dict.fromkeys([*fitting, *said]))
    more = f" … (+{len(shown) - SHOWN_WORDS})" if len(shown) > SHOWN_WORDS else ""
    return ", ".join(shown[:SHOWN_WORDS]) + more
