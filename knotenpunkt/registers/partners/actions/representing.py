"""Which organisations a provider keeps."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.registers.partners.models import Organisation, Representative


@transaction.atomic
def represent(*, actor: Actor, user: User, organisations: Sequence[Organisation]) -> None:
    """Let a provider keep the entries of exactly these organisations (none: no longer any)."""
    actor.must(Right.INVITE_PEOPLE)
    wanted = {one.pk: one for one in organisations}
    kept = Representative.objects.select_related("organisation").filter(user=user)
    for former in kept:
        if former.organisation_id not in wanted:
            _on_record(actor, "partners.stop_representing", former.organisation, user)
            former.delete()
    for one in wanted.values():
        _row, is_new = Representative.objects.get_or_create(user=user, organisation=one)
        if is_new:
            _on_record(actor, "partners.represent", one, user)


def _on_record(actor: Actor, deed: str, organisation: Organisation, user: User) -> None:
    record(actor=actor, deed=deed, on=organisation, title=f"{organisation.name}: {user.name}")
