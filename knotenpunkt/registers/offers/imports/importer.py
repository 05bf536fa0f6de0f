"""The import of a list of offers, from file to report."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.imports.fields import FIELD_KEYS, FIELDS, VOCABULARY
from knotenpunkt.registers.offers.imports.plans import Plan, make_plan
from knotenpunkt.registers.offers.imports.profiles import KIND
from knotenpunkt.registers.offers.imports.work import Work
from knotenpunkt.tools.imports.orders import ImportResult, Order
from knotenpunkt.tools.imports.readers.files import read_file
from knotenpunkt.tools.imports.rehearsal import rehearsal
from knotenpunkt.tools.imports.remembering import (
    chosen_profile,
    is_new,
    new_profile,
    unrecognised,
)
from knotenpunkt.tools.imports.report import Report
from knotenpunkt.tools.imports.tables import Reading


def import_offers(*, actor: Actor, network: Network, path: Path, **wishes: Any) -> ImportResult:
    """Import a file of offers into a network; `wishes` are those of `Order`.

    Raises `UnreadableFile` when the file or profile cannot be read.
    """
    reading = read_file(path, VOCABULARY.knows)
    return import_reading(
        actor=actor, network=network, reading=reading, path=path, order=Order(**wishes)
    )


def import_reading(
    *, actor: Actor, network: Network, reading: Reading, path: Path, order: Order
) -> ImportResult:
    """The same of a file that was read before; of its path only the name counts."""
    actor.must(Right.IMPORT)
    actor.must(Right.PUBLISH)
    with rehearsal(network) if order.dry_run else nullcontext():
        with in_network(network):
            plan = _plan(actor, reading, path, order)
        report = Report(notes=[*plan.notes, *unrecognised(plan.mappings)])
        Work(
            actor=actor,
            network=network,
            plan=plan,
            report=report,
            as_draft=order.draft,
            withdraw_missing=order.withdraw_missing,
            dry_run=order.dry_run,
            progress=order.progress,
            past=order.run,
            finished=order.finished,
            confirm=order.confirm,
        ).run()
    return ImportResult(
        report=report,
        mappings=plan.mappings,
        fields=FIELDS,
        form=reading.form,
        source=plan.source,
        profile=plan.profile.name,
        dry_run=order.dry_run,
        notes=tuple(plan.notes),
    )


def _plan(actor: Actor, reading: Reading, path: Path, order: Order) -> Plan:
    plan = make_plan(
        reading=reading,
        path=path,
        source=order.source,
        profile=chosen_profile(actor, KIND, FIELD_KEYS, order.profile),
        assigned=order.assigned,
    )
    if is_new(actor, KIND, order.profile):
        plan.notes += new_profile(
            plan.profile.name, plan.source, dry_run=order.dry_run, own_source=not order.source
        )
    return plan
