"""What taking an import back would do: nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from knotenpunkt.tools.imports.shelf import Shelf, Values
from knotenpunkt.tools.imports.steps import WHOLE, Told, fingerprint

UsedElsewhere = Callable[[Iterable[UUID]], frozenset[UUID]]


@dataclass(slots=True)
class Fate:
    """What becomes of one record.

    `restore` are the fields that get their former values, `stays` those that somebody changed
    since. A record that the run created `goes`, unless it was changed since. `ended`: a person in
    it was erased, and with that nothing of it can be put back.
    """

    kind: str
    object_id: UUID
    record: Any
    created: bool = False
    goes: bool = False
    ended: bool = False
    restore: Values = field(default_factory=dict)
    stays: list[str] = field(default_factory=list)

    @property
    def is_kept(self) -> bool:
        """Whether somebody's hand, or an erasure, keeps something of it as it is."""
        return bool(self.stays) or self.ended or (self.created and not self.goes)

    @property
    def title(self) -> str:
        """What it is called. A contact is called like its organisation, whoever that is."""
        return str(getattr(self.record, "organisation", None) or self.record)


def fates(steps: Iterable[Told], shelf: Shelf) -> list[Fate]:
    """The fate of each record that these steps are about and that is still there."""
    grouped: dict[tuple[str, UUID], list[Told]] = {}
    for step in steps:
        if step.kind in shelf.kinds.values():
            grouped.setdefault((step.kind, step.object_id), []).append(step)
    found = {
        kind: shelf.records(kind, [pk for one, pk in grouped if one == kind])
        for kind in shelf.kinds.values()
    }
    return [
        _fate(kind, pk, group, found[kind][pk], shelf)
        for (kind, pk), group in grouped.items()
        if pk in found[kind]
    ]


def _fate(kind: str, pk: UUID, steps: list[Told], record: Any, shelf: Shelf) -> Fate:
    """Go back step by step from how it is now, and see how far that leads."""
    fate = Fate(kind, pk, record, ended=any(step.erased for step in steps))
    state = shelf.state_of(record)
    if not fate.ended:
        for step in reversed(steps):
            _back(fate, step, state)
    return fate


def _back(fate: Fate, step: Told, state: Values) -> None:
    if step.created:
        fate.created = True
        fate.goes = not fate.stays and fingerprint(state) == step.after.get(WHOLE)
        return
    for name, after in step.after.items():
        before = step.before.get(name)
        if fingerprint(state.get(name)) == after:
            state[name] = fate.restore[name] = before
        elif state.get(name) != before and name not in fate.stays:
            fate.stays.append(name)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The preview: titles of the records that would go, of those that get their former values, and
    of those that somebody changed since and that stay."""

    go: Sequence[str]
    restored: Sequence[str]
    stay: Sequence[str]
    others_go: int


def foresee(found: Sequence[Fate], shelf: Shelf, used: UsedElsewhere) -> Foreseen:
    """What taking an import back would do; `used` says what is needed elsewhere."""
    going = [fate for fate in found if fate.kind == shelf.main and fate.goes]
    needed = used(fate.object_id for fate in going)
    kept = [
        fate for fate in found if _tells(fate, shelf) and (fate.is_kept or fate.object_id in needed)
    ]
    return Foreseen(
        go=sorted(fate.title for fate in going if fate.object_id not in needed),
        restored=sorted({fate.title for fate in found if fate.restore and not fate.created}),
        stay=sorted({fate.title for fate in kept}),
        others_go=sum(fate.goes for fate in found if fate.kind != shelf.main),
    )


def _tells(fate: Fate, shelf: Shelf) -> bool:
    """Places and contacts that were created stay as long as somebody needs them: no news."""
    return fate.kind == shelf.main or not fate.created
