"""Erasing somebody at the desk: the records now, the freed bytes of the files right after."""

from __future__ import annotations

from django.db import transaction

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.personal_data import Person
from knotenpunkt.foundation.privacy import actions
from knotenpunkt.foundation.privacy.actions import Erased
from knotenpunkt.foundation.privacy.compacting import rewrites_beside_work
from knotenpunkt.tools.jobs.actions import enqueue


@transaction.atomic
def erase_person(*, actor: Actor, person: Person) -> Erased:
    """Take a person out of everything in the network at hand, and out of its files."""
    done = actions.erase(actor=actor, person=person)
    if rewrites_beside_work():
        enqueue(actor=actor, work="privacy.compact", arguments={}, title="", key="privacy.compact")
    return done
