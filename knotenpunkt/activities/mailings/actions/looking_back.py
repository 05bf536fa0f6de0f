"""What was posted before the program knew of it, such as the past of a demo."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from knotenpunkt.activities.mailings.actions.printing import mark_posted
from knotenpunkt.activities.mailings.models import Circular, Print
from knotenpunkt.activities.mailings.queries.printing import letters
from knotenpunkt.foundation.accounts.actors import Actor


@transaction.atomic
def were_posted(*, actor: Actor, circular: Circular, on: date) -> int:
    """All its letters were printed and posted on that day; how many. Their file is gone."""
    keys = [str(pk) for pk in letters(actor, circular).order_by("pk").values_list("pk", flat=True)]
    if not keys:
        return 0
    made = Print(circular=circular, count=len(keys), recipients=keys)
    made.save(force_insert=True)
    return mark_posted(actor=actor, made=made, on=on)
