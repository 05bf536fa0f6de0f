"""A text as wishes are read from it: its words, whether it is a worry, what is denied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from knotenpunkt.registers.offers.phrases import PhraseBook, Said, cleaned, folded_forms, words_said
from knotenpunkt.registers.offers.wishing import vocabulary

# "Samstagvormittag" are two wishes in one word.
WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
JOINED_WITH = ("vormittag", "nachmittag", "abend")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a text from `begin` up to `end` that ask for something."""

    kind: str
    begin: int
    end: int
    value: Any


@dataclass(frozen=True)
class Sentence:
    """What somebody typed."""

    text: str
    said: Sequence[Said] = field(default=(), compare=False)

    @classmethod
    def of(cls, text: str) -> Sentence:
        """Read a text."""
        text = cleaned(text)
        return cls(text, _parted(words_said(text)))

    def __len__(self) -> int:
        return len(self.said)

    @cached_property
    def words(self) -> list[str]:
        """The folded words."""
        return [one.word for one in self.said]

    @cached_property
    def is_worry(self) -> bool:
        """Whether it tells what is the matter, and asks for nothing."""
        return _says("worry", self.words) and not _says("asking", self.words)

    def is_denied(self, at: int) -> bool:
        """Whether the word before says "not"."""
        return at > 0 and _says("negations", self.words[at - 1 : at])

    def between(self, begin: int, end: int) -> str:
        """These words as they were typed."""
        return self.text[self.said[begin].start : self.said[end - 1].end]

    def without(self, stretches: Sequence[Stretch]) -> str:
        """What is left of the text; "" when that says nothing of its own."""
        taken = {at for one in stretches for at in range(one.begin, one.end)}
        dangling = _forms("dangling")
        taken |= {at - 1 for at in taken if at and self.words[at - 1] in dangling}
        left = [at for at in range(len(self)) if at not in taken]
        if taken and all(self.words[at] in _forms("generic") for at in left):
            return ""
        pieces, start = [], 0
        for at in sorted(taken):
            pieces.append(self.text[start : self.said[at].start])
            start = self.said[at].end
        return " ".join("".join([*pieces, self.text[start:]]).split()).strip(" ,;:-–")


def _parted(said: Sequence[Said]) -> list[Said]:
    parted: list[Said] = []
    for one in said:
        head = next((day for day in WEEKDAYS if one.word.startswith(day)), "")
        tail = one.word.removeprefix(head)
        if head and tail.startswith(JOINED_WITH):
            middle = one.start + len(head)
            parted += [Said(head, one.start, middle), Said(tail, middle, one.end)]
        else:
            parted.append(one)
    return parted


def _says(name: str, words: Sequence[str]) -> bool:
    return next(_book(name).met(words), None) is not None


@lru_cache(maxsize=4)
def _book(name: str) -> PhraseBook[str]:
    return vocabulary.book(vocabulary.words()[name])


@lru_cache(maxsize=2)
def _forms(name: str) -> frozenset[str]:
    return folded_forms(vocabulary.words()[name])
