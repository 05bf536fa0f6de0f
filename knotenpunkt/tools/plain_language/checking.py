"""A whole text, checked by every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from knotenpunkt.tools.plain_language import grammar, signs, wordings
from knotenpunkt.tools.plain_language.findings import Finding, Line, lines_of

LONGEST = 20_000
MOST = 200

BY_LINE: Sequence[Callable[[Line], Iterator[Finding]]] = (
    wordings.abbreviations, wordings.hard_words, wordings.long_words, grammar.negation,
    grammar.subjunctive, grammar.passive, grammar.genitive, signs.signs, signs.numbers,
    signs.sentences, signs.lists, signs.letters,
)  # fmt: skip
WHOLE: Sequence[Callable[[Sequence[Line]], Iterator[Finding]]] = (
    wordings.same_words, wordings.addressed,
)  # fmt: skip


def check(text: str) -> list[Finding]:
    """Everything that is hard to read, in the order of the text; at most `MOST` findings."""
    lines = lines_of(text[:LONGEST])
    found = [one for line in lines for rule in BY_LINE for one in rule(line)]
    found += [one for rule in WHOLE for one in rule(lines)]
    return sorted(found, key=lambda one: (one.line, one.start, one.end))[:MOST]
