"""Four eyes: whoever wrote a circular asks, somebody else releases exactly what is written."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.mailings.actions.stages import locked, put
from knotenpunkt.activities.mailings.models import RELEASE, Circular, Stage
from knotenpunkt.activities.mailings.rules.circulars import (
    fingerprint,
    may_release,
    what_is_missing,
)
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.jobs.actions import NotNow


@transaction.atomic
def ask_release(*, actor: Actor, circular: Circular) -> Circular:
    """Ask a second person. ValidationError while something is missing; NotNow."""
    actor.must(Right.WRITE_TO_MANY)
    found = locked(circular)
    if found.stage != Stage.DRAFT:
        raise NotNow
    if missing := what_is_missing(found):
        raise ValidationError(missing)
    return put(actor, found, Stage.TO_RELEASE, "mailings.ask_release")


@transaction.atomic
def release(*, actor: Actor, circular: Circular) -> Circular:
    """Say yes to exactly what it says now. ValidationError for whoever wrote it last; NotNow."""
    actor.must(Right.WRITE_TO_MANY)
    found = locked(circular)
    if found.stage != Stage.TO_RELEASE:
        raise NotNow
    if not may_release(found, actor.user_id):
        raise ValidationError(_("You wrote this yourself: somebody else has to release it."))
    found.released_by_id = actor.user_id
    found.released_at = timezone.now()
    found.released_print = fingerprint(found)
    return put(actor, found, Stage.DRAFT, "mailings.release", *RELEASE)


@transaction.atomic
def give_back(*, actor: Actor, circular: Circular) -> Circular:
    """It is to be changed first, or the question is taken back. NotNow."""
    actor.must(Right.WRITE_TO_MANY)
    found = locked(circular)
    if found.stage != Stage.TO_RELEASE:
        raise NotNow
    return put(actor, found, Stage.DRAFT, "mailings.give_back")
