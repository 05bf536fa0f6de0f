"""Words and phrases of the lexicon that a text says literally, in whatever language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knotenpunkt.foundation.core.folding import folded_words
from knotenpunkt.tools.search.lexicon import Concept
from knotenpunkt.tools.search.words import content_words, stop_words, term_of, terms_of

SHORTEST_WITHOUT_ACCENTS = 5
LONGEST_TOKEN = 24
OFFICIAL, LAY = 1.0, 0.9
_GERMAN_LETTERS = re.compile(r"[a-zäöüß]+")

Pattern = tuple[str, ...]
Entry = tuple[Pattern, int, float]
"""A whole phrase, its concept, and how surely it means it."""


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """All phrases by their first term or pattern."""

    phrases: Mapping[str, Sequence[Entry]]
    shared: Mapping[Pattern, int]
    """How many concepts say this phrase."""
    words: frozenset[str]
    """Every German word in it, folded."""

    @classmethod
    def of(cls, concepts: Sequence[Concept]) -> Phrasebook:
        """The phrases of these concepts."""
        phrases: dict[str, list[Entry]] = {}
        shared: dict[Pattern, int] = {}
        for number, concept in enumerate(concepts):
            for pattern, sure in _patterns(concept).items():
                phrases.setdefault(pattern[0], []).append((pattern, number, sure))
                shared[pattern] = shared.get(pattern, 0) + 1
        german = (word for concept in concepts for text in concept.german for word in
                  content_words(text))  # fmt: skip
        return cls(phrases, shared, frozenset(german))

    def said_in(self, text: str, read: Sequence[set[str]] = ()) -> dict[int, float]:
        """Concepts of which the text says a word, and what share of the text that is, 0 to 1.

        `read` are the German terms that count for each content word, where they are known better
        than by the text alone: typos mended, compounds taken apart.
        """
        words = content_words(text)
        german = list(read) or [{term_of(word)} for word in words]
        sizes = [len(word) for word in words]
        found = dict(self._found(german, sizes))
        tokens = [token for token in tokens_of(text) if not self._is_german(token)]
        for number, share in self._found(
            [_keys(token) for token in tokens], [len(token) for token in tokens]
        ):
            found[number] = max(found.get(number, 0.0), share)
        return found

    def in_record(self, terms: Mapping[str, float]) -> Iterator[tuple[int, float]]:
        """Concepts of which a record has all terms of a phrase, with the least of their weights."""
        for term in terms:
            for pattern, number, sure in self.phrases.get(term, ()):
                weight = min(terms.get(part, 0.0) for part in pattern)
                if weight > 0:
                    yield number, weight * sure / self.shared[pattern] ** 0.5

    def _is_german(self, token: str) -> bool:
        """Whether this is a German word that a foreign one must not be mistaken for."""
        folded = folded_token(token)
        return bool(_GERMAN_LETTERS.fullmatch(token)) and (
            folded in self.words or folded in stop_words()
        )

    def _found(
        self, tokens: Sequence[set[str]], sizes: Sequence[int]
    ) -> Iterator[tuple[int, float]]:
        best: dict[int, float] = {}
        whole = max(1, sum(sizes))
        for at, keys in enumerate(tokens):
            for key in keys:
                for pattern, number, sure in self.phrases.get(key, ()):
                    following = tokens[at : at + len(pattern)]
                    if len(following) == len(pattern) and all(
                        part in here for part, here in zip(pattern, following, strict=True)
                    ):
                        share = sum(sizes[at : at + len(pattern)]) / whole
                        sure /= self.shared[pattern] ** 0.5
                        best[number] = max(best.get(number, 0.0), sure * share**0.5)
        yield from best.items()


def _patterns(concept: Concept) -> dict[Pattern, float]:
    patterns: dict[Pattern, float] = {}
    for phrases, sure in (
        (concept.lay, LAY), ((concept.name, *concept.official, *concept.short), OFFICIAL),
    ):  # fmt: skip
        patterns.update((pattern, sure) for pattern in _german(phrases))
    patterns.update((pattern, LAY) for pattern in _foreign(concept.foreign))
    return patterns


def _german(phrases: Iterable[str]) -> Iterator[Pattern]:
    for phrase in phrases:
        pattern = tuple(terms_of(phrase))
        # A sentence of which one everyday word is left would be met by chance.
        if len(pattern) > 1 or (pattern and len(phrase.split()) < 3):
            yield pattern


def _foreign(phrases: Iterable[str]) -> Iterator[Pattern]:
    for phrase in phrases:
        tokens = tokens_of(phrase)
        if not tokens:
            continue
        yield tuple(tokens)
        plain = tuple(folded_token(token) for token in tokens)
        if len("".join(plain)) >= SHORTEST_WITHOUT_ACCENTS:
            yield plain


def tokens_of(text: str) -> list[str]:
    """Words with their accents, which tell Vietnamese "hát" from German "hat"."""
    lowered = unicodedata.normalize("NFC", text).casefold().replace("\u200c", " ")
    cleaned = "".join(
        mark if mark.isalnum() or mark in "*'ʼ’" or unicodedata.combining(mark) else " "
        for mark in lowered
    )
    return cleaned.replace("ʼ", "'").replace("’", "'").split()


def folded_token(token: str) -> str:
    """The token without accents; the stars of a pattern stay."""
    start, end = "*" * token.startswith("*"), "*" * (token.endswith("*") and len(token) > 1)
    return start + "".join(folded_words(token)) + end


def _keys(token: str) -> set[str]:
    """Every pattern that the token fits."""
    keys = set(patterns_of(token[:LONGEST_TOKEN]))
    plain = folded_token(token[:LONGEST_TOKEN])
    return keys | set(patterns_of(plain)) if plain != token else keys


def patterns_of(token: str) -> Iterator[str]:
    """The patterns that a token fits; inside only in scripts that write words together."""
    yield token
    for length in range(2, len(token) + 1):
        yield f"{token[:length]}*"
        if token.isascii():
            continue
        yield f"*{token[-length:]}"
        for start in range(len(token) - length + 1):
            yield f"*{token[start : start + length]}*"
