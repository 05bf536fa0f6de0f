"""The lists of words behind the rules, from `data/words.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WORDS = Path(__file__).parent / "data" / "words.txt"
ENDINGS = "(?:e|en|er|es|em|n|s|ern|innen|in)?"
_EDGE = r"(?<![\wäöüß·-])", r"(?![\wäöüß·]|-\w)"


@dataclass(frozen=True, slots=True)
class Entry:
    """Words to look for, and what is easier."""

    pattern: re.Pattern[str]
    better: str


@lru_cache(maxsize=1)
def sections() -> dict[str, list[str]]:
    """The lines of the file, by the headings above them."""
    found: dict[str, list[str]] = {}
    lines = found.setdefault("", [])
    for row in WORDS.read_text(encoding="utf-8").splitlines():
        if row.startswith("[") and row.endswith("]"):
            lines = found.setdefault(row[1:-1], [])
        elif row.strip() and not row.startswith("#"):
            lines.append(row.strip())
    return found


@lru_cache(maxsize=4)
def entries(section: str) -> tuple[Entry, ...]:
    """The pairs of a section, longer ones first: "Anmeldung erforderlich" before "erforderlich"."""
    pairs = (row.partition(" = ") for row in sections()[section])
    told = sorted(((said, better) for said, _sign, better in pairs), key=lambda one: -len(one[0]))
    return tuple(Entry(_pattern(said, section), better) for said, better in told)


def _pattern(said: str, section: str) -> re.Pattern[str]:
    if section == "abbreviations":
        return re.compile(f"{_EDGE[0]}{re.escape(said)}(?![\\wäöüß])")
    return re.compile(_EDGE[0] + _inflected(said) + _EDGE[1], re.IGNORECASE)


def _inflected(said: str) -> str:
    """A phrase as a pattern: its last word with every ending (a star) or with the usual ones."""
    if said.endswith("*"):
        return _spaced(said[:-1]) + r"[a-zäöüß]*"
    return _spaced(said) + ("" if " " in said else ENDINGS)


def _spaced(said: str) -> str:
    return r"\s+".join(map(re.escape, said.split()))


@lru_cache(maxsize=1)
def groups() -> tuple[tuple[re.Pattern[str], ...], ...]:
    """Words that mean the same thing, group by group."""
    return tuple(
        tuple(re.compile(_EDGE[0] + _inflected(word) + _EDGE[1]) for word in row.split())
        for row in sections()["same"]
    )


@lru_cache(maxsize=1)
def whole_words() -> frozenset[str]:
    """Long words that everybody reads as one, in lower case."""
    return frozenset(word.lower() for word in sections()["one word"])


def words_of(section: str) -> frozenset[str]:
    """The words of a section that only lists them."""
    return frozenset(word for row in sections()[section] for word in row.split())


@lru_cache(maxsize=1)
def parts() -> frozenset[str]:
    """Words that compounds are made of, in lower case."""
    return frozenset(part.lower() for row in sections()["parts"] for part in row.split())


def looked_up(section: str, text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, better) of what a section knows in a text; a longer entry hides those in it."""
    taken: list[tuple[int, int]] = []
    for entry in entries(section):
        for match in entry.pattern.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                yield match.start(), match.end(), entry.better
