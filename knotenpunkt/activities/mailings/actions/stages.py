"""What all deeds on a circular share: holding it while they decide, and its next stage."""

from __future__ import annotations

from knotenpunkt.activities.mailings.models import Circular, Stage
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.actions import record


def locked(circular: Circular) -> Circular:
    """As it is now, and stays until the end of the transaction. Circular.DoesNotExist."""
    rows = Circular.objects.select_for_update(of=("self",))
    found: Circular = rows.select_related("audience", "mailing", "follows").get(pk=circular.pk)
    return found


def put(actor: Actor, circular: Circular, stage: Stage, deed: str, *also: str) -> Circular:
    """It stands there now, on record; `also` are further columns that have changed."""
    circular.stage = stage
    circular.save(update_fields=["stage", "changed_at", *also])
    record(actor=actor, deed=deed, on=circular, title=circular.title)
    return circular
