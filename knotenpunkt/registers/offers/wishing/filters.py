"""Days, times, costs, access, ways and languages that a text asks for.

Read carefully rather than greedily: what may be part of a worry ("abends schreit mein baby") is
no wish.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from knotenpunkt.registers.offers.phrases import Met, PhraseBook, folded_forms
from knotenpunkt.registers.offers.wishing import vocabulary
from knotenpunkt.registers.offers.wishing.sentences import Sentence, Stretch

ALWAYS_SPOKEN = "de"
SHORT_DAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
# A language that is somebody's subject stands next to what is done with it.
AROUND_A_LANGUAGE = 3


def days(sentence: Sentence) -> Iterator[Stretch]:
    """The one day that is asked for."""
    met = _apart([*_longest(_book("days"), sentence), *_short_days(sentence)], sentence)
    if not sentence.is_worry and len({one.meaning for one in met}) == 1:
        yield from (_led(one, sentence, "day", one.meaning) for one in met)


def times(sentence: Sentence) -> Iterator[Stretch]:
    """The one part of the day that is asked for."""
    met = _apart(_longest(_book("times"), sentence), sentence)
    if not sentence.is_worry and len({one.meaning for one in met}) == 1:
        yield from (_led(one, sentence, "time", one.meaning) for one in met)


def free(sentence: Sentence) -> Iterator[Stretch]:
    """That it must not cost anything."""
    met = _longest(_one_meaning("free"), sentence)
    if not met and len(sentence) <= 6:
        met = _longest(_list_book("free_alone"), sentence)
    yield from _unless(met, "free_is_not", sentence, "free", True)


def step_free(sentence: Sentence) -> Iterator[Stretch]:
    """That one gets in without a step."""
    met = _longest(_one_meaning("step_free"), sentence)
    if not met and len(sentence) <= 3:
        met = _longest(_list_book("step_free_alone"), sentence)
    yield from _unless(met, "step_free_is_not", sentence, "step_free", True)


def ways(sentence: Sentence) -> Iterator[Stretch]:
    """That it comes to the family, by visit, telephone or screen."""
    met = _longest(_book("ways"), sentence)
    if not met and not sentence.is_worry:
        # Children are online all day, and men come home drunk.
        met = _longest(_book("ways_in_wishes"), sentence)
    if len({one.meaning for one in met}) == 1:
        yield from _unless(met, "ways_are_not", sentence, "way", met[0].meaning)


def languages(sentence: Sentence) -> Iterator[Stretch]:
    """The language that somebody should speak, if it is not what is to be learnt."""
    met = _longest(vocabulary.languages(), sentence)
    codes = {one.meaning for one in met}
    if len(codes) == 1 and codes != {ALWAYS_SPOKEN} and not _is_subject(met[0], sentence):
        yield from (Stretch("language", one.begin, one.end, one.meaning) for one in met)


def _apart(met: Sequence[Met[str]], sentence: Sentence) -> list[Met[str]]:
    """Those that do not tell until when or since when: "bis Montag"."""
    others = list(_list_book("times_are_not").met(sentence.words))
    return [
        one
        for one in met
        if not any(one.begin < other.end and other.begin < one.end for other in others)
    ]


def _is_subject(met: Met[str], sentence: Sentence) -> bool:
    near = slice(max(0, met.begin - AROUND_A_LANGUAGE), met.end + AROUND_A_LANGUAGE)
    return any(_list_book("languages_are_not").met(sentence.words[near]))


def _short_days(sentence: Sentence) -> Iterator[Met[str]]:
    """ "Mi" only beside a part of the day: alone it is many other words."""
    times_met = list(_book("times").met(sentence.words))
    for at, word in enumerate(sentence.words):
        if word in SHORT_DAYS and any(one.begin == at + 1 for one in times_met):
            yield Met(at, at + 1, word)


def _longest(book: PhraseBook[str], sentence: Sentence) -> list[Met[str]]:
    """What is met and not denied; of stretches that overlap the longest."""
    kept: list[Met[str]] = []
    for one in sorted(book.met(sentence.words), key=lambda one: (one.begin - one.end, one.begin)):
        free_still = all(one.end <= other.begin or other.end <= one.begin for other in kept)
        if free_still and not sentence.is_denied(one.begin):
            kept.append(one)
    return kept


def _unless(
    met: Sequence[Met[str]], exceptions: str, sentence: Sentence, kind: str, value: Any
) -> Iterator[Stretch]:
    """What is met, where it is not part of something else."""
    others = list(_list_book(exceptions).met(sentence.words))
    for one in met:
        if not any(other.begin <= one.begin < other.end for other in others):
            yield Stretch(kind, one.begin, one.end, value)


def _led(met: Met[str], sentence: Sentence, kind: str, value: str) -> Stretch:
    """With the "am" or "jeden" before it."""
    begin = met.begin
    while begin and sentence.words[begin - 1] in _leading():
        begin -= 1
    return Stretch(kind, begin, met.end, value)


@lru_cache(maxsize=1)
def _leading() -> frozenset[str]:
    return folded_forms(vocabulary.words()["time_lead"])


@lru_cache(maxsize=8)
def _book(name: str) -> PhraseBook[str]:
    return vocabulary.meanings(vocabulary.words()[name])


@lru_cache(maxsize=8)
def _one_meaning(name: str) -> PhraseBook[str]:
    return vocabulary.book(vocabulary.flat(vocabulary.words()[name]))


@lru_cache(maxsize=8)
def _list_book(name: str) -> PhraseBook[str]:
    return vocabulary.book(vocabulary.words()[name])
