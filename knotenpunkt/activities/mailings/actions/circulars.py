"""Writing circulars, and throwing drafts away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from knotenpunkt.activities.mailings.actions.stages import locked
from knotenpunkt.activities.mailings.merging import (
    known_places,
    problem_with,
    problem_with_links,
    tidied,
)
from knotenpunkt.activities.mailings.models import RELEASE, Audience, Circular, Stage
from knotenpunkt.activities.mailings.rules.circulars import fingerprint, may_be_changed
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store
from knotenpunkt.tools.jobs.actions import NotNow
from knotenpunkt.tools.mail.models import MailKind

# What the audit names by a word of its own instead of repeating it.
LONG = ("text", "shared_values", "own_values")
WRITTEN = ("subject", "text", "changed_at")


@dataclass(frozen=True, slots=True)
class CircularDraft:
    """What a circular says, to whom, and by which ways. `title` is what the desk calls it.

    `shared_values` fill places of their own, the same for all; `own_values` those of one contact,
    by its id.
    """

    title: str
    kind: MailKind = MailKind.INVITATION
    subject: str = ""
    text: str = ""
    audience: Audience | None = None
    by_mail: bool = True
    by_letter: bool = True
    send_at: datetime | None = None
    about: UUID | None = None
    occasion: str = ""
    follows: Circular | None = None
    shared_values: Mapping[str, str] = field(default_factory=dict)
    own_values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@transaction.atomic
def write_circular(
    *, actor: Actor, draft: CircularDraft, circular: Circular | None = None
) -> Circular:
    """Write a new circular, or another text of one that has not been planned or sent.

    A change ends a release and a question for it. ValidationError by field for places that nothing
    fills, and for links of a new text that lead nowhere; NotNow for one on its way.
    """
    actor.must(Right.WRITE_TO_MANY)
    found = _held(circular) if circular else Circular()
    before = fingerprint(found) if circular else ""
    changes = assign(found, _values(draft))
    _settle_places(found, is_new_text="text" in changes)
    if before and fingerprint(found) == before:
        return _kept(actor, found, changes)
    _end_release(actor, found)
    store(found, changes or {"stage": []}, "author", "stage", *RELEASE, *WRITTEN)
    deed = "mailings.change" if circular else "mailings.write"
    record(actor=actor, deed=deed, on=found, title=found.title, changes=_told(changes))
    return found


def _values(draft: CircularDraft) -> dict[str, Any]:
    values = {name: getattr(draft, name) for name in draft.__slots__}
    values["title"] = " ".join(draft.title.split())
    values["subject"] = " ".join(draft.subject.split())
    values["shared_values"] = dict(draft.shared_values)
    values["own_values"] = {str(key): dict(own) for key, own in draft.own_values.items()}
    return values


def _settle_places(circular: Circular, *, is_new_text: bool) -> None:
    """Places as they are written in texts; ValidationError by field where none fits."""
    known = known_places(circular)
    problems = {}
    for name in ("subject", "text"):
        setattr(circular, name, tidied(getattr(circular, name), known).strip())
        if problem := problem_with(getattr(circular, name), known):
            problems[name] = problem
    if is_new_text and (problem := problem_with_links(circular.text)):
        problems.setdefault("text", problem)
    if not circular.title:
        problems["title"] = _("Please give it a name.")
    if problems:
        raise ValidationError(problems)


def _kept(actor: Actor, circular: Circular, changes: dict[str, Any]) -> Circular:
    """Nothing that a recipient notices has changed, such as its name at the desk."""
    store(circular, changes, *WRITTEN)
    if changes:
        record(
            actor=actor, deed="mailings.change", on=circular, title=circular.title,
            changes=_told(changes),
        )  # fmt: skip
    return circular


def _end_release(actor: Actor, circular: Circular) -> None:
    circular.author_id = actor.user_id
    circular.stage = Stage.DRAFT
    circular.released_by = circular.released_at = None
    circular.released_print = ""


def _told(changes: dict[str, Any]) -> dict[str, Any]:
    """Texts and personal values are not copied into the audit, only that they changed."""
    short = {name: pair for name, pair in changes.items() if name not in LONG}
    return short | {name: ["", "…"] for name in LONG if name in changes}


@transaction.atomic
def discard(*, actor: Actor, circular: Circular) -> None:
    """Throw a draft away. NotNow once it is planned or somebody was written to."""
    actor.must(Right.WRITE_TO_MANY)
    found = _held(circular)
    record(actor=actor, deed="mailings.discard", on=found, title=found.title)
    found.delete()


def _held(circular: Circular) -> Circular:
    found = locked(circular)
    if not may_be_changed(found):
        raise NotNow
    return found
