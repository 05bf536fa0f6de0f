"""Writing down what somebody said about being written to."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from knotenpunkt.activities.mailings.models import Consent
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record
from knotenpunkt.registers.partners.models import Contact


@transaction.atomic
def note_consent(*, actor: Actor, contact: Contact, is_given: bool, how: str) -> Consent:
    """A yes to newsletters, or a no to everything that goes to many; the latest word counts.

    ValidationError without what proves it: nobody could show it later.
    """
    actor.must(Right.WRITE_TO_MANY)
    if not how.strip():
        raise ValidationError({"how": _("Please write how we know this.")})
    row = Consent(contact=contact)
    values = {"is_given": is_given, "how": how.strip(), "by_label": actor.label[:200]}
    changes = assign(row, values)
    row.save(force_insert=True)
    told = {name: pair for name, pair in changes.items() if name != "by_label"}
    record(
        actor=actor,
        deed="mailings.note_consent",
        on=contact,
        title=", ".join(filter(None, (contact.name, contact.organisation.name))),
        changes=told,
        person=contact.person_id or contact.pk,
    )
    return row


@transaction.atomic
def forget_consents(rows: Collection[Consent]) -> int:
    """Delete what somebody said who is erased. Returns how many."""
    for one in rows:
        one.delete()
    return len(rows)


@transaction.atomic
def forget_noter(rows: Collection[Consent], label: str) -> int:
    """What was said stays; who wrote it down is `label` now. Returns how many."""
    for one in rows:
        one.by_label = label
        one.save(update_fields=["by_label"])
    return len(rows)
