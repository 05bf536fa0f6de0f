"""Records that no row of a file told of any more."""

from __future__ import annotations

from collections.abc import Sequence

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.offers.actions import withdraw_offer
from knotenpunkt.registers.offers.imports.drafts.rows import external_id
from knotenpunkt.registers.offers.imports.plans import Plan
from knotenpunkt.registers.offers.imports.writing import Writer
from knotenpunkt.registers.offers.models import Offer, Status
from knotenpunkt.tools.imports.models import Link
from knotenpunkt.tools.imports.report import Outcome, RowReport

Gone = tuple[Link, Offer]


def vanished(plan: Plan, writer: Writer) -> list[Gone]:
    """What the source brought before and does not bring any more, unless it is withdrawn."""
    there = _ids(plan)
    gone = [
        link
        for link in writer.links.all
        if link.pk not in writer.links.seen and link.external_id not in there
    ]
    told = [(link, writer.offers.get(link.object_id)) for link in gone]
    return [
        (link, offer)
        for link, offer in told
        if offer is not None and offer.status != Status.WITHDRAWN
    ]


def _ids(plan: Plan) -> set[str]:
    """A row without a title is still there: its record has not vanished."""
    ids = {external_id(row, sheet) for table, sheet in plan.sheets for row in table.rows}
    return ids - {""}


def tell(gone: Sequence[Gone]) -> list[RowReport]:
    """They stay as they are, and are reported."""
    return [RowReport(0, "", offer.title, Outcome.VANISHED) for _link, offer in gone]


def _touched(offer: Offer) -> list[NetworkModel]:
    """A withdrawn offer may take with it whom it stood for."""
    contacts = [link.contact for link in offer.contact_links.all()]
    return [offer, *offer.provider.lineage, *contacts]


def withdraw(gone: Sequence[Gone], *, actor: Actor, writer: Writer) -> list[RowReport]:
    """They are taken out of the finder, and come back with their row."""
    for link, offer in gone:
        for record in _touched(offer):
            writer.trail.changing(record)
        withdraw_offer(actor=actor, offer=offer)
        link.values = {**link.values, "status": Status.WITHDRAWN.value}
        writer.links.change(link)
    return [RowReport(0, "", offer.title, Outcome.WITHDRAWN) for _link, offer in gone]
