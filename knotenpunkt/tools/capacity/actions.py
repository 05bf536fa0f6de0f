"""Taking and giving back what is scarce.

Every deed locks the row of its pool for the rest of its transaction, so that of many who come at
once each sees what the one before left. Whoever takes from several pools in one transaction locks
something above them first, or takes them in one order for all: two could wait for each other.
"""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from knotenpunkt.tools.capacity.models import Pool


class TooSmall(Exception):
    """A pool cannot hold less than was taken from it; `taken` says how many units that is."""

    def __init__(self, taken: int) -> None:
        super().__init__(f"{taken} units are taken")
        self.taken = taken


@transaction.atomic
def open_pool(*, about: UUID, size: int) -> Pool:
    """The pool of a thing: a new one of `size` units, or the one there is, as it is."""
    found: Pool | None = Pool.objects.filter(about=about).first()
    if found is not None:
        return found
    pool = Pool(about=about, size=size)
    try:
        with transaction.atomic():
            pool.save(force_insert=True)
    except IntegrityError:
        return _locked(about)
    return pool


@transaction.atomic
def resize(*, about: UUID, size: int) -> Pool:
    """Let a pool hold `size` units; TooSmall when more are taken already."""
    pool = _locked(about)
    if size < pool.taken:
        raise TooSmall(pool.taken)
    pool.size = size
    pool.save(update_fields=["size"])
    return pool


@transaction.atomic
def claim(*, about: UUID, units: int, at_least: int | None = None) -> int:
    """Take units and say how many were given.

    All or none; with `at_least` as many as are left, if they are that many. Pool.DoesNotExist.
    """
    _refuse_negative(units)
    pool = _locked(about)
    least = units if at_least is None else min(at_least, units)
    granted = min(units, pool.left)
    if granted < least or not granted:
        return 0
    pool.taken += granted
    pool.save(update_fields=["taken"])
    return granted


@transaction.atomic
def give_back(*, about: UUID, units: int) -> Pool:
    """Put units back; ValueError for more than were taken."""
    _refuse_negative(units)
    pool = _locked(about)
    if units > pool.taken:
        raise ValueError(f"{units} units cannot come back: {pool.taken} are taken.")
    pool.taken -= units
    pool.save(update_fields=["taken"])
    return pool


def close_pool(*, about: UUID) -> None:
    """The thing itself is gone."""
    Pool.objects.filter(about=about).delete()


def _locked(about: UUID) -> Pool:
    """SQLite has one writer at a time, from the beginning of its transaction."""
    pool: Pool = Pool.objects.select_for_update().get(about=about)
    return pool


def _refuse_negative(units: int) -> None:
    if units < 0:
        raise ValueError("Units are counted from zero.")
