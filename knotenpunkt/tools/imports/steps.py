"""What a run created and changed, collected while it writes, so that it can be taken back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from knotenpunkt.tools.imports.actions.steps import save_steps
from knotenpunkt.tools.imports.models import Run, Step
from knotenpunkt.tools.imports.queries import last_position, steps_of
from knotenpunkt.tools.imports.sealed import opened_values, sealed_values

CREATED = "created"
WHOLE = "*"
Values = Mapping[str, Any]


def fingerprint(value: Any) -> str:
    """Enough to see whether a value is still the same, and nothing of what it says."""
    text = json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Told:
    """What a run did to one record. Those that it created in one batch share a step."""

    kind: str
    object_id: UUID
    created: bool
    before: Values
    after: Values
    erased: bool


def told(steps: Iterable[Step]) -> Iterator[Told]:
    """What each step tells, in order. What a person's key sealed is gone with the key."""
    known = list(steps)
    opened = opened_values([step.before for step in known])
    for step, before in zip(known, opened, strict=True):
        if not step.created:
            erased = step.erased or before is None
            after = {} if erased else step.after
            yield Told(step.kind, step.object_id, False, before or {}, after, erased)
            continue
        for kind, prints in step.after.items():
            for pk, seen in prints.items():
                yield Told(kind, UUID(pk), True, {}, {WHOLE: seen}, False)


class StepBook:
    """The steps of one run. A dry run keeps none."""

    def __init__(self, run: Run, *, keeps: bool = True) -> None:
        self.run, self.keeps = run, keeps
        self._position = last_position(run) if keeps else 0
        self._waiting: list[Step] = []
        self._sealed_for: list[tuple[UUID, Step]] = []
        self._created: dict[str, dict[str, str]] = {}

    def created(self, kind: str, object_id: UUID, state: Values) -> None:
        """A record that was not there before."""
        self._created.setdefault(kind, {})[str(object_id)] = fingerprint(state)

    def changed(
        self,
        kind: str,
        object_id: UUID,
        before: Values,
        after: Values,
        *,
        person: UUID | None = None,
    ) -> None:
        """A record that was otherwise: the fields that differ are kept, sealed for `person`."""
        fields = [name for name, value in after.items() if before.get(name) != value]
        self._add(
            Step(
                kind=kind,
                object_id=object_id,
                before={name: before.get(name) for name in fields},
                after={name: fingerprint(after[name]) for name in fields},
            ),
            person,
        )

    def _add(self, step: Step, person: UUID | None = None) -> None:
        self._position += 1
        step.run, step.position = self.run, self._position
        self._waiting.append(step)
        if person is not None:
            self._sealed_for.append((person, step))

    def flush(self) -> None:
        """Write them, in the transaction of what they are about."""
        if self._created:
            step = Step(kind=CREATED, object_id=self.run.pk, created=True, after=self._created)
            self._add(step)
        sealed = sealed_values([(person, step.before) for person, step in self._sealed_for])
        for (_person, step), before in zip(self._sealed_for, sealed, strict=True):
            step.before = before
        save_steps(self._waiting)
        self._waiting, self._sealed_for, self._created = [], [], {}

    def earlier(self, kind: str) -> tuple[frozenset[UUID], frozenset[UUID]]:
        """What an attempt before this one created and changed: it was cut off then."""
        if not self.keeps:
            return frozenset(), frozenset()
        past = [one for one in told(steps_of(self.run)) if one.kind == kind]
        created = frozenset(one.object_id for one in past if one.created)
        return created, frozenset(one.object_id for one in past) - created
