"""Which signs our fonts have a picture for, known before a paper is set."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache

from knotenpunkt.tools.documents.typesetting import FONTS, VARIANTS

SEGMENTS, GROUPS = 4, 12  # formats of the table "cmap"


def unknown_signs(text: str) -> frozenset[str]:
    """The signs of a text that none of our fonts can print, spaces and line ends aside."""
    return frozenset(
        sign
        for sign in frozenset(text.translate(VARIANTS))
        if ord(sign) not in _known() and not sign.isspace()
    )


@lru_cache(maxsize=1)
def _known() -> frozenset[int]:
    return frozenset(code for file in FONTS.glob("*.ttf") for code in _codes(file.read_bytes()))


def _codes(font: bytes) -> Iterator[int]:
    start = _place_of_table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 8 + 8 * number)
        (form,) = struct.unpack_from(">H", font, start + offset)
        if form == SEGMENTS:
            yield from _in_segments(font, start + offset)
        elif form == GROUPS:
            yield from _in_groups(font, start + offset)


def _place_of_table(font: bytes, name: bytes) -> int:
    (tables,) = struct.unpack_from(">H", font, 4)
    places = {font[at : at + 4]: at + 8 for at in range(12, 12 + 16 * tables, 16)}
    found: int = struct.unpack_from(">I", font, places[name])[0]
    return found


def _in_segments(font: bytes, start: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", font, start + 6)
    form = f">{twice // 2}H"
    ends = struct.unpack_from(form, font, start + 14)
    starts = struct.unpack_from(form, font, start + 16 + twice)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)


def _in_groups(font: bytes, start: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", font, start + 12)
    for number in range(count):
        first, last, _glyph = struct.unpack_from(">III", font, start + 16 + 12 * number)
        yield from range(first, last + 1)
