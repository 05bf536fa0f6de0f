"""Writes to saved views, and deeds on many records at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store
from knotenpunkt.foundation.core.personal_data import Expired, Person, deleted
from knotenpunkt.tools.lists.bulk import BulkKind
from knotenpunkt.tools.lists.models import BulkDeed, BulkStep, Outcome, SavedView
from knotenpunkt.tools.lists.rules import may_change_view, may_share_views

# So long a deed on many records can be taken back.
UNDOABLE = timedelta(days=30)
MOST_VIEWS = 40


@transaction.atomic
def save_view(
    *, actor: Actor, listing: str, name: str, address: str, is_shared: bool = False
) -> SavedView:
    """Keep the filters of a list under a name; the same name of one's own is written anew.

    ValidationError with a sentence when there are too many.
    """
    actor.must(Right.OPEN_DESK)
    if is_shared and not may_share_views(actor):
        raise PermissionDenied(Right.EDIT_REGISTERS)
    own = SavedView.objects.filter(listing=listing, owner_id=actor.user_id)
    view = own.filter(name=name).first()
    if view is None and own.count() >= MOST_VIEWS:
        raise ValidationError(_("You have very many views. Please delete one first."))
    view = view or SavedView(listing=listing, owner_id=actor.user_id)
    store(view, assign(view, {"name": name, "address": address, "is_shared": is_shared}))
    if is_shared:
        record(actor=actor, deed="lists.share_view", on=view, title=name)
    return view


@transaction.atomic
def change_view(*, actor: Actor, view: SavedView, name: str, is_shared: bool) -> SavedView:
    """Rename a view, share it, or keep it to oneself again."""
    _must_change(actor, view)
    if is_shared and not view.is_shared and not may_share_views(actor):
        raise PermissionDenied(Right.EDIT_REGISTERS)
    same = SavedView.objects.filter(listing=view.listing, owner_id=view.owner_id, name=name)
    if same.exclude(pk=view.pk).exists():
        raise ValidationError({"name": _("There is a view of this name already.")})
    was_shared = view.is_shared
    changes = assign(view, {"name": name, "is_shared": is_shared})
    store(view, changes)
    if changes and (was_shared or is_shared):
        record(actor=actor, deed="lists.change_view", on=view, title=name, changes=changes)
    return view


@transaction.atomic
def delete_view(*, actor: Actor, view: SavedView) -> None:
    """Forget a view. The records that it showed stay as they are."""
    _must_change(actor, view)
    if view.is_shared:
        record(actor=actor, deed="lists.delete_view", on=view, title=view.name)
    view.delete()


def _must_change(actor: Actor, view: SavedView) -> None:
    if not may_change_view(actor, view):
        raise PermissionDenied(Right.CHANGE_NETWORK)


@transaction.atomic
def start_deed(
    *, actor: Actor, listing: str, kind: str, argument: str, picked: Sequence[UUID], address: str
) -> BulkDeed:
    """Write down what is about to be done to which records; nothing is done to them yet."""
    actor.must(Right.EDIT_REGISTERS)
    deed = BulkDeed(
        listing=listing,
        kind=kind,
        argument=argument,
        address=address,
        actor_id=actor.user_id,
        total=len(picked),
        picked=[str(one) for one in picked],
    )
    deed.save(force_insert=True)
    return deed


@transaction.atomic
def do_steps(
    *, actor: Actor, deed: BulkDeed, kind: BulkKind, records: Iterable[Any]
) -> list[BulkStep]:
    """Do it to these records and write down how each ended.

    Where it cannot be done, the record is left as it is. Each deed itself stands in the audit.
    """
    actor.must(Right.EDIT_REGISTERS)
    taken = [_step(actor, deed, kind, one) for one in records]
    BulkStep.objects.bulk_create(taken)
    return taken


def _step(actor: Actor, deed: BulkDeed, kind: BulkKind, one: Any) -> BulkStep:
    step = BulkStep(deed=deed, object_id=one.pk, title=str(one)[:300], before=kind.state(one))
    step.reason = kind.hindrance(one, deed.argument)[:200]
    if step.reason:
        step.outcome, step.after = Outcome.LEFT, step.before
    else:
        kind.do(actor, one, deed.argument)
        step.outcome, step.after = Outcome.DONE, kind.state(one)
    return step


@transaction.atomic
def undo_steps(
    *, actor: Actor, kind: BulkKind, steps: Iterable[BulkStep], records: dict[UUID, Any]
) -> None:
    """Bring back what stood there before, where nobody has changed it since."""
    actor.must(Right.EDIT_REGISTERS)
    for step in steps:
        one = records.get(step.object_id)
        if one is not None and kind.state(one) == step.after:
            kind.restore(actor, one, step.before)
            step.outcome = Outcome.UNDONE
        else:
            step.outcome = Outcome.CHANGED_SINCE
        step.save(update_fields=["outcome"])


def may_still_undo(deed: BulkDeed) -> bool:
    """Whether it is finished, not taken back, and not too long ago."""
    if deed.finished_at is None or deed.undo_started_at is not None:
        return False
    return bool(timezone.now() - deed.finished_at < UNDOABLE)


def finish_deed(*, deed: BulkDeed) -> None:
    """Everything is done; which records were picked is now in the steps."""
    deed.finished_at, deed.picked = timezone.now(), []
    deed.save(update_fields=["finished_at", "picked"])


def start_undo(*, actor: Actor, deed: BulkDeed) -> bool:
    """Begin to take it back, once; False when somebody else did so a moment ago."""
    actor.must(Right.EDIT_REGISTERS)
    fresh = BulkDeed.objects.select_for_update().get(pk=deed.pk)
    if not may_still_undo(fresh):
        return False
    deed.undo_started_at = timezone.now()
    deed.save(update_fields=["undo_started_at"])
    return True


def finish_undo(*, actor: Actor, deed: BulkDeed) -> None:
    """Everything that could be taken back has been."""
    deed.undone_at = timezone.now()
    deed.save(update_fields=["undone_at"])


def drop_old_deeds() -> Expired:
    """Forget the deeds of the network at hand that cannot be taken back any more."""
    old = BulkDeed.objects.filter(started_at__lt=timezone.now() - UNDOABLE)
    return deleted("one thing for many records, to be taken back", old, by="started_at")


def take_person_out(person: Person) -> int:
    """An erasure: views of the person, and copies of texts that name them."""
    own = SavedView.objects.filter(owner_id__in=person.ids, is_shared=False).delete()[0]
    named = [
        one for one in SavedView.objects.all() if person.appears_in(f"{one.name} {one.address}")
    ]
    for view in named:
        view.delete()
    steps = [one for one in BulkStep.objects.all() if person.appears_in(one.title)]
    for step in steps:
        step.title = ""
        step.save(update_fields=["title"])
    return int(own) + len(named) + len(steps)
