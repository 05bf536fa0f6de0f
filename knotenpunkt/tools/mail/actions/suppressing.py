"""Who gets no mail any more, and who does again."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor, System
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.tools.mail.models import REASON_LENGTH, Cause, Suppression
from knotenpunkt.tools.mail.queries import suppressions_of
from knotenpunkt.tools.mail.sealed import address_key, seal_address

RETURNED = System("mail came back")
UNSUBSCRIBED = System("unsubscribed")


def keep_from(address: str, *, reason: str) -> None:
    """Mail to this address came back for good: nothing goes there until somebody says so."""
    _keep(address, Cause.RETURNED, reason, RETURNED)


def unsubscribe(address: str) -> None:
    """The recipient wants no newsletters and invitations. A second time nothing changes."""
    _keep(address, Cause.UNSUBSCRIBED, "", UNSUBSCRIBED)


@transaction.atomic
def _keep(address: str, cause: Cause, reason: str, actor: Actor) -> None:
    if not address or suppressions_of(address).filter(cause=cause).exists():
        return
    row = Suppression(cause=cause, reason=reason[:REASON_LENGTH])
    seal_address(row, address)
    _kept, is_new = Suppression.objects.get_or_create(
        address_key=address_key(address),
        cause=cause,
        defaults={"id": row.pk, "address": row.address, "reason": row.reason},
    )
    if is_new:
        record(actor=actor, deed="mail.suppress", on=row, title=str(Cause(cause).label))


@transaction.atomic
def take_off(*, actor: Actor, suppression_id: UUID) -> None:
    """This address gets mail again. Suppression.DoesNotExist."""
    actor.must(Right.SEE_JOBS)
    row = Suppression.objects.select_for_update().get(pk=suppression_id)
    record(actor=actor, deed="mail.take_off", on=row, title=_("An address gets mail again"))
    row.delete()
