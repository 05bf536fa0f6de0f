"""How a query is read: its words with what counts for them, its meaning, and its concepts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from knotenpunkt.foundation.core.folding import fold, folded_words
from knotenpunkt.tools.search.concepts import Clues, certain, clues
from knotenpunkt.tools.search.encoder import Vectors, encode_queries, pieces
from knotenpunkt.tools.search.glossing import glossed
from knotenpunkt.tools.search.lexicon import OwnMeaning, lexicon
from knotenpunkt.tools.search.membership import phrasebook
from knotenpunkt.tools.search.words import (
    SHORTEST_PART,
    Vocabulary,
    content_words,
    term_of,
    without_dots,
)

LONGEST_QUERY = 600
MOST_WORDS = 24
# Looking for what a mistyped word may mean takes longest; whoever types many is not understood.
MOST_CORRECTIONS = 6
BEGINNING, CORRECTED, COMPOUND, OWN = 0.7, 0.85, 0.7, 0.9
# From so many words on a query is read part by part as well.
LONG_QUERY, SHORTEST_CLAUSE, MOST_CLAUSES = 9, 3, 4
_REPEATED = re.compile(r"(.)\1{2,}")
_CLAUSE = re.compile(
    r"[.!?;,\n]+"
    r"|\s(?:und|aber|weil|dass|oder|and|but|because|ve|ama|i|ale|и|но|а|і|و)\s"
)


@dataclass(frozen=True, slots=True)
class Sought:
    """One word of a query and the terms that count for it, each with a factor up to 1."""

    word: str
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as the ranking reads it."""

    words: tuple[Sought, ...]
    named: tuple[Sought, ...]
    """Words that may name a provider or a place."""
    vectors: Vectors
    """Shape (n, 512): the meaning of the whole in one or more wordings."""
    concepts: tuple[tuple[int, float], ...]
    clues: Clues
    corrections: tuple[tuple[str, str], ...] = ()
    """(as typed, as read) of words taken for typos."""
    text: str = ""


def read(
    text: str,
    named: str,
    vocabulary: Vocabulary,
    has: Callable[[str], bool],
    own_words: Sequence[OwnMeaning] = (),
) -> Reading:
    """Read a query with the words that the index and the lexicon know.

    `has` tells whether any entry has a term, `named` is the whole as typed where that is more.
    """
    text = cleaned(text)
    own = _own(text, own_words)
    sought, corrections = _all_sought(text, vocabulary, has)
    names = _all_sought(cleaned(named), vocabulary, has)[0] if named else sought
    mended, joined = _joined(
        [_mended(word, dict(corrections), vocabulary) for word in text.split()], vocabulary
    )
    wordings = list(_wordings(text, mended, own))
    clauses = _clauses(wordings[-1])
    vectors = encode_queries([*wordings, *clauses])
    found = clues(vectors, wordings, _said(text, sought, joined, own))
    more = [Sought(word, ((term_of(word), 1.0),)) for word in joined]
    more += [Sought(word, ((term_of(word), OWN),)) for word in content_words(" ".join(own))]
    return Reading(
        words=(*sought, *more),
        named=tuple(names),
        vectors=vectors[: len(wordings)],
        concepts=certain(found),
        corrections=tuple(corrections),
        clues=found,
        text=text,
    )


def _said(
    text: str, sought: Sequence[Sought], joined: Sequence[str], own: Sequence[str]
) -> dict[int, float]:
    """Concepts named by the text as typed, as mended, and by what own words in it mean."""
    book = phrasebook()
    said = book.said_in(text, [_certain_terms(one) for one in sought])
    told = [(book.said_in(other), 1.0) for other in (text, *own)]
    told += [(book.said_in(one), (len(one) / len(text)) ** 0.5) for one in joined]
    for found, factor in told:
        for number, share in found.items():
            said[number] = max(said.get(number, 0.0), factor * share)
    return said


def cleaned(text: str) -> str:
    """Without what nobody sees, in one line, not too long, letters held down let go."""
    seen = "".join(
        mark if unicodedata.category(mark)[0] != "C" or mark == "\u200c" else " "
        for mark in unicodedata.normalize("NFKC", text[: 4 * LONGEST_QUERY])
    )
    return _REPEATED.sub(r"\1\1", " ".join(seen.split())[:LONGEST_QUERY])


