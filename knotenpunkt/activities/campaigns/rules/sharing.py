"""What holds when packs are shared: who has been promised what, and what may be set by hand."""

from __future__ import annotations

from collections.abc import Iterable

from knotenpunkt.activities.campaigns.models import Giving, Line, Material


def promised(line: Line, material: Material) -> int:
    """Packs that nobody takes away any more: the orderer was told, or got them on ordering.

    Before shares stand, an order for such a material is a wish. After that, it claims at once.
    """
    if material.giving == Giving.FIRST_COME:
        return line.granted or 0
    if line.told is not None:
        return min(line.told, line.granted or 0)
    came_later = material.shared_at is not None and line.order.placed_at > material.shared_at
    return (line.granted or 0) if came_later else 0


def fits_by_hand(line: Line, packs: int, material: Material) -> bool:
    """A share by hand lies between what was promised and what is wanted."""
    return promised(line, material) <= packs <= line.wanted


def may_undo(material: Material, lines: Iterable[Line]) -> bool:
    """Shares can be taken back as long as somebody has not been told yet."""
    if material.shared_at is None:
        return False
    return any((line.granted or 0) != promised(line, material) for line in lines)


def is_decided(line: Line) -> bool:
    """Whether it stands how many packs this line gets."""
    return line.granted is not None


def is_told(line: Line) -> bool:
    """Whether the orderer knows exactly that."""
    return line.told is not None and line.told == line.granted
