"""The words by which a network sorts its partners: tags, own kinds, professional groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.registers.partners.actions import (
    remove_word,
    save_profession,
    save_sub_kind,
    save_tag,
)
from knotenpunkt.registers.partners.desk.problems import refuse
from knotenpunkt.registers.partners.models import Profession, SubKind, Tag
from knotenpunkt.registers.partners.queries import uses_of_words
from knotenpunkt.registers.partners.wording import kind_options

Word = Any


class WordForm(forms.Form):
    """One word."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        error_messages={"required": gettext_lazy("Please write a name.")},
    )


class SubKindForm(WordForm):
    """One word, inside a kind of the law."""

    kind = forms.ChoiceField(label=gettext_lazy("Belongs to"))
    field_order = ("kind", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [("", _("Please choose")), *kind_options()]
        self.fields["kind"].choices = options  # type: ignore[attr-defined]


def _keep_tag(request: DeskRequest, word: Word, told: dict[str, Any]) -> None:
    save_tag(actor=request.actor, tag=word, name=told["name"])


def _keep_sub_kind(request: DeskRequest, word: Word, told: dict[str, Any]) -> None:
    save_sub_kind(actor=request.actor, sub_kind=word, kind=told["kind"], name=told["name"])


def _keep_profession(request: DeskRequest, word: Word, told: dict[str, Any]) -> None:
    save_profession(actor=request.actor, profession=word, name=told["name"])


@dataclass(frozen=True, slots=True)
class Noun:
    """One sort of words: how it is called, its form, how it is kept, where its uses are listed."""

    model: Any
    title: Promise
    lead: Promise
    add: Promise
    form: type[WordForm]
    keep: Callable[[DeskRequest, Word, dict[str, Any]], None]
    list_page: str
    filter: str


NOUNS = {
    "schlagworte": Noun(
        Tag, gettext_lazy("Tags"),
        gettext_lazy("Free words for organisations and people, to find them together again."),
        gettext_lazy("Add a tag"), WordForm, _keep_tag, "partners_desk:list", "schlagwort",
    ),
    "unterarten": Noun(
        SubKind, gettext_lazy("Own kinds"),
        gettext_lazy("Your own, finer words inside the kinds that the law names."),
        gettext_lazy("Add an own kind"), SubKindForm, _keep_sub_kind, "partners_desk:list",
        "unterart",
    ),
    "berufsgruppen": Noun(
        Profession, gettext_lazy("Professional groups"),
        gettext_lazy("What the people of the network are by profession."),
        gettext_lazy("Add a professional group"), WordForm, _keep_profession,
        "partners_desk:people", "beruf",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownWord:
    """One word of the list: how often it is used, and where."""

    name: str
    above: str
    used: str
    url: str
    change_url: str


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def words(request: DeskRequest, noun: str) -> HttpResponse:
    """All words of one sort, and a form for one more."""
    kind = _noun(noun)
    form = kind.form(typed(request))
    if request.method == "POST" and form.is_valid() and _kept(request, kind, None, form):
        messages.success(request, _("“%(name)s” is added.") % form.cleaned_data)
        return HttpResponseRedirect(reverse("partners_desk:words", args=[noun]))
    context = {
        "noun": kind,
        "tabs": _tabs(noun),
        "form": form,
        "words": [_shown(kind, noun, one) for one in uses_of_words(kind.model)],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "partners/desk/words.html", context, status=status)


def _noun(noun: str) -> Noun:
    if noun not in NOUNS:
        raise Http404
    return NOUNS[noun]


def _tabs(here: str) -> list[dict[str, Any]]:
    told = [
        {"label": kind.title, "url": reverse("partners_desk:words", args=[key]), "count": None,
         "current": key == here}
        for key, kind in NOUNS.items()
    ]  # fmt: skip
    regions = {"label": _("Regions"), "url": reverse("areas:regions"), "count": None,
               "current": False}  # fmt: skip
    return [*told, regions]


def _shown(kind: Noun, noun: str, one: Word) -> ShownWord:
    told = ngettext("used once", "used %(n)s times", one.used) % {"n": number(one.used)}
    return ShownWord(
        name=one.name,
        above=one.get_kind_display() if isinstance(one, SubKind) else "",
        used=told if one.used else _("not used"),
        url=f"{reverse(kind.list_page)}?{kind.filter}={one.pk}",
        change_url=reverse("partners_desk:word", args=[noun, one.pk]),
    )


def _kept(request: DeskRequest, kind: Noun, word: Word, form: WordForm) -> bool:
    try:
        kind.keep(request, word, form.cleaned_data)
    except ValidationError as problem:
        refuse(form, problem)
    return form.is_valid()


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def word(request: DeskRequest, noun: str, word_id: UUID) -> HttpResponse:
    """Rename a word everywhere, or go on to remove it."""
    kind = _noun(noun)
    one = _word_or_404(kind, word_id)
    stored = {"name": one.name, "kind": getattr(one, "kind", "")}
    form = kind.form(typed(request), initial=stored)
    back = reverse("partners_desk:words", args=[noun])
    if request.method == "POST" and form.is_valid() and _kept(request, kind, one, form):
        messages.success(request, _("Saved. It is called so everywhere now."))
        return HttpResponseRedirect(back)
    context = {"noun": kind, "key": noun, "word": _shown(kind, noun, one), "form": form,
               "remove_url": reverse("partners_desk:remove_word", args=[noun, one.pk]),
               "back_url": back}  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "partners/desk/word.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def remove(request: DeskRequest, noun: str, word_id: UUID) -> HttpResponse:
    """Say how many carry the word; then take it from all."""
    kind = _noun(noun)
    one = _word_or_404(kind, word_id)
    back = reverse("partners_desk:words", args=[noun])
    if request.method == "POST":
        remove_word(actor=request.actor, word=one)
        messages.success(request, _("“%(name)s” is removed.") % {"name": one.name})
        return HttpResponseRedirect(back)
    context = {"word": _shown(kind, noun, one), "back_url": back}
    return render(request, "partners/desk/word_remove.html", context)


def _word_or_404(kind: Noun, word_id: UUID) -> Word:
    try:
        return uses_of_words(kind.model).get(pk=word_id)
    except kind.model.DoesNotExist as missing:
        raise Http404 from missing
