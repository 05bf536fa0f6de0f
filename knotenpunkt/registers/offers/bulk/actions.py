"""Doing one thing to many offers, and taking it back: at once when they are few, else queued."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.actions import one_write
from knotenpunkt.registers.offers import findable
from knotenpunkt.registers.offers.bulk.kinds import KINDS
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.rules import editable_by
from knotenpunkt.tools.jobs.actions import enqueue
from knotenpunkt.tools.lists.actions import (
    do_steps,
    finish_deed,
    finish_undo,
    start_deed,
    start_undo,
    undo_steps,
)
from knotenpunkt.tools.lists.models import BulkDeed, Outcome

LISTING = "offers"
DO, UNDO = "offers.bulk", "offers.bulk_undo"
# More than these are done beside the pages.
AT_ONCE = 200
BATCH = 100

Progress = Callable[[int, int], None]
Transaction = Callable[[], AbstractContextManager[None]]


def _silent(_done: int, _total: int) -> None:
    """Nobody waits for it."""


@transaction.atomic
def do_to_many(
    *, actor: Actor, kind: str, argument: str, picked: Sequence[UUID], address: str
) -> BulkDeed:
    """Do it to these offers now, or queue it when they are many. LookupError for another kind."""
    deed = start_deed(
        actor=actor,
        listing=LISTING,
        kind=KINDS[kind].key,
        argument=argument,
        picked=picked,
        address=address,
    )
    if deed.total > AT_ONCE:
        _queue(actor, DO, deed, _("One thing for many offers"))
    else:
        carry_out(actor=actor, deed=deed)
    return deed


@transaction.atomic
def undo_many(*, actor: Actor, deed: BulkDeed) -> bool:
    """Take it back now, or queue that. False when it was taken back already, or is too old."""
    if not start_undo(actor=actor, deed=deed):
        return False
    if deed.total > AT_ONCE:
        _queue(actor, UNDO, deed, _("Taking back one thing for many offers"))
    else:
        take_back(actor=actor, deed=deed)
    return True


def _queue(actor: Actor, work: str, deed: BulkDeed, title: str) -> None:
    language = translation.get_language() or "de"
    arguments = {"deed": str(deed.pk), "language": language}
    enqueue(actor=actor, work=work, arguments=arguments, title=title, key=str(deed.pk),
            about=deed.pk)  # fmt: skip


def carry_out(
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
        with one_transaction(), one_write(), findable.at_the_end():
            offers = _offers(actor, batch)
            do_steps(actor=actor, deed=deed, kind=KINDS[deed.kind], records=offers.values())
        progress(min(len(taken) + _place(left, batch), deed.total), deed.total)
    with one_transaction():
        finish_deed(deed=deed)


def take_back(
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
        with one_transaction(), one_write(), findable.at_the_end():
            steps = list(deed.steps.filter(pk__in=batch))
            offers = _offers(actor, [step.object_id for step in steps])
            undo_steps(actor=actor, kind=KINDS[deed.kind], steps=steps, records=offers)
        progress(_place(left, batch), len(left))
    with one_transaction():
        finish_undo(actor=actor, deed=deed)


def _batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _place(ids: Sequence[UUID], batch: Sequence[UUID]) -> int:
    return ids.index(batch[-1]) + 1


def _offers(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Offer]:
    """These offers as they are now, held until the transaction ends; those that are gone lack."""
    held = Offer.objects.filter(editable_by(actor), pk__in=ids).select_for_update(of=("self",))
    rows = held.select_related("provider__body").prefetch_related("topic_links__topic")
    return {offer.pk: offer for offer in rows}
