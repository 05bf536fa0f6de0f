"""Writes to audiences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from knotenpunkt.activities.mailings.models import Audience
from knotenpunkt.activities.mailings.queries.audiences import ADD, ONLY, WITHOUT, is_used
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import Changes, assign, record, store, without_values

MOST_PARTS = 20


@transaction.atomic
def save_audience(
    *,
    actor: Actor,
    name: str,
    parts: Sequence[Mapping[str, Any]],
    one_each: bool = True,
    audience: Audience | None = None,
) -> Audience:
    """Keep an audience, or change one.

    ValidationError when the name is missing or taken, or the parts are not what they should be.
    """
    actor.must(Right.WRITE_TO_MANY)
    target = audience or Audience()
    _refuse_taken(target, name.strip())
    values = {"name": name.strip(), "parts": _plain(parts), "one_each": one_each}
    changes = assign(target, values)
    _store(target, changes)
    if changes:
        deed = "mailings.change_audience" if audience else "mailings.create_audience"
        told = without_values(changes, ["parts"])  # filters, which nobody could read there
        record(actor=actor, deed=deed, on=target, title=target.name, changes=told)
    return target


def _plain(parts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Only what a part consists of; words without a value say nothing."""
    if not parts:
        raise ValidationError(_("Please say who belongs to the audience."))
    if len(parts) > MOST_PARTS or any(one.get("how") not in (ADD, ONLY, WITHOUT) for one in parts):
        raise ValidationError(_("These parts of an audience cannot be kept."))
    return [
        {"how": one["how"], "words": {str(k): str(v) for k, v in one.get("words", {}).items() if v}}
        for one in parts
    ]


def _refuse_taken(target: Audience, name: str) -> None:
    if Audience.objects.filter(name=name).exclude(pk=target.pk).exists():
        raise _taken()


def _store(target: Audience, changes: Changes) -> None:
    try:
        with transaction.atomic():
            store(target, changes)
    except IntegrityError as problem:  # the button was pressed twice
        raise _taken() from problem


def _taken() -> ValidationError:
    return ValidationError({"name": _("There is one of this name already.")})


@transaction.atomic
def copy_audience(*, actor: Actor, audience: Audience) -> Audience:
    """The same parts under a name of its own, to change from there."""
    names = set(Audience.objects.values_list("name", flat=True))
    begun = _("%(name)s (copy)") % {"name": audience.name[:100]}
    free = (begun if n == 1 else f"{begun} {n}" for n in range(1, len(names) + 2))
    return save_audience(
        actor=actor,
        name=next(one for one in free if one not in names),
        parts=audience.parts,
        one_each=audience.one_each,
    )


@transaction.atomic
def delete_audience(*, actor: Actor, audience: Audience) -> None:
    """Forget an audience. ValidationError when something is, or was, written to it."""
    actor.must(Right.WRITE_TO_MANY)
    if is_used(audience):
        raise ValidationError(_("Something is, or was, written to this audience, so it stays."))
    record(actor=actor, deed="mailings.delete_audience", on=audience, title=audience.name)
    audience.delete()
