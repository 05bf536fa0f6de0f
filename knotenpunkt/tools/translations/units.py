"""What every format carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LARGEST = 8 * 1024 * 1024
MOST_UNITS = 50_000
LONGEST_TARGET = 30_000


class UnreadableTexts(Exception):
    """A file that cannot be read as texts; the message is fit for whoever brought it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One source text and its translation.

    `key` is its owner's and comes back unchanged. `group` and `note` help the translator: to which
    record it belongs, and what it is. `longest`: how many signs the translation may have, or 0.
    """

    key: str
    source: str
    target: str = ""
    group: str = ""
    note: str = ""
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Texts:
    """The units of one target language, as a file holds them."""

    language: str
    units: Sequence[Unit]
