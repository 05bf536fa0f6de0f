"""The place that a text names: "Döbeln", "nähe Freiberg", "09599", "Freiberger Familienzentrum".

Only towns within reach of the network are places. A word that also means something else ("essen")
is a place only after "in" or the like, and a person's name ("Frau Rochlitz") is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from knotenpunkt.registers.areas.postal_codes import (
    Located,
    Town,
    locate,
    names_within_reach,
    rows_of,
    within,
)
from knotenpunkt.registers.offers.phrases import PhraseBook, folded_forms
from knotenpunkt.registers.offers.wishes import RADII_KM
from knotenpunkt.registers.offers.wishing import vocabulary
from knotenpunkt.registers.offers.wishing.sentences import Sentence, Stretch
from knotenpunkt.tools.search.lexicon import lexicon
from knotenpunkt.tools.search.words import stop_words

REACH_KM = 40
# A smaller town outside the network's areas is a place only after "in" or the like.
KNOWN_FROM_AFAR = 15_000
LONGEST_NAME = 4
# A shorter word says too little to be a place by itself, or with a typo.
SHORTEST_ALONE, SHORTEST_WITH_TYPO = 5, 6
DIGITS_OF_A_CODE = 5


def places(sentence: Sentence, area_keys: Sequence[str]) -> Iterator[Stretch]:
    """The one place that is named, as `Located`."""
    keys = tuple(area_keys)
    found = [*_codes(sentence, keys)] or [*_towns(sentence, keys)]
    if len({one.value.label for one in found}) == 1:
        yield from found


def radii(sentence: Sentence) -> Iterator[Stretch]:
    """How far around a place: the least circle on offer that holds it."""
    for met in _list("radius").met(sentence.words):
        km = next(int(word) for word in sentence.words[met.begin : met.end] if word.isdecimal())
        wide = next((radius for radius in RADII_KM if km <= radius), RADII_KM[-1])
        yield Stretch("radius", met.begin, met.end, wide)
        return


def _codes(sentence: Sentence, keys: tuple[str, ...]) -> Iterator[Stretch]:
    for at, word in enumerate(sentence.words):
        if len(word) == DIGITS_OF_A_CODE and word.isdecimal() and rows_of(word):
            end = at + 1 + _named_beside(sentence.words[at + 1 :], word)
            following = sentence.words[end : end + 1]
            place = locate(sentence.between(at, end), keys)
            if place and not (following and following[0] in _forms("not_a_code")):
                yield _led(sentence, at, end, place)


def _named_beside(words: Sequence[str], code: str) -> int:
    """How many words after a postal code are the name of its town."""
    names = {form for row in rows_of(code) for form in folded_forms([row.town])}
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        if "".join(words[:length]) in names:
            return length
    return 0


def _towns(sentence: Sentence, keys: tuple[str, ...]) -> Iterator[Stretch]:
    towns, at = names_within_reach(keys, REACH_KM), 0
    while at < len(sentence):
        one = _town_at(sentence, at, towns, keys)
        if one:
            yield one
        at = one.end if one else at + 1


def _town_at(
    sentence: Sentence, at: int, towns: Mapping[str, Town], keys: tuple[str, ...]
) -> Stretch | None:
    words = sentence.words
    for end in range(min(at + LONGEST_NAME, len(words)), at, -1):
        town = towns.get(" ".join(words[at:end])) or _inflected(words[at:end], towns)
        if town and _is_meant(sentence, at, end, town, keys):
            return _led(sentence, at, end, town.located)
    town = _of_the_town(words[at : at + 2], towns, keys)
    if town is None and _lead(words, at):
        town = _mistyped(words[at], towns, keys)
    return _led(sentence, at, at + 1, town.located) if town else None


def _is_meant(sentence: Sentence, begin: int, end: int, town: Town, keys: tuple[str, ...]) -> bool:
    words, name = sentence.words, " ".join(sentence.words[begin:end])
    if _forms("person") & set(words[max(0, begin - 2) : begin]) or sentence.is_denied(begin):
        return False
    if _lead(words, begin):
        return True
    if len(name) < SHORTEST_ALONE or name in _forms("never") or _is_a_word(name):
        return False
    return within(town.area_key, keys) or town.population >= KNOWN_FROM_AFAR


def _is_a_word(name: str) -> bool:
    return name in stop_words() or name in lexicon().words


def _inflected(words: Sequence[str], towns: Mapping[str, Town]) -> Town | None:
    """ "Döbeln'de"."""
    name, ending, _ = words[-1].partition("'")
    return towns.get(" ".join([*words[:-1], name])) if ending else None


def _mistyped(word: str, towns: Mapping[str, Town], keys: tuple[str, ...]) -> Town | None:
    if len(word) < SHORTEST_WITH_TYPO or not word.isascii() or _is_a_word(word):
        return None
    found = extractOne(word, _own_names(keys), scorer=OSA.distance, score_cutoff=1)
    return towns[found[0]] if found else None


@lru_cache(maxsize=256)
def _own_names(keys: tuple[str, ...]) -> list[str]:
    towns = names_within_reach(keys, REACH_KM)
    return [name for name, town in towns.items() if within(town.area_key, keys)]


def _of_the_town(
    words: Sequence[str], towns: Mapping[str, Town], keys: tuple[str, ...]
) -> Town | None:
    """ "Freiberger", "Peiner", "Bautzner", but not "Freiberger Straße"."""
    word = words[0]
    if len(word) < SHORTEST_WITH_TYPO or not word.endswith("er") or len(words) < 2:
        return None
    names = (word.removesuffix("er"), word.removesuffix("r"), f"{word.removesuffix('ner')}en")
    found = (towns.get(name) for name in names if name not in _forms("never"))
    town = next((town for town in found if town and within(town.area_key, keys)), None)
    return None if words[1] in _forms("street") else town


def _led(sentence: Sentence, begin: int, end: int, place: Located) -> Stretch:
    """With the "in der Nähe von" before it and the "und Umgebung" after it."""
    begin -= _lead(sentence.words, begin)
    for met in _list("trail").met(sentence.words[end : end + 3]):
        if met.begin == 0:
            end += met.end
            break
    return Stretch("place", begin, end, place)


def _lead(words: Sequence[str], at: int) -> int:
    """How many words before it say that a place follows."""
    for length in range(min(LONGEST_NAME, at), 0, -1):
        met = _list("lead").met(words[at - length : at])
        if any(one.begin == 0 and one.end == length for one in met):
            return length
    return 0


@lru_cache(maxsize=8)
def _list(name: str) -> PhraseBook[str]:
    return vocabulary.book(vocabulary.words()["places"][name])


@lru_cache(maxsize=8)
def _forms(name: str) -> frozenset[str]:
    return folded_forms(vocabulary.words()["places"][name])
