"""Ending the personal link of a contact, because somebody else may have it."""

from __future__ import annotations

from django.db import transaction

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.partners.actions.contacts import put_on_record
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.tools.links.actions import revoke


@transaction.atomic
def end_link(*, actor: Actor, contact: Contact) -> bool:
    """What was sent so far opens nothing any more; whether there was a link."""
    was_there = revoke(actor=actor, holder=contact.pk)
    if was_there:
        put_on_record(actor, "partners.end_link", contact, {})
    return was_there
