"""What taking an import back would do: nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from knotenpunkt.registers.offers.imports.records import KINDS, OFFER, Values, records, state_of
from knotenpunkt.registers.offers.models import (
    Offer,
    OfferAtPlace,
    OfferContact,
    OfferText,
    OfferTopic,
    Schedule,
)
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.queries import steps_of
from knotenpunkt.tools.imports.steps import WHOLE, Told, fingerprint, told

BROUGHT = {OfferTopic, OfferContact, OfferAtPlace, OfferText, Schedule}


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


def fates(steps: Iterable[Told]) -> list[Fate]:
    """The fate of each record that these steps are about and that is still there."""
    grouped: dict[tuple[str, UUID], list[Told]] = {}
    for step in steps:
        if step.kind in KINDS.values():
            grouped.setdefault((step.kind, step.object_id), []).append(step)
    found = _found(grouped)
    return [
        _fate(kind, pk, group, found[kind][pk])
        for (kind, pk), group in grouped.items()
        if pk in found[kind]
    ]


def _found(names: Iterable[tuple[str, UUID]]) -> dict[str, dict[UUID, Any]]:
    wanted = list(names)
    return {
        kind: records(kind, [pk for one, pk in wanted if one == kind]) for kind in KINDS.values()
    }


def _fate(kind: str, pk: UUID, steps: list[Told], record: Any) -> Fate:
    """Go back step by step from how it is now, and see how far that leads."""
    fate = Fate(kind, pk, record, ended=any(step.erased for step in steps))
    state = state_of(record)
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
    """The preview: titles of the offers that would go, of records that get their former values,
    and of those that somebody changed since and that stay. `used` are offers that are needed."""

    go: Sequence[str]
    restored: Sequence[str]
    stay: Sequence[str]
    others_go: int


def foresee(run: Run) -> Foreseen:
    """What taking this import back would do."""
    found = fates(told(steps_of(run)))
    offers = [fate for fate in found if fate.kind == OFFER]
    going = [fate for fate in offers if fate.goes]
    used = used_elsewhere(fate.object_id for fate in going)
    kept = [fate for fate in found if _tells(fate) and (fate.is_kept or fate.object_id in used)]
    return Foreseen(
        go=sorted(fate.title for fate in going if fate.object_id not in used),
        restored=sorted({fate.title for fate in found if fate.restore and not fate.created}),
        stay=sorted({fate.title for fate in kept}),
        others_go=sum(fate.goes for fate in found if fate.kind != OFFER),
    )


def _tells(fate: Fate) -> bool:
    """Places and contacts that were created stay as long as somebody needs them: no news."""
    return fate.kind == OFFER or not fate.created


def used_elsewhere(offer_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Offers that more hangs on than an import brings: a picture, a family's request."""
    ids = list(offer_ids)
    used: set[UUID] = set()
    for model, name in _foreign_keys():
        rows = model._default_manager.filter(**{f"{name}__in": ids})
        used |= set(rows.values_list(f"{name}_id", flat=True))
    return frozenset(used)


def _foreign_keys() -> Iterator[tuple[Any, str]]:
    """Keys of other tables that lead to offers."""
    for relation in Offer._meta.related_objects:
        if relation.related_model not in BROUGHT:
            yield relation.related_model, relation.field.name
