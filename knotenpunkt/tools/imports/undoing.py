"""Taking an import back, batch by batch: repeatable, and it goes on where it was cut off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import one_write
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.imports.actions.steps import (
    KEPT,
    drop_links,
    drop_steps,
    keep_count,
    note_undone,
    restore_link,
)
from knotenpunkt.tools.imports.fates import Fate, UsedElsewhere, fates
from knotenpunkt.tools.imports.linkbook import LINK
from knotenpunkt.tools.imports.models import Link, Run
from knotenpunkt.tools.imports.orders import Confirm, Progress, silent, undisputed
from knotenpunkt.tools.imports.queries import get_run, links_of_run, steps_of
from knotenpunkt.tools.imports.shelf import Shelf, Values
from knotenpunkt.tools.imports.steps import Told, told

BATCH = 50
REMOVED, RESTORED, STAYED = "removed", "restored", "stayed"
COUNTED = (REMOVED, RESTORED, STAYED)
KEPT_RECORDS = "kept"
MOST_NAMED = 500

T = TypeVar("T")


class TooLate(Exception):
    """An import that cannot be taken back; the text says why."""


def refuse_too_late(run: Run) -> None:
    """`TooLate` unless this import can be taken back."""
    if run.undone_at is not None:
        raise TooLate(_("This import was undone already."))
    if run.started_at < timezone.now() - KEPT:
        raise TooLate(_("An import can be undone for 30 days. After that nobody knows any more how"
                        " everything was before."))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Undo:
    """How a register takes its imports back.

    `kind` names its runs. `remove` deletes what a row brought, `remove_unneeded` what came beside
    it and nothing needs any more; both say whether they did. `first` are the kinds that go before
    what rows brought, `after` those that go then, in order; of one kind what sorts by `last` goes
    last. `linked` are the kinds with links. `around` is entered for each batch.
    """

    kind: str
    shelf: Shelf
    rights: tuple[Right, ...]
    after: tuple[str, ...]
    linked: tuple[str, ...]
    used_elsewhere: UsedElsewhere
    put_back: Callable[[Actor, str, Any, Values], None]
    remove: Callable[[Actor, Any], bool]
    remove_unneeded: Callable[[Actor, Any], bool]
    last: Callable[[Any], bool]
    first: tuple[str, ...] = ()
    around: Callable[[], AbstractContextManager[Any]] = nullcontext


def undo_import(
    undo: Undo,
    *,
    actor: Actor,
    network: Network,
    run_id: UUID,
    progress: Progress = silent,
    confirm: Confirm = undisputed,
) -> Run:
    """Take an import back. `TooLate` when that cannot be.

    `confirm` is called at the end of each batch: what it raises takes the batch back.
    """
    for right in (Right.IMPORT, *undo.rights):
        actor.must(right)
    with in_network(network):
        run = get_run(actor, kind=undo.kind, run_id=run_id)
        refuse_too_late(run)
        steps = list(told(steps_of(run)))
    Undoing(undo, actor, network, run, progress, confirm).run_all(steps)
    return run


class Undoing:
    """One import on its way back. It can be cut off at any point, and done again from its start."""

    def __init__(
        self,
        undo: Undo,
        actor: Actor,
        network: Network,
        run: Run,
        progress: Progress,
        confirm: Confirm,
    ) -> None:
        self.undo = undo
        self.actor, self.network, self.run = actor, network, run
        self.progress, self.confirm = progress, confirm
        self.counts = Counter({name: int(run.undone.get(name, 0)) for name in COUNTED})
        self.kept: list[list[str]] = list(run.undone.get(KEPT_RECORDS, ()))
        self.done = self.total = 0

    def run_all(self, steps: Sequence[Told]) -> None:
        """First what rows brought, then the former values, then what only those records needed."""
        groups = _grouped(steps)
        created = [group for group in groups if any(step.created for step in group)]
        changed = [group for group in groups if not any(step.created for step in group)]
        self.total = len(groups)
        for kind in self.undo.first:
            self._each(_of(created, kind), self._remove_others)
        self._each(_of(created, self.undo.shelf.main), self._remove)
        self._each(changed, self._put_back)
        for kind in self.undo.after:
            self._each(_of(created, kind), self._remove_others)
        with self._one_batch():
            self._forget_links()
            drop_steps(steps_of(self.run))
            note_undone(actor=self.actor, run=self.run, counts=self.counts, kept=self.kept)

    def _each(self, groups: list[list[Told]], deed: Callable[[list[Fate]], None]) -> None:
        """A second time a deed does nothing: what is gone is not found, the rest is as before."""
        for batch in _batches(groups):
            with self._one_batch():
                deed(fates([step for group in batch for step in group], self.undo.shelf))
                keep_count(run=self.run, counts=self.counts, kept=self.kept)
            self.done += len(batch)
            self.progress(self.done, self.total)

    @contextmanager
    def _one_batch(self) -> Iterator[None]:
        with in_network(self.network), transaction.atomic():
            with self.undo.around(), one_write():
                yield
            self.confirm()

    def _remove(self, found: list[Fate]) -> None:
        used = self.undo.used_elsewhere(fate.object_id for fate in found)
        gone = [
            fate
            for fate in sorted(found, key=lambda fate: self.undo.last(fate.record))
            if fate.goes
            and fate.object_id not in used
            and self.undo.remove(self.actor, fate.record)
        ]
        self.counts[REMOVED] += len(gone)
        for fate in found:
            if fate not in gone:
                self._note_kept(fate)

    def _put_back(self, found: list[Fate]) -> None:
        for fate in found:
            if fate.restore:
                self.undo.put_back(self.actor, fate.kind, fate.record, fate.restore)
                self.counts[RESTORED] += 1
            if fate.is_kept:
                self._note_kept(fate)

    def _remove_others(self, found: list[Fate]) -> None:
        for fate in sorted(found, key=lambda fate: self.undo.last(fate.record)):
            if fate.goes:
                self.undo.remove_unneeded(self.actor, fate.record)

    def _note_kept(self, fate: Fate) -> None:
        name = [fate.kind, str(fate.object_id)]
        if name not in self.kept:
            self.counts[STAYED] += 1
            if len(self.kept) < MOST_NAMED:
                self.kept.append(name)

    def _forget_links(self) -> None:
        """The source knows again what it knew before, and what is kept of this import."""
        before = {step.object_id: step for step in steps_of(self.run) if step.kind == LINK}
        links = links_of_run(self.run)
        for link in links:
            if link.pk in before:
                restore_link(link, before[link.pk].before)
        drop_links(self._not_kept([link for link in links if link.pk not in before]))

    def _not_kept(self, links: Sequence[Link]) -> list[Link]:
        """New links, except those to records that this import brought and that stay."""
        brought = {step.object_id for step in told(steps_of(self.run)) if step.created}
        there = {
            pk
            for kind in self.undo.linked
            for pk in self.undo.shelf.records(kind, [link.object_id for link in links])
        }
        return [link for link in links if link.object_id not in brought & there]


def _of(created: Sequence[list[Told]], kind: str) -> list[list[Told]]:
    """What was created last may hang on what was created first: a facility on its body."""
    return [group for group in reversed(created) if group[0].kind == kind]


def _grouped(steps: Sequence[Told]) -> list[list[Told]]:
    """The steps of each record; links come at the end."""
    groups: dict[tuple[str, UUID], list[Told]] = {}
    for step in steps:
        if step.kind != LINK:
            groups.setdefault((step.kind, step.object_id), []).append(step)
    return list(groups.values())


def _batches(groups: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(groups), BATCH):
        yield groups[start : start + BATCH]
