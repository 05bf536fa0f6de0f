"""Word by word into German, for languages that the encoder does not know.

`data/glosses/<language>.json` maps words and phrases, as patterns like those of the lexicon, to
German ones. What comes out is no German, but it means enough for an encoder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from knotenpunkt.tools.search.phrases import folded_token, tokens_of
from knotenpunkt.tools.search.words import DATA

FOLDER = DATA / "glosses"
# A text belongs to a language of which it says at least this share of its letters.
BELONGS = 0.5
LONGEST_PHRASE = 4

Pattern = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glosses:
    """The glosses of one language."""

    exact: Mapping[Pattern, str]
    beginnings: Mapping[str, str]
    """Single words of which only the beginning is told, without the star."""

    def translated(self, tokens: list[str]) -> Iterator[tuple[str, int]]:
        """German words, and how many letters they stand for; 0 for a word that stays as it is."""
        at = 0
        while at < len(tokens):
            length, german = self._longest(tokens, at)
            yield german, sum(map(len, tokens[at : at + length])) if german != tokens[at] else 0
            at += length

    def _longest(self, tokens: list[str], at: int) -> tuple[int, str]:
        for length in range(min(LONGEST_PHRASE, len(tokens) - at), 0, -1):
            if german := self.exact.get(tuple(tokens[at : at + length])):
                return length, german
        word = tokens[at]
        for end in range(len(word), 1, -1):
            if german := self.beginnings.get(word[:end]):
                return 1, german
        return 1, word


def glossed(text: str) -> str:
    """The text in German words, or "" when it is in none of these languages."""
    tokens = tokens_of(text)
    letters = sum(map(len, tokens))
    best, most = "", BELONGS * letters
    for glosses in _languages():
        for form in (tokens, [folded_token(token) for token in tokens]):
            words = list(glosses.translated(form))
            if (covered := sum(size for _, size in words)) > most:
                best, most = " ".join(german for german, _ in words), covered
    return best


@lru_cache(maxsize=1)
def _languages() -> tuple[Glosses, ...]:
    return tuple(
        _glosses(json.loads(file.read_text(encoding="utf-8")))
        for file in sorted(FOLDER.glob("*.json"))
    )


def _glosses(told: Mapping[str, str]) -> Glosses:
    exact: dict[Pattern, str] = {}
    beginnings: dict[str, str] = {}
    for pattern, german in told.items():
        tokens = tokens_of(pattern)
        for form in (tokens, [folded_token(token) for token in tokens]):
            if len(form) == 1 and form[0].endswith("*"):
                beginnings.setdefault(form[0][:-1], german)
            elif form:
                exact.setdefault(tuple(token.strip("*") for token in form), german)
    return Glosses(exact, beginnings)
