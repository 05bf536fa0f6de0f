"""What the checker tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_LINE = 1_000
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ0-9„\"])")
_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]+(?:[-·][A-Za-zÄÖÜäöüß]+)*")


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that is hard to read. `line` counts from 1, `start` and `end` are places in it.

    `better` is German: a wording to take, or "" where only the writer can know it.
    """

    rule: str
    line: int
    start: int
    end: int
    said: str
    better: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line and its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text."""

    number: int
    text: str

    @property
    def words(self) -> list[Word]:
        """Its words; what is joined by a hyphen is one."""
        return [Word(m[0], m.start(), m.end()) for m in _WORD.finditer(self.text)]

    def find(self, rule: str, start: int, end: int, better: str = "") -> Finding:
        """A finding in this line."""
        return Finding(rule, self.number, start, end, self.text[start:end], better)

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Where a pattern stands in it."""
        return pattern.finditer(self.text)

    def ends_of_sentences(self, ends_no_sentence: re.Pattern[str]) -> list[int]:
        """Where a further sentence begins; a dot behind an abbreviation or a number is no end."""
        found = []
        for match in _SENTENCE_END.finditer(self.text):
            before = self.text[: match.start()]
            if not ends_no_sentence.search(before):
                found.append(match.start())
        return found


def lines_of(text: str) -> list[Line]:
    """The lines that say something, by their numbers; of endless ones the beginning."""
    rows = text.replace("\r\n", "\n").split("\n")
    return [Line(at, row[:LONGEST_LINE]) for at, row in enumerate(rows, start=1) if row.strip()]
