"""Finds things by what they are called: beginnings, parts, slips of the finger, numbers, addresses.

Names are no texts: nobody means a word by them, and half of one must do. So this is beside the
search by meaning, and keeps nothing on disk: an index lives in the memory of one process.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from knotenpunkt.foundation.core.folding import fold, fold_plain

TITLE, FURTHER, WAY = 1.0, 0.7, 0.85
EXACT, BEGINNING, LONGER_BEGINNING, INSIDE = 1.0, 0.8, 0.15, 0.6
ONE_SLIP, TWO_SLIPS, SLIP_AT_BEGINNING = 0.72, 0.62, 0.56
NUMBER_INSIDE = 0.9
STARTS_SO, ONE_WORD_LESS = 0.2, 0.5
# What fits less than this share of the best is noise beside it.
TAIL = 0.55
SHORTEST_INSIDE, SHORTEST_SLIP, LONG_WORD = 3, 4, 8
SHORTEST_NUMBER = 4
# Behind every sign that a folded word may hold.
LAST_SIGN = chr(0x10FFFF)
MOST_WORDS, LONGEST_TYPED = 6, 100
NUMBER = re.compile(r"[\d\s+/().\-–]+")


@dataclass(frozen=True, slots=True)
class Named:
    """One thing and what it is called. `group` and `key` are the caller's own words for it.

    `further` are names that stand beside it, such as its town; `ways` are telephone numbers and
    e-mail addresses.
    """

    group: str
    key: str
    title: str
    further: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that fits; `way` is the number or address by which it was found, or ""."""

    named: Named
    score: float
    way: str = ""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Things laid out by the words of their names."""

    things: Sequence[Named]
    words: Sequence[str]
    """All words in order, so that a beginning is one stretch of them."""
    found_in: Mapping[str, Sequence[tuple[int, float]]]
    """Word → the things that have it, and how much it counts there."""
    numbers: Sequence[tuple[str, int]]
    """Digits without what stands before the area code → thing."""


def index_of(things: Iterable[Named]) -> NameIndex:
    """An index of these things."""
    told = list(things)
    found_in: dict[str, dict[int, float]] = {}
    numbers: list[tuple[str, int]] = []
    for at, thing in enumerate(told):
        for word, weight in _weighed(thing):
            known = found_in.setdefault(word, {})
            known[at] = max(known.get(at, 0.0), weight)
        numbers += [(digits, at) for way in thing.ways if (digits := national(way))]
    posted = {word: tuple(things.items()) for word, things in found_in.items()}
    return NameIndex(told, sorted(posted), posted, numbers)


def _weighed(thing: Named) -> Iterator[tuple[str, float]]:
    parts = [(thing.title, TITLE), *((text, FURTHER) for text in thing.further)]
    parts += [(way, WAY) for way in thing.ways if "@" in way]
    for text, weight in parts:
        for word in spelled(text):
            yield word, weight


@lru_cache(maxsize=200_000)
def spelled(text: str) -> tuple[str, ...]:
    """The words of a name in both spellings: "Müller" is mueller and muller."""
    return tuple(dict.fromkeys((*fold(text).split(), *fold_plain(text).split())))


@lru_cache(maxsize=50_000)
def _folded(title: str) -> str:
    return fold(title)


def national(way: str) -> str:
    """The digits of a number without 0, +49 or 0049 before them; "" for an address."""
    digits = "" if "@" in way else "".join(filter(str.isdecimal, way))
    return re.sub(r"^(0049|49(?=\d{6})|0)", "", digits)


def find(index: NameIndex, typed: str, *, limit: int, slips: bool = True) -> list[Match]:
    """What fits best, by group at most `limit` of each, best first.

    Without `slips` only what has the letters that were typed.
    """
    words = _asked(typed)
    if not words:
        return []
    scores = _scored(index, words, slips=slips)
    best = max(scores.values(), default=0.0)
    kept = [(at, score) for at, score in scores.items() if score >= TAIL * best]
    kept.sort(key=lambda one: (-one[1], index.things[one[0]].title))
    return list(_cut(index, kept, words, limit))


def _asked(typed: str) -> list[str]:
    """The words that were typed; a number with blanks and strokes in it is one word."""
    short = typed[:LONGEST_TYPED].strip()
    digits = "".join(filter(str.isdecimal, short))
    if len(digits) >= SHORTEST_NUMBER and NUMBER.fullmatch(short):
        return [digits]
    return list(dict.fromkeys(fold(short).split()))[:MOST_WORDS]


def _scored(index: NameIndex, words: Sequence[str], *, slips: bool) -> dict[int, float]:
    """Things that have all words; where none has, those that lack one."""
    by_word = [_having(index, word, slips=slips) for word in words]
    counts: dict[int, int] = {}
    sums: dict[int, float] = {}
    for found in by_word:
        for at, score in found.items():
            counts[at] = counts.get(at, 0) + 1
            sums[at] = sums.get(at, 0.0) + score
    needed = max(counts.values(), default=0)
    if needed < max(1, len(words) - 1):
        return {}
    share = 1.0 if needed == len(words) else ONE_WORD_LESS
    start = " ".join(words)
    return {
        at: share * total / len(words) + _starting(index.things[at], start)
        for at, total in sums.items()
        if counts[at] == needed
    }


def _starting(thing: Named, start: str) -> float:
    title = _folded(thing.title)
    if not title.startswith(start):
        return 0.0
    return STARTS_SO * (0.5 + 0.5 * len(start) / len(title))


def _having(index: NameIndex, word: str, *, slips: bool) -> dict[int, float]:
    """Thing → how well it has this word."""
    found: dict[int, float] = {}
    for known, quality in _alike(index, word, slips=slips).items():
        for at, weight in index.found_in[known]:
            if quality * weight > found.get(at, 0.0):
                found[at] = quality * weight
    if word.isdecimal() and len(word) >= SHORTEST_NUMBER:
        digits = national(word)
        for number, at in index.numbers:
            if digits and digits in number:
                found[at] = max(found.get(at, 0.0), NUMBER_INSIDE)
    return found


def _alike(index: NameIndex, word: str, *, slips: bool) -> dict[str, float]:
    """Known words that may be meant, and how likely."""
    found = dict(_slipped(index, word)) if slips else {}
    if len(word) >= SHORTEST_INSIDE:
        found.update((known, INSIDE) for known in index.words if word in known)
    for known in _beginning(index, word):
        found[known] = BEGINNING + LONGER_BEGINNING * len(word) / len(known)
    if word in index.found_in:
        found[word] = EXACT
    return found


def _beginning(index: NameIndex, start: str) -> Sequence[str]:
    """The words that begin so: one stretch of them."""
    first = bisect_left(index.words, start)
    return index.words[first : bisect_left(index.words, start + LAST_SIGN, lo=first)]


def _slipped(index: NameIndex, word: str) -> Iterator[tuple[str, float]]:
    """Words that differ by a slip or two, or begin so. People seldom miss the first letter."""
    if len(word) < SHORTEST_SLIP or word.isdecimal():
        return
    most = 1 if len(word) < LONG_WORD else 2
    alike = _beginning(index, word[0])
    begun = [known[: len(word)] for known in alike]
    for _text, _slips, place in extract(
        word, begun, scorer=OSA.distance, score_cutoff=most, limit=None
    ):
        yield alike[place], SLIP_AT_BEGINNING
    for known, slips, _place in extract(
        word, alike, scorer=OSA.distance, score_cutoff=most, limit=None
    ):
        yield known, ONE_SLIP if slips == 1 else TWO_SLIPS


def _cut(
    index: NameIndex, ranked: Iterable[tuple[int, float]], words: Sequence[str], limit: int
) -> Iterator[Match]:
    taken: dict[str, int] = {}
    for at, score in ranked:
        thing = index.things[at]
        taken[thing.group] = taken.get(thing.group, 0) + 1
        if taken[thing.group] <= limit:
            yield Match(thing, score, _way(thing, words))


def _way(thing: Named, words: Sequence[str]) -> str:
    """The number or address that says what was typed, where the names do not."""
    names = {name for text in (thing.title, *thing.further) for name in spelled(text)}
    for word in words:
        if any(word in name for name in names):
            continue
        for way in thing.ways:
            if _says(way, word):
                return way
    return ""


def _says(way: str, word: str) -> bool:
    if word.isdecimal():
        return bool(national(word)) and national(word) in national(way)
    return "@" in way and any(word in part for part in spelled(way))
