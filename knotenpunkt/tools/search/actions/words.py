"""Writes to a network's own words. What is saved holds in the next search, in every process."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.tools.search.actions.versions import new_version
from knotenpunkt.tools.search.models import OwnWord

MOST_WORDS = 500
MOST_MEANINGS = 12
LONGEST_MEANING = 80


@transaction.atomic
def save_own_word(
    *, actor: Actor, said: str, means: Sequence[str], note: str = "", word: OwnWord | None = None
) -> OwnWord:
    """Add an own word, or change one. ValidationError by field when it cannot be kept so."""
    actor.must(Right.EDIT_REGISTERS)
    values = cleaned_word(said, means, note)
    word = word or OwnWord()
    _refuse_second(word, values["folded"])
    is_new = word._state.adding
    changes = assign(word, values)
    if not changes:
        return word
    store(word, changes)
    shown = {field: pair for field, pair in changes.items() if field != "folded"}
    deed = "search.add_word" if is_new else "search.change_word"
    record(actor=actor, deed=deed, on=word, title=word.said, changes=shown)
    new_version(uuid.uuid4())
    return word


@transaction.atomic
def remove_own_word(*, actor: Actor, word: OwnWord) -> None:
    """Forget an own word; the audit keeps what it meant, so that it can be put back."""
    actor.must(Right.EDIT_REGISTERS)
    kept = {"said": [word.said, ""], "means": [word.means, []], "note": [word.note, ""]}
    record(actor=actor, deed="search.remove_word", on=word, title=word.said, changes=kept)
    word.delete()
    new_version(uuid.uuid4())


def cleaned_word(said: str, means: Sequence[str], note: str) -> dict[str, object]:
    """What is stored of it; ValidationError by field when nothing useful is."""
    said = " ".join(said.split())
    meant = list(dict.fromkeys(" ".join(one.split()) for one in means if fold(one)))
    problems = {"said": _problem_of_word(said), "means": _problem_of_meaning(said, meant)}
    if found := {field: told for field, told in problems.items() if told}:
        raise ValidationError(found)
    return {"said": said, "folded": fold(said), "means": meant, "note": note.strip()}


def _problem_of_word(said: str) -> str:
    if not fold(said):
        return _("Please enter the word that people say.")
    return _("Please take a shorter word, at most 80 signs.") if len(said) > LONGEST_MEANING else ""


def _problem_of_meaning(said: str, meant: Sequence[str]) -> str:
    if not [one for one in meant if fold(one) != fold(said)]:
        return _("Please say in other words what it means.")
    if len(meant) > MOST_MEANINGS:
        return _("Please enter at most twelve meanings.")
    too_long = any(len(one) > LONGEST_MEANING for one in meant)
    return _("Please keep each meaning below 80 signs.") if too_long else ""


def _refuse_second(word: OwnWord, folded: object) -> None:
    others = OwnWord.objects.exclude(pk=word.pk)
    if others.filter(folded=folded).exists():
        raise ValidationError({"said": _("This word is in the list already.")})
    if word._state.adding and others.count() >= MOST_WORDS:
        raise ValidationError(
            {"said": _("There are very many own words. Please remove one that nobody needs.")}
        )
