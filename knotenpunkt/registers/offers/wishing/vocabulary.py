"""The words by which a wish says where, when, for whom; data in `data/wish_words.json`.

Each part of the file is read by the one who knows what it means: `ages`, `places`, `filters`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from knotenpunkt.registers.offers.phrases import PhraseBook

WORDS = Path(__file__).parents[1] / "data" / "wish_words.json"


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The file as it is."""
    read: dict[str, Any] = json.loads(WORDS.read_text(encoding="utf-8"))
    return read


def flat(by_language: Mapping[str, Sequence[str]]) -> list[str]:
    """The phrases of all languages: families mix them."""
    return [phrase for phrases in by_language.values() for phrase in phrases]


def book(phrases: Iterable[str]) -> PhraseBook[str]:
    """Phrases that all mean the same."""
    return PhraseBook(((phrase, "") for phrase in phrases), words()["groups"])


def meanings(table: Mapping[str, Mapping[str, Sequence[str]]]) -> PhraseBook[str]:
    """Phrases of several meanings: {"mo": {"de": ["montag", …], …}, …}."""
    pairs = [(phrase, key) for key, spoken in table.items() for phrase in flat(spoken)]
    return PhraseBook(pairs, words()["groups"])


@lru_cache(maxsize=1)
def languages() -> PhraseBook[str]:
    """Phrases that ask for somebody who speaks a language, by its code."""
    return PhraseBook(_language_phrases(), words()["groups"])


def _language_phrases() -> Iterator[tuple[str, str]]:
    for code, alone in words()["language_words"].items():
        yield from ((word, code) for word in alone)
    for code, names in words()["languages"].items():
        for spoken_in, phrases in words()["language_phrases"].items():
            for name in names[spoken_in].split("|"):
                yield from ((_naming(phrase, name), code) for phrase in phrases)


def _naming(phrase: str, name: str) -> str:
    """The phrase with the name of a language, or the beginning of it, in its place."""
    bare = name.removesuffix("*")
    return " ".join(part.replace("<l>", name if part == "<l>" else bare) for part in phrase.split())
