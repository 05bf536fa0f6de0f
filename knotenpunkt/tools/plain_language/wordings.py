"""Words that are hard, foreign or short, words for the reader, and the same word for the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knotenpunkt.tools.plain_language.compounds import split
from knotenpunkt.tools.plain_language.findings import Finding, Line
from knotenpunkt.tools.plain_language.vocabulary import groups, looked_up

LINES_WITHOUT_READER = 4
_READER = re.compile(r"\b(Sie|Ihnen|Ihre?[mnrs]?|du|dich|dir|deine?[mnrs]?|ihr|euch)\b", re.I)
_MAN = re.compile(r"\bman\b")
_ACRONYM = re.compile(r"(?<![\w-])[A-ZÄÖÜ]{2,4}(?![\w-])")
_READ_BY_ALL = frozenset({"WC", "CD", "DVD", "TV", "USA", "AG", "DER", "DIE", "DAS", "UND", "SIE"})
_DAYS = re.compile(r"\b(?:Mo|Di|Mi|Do|Fr|Sa|So)\b")


def hard_words(line: Line) -> Iterator[Finding]:
    """Words for which there is an easier one."""
    for rule, section in (("difficult", "difficult"), ("foreign", "foreign"), ("reader", "reader")):
        for start, end, better in looked_up(section, line.text):
            yield line.find(rule, start, end, better)
    for match in line.matches(_MAN):
        yield line.find("impersonal", *match.span(), "Sie")


def abbreviations(line: Line) -> Iterator[Finding]:
    """Short forms; also those that only insiders know."""
    taken: set[int] = set()
    for start, end, better in looked_up("abbreviations", line.text):
        taken.update(range(start, end))
        yield line.find("abbreviation", start, end, better)
    for match in line.matches(_ACRONYM):
        if match.start() not in taken and match[0] not in _READ_BY_ALL:
            yield line.find("abbreviation", *match.span())


def long_words(line: Line) -> Iterator[Finding]:
    """Compounds that a hyphen makes readable."""
    hard = [(start, end) for start, end, _better in looked_up("difficult", line.text)]
    for word in line.words:
        better = split(word.text) if "-" not in word.text and "·" not in word.text else ""
        if better and not any(start <= word.start < end for start, end in hard):
            yield line.find("compound", word.start, word.end, better)


def same_words(lines: Sequence[Line]) -> Iterator[Finding]:
    """Two words for one thing: the first one stays."""
    for group in groups():
        first = ""
        for line in lines:
            for match in _in_order(group, line.text):
                pattern = next(one for one in group if one.fullmatch(match[0]))
                first = first or pattern.pattern
                if pattern.pattern != first:
                    told = next(found[0] for one in lines for found in re.finditer(first, one.text))
                    yield line.find("same_word", *match.span(), told)


def _in_order(group: Sequence[re.Pattern[str]], text: str) -> list[re.Match[str]]:
    found = [match for pattern in group for match in pattern.finditer(text)]
    return sorted(found, key=lambda match: match.start())


def addressed(lines: Sequence[Line]) -> Iterator[Finding]:
    """A text of some length that never says "Sie"."""
    if len(lines) < LINES_WITHOUT_READER or any(_READER.search(line.text) for line in lines):
        return
    first = lines[0]
    yield first.find("reader_missing", 0, len(first.text), "Sie")
