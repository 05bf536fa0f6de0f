"""Changing how the network writes to many."""

from __future__ import annotations

from django.db import transaction

from knotenpunkt.activities.mailings.models import MailingSettings
from knotenpunkt.activities.mailings.queries.settings import mailing_settings
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store


@transaction.atomic
def save_settings(
    *, actor: Actor, four_eyes: bool, newsletter_needs_consent: bool, return_line: str
) -> MailingSettings:
    """Change them. ValidationError by field."""
    actor.must(Right.CHANGE_NETWORK)
    found = mailing_settings()
    values = {
        "four_eyes": four_eyes, "newsletter_needs_consent": newsletter_needs_consent,
        "return_line": " ".join(return_line.split()),
    }  # fmt: skip
    changes = assign(found, values)
    store(found, changes)
    record(actor=actor, deed="mailings.save_settings", on=found, title=str(found), changes=changes)
    return found
