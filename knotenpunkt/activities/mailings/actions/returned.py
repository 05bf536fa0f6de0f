"""Mails that came back: the same text goes by letter to whoever can be reached so."""

from __future__ import annotations

from django.db import transaction

from knotenpunkt.activities.mailings.actions.stages import locked
from knotenpunkt.activities.mailings.models import Circular, Way
from knotenpunkt.activities.mailings.queries.returned import came_back
from knotenpunkt.activities.mailings.rules.circulars import OVER
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.tools.jobs.actions import NotNow


@transaction.atomic
def write_by_letter(*, actor: Actor, circular: Circular) -> int:
    """Whose mail came back gets a letter, which waits to be printed; how many.

    NotNow while mails are on their way, and where nobody is left, as after a double click.
    """
    actor.must(Right.WRITE_TO_MANY)
    found = locked(circular)
    rows = came_back(actor, found).reachable
    if found.stage not in OVER or not rows:
        raise NotNow
    for row in rows:
        row.way = Way.LETTER
        row.save(update_fields=["way"])
    told = {"letters": [None, len(rows)]}
    deed = "mailings.write_by_letter"
    record(actor=actor, deed=deed, on=found, title=found.title, changes=told)
    return len(rows)
