"""What an import leaves behind it, so that it can be taken back."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.offers.imports.records import KINDS, OFFER, Values, state_of, states
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.tools.imports.report import Outcome
from knotenpunkt.tools.imports.steps import StepBook


class Trail:
    """Told before a record is changed and after one was created; `flush` ends each batch."""

    def __init__(self, steps: StepBook) -> None:
        self.steps = steps
        self._created: dict[tuple[str, UUID], None] = {}
        self._before: dict[tuple[str, UUID], Values] = {}
        self._earlier = steps.earlier(OFFER)

    def created(self, record: NetworkModel) -> None:
        """This record is new."""
        if self.steps.keeps:
            self._created[_name(record)] = None

    def changing(self, record: NetworkModel) -> None:
        """This record is about to be changed."""
        name = _name(record)
        if self.steps.keeps and name not in self._created and name not in self._before:
            self._before[name] = state_of(record)

    def withdrawing(self, offer: Offer) -> None:
        """This offer is about to be withdrawn, and may take with it whom it stood for."""
        contacts = [link.contact for link in offer.contact_links.all()]
        for record in (offer, *offer.provider.lineage, *contacts):
            self.changing(record)

    def earlier_outcome(self, offer: Offer) -> Outcome:
        """What an attempt before this one did to a row that is unchanged by now."""
        created, changed = self._earlier
        if offer.pk in created:
            return Outcome.CREATED
        return Outcome.UPDATED if offer.pk in changed else Outcome.UNCHANGED

    def flush(self) -> None:
        """Write the steps of this batch, with how its records stand now."""
        if not self.steps.keeps:
            return
        now = self._now()
        for kind, pk in self._created:
            if pk in now[kind]:
                self.steps.created(kind, pk, now[kind][pk])
        for (kind, pk), before in self._before.items():
            if pk in now[kind] and (kind == OFFER or before != now[kind][pk]):
                self.steps.changed(kind, pk, before, now[kind][pk])
        self.steps.flush()
        self._created, self._before = {}, {}

    def _now(self) -> dict[str, dict[UUID, Values]]:
        touched = [*self._created, *self._before]
        return {
            kind: states(kind, [pk for one, pk in touched if one == kind])
            for kind in KINDS.values()
        }


def _name(record: NetworkModel) -> tuple[str, UUID]:
    return KINDS[type(record)], record.pk
