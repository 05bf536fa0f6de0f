"""What else a deed on many partners needs: a tag, a region, a kind, a profession."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.areas.queries import regions
from knotenpunkt.registers.partners.bulk.kinds import (
    ADD_REGION,
    ADD_TAG,
    REMOVE_REGION,
    REMOVE_TAG,
    SET_KIND,
    SET_PROFESSION,
)
from knotenpunkt.registers.partners.queries import professions, tags
from knotenpunkt.registers.partners.wording import kind_options

NAME = "womit"


class ArgumentForm(forms.Form):
    """One field, whatever it asks for."""

    def __init__(self, asked: forms.Field, given: Mapping[str, str]) -> None:
        super().__init__({NAME: given[NAME]} if NAME in given else None, auto_id="womit-%s")
        self.fields[NAME] = asked


def argument_form(actor: Actor, kind: str, given: Mapping[str, str]) -> ArgumentForm | None:
    """The form that this deed asks with; None where it needs nothing."""
    if kind == ADD_TAG:
        return ArgumentForm(_tag_field(), given)
    options = _options(actor, kind)
    return None if options is None else ArgumentForm(_choice(kind, options), given)


def _options(actor: Actor, kind: str) -> list[tuple[str, Any]] | None:
    if kind == REMOVE_TAG:
        return [(one.name, one.name) for one in tags()]
    if kind in (ADD_REGION, REMOVE_REGION):
        return [(str(one.pk), one.name) for one in regions(actor)]
    if kind == SET_KIND:
        return kind_options()
    if kind == SET_PROFESSION:
        return [(str(one.pk), one.name) for one in professions()]
    return None


def _choice(kind: str, options: list[tuple[str, Any]]) -> forms.ChoiceField:
    labels = {
        REMOVE_TAG: _("Tag"),
        ADD_REGION: _("Region"),
        REMOVE_REGION: _("Region"),
        SET_KIND: _("Kind of partner"),
        SET_PROFESSION: _("Professional group"),
    }
    return forms.ChoiceField(
        label=labels[kind],
        choices=[("", _("Please choose")), *options],
        error_messages={"required": _("Please choose one.")},
    )


def _tag_field() -> forms.CharField:
    known = ", ".join(one.name for one in tags()[:12])
    return forms.CharField(
        label=_("Tag"),
        max_length=80,
        help_text=_("Known already: %(tags)s. A new word becomes a new tag.") % {"tags": known}
        if known
        else _("A new word becomes a new tag."),
        error_messages={"required": _("Please write a tag.")},
    )
