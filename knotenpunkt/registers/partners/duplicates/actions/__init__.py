"""Writes to duplicates: pairs are merged, parted again, or told apart."""

from knotenpunkt.registers.partners.duplicates.actions.deciding import (
    drop_old_moves,
    forget_moves,
    merge,
    not_same,
    undo_merge,
)

__all__ = ["drop_old_moves", "forget_moves", "merge", "not_same", "undo_merge"]
