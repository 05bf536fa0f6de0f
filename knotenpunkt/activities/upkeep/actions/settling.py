"""How a network asks, how an organisation is asked, and the counters of each month."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import transaction
from django.utils import timezone

from knotenpunkt.activities.upkeep.models import Rhythm, Standing
from knotenpunkt.activities.upkeep.queries.states import by_region, counts, rhythm, stands
from knotenpunkt.activities.upkeep.rules import State
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, changed, record, store
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.actions import save_organisation
from knotenpunkt.registers.partners.models import Organisation

OF_NETWORK = ("confirm_months", "approves_changes")


@transaction.atomic
def save_rhythm(*, actor: Actor, network: Network, **values: Any) -> Rhythm:
    """Decide when partners are asked, reminded and called, and whether their changes wait."""
    actor.must(Right.CHANGE_NETWORK)
    own = {name: values.pop(name) for name in OF_NETWORK if name in values}
    pace = rhythm()
    changes = assign(pace, values)
    if changes or pace._state.adding:
        store(pace, changes)
        record(actor=actor, deed="upkeep.rhythm", on=pace, title="", changes=changes)
    before = {name: getattr(network, name) for name in own}
    told = {name: [before[name], value] for name, value in own.items() if before[name] != value}
    for name, value in own.items():
        setattr(network, name, value)
    if told:
        network.full_clean()
        network.save(update_fields=list(told))
        record(actor=actor, deed="networks.change", on=network, title=network.name, changes=told)
    return pace


def save_rule(
    *, actor: Actor, organisation: Organisation, confirm_months: int | None,
    approves_changes: bool | None,
) -> Organisation:  # fmt: skip
    """How often this one is asked, and whether its changes wait; None: as the network does."""
    actor.must(Right.EDIT_REGISTERS)
    values = {"confirm_months": confirm_months, "approves_changes": approves_changes}
    if not changed(organisation, values):
        return organisation
    return save_organisation(actor=actor, organisation=organisation, **values)


@transaction.atomic
def keep_standings() -> None:
    """Count where everything stands and write it down for this month, also by region."""
    found = stands()
    _keep(None, counts(found))
    for row in by_region(found):
        if row.region is not None:
            _keep(row.region, row.counts)


def _keep(region: Region | None, told: Counter[State]) -> None:
    month = timezone.localdate().replace(day=1)
    row = Standing.objects.filter(month=month, region=region).first()
    row = row or Standing(month=month, region=region)
    row.confirmed, row.due = told[State.CONFIRMED], told[State.DUE]
    row.asked, row.silent = told[State.ASKED] + told[State.REMINDED], told[State.SILENT]
    row.save()