def _all_sought(
    text: str, vocabulary: Vocabulary, has: Callable[[str], bool]
) -> tuple[list[Sought], list[tuple[str, str]]]:
    sought: list[Sought] = []
    corrections: list[tuple[str, str]] = []
    for word in list(dict.fromkeys(content_words(text)))[:MOST_WORDS]:
        correction = None
        if len(corrections) < MOST_CORRECTIONS and not _is_known(word, vocabulary):
            correction = _correction(word, vocabulary)
        sought.append(Sought(word, tuple(_terms_for(word, correction, vocabulary, has).items())))
        if correction:
            corrections.append((word, correction))
    return sought, corrections


def _is_known(word: str, vocabulary: Vocabulary) -> bool:
    term = term_of(word)
    return bool(
        term in vocabulary
        or _other_dots(term) in vocabulary
        or vocabulary.parts(word)
        or word in lexicon().foreign_words
        or pieces(word) == 1
    )


def _correction(word: str, vocabulary: Vocabulary) -> str | None:
    """What a word was meant to be; none when that would be the rarer word."""
    meant = vocabulary.meant_by(word)
    # "exfreund" is no mistyped "freund".
    if meant is None or word.endswith(meant) or pieces(meant) > pieces(word):
        return None
    return meant


def _other_dots(term: str) -> str:
    bare = without_dots(term)
    return f"{term}¨" if term == bare else bare


def _terms_for(
    word: str, correction: str | None, vocabulary: Vocabulary, has: Callable[[str], bool]
) -> dict[str, float]:
    read, factor = (correction, CORRECTED) if correction else (word, 1.0)
    terms = {term_of(part): COMPOUND * factor for part in vocabulary.parts(read)}
    term = term_of(read)
    if term not in vocabulary and _other_dots(term) in vocabulary:
        term = _other_dots(term)
    terms[term] = factor
    if not any(has(term) for term in terms):
        terms.update((begun, BEGINNING) for begun in vocabulary.beginning_with(read))
    return terms


def _certain_terms(sought: Sought) -> set[str]:
    return {term for term, factor in sought.terms if factor >= COMPOUND * CORRECTED}


def _own(text: str, own_words: Sequence[OwnMeaning]) -> list[str]:
    """What the network's own words in the text mean, and its own words for what the text says."""
    asked = f" {fold(text)} "
    return [
        other
        for own in own_words
        for said, others in ((own.said, own.means), *((one, (own.said,)) for one in own.means))
        if fold(said) and f" {fold(said)} " in asked
        for other in others
    ]


def _wordings(text: str, mended: str, own: list[str]) -> Iterator[str]:
    """The text as typed; mended, where it has typos; in German words, where glossed."""
    yield text
    if own:
        yield ", ".join([mended, *own])
    elif mended != text:
        yield mended
    if german := glossed(text):
        yield german


def _joined(words: Sequence[str], vocabulary: Vocabulary) -> tuple[str, list[str]]:
    """The text with known compounds that were typed as two words made one, and these compounds."""
    text: list[str] = []
    joined: list[str] = []
    for word in words:
        both = "".join(folded_words(f"{text[-1]}{word}")) if text else ""
        if both in vocabulary.words and len(text[-1]) >= SHORTEST_PART:
            text[-1] = both
            joined.append(both)
        else:
            text.append(word)
    return " ".join(text), joined


def _mended(word: str, corrections: dict[str, str], vocabulary: Vocabulary) -> str:
    folded = "".join(folded_words(word))
    if folded in corrections:
        return corrections[folded]
    if folded not in vocabulary.words and (parts := vocabulary.parts(folded)):
        return " ".join(parts)
    return word


def _clauses(text: str) -> list[str]:
    if len(text.split()) < LONG_QUERY:
        return []
    clauses = [clause.strip() for clause in _CLAUSE.split(text)]
    return [one for one in clauses if len(one.split()) >= SHORTEST_CLAUSE][:MOST_CLAUSES]
