"""Who may write to which organisation."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.registers.partners.queries import represented_by


def must_keep(actor: Actor, organisation: Organisation) -> None:
    """PermissionDenied unless this actor keeps the entries of the organisation."""
    if not keeps(actor, organisation):
        raise PermissionDenied(Right.EDIT_REGISTERS)


def keeps(actor: Actor, organisation: Organisation) -> bool:
    """Those who keep the register keep all, a provider what is theirs."""
    if actor.may(Right.EDIT_REGISTERS):
        return True
    return actor.may(Right.EDIT_OWN_ENTRIES) and organisation.pk in represented_by(actor)
