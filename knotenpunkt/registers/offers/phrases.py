"""Phrases as data, met in what people type: word by word, folded, in any language.

A phrase is written like a sentence with a few signs: `schlag*` begins so, `*sprachig` ends so,
`*ضرب*` has it inside, `mann|freund` is either, `<kid>` a named group of such words, `..` up to
four words in between, `#` a number. Words are compared folded, and typed without their dots they
are met as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from knotenpunkt.foundation.core.folding import fold, fold_plain

GAP, NUMBER = "..", "#"
WIDEST_GAP = 4
MOST_WORDS = 240

# What is invisible and may stand inside a word: soft hyphens, joiners, marks of direction.
_INVISIBLE = re.compile("[\u00ad\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WORD = re.compile(
    r"\d+|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]"
    r"|['’ʼ](?=[^\W\d_]))*"
)
_REFERENCE = re.compile(r"<(\w+)>")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """One word of a text: folded, where it stands there, and as it was typed but small."""

    word: str
    start: int
    end: int
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Met(Generic[T]):
    """A phrase that was met, from the word `begin` up to `end` (not included)."""

    begin: int
    end: int
    meaning: T


def cleaned(text: str) -> str:
    """The text as its words are counted in: composed, without what nobody sees."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def words_said(text: str) -> list[Said]:
    """The first words of a `cleaned` text; "2jährige" is a number and a word."""
    found = []
    for match in _WORD.finditer(text):
        if word := fold(match.group()).replace(" ", ""):
            found.append(Said(word, *match.span(), match.group().casefold()))
        if len(found) == MOST_WORDS:
            break
    return found


@dataclass(frozen=True, slots=True)
class _Element:
    """One place of a phrase. `gap` and `number` stand for themselves."""

    words: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    gap: bool = False
    number: bool = False

    def fits(self, word: str) -> bool:
        if self.number:
            return word.isdecimal()
        return (
            word in self.words
            or (bool(self.starts) and word.startswith(self.starts))
            or (bool(self.ends) and word.endswith(self.ends))
            or any(part in word for part in self.inside)
        )


class PhraseBook(Generic[T]):
    """Many phrases with what each of them means, met in one walk over the words.

    `as_typed` keeps the accents, where they tell words apart: Vietnamese "tìm" is not "tím".
    """

    def __init__(
        self,
        phrases: Iterable[tuple[str, T]],
        groups: Mapping[str, Sequence[str]] | None = None,
        *,
        as_typed: bool = False,
    ) -> None:
        spelled = _as_typed if as_typed else folded_forms
        self._by_start: dict[str, list[tuple[tuple[_Element, ...], T]]] = {}
        self._anywhere: list[tuple[tuple[_Element, ...], T]] = []
        for phrase, meaning in phrases:
            self._add(_elements(phrase, groups or {}, spelled), meaning)

    def met(self, words: Sequence[str]) -> Iterator[Met[T]]:
        """Every phrase that the words say, in their order, with its longest stretch."""
        for begin, word in enumerate(words):
            for elements, meaning in self._beginning_with(word):
                end = _end(elements, words, begin)
                if end is not None:
                    yield Met(begin, end, meaning)

    def _add(self, elements: tuple[_Element, ...], meaning: T) -> None:
        first = elements[0]
        if first.ends or first.inside or first.number:
            self._anywhere.append((elements, meaning))
            return
        for key in {*first.words, *(f"{start}*" for start in first.starts)}:
            self._by_start.setdefault(key, []).append((elements, meaning))

    def _beginning_with(self, word: str) -> Iterator[tuple[tuple[_Element, ...], T]]:
        yield from self._by_start.get(word, ())
        for length in range(1, min(len(word), 24) + 1):
            yield from self._by_start.get(f"{word[:length]}*", ())
        yield from self._anywhere


def _end(elements: tuple[_Element, ...], words: Sequence[str], at: int) -> int | None:
    """Where the phrase ends that begins at a word; None when it is not said there."""
    for position, element in enumerate(elements):
        if element.gap:
            rest = elements[position + 1 :]
            skipped = range(at, min(at + WIDEST_GAP, len(words)) + 1)
            return next((end for one in skipped if (end := _end(rest, words, one))), None)
        if at >= len(words) or not element.fits(words[at]):
            return None
        at += 1
    return at


Spelling = Callable[[Iterable[str]], frozenset[str]]


def _elements(
    phrase: str, groups: Mapping[str, Sequence[str]], spelled: Spelling
) -> tuple[_Element, ...]:
    parts = phrase.replace("\u200c", " ").split()
    elements = tuple(_element(part, groups, spelled) for part in parts)
    if not elements or elements[0].gap:
        raise ValueError(f"A phrase begins with a word: {phrase!r}")
    return elements


def _element(part: str, groups: Mapping[str, Sequence[str]], spelled: Spelling) -> _Element:
    if part == GAP:
        return _Element(gap=True)
    if part == NUMBER:
        return _Element(number=True)
    written = _REFERENCE.sub(lambda match: "|".join(groups[match[1]]), part).split("|")
    inside = [word[1:-1] for word in written if word.startswith("*") and word.endswith("*")]
    starts = [word[:-1] for word in written if word.endswith("*") and not word.startswith("*")]
    ends = [word[1:] for word in written if word.startswith("*") and not word.endswith("*")]
    whole = [word for word in written if "*" not in word]
    return _Element(
        spelled(whole), tuple(spelled(starts)), tuple(spelled(ends)), tuple(spelled(inside))
    )


def folded_forms(words: Iterable[str]) -> frozenset[str]:
    """Each word with its umlauts written out, and as typed without their dots."""
    forms = {form.replace(" ", "") for word in words for form in (fold(word), fold_plain(word))}
    return frozenset(forms - {""})


def _as_typed(words: Iterable[str]) -> frozenset[str]:
    return frozenset(unicodedata.normalize("NFC", word).casefold() for word in words if word)
