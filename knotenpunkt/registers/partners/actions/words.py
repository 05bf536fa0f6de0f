"""Writes to the words by which a network sorts its partners: tags, own kinds, professions."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store
from knotenpunkt.registers.partners.models import Profession, SubKind, Tag

Word = TypeVar("Word", Tag, SubKind, Profession)


@transaction.atomic
def save_tag(*, actor: Actor, tag: Tag | None = None, name: str) -> Tag:
    """Add a tag, or rename one everywhere. ValidationError when there is one of that name."""
    return _save(actor, tag, Tag(), {"name": name}, "tag")


@transaction.atomic
def save_sub_kind(
    *, actor: Actor, sub_kind: SubKind | None = None, kind: str, name: str
) -> SubKind:
    """Add an own kind, or change one. ValidationError when there is one of that name."""
    return _save(actor, sub_kind, SubKind(), {"kind": kind, "name": name}, "sub_kind")


def _save(actor: Actor, word: Word | None, new: Word, values: dict[str, str], noun: str) -> Word:
    actor.must(Right.EDIT_REGISTERS)
    target = word or new
    same = type(target).objects.filter(**values).exclude(pk=target.pk)
    if same.exists():
        raise ValidationError({"name": _("There is one of this name already.")})
    changes = assign(target, values)
    if changes:
        store(target, changes)
        deed = f"partners.change_{noun}" if word else f"partners.create_{noun}"
        record(actor=actor, deed=deed, on=target, title=values["name"], changes=changes)
    return target


@transaction.atomic
def remove_word(*, actor: Actor, word: Tag | SubKind | Profession) -> None:
    """Forget a word; partners that carried it stay, without it."""
    actor.must(Right.EDIT_REGISTERS)
    noun = {Tag: "tag", SubKind: "sub_kind", Profession: "profession"}[type(word)]
    record(actor=actor, deed=f"partners.remove_{noun}", on=word, title=word.name)
    word.delete()
