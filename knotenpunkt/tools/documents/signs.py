"""Which signs our fonts have a picture for, known before a paper is set."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "vendor" / "noto-sans"
STAND_IN = "□"
# Choose between two pictures of a sign; mean nothing to a font that has neither.
VARIANTS = str.maketrans("", "", "\ufe0e\ufe0f")
# Kinds of signs that only adorn a text, such as 🎉, or change the look of their neighbour.
ADORNING = frozenset({"So", "Sk", "Cf", "Cn", "Mn", "Me"})
JOINER = "\u200d"  # makes one picture of two, such as mother and child
SEGMENTS, GROUPS = 4, 12  # formats of the table "cmap"


def unknown_signs(text: str) -> frozenset[str]:
    """The signs of a text that none of our fonts can print, spaces and line ends aside."""
    if text.isascii() and text.isprintable():
        return frozenset()
    return frozenset(
        sign
        for sign in frozenset(text.translate(VARIANTS))
        if ord(sign) not in _known() and not sign.isspace()
    )


def ornaments(text: str) -> frozenset[str]:
    """Those of them that only adorn it: a paper says the same without them."""
    return frozenset(one for one in unknown_signs(text) if unicodedata.category(one) in ADORNING)


def printable(text: str) -> str:
    """The text without ornaments that no font has; any other such sign becomes □."""
    return exchanged(text, unknown_signs(text)).translate(VARIANTS)


def exchanged(text: str, signs: Iterable[str]) -> str:
    """The text without these signs where they adorn it, and with □ in place of the others."""
    for sign in signs:
        adorns = unicodedata.category(sign) in ADORNING
        left = re.sub(f" *{re.escape(sign)}{JOINER}?", "", text).strip(" ")
        text = left if adorns else text.replace(sign, STAND_IN)
    return text


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
