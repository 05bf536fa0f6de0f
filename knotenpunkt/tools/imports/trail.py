"""What an import leaves behind it, so that it can be taken back."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.tools.imports.report import Outcome
from knotenpunkt.tools.imports.shelf import Shelf, Values
from knotenpunkt.tools.imports.steps import StepBook


class Trail:
    """Told before a record is changed and after one was created; `flush` ends each batch."""

    def __init__(self, steps: StepBook, shelf: Shelf) -> None:
        self.steps, self.shelf = steps, shelf
        self._created: dict[tuple[str, UUID], None] = {}
        self._before: dict[tuple[str, UUID], Values] = {}
        self._about: dict[tuple[str, UUID], UUID | None] = {}
        self._earlier = steps.earlier(shelf.main)

    def created(self, record: NetworkModel) -> None:
        """This record is new."""
        if self.steps.keeps:
            self._created[self.shelf.name_of(record)] = None

    def changing(self, record: NetworkModel) -> None:
        """This record is about to be changed."""
        name = self.shelf.name_of(record)
        if self.steps.keeps and name not in self._created and name not in self._before:
            self._before[name] = self.shelf.state_of(record)
            self._about[name] = self.shelf.about(record)

    def earlier_outcome(self, record: NetworkModel) -> Outcome:
        """What an attempt before this one did to a row that is unchanged by now."""
        created, changed = self._earlier
        if record.pk in created:
            return Outcome.CREATED
        return Outcome.UPDATED if record.pk in changed else Outcome.UNCHANGED

    def flush(self) -> None:
        """Write the steps of this batch, with how its records stand now."""
        if not self.steps.keeps:
            return
        now = self._now()
        for kind, pk in self._created:
            if pk in now[kind]:
                self.steps.created(kind, pk, now[kind][pk])
        for (kind, pk), before in self._before.items():
            if pk in now[kind] and (kind == self.shelf.main or before != now[kind][pk]):
                about = self._about[kind, pk]
                self.steps.changed(kind, pk, before, now[kind][pk], person=about)
        self.steps.flush()
        self._created, self._before, self._about = {}, {}, {}

    def _now(self) -> dict[str, dict[UUID, Values]]:
        touched = [*self._created, *self._before]
        return {
            kind: self.shelf.states(kind, [pk for one, pk in touched if one == kind])
            for kind in self.shelf.kinds.values()
        }
