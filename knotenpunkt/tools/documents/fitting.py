"""Lines that must stand in a narrow field, such as the window of an envelope, and how large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import ImageFont

from knotenpunkt.tools.documents.signs import FONTS

MM = 72 / 25.4  # points
SCALE = 100  # signs are measured at this size


@dataclass(frozen=True, slots=True)
class Fitted:
    """The lines, each within the width, and their size in points."""

    lines: tuple[str, ...]
    size: float


def fitted(lines: Sequence[str], *, width: float, sizes: Sequence[float]) -> Fitted:
    """In the first size at which all fit into `width` mm; in the last, what is longer is cut."""
    widest = max((width_of(line) for line in lines), default=0)
    for size in sizes:
        if widest * size <= width * MM:
            return Fitted(tuple(lines), size)
    return Fitted(tuple(_cut(line, width * MM / sizes[-1]) for line in lines), sizes[-1])


def broken(lines: Sequence[str], *, width: float, size: float) -> tuple[str, ...]:
    """The lines broken between words where they are wider than `width` mm at this size."""
    return tuple(part for line in lines for part in _broken(line, width * MM / size))


def _broken(line: str, width: float) -> list[str]:
    parts: list[str] = []
    for word in line.split():
        if parts and width_of(f"{parts[-1]} {word}") <= width:
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    return parts


def _cut(line: str, width: float) -> str:
    if width_of(line) <= width:
        return line
    while line and width_of(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def width_of(line: str) -> float:
    """How wide a line is at one point; for scripts of other fonts about as wide."""
    return sum(map(_width_of_sign, line)) / SCALE


@lru_cache(maxsize=10_000)
def _width_of_sign(sign: str) -> float:
    return float(_font().getlength(sign))


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / "NotoSans-Regular.ttf"), SCALE)
