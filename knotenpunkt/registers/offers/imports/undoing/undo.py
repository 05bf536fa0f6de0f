"""Taking an import back, batch by batch: repeatable, and it goes on where it was cut off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import one_write
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers import findable
from knotenpunkt.registers.offers.imports.profiles import KIND
from knotenpunkt.registers.offers.imports.records import (
    CONTACT,
    OFFER,
    ORGANISATION,
    PLACE,
    records,
)
from knotenpunkt.registers.offers.imports.undoing.actions import (
    put_back,
    remove_offer,
    remove_unneeded,
)
from knotenpunkt.registers.offers.imports.undoing.plan import Fate, fates, used_elsewhere
from knotenpunkt.registers.offers.imports.work import Confirm, Progress, undisputed
from knotenpunkt.registers.partners.models import Level
from knotenpunkt.tools.imports.actions.steps import (
    KEPT,
    drop_links,
    drop_steps,
    keep_count,
    note_undone,
    restore_link,
)
from knotenpunkt.tools.imports.linkbook import LINK
from knotenpunkt.tools.imports.models import Link, Run
from knotenpunkt.tools.imports.queries import get_run, links_of_run, steps_of
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


def undo_import(
    *,
    actor: Actor,
    network: Network,
    run_id: UUID,
    progress: Progress = lambda done, total: None,
    confirm: Confirm = undisputed,
) -> Run:
    """Take an import back. `TooLate` when that cannot be.

    `confirm` is called at the end of each batch: what it raises takes the batch back.
    """
    actor.must(Right.IMPORT)
    actor.must(Right.PUBLISH)
    with in_network(network):
        run = get_run(actor, kind=KIND, run_id=run_id)
        refuse_too_late(run)
        steps = list(told(steps_of(run)))
    Undoing(actor, network, run, progress, confirm).run_all(steps)
    return run


class Undoing:
    """One import on its way back. It can be cut off at any point, and done again from its start."""

    def __init__(
        self, actor: Actor, network: Network, run: Run, progress: Progress, confirm: Confirm
    ) -> None:
        self.actor, self.network, self.run = actor, network, run
        self.progress, self.confirm = progress, confirm
        self.counts = Counter({name: int(run.undone.get(name, 0)) for name in COUNTED})
        self.kept: list[list[str]] = list(run.undone.get(KEPT_RECORDS, ()))
        self.done = self.total = 0

    def run_all(self, steps: Sequence[Told]) -> None:
        """First the offers that go, then the former values, then who only those offers needed."""
        groups = _grouped(steps)
        created = [group for group in groups if any(step.created for step in group)]
        changed = [group for group in groups if not any(step.created for step in group)]
        offers = [group for group in created if group[0].kind == OFFER]
        self.total = len(groups)
        self._each(offers, self._remove_offers)
        self._each(changed, self._put_back)
        for kind in (CONTACT, ORGANISATION, PLACE):
            # What was created last may hang on what was created first: a facility on its body.
            others = [group for group in reversed(created) if group[0].kind == kind]
            self._each(others, self._remove_others)
        with self._one_batch():
            self._forget_links()
            drop_steps(steps_of(self.run))
            note_undone(actor=self.actor, run=self.run, counts=self.counts, kept=self.kept)

    def _each(self, groups: list[list[Told]], deed: Callable[[list[Fate]], None]) -> None:
        """A second time a deed does nothing: what is gone is not found, the rest is as before."""
        for batch in _batches(groups):
            with self._one_batch():
                deed(fates([step for group in batch for step in group]))
                keep_count(run=self.run, counts=self.counts, kept=self.kept)
            self.done += len(batch)
            self.progress(self.done, self.total)

    @contextmanager
    def _one_batch(self) -> Iterator[None]:
        with in_network(self.network), transaction.atomic():
            with findable.at_the_end(), one_write():
                yield
            self.confirm()

    def _remove_offers(self, found: list[Fate]) -> None:
        used = used_elsewhere(fate.object_id for fate in found)
        gone = [
            fate
            for fate in found
            if fate.goes
            and fate.object_id not in used
            and remove_offer(actor=self.actor, offer=fate.record)
        ]
        self.counts[REMOVED] += len(gone)
        for fate in found:
            if fate not in gone:
                self._note_kept(fate)

    def _put_back(self, found: list[Fate]) -> None:
        for fate in found:
            if fate.restore:
                put_back(actor=self.actor, kind=fate.kind, found=fate.record, values=fate.restore)
                self.counts[RESTORED] += 1
            if fate.is_kept:
                self._note_kept(fate)

    def _remove_others(self, found: list[Fate]) -> None:
        facilities_first = sorted(
            found, key=lambda fate: getattr(fate.record, "level", "") == Level.BODY
        )
        for fate in facilities_first:
            if fate.goes:
                remove_unneeded(actor=self.actor, found=fate.record)

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
        drop_links(_not_kept([link for link in links if link.pk not in before], self.run))


def _not_kept(links: Sequence[Link], run: Run) -> list[Link]:
    """New links, except those to records that this import brought and that stay."""
    brought = {step.object_id for step in told(steps_of(run)) if step.created}
    there = {
        pk
        for kind in (OFFER, ORGANISATION)
        for pk in records(kind, [link.object_id for link in links])
    }
    return [link for link in links if link.object_id not in brought & there]


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
