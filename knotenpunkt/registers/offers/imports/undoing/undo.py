"""Taking an import of offers back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers import findable
from knotenpunkt.registers.offers.imports.profiles import KIND
from knotenpunkt.registers.offers.imports.records import (
    CONTACT,
    OFFER,
    ORGANISATION,
    PLACE,
    SHELF,
)
from knotenpunkt.registers.offers.imports.undoing.actions import (
    put_back,
    remove_offer,
    remove_unneeded,
)
from knotenpunkt.registers.offers.imports.undoing.plan import used_elsewhere
from knotenpunkt.registers.partners.models import Level
from knotenpunkt.tools.imports import undoing
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.orders import Confirm, Progress, silent, undisputed


def undo_import(
    *,
    actor: Actor,
    network: Network,
    run_id: UUID,
    progress: Progress = silent,
    confirm: Confirm = undisputed,
) -> Run:
    """Take an import back. `TooLate` when that cannot be."""
    return undoing.undo_import(
        UNDO, actor=actor, network=network, run_id=run_id, progress=progress, confirm=confirm
    )


def _is_body(record: Any) -> bool:
    """A facility hangs on its body: the body goes last."""
    return bool(getattr(record, "level", "") == Level.BODY)


UNDO = undoing.Undo(
    kind=KIND,
    shelf=SHELF,
    rights=(Right.PUBLISH,),
    after=(CONTACT, ORGANISATION, PLACE),
    linked=(OFFER, ORGANISATION),
    used_elsewhere=used_elsewhere,
    put_back=lambda actor, kind, found, values: put_back(
        actor=actor, kind=kind, found=found, values=values
    ),
    remove=lambda actor, offer: remove_offer(actor=actor, offer=offer),
    remove_unneeded=lambda actor, found: remove_unneeded(actor=actor, found=found),
    last=_is_body,
    around=findable.at_the_end,
)
