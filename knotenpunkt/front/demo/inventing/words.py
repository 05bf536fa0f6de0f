"""The words from which names are made."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent.parent / "data" / "words"
SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "đ": "d"})


@cache
def words(name: str) -> tuple[str, ...]:
    """The lines of one list, such as "houses"."""
    return tuple((WORDS / f"{name}.txt").read_text(encoding="utf-8").split("\n")[:-1])


def label(text: str) -> str:
    """As it stands in an address of the internet: "Blaue Murmel" → "blaue-murmel"."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(SPELT))
    kept = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in plain
                   if not unicodedata.combining(sign))  # fmt: skip
    return "-".join(kept.split())
