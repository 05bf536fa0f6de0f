"""Doing one thing to many records, and taking it back: at once when they are few, else queued."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import one_write
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.jobs.registry import Running, work
from knotenpunkt.tools.lists.actions import (
    do_steps,
    finish_deed,
    finish_undo,
    start_deed,
    start_undo,
    undo_steps,
)
from knotenpunkt.tools.lists.bulk import BulkKind
from knotenpunkt.tools.lists.models import BulkDeed, Outcome
from knotenpunkt.tools.lists.queries import bulk_deed

# More than these are done beside the pages.
AT_ONCE = 200
BATCH = 100

Progress = Callable[[int, int], None]
Transaction = Callable[[], AbstractContextManager[None]]
Records = Callable[[Actor, Sequence[UUID]], dict[UUID, Any]]


@dataclass(frozen=True, slots=True)
class Many:
    """What can be done to many records of a list.

    `records` reads some of them by id as they are now and holds them until the transaction ends;
    those that are gone, or that this actor may not change, lack. `work` begins the names of the
    two kinds of work that are queued. `around` is entered for each batch.
    """

    listing: str
    kinds: Mapping[str, BulkKind]
    records: Records
    work: str
    title: str | Promise
    undo_title: str | Promise
    around: Callable[[], AbstractContextManager[None]] = nullcontext


def _silent(_done: int, _total: int) -> None:
    """Nobody waits for it."""


@transaction.atomic
def do_to_many(
    many: Many, *, actor: Actor, kind: str, argument: str, picked: Sequence[UUID], address: str
) -> BulkDeed:
    """Do it to these records now, or queue it when they are many. LookupError for another kind."""
    deed = start_deed(
        actor=actor,
        listing=many.listing,
        kind=many.kinds[kind].key,
        argument=argument,
        picked=picked,
        address=address,
    )
    if deed.total > AT_ONCE:
        _queue(actor, many.work, deed, str(many.title))
    else:
        carry_out(many, actor=actor, deed=deed)
    return deed


@transaction.atomic
def undo_many(many: Many, *, actor: Actor, deed: BulkDeed) -> bool:
    """Take it back now, or queue that. False when it was taken back already, or is too old."""
    if not start_undo(actor=actor, deed=deed):
        return False
    if deed.total > AT_ONCE:
        _queue(actor, undo_work(many), deed, str(many.undo_title))
    else:
        take_back(many, actor=actor, deed=deed)
    return True


def undo_work(many: Many) -> str:
    """The name of the work that takes it back."""
    return f"{many.work}_undo"


def _queue(actor: Actor, work_name: str, deed: BulkDeed, title: str) -> None:
    language = translation.get_language() or "de"
    arguments = {"deed": str(deed.pk), "language": language}
    enqueue(actor=actor, work=work_name, arguments=arguments, title=title, key=str(deed.pk),
            about=deed.pk)  # fmt: skip


def carry_out(
    many: Many,
    *,
    actor: Actor,
    deed: BulkDeed,
    progress: Progress = _silent,
    one_transaction: Transaction = transaction.atomic,
) -> None:
    """Do what is not done yet, batch by batch. Repeatable: a step is taken once."""
    with one_transaction():
        taken = {str(one) for one in deed.steps.values_list("object_id", flat=True)}
        left = [UUID(one) for one in deed.picked if one not in taken]
    for batch in _batches(left):
        with one_transaction(), one_write(), many.around():
            records = many.records(actor, batch)
            do_steps(actor=actor, deed=deed, kind=many.kinds[deed.kind], records=records.values())
        progress(min(len(taken) + _place(left, batch), deed.total), deed.total)
    with one_transaction():
        finish_deed(deed=deed)


def take_back(
    many: Many,
    *,
    actor: Actor,
    deed: BulkDeed,
    progress: Progress = _silent,
    one_transaction: Transaction = transaction.atomic,
) -> None:
    """Bring back what stood there before, batch by batch; what changed since stays. Repeatable."""
    with one_transaction():
        left = list(deed.steps.filter(outcome=Outcome.DONE).values_list("pk", flat=True))
    for batch in _batches(left):
        with one_transaction(), one_write(), many.around():
            steps = list(deed.steps.filter(pk__in=batch))
            records = many.records(actor, [step.object_id for step in steps])
            undo_steps(actor=actor, kind=many.kinds[deed.kind], steps=steps, records=records)
        progress(_place(left, batch), len(left))
    with one_transaction():
        finish_undo(actor=actor, deed=deed)


def _batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _place(ids: Sequence[UUID], batch: Sequence[UUID]) -> int:
    return ids.index(batch[-1]) + 1


def queued(many: Many) -> None:
    """Make both kinds of work known; to be called once, where an app registers its jobs."""

    def do(job: Running, *, deed: str, language: str) -> None:
        with translation.override(language):
            carry_out(many, actor=job.actor, deed=_deed(many, job, deed), progress=job.progress,
                      one_transaction=job.one_transaction)  # fmt: skip

    def undo(job: Running, *, deed: str, language: str) -> None:
        with translation.override(language):
            take_back(many, actor=job.actor, deed=_deed(many, job, deed), progress=job.progress,
                      one_transaction=job.one_transaction)  # fmt: skip

    followed_by = Right.EDIT_REGISTERS
    work(many.work, title=many.title, own_transactions=True, followed_by=followed_by)(do)
    work(undo_work(many), title=many.undo_title, own_transactions=True, followed_by=followed_by)(
        undo
    )


def _deed(many: Many, job: Running, deed: str) -> BulkDeed:
    with in_network(job.network):
        return bulk_deed(job.actor, many.listing, UUID(deed))
