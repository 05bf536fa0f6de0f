"""The pick list: what goes to whom, by station or round, in the order of the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PickMaterial:
    """A column: its name, and what a pack is, as "Packung mit 50 Postkarten"."""

    name: str
    pack: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """An order. `packs` has one number for each material of the list, in their order."""

    number: int
    name: str
    packs: tuple[int, ...]
    postal_code: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    note: str = ""
    is_handed_over: bool = False


@dataclass(frozen=True, slots=True)
class PickStation:
    """A station or round with its orders; `where` says place and hours."""

    name: str
    stops: tuple[Stop, ...]
    where: str = ""


def pick_list_pdf(
    stations: Sequence[PickStation], *, materials: Sequence[PickMaterial], campaign: str
) -> bytes:
    """One list for each station, each on a new page, sorted by postal code, with totals."""
    raise NotImplementedError
