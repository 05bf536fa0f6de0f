"""Packing slips: what is in the parcel, for whom, and a QR code that marks it as handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Size = Literal["half", "whole"]


@dataclass(frozen=True, slots=True)
class SlipItem:
    """A material: "2" packs of "Postkarten", `pieces` "100 Stück" in words or ""."""

    packs: int
    name: str
    pieces: str = ""


@dataclass(frozen=True, slots=True)
class PackingSlip:
    """One order. `url` is the address of handing over, behind the QR code."""

    number: int
    name: str
    items: tuple[SlipItem, ...]
    url: str
    postal_code: str = ""
    address: tuple[str, ...] = ()
    station: str = ""
    note: str = ""


def packing_slips_pdf(slips: Sequence[PackingSlip], *, campaign: str, size: Size = "half") -> bytes:
    """One slip on each half or whole page, by station and postal code."""
    raise NotImplementedError
