"""What a person decides about a pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.audit.keys import join_keys, part_keys
from knotenpunkt.foundation.core import personal_data
from knotenpunkt.registers.partners.duplicates.actions.absorbing import (
    absorb,
    choose,
    contacts_of,
    join_contacts,
    take_back,
)
from knotenpunkt.registers.partners.duplicates.moves import Move, kept, opened
from knotenpunkt.registers.partners.models import (
    DuplicateKind,
    Merge,
    NotSame,
    Organisation,
    Person,
)
from knotenpunkt.registers.partners.queries import name_key, person_key

UNDONE_WITHIN = timedelta(days=30)
Record = Organisation | Person


class CannotBeUndone(Exception):
    """A merge that cannot be taken back; the text says why."""


@transaction.atomic
def merge(*, actor: Actor, survivor: Record, absorbed: Record, chosen: Mapping[str, Any]) -> Merge:
    """Make one of two. `chosen` are the survivor's columns as somebody wants them.

    DoesNotExist when one of them is gone meanwhile.
    """
    actor.must(Right.EDIT_REGISTERS)
    if survivor.pk == absorbed.pk or type(survivor) is not type(absorbed):
        raise ValueError("A record cannot be merged with itself or with one of another kind.")
    _hold(survivor, absorbed)
    moves: list[Move] = []
    absorbed_id, title = absorbed.pk, str(absorbed)
    own = contacts_of(survivor)
    absorb(survivor, absorbed, moves)
    join_contacts(survivor, own, moves)
    choose(survivor, dict(chosen) | _name_key(survivor, chosen), moves)
    is_person = isinstance(survivor, Person)
    if is_person:
        join_keys(former=absorbed_id, to=survivor.pk)
    done = Merge(
        kind=(DuplicateKind.PERSON if is_person else DuplicateKind.ORGANISATION).value,
        survivor_id=survivor.pk,
        absorbed_id=absorbed_id,
        moves=kept(moves),
        by_label=actor.label[:200],
    )
    done.save(force_insert=True)
    _record(actor, "partners.merge", survivor, title)
    return done


def _hold(*pair: Record) -> None:
    """Lock both, in the same order for everybody: of two merges at once the later one waits."""
    table = type(pair[0])
    rows = table.objects.filter(pk__in=[one.pk for one in pair]).order_by("pk")
    held = list(rows.select_for_update().values_list("pk", flat=True))
    if len(held) != len(pair):
        raise table.DoesNotExist
    for one in pair:
        one.refresh_from_db()


def _name_key(survivor: Record, chosen: Mapping[str, Any]) -> dict[str, str]:
    """What follows from the name."""
    if isinstance(survivor, Organisation):
        return {"name_key": name_key(chosen.get("name", survivor.name))}
    given = chosen.get("given_name", survivor.given_name)
    return {"name_key": person_key(given, chosen.get("family_name", survivor.family_name))}


def _record(actor: Actor, deed: str, survivor: Record, other: str) -> None:
    is_person = isinstance(survivor, Person)
    record(
        actor=actor,
        deed=deed,
        on=survivor,
        title=str(survivor),
        changes={"merged": [other, str(survivor)]},
        person=survivor.pk if is_person else None,
    )


@transaction.atomic
def undo_merge(*, actor: Actor, merge: Merge) -> int:
    """Part the two again; how many columns stay, because somebody changed them since.

    `CannotBeUndone` after thirty days, and when a person in it was erased.
    """
    actor.must(Right.EDIT_REGISTERS)
    held = Merge.objects.select_for_update().get(pk=merge.pk)
    moves = _still_known(held)
    stayed = take_back(moves)
    if held.kind == DuplicateKind.PERSON:
        part_keys(held.absorbed_id)
    held.undone_at, held.moves = timezone.now(), []
    held.save(update_fields=["undone_at", "moves"])
    table = Person if held.kind == DuplicateKind.PERSON else Organisation
    survivor = table.objects.get(pk=held.survivor_id)
    _record(actor, "partners.undo_merge", survivor, str(table.objects.get(pk=held.absorbed_id)))
    return stayed


def _still_known(merge: Merge) -> list[Move]:
    if merge.undone_at is not None:
        raise CannotBeUndone(_("These two were parted again already."))
    if not merge.moves or merge.at < timezone.now() - UNDONE_WITHIN:
        raise CannotBeUndone(_("Two entries can be parted again for 30 days."))
    table = Person if merge.kind == DuplicateKind.PERSON else Organisation
    moves = opened(merge.moves)
    if moves is None or not table.objects.filter(pk=merge.survivor_id).exists():
        raise CannotBeUndone(
            _("A person in these entries was erased. Nobody knows any more how they were before.")
        )
    return moves


@transaction.atomic
def not_same(*, actor: Actor, kind: str, one: Record, other: Record) -> NotSame:
    """Remember that two are not one: they are not shown as a pair any more."""
    actor.must(Right.EDIT_REGISTERS)
    first, second = sorted((one.pk, other.pk), key=str)
    known, is_new = NotSame.objects.get_or_create(
        first_id=first, second_id=second, defaults={"kind": kind, "by_label": actor.label[:200]}
    )
    if is_new:
        title = one.name if isinstance(one, Organisation) else ""
        record(actor=actor, deed="partners.not_same", on=one, title=title)
    found: NotSame = known
    return found


def drop_old_moves() -> int:
    """Forget what merges of the network at hand moved thirty days ago; how many."""
    old = Merge.objects.filter(at__lt=timezone.now() - UNDONE_WITHIN).exclude(moves=[])
    rows = list(old)
    _forget(rows)
    return len(rows)


def forget_moves(person: personal_data.Person) -> int:
    """Somebody is erased: what merges kept of them cannot be taken back any more; how many."""
    known = Merge.objects.exclude(moves=[])
    named = [row for row in known if _names(row, person)]
    _forget(named)
    return len(named)


def _names(merge: Merge, person: personal_data.Person) -> bool:
    is_theirs = bool({merge.survivor_id, merge.absorbed_id} & person.ids)
    return is_theirs or bool(person.taken_out_of(merge.moves) != merge.moves)


def _forget(merges: Iterable[Merge]) -> None:
    for row in merges:
        row.moves = []
        row.save(update_fields=["moves"])
