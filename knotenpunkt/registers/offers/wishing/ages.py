"""The age of the child that a text tells: "3 Monate alt", "für 2-jährige", "anderthalb Jahre".

A length of time is none ("seit 2 Jahren"), nor is the age of whoever writes ("ich bin 17"), and of
two ages neither is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knotenpunkt.registers.offers.phrases import PhraseBook, folded_forms
from knotenpunkt.registers.offers.wishing import vocabulary
from knotenpunkt.registers.offers.wishing.sentences import Sentence, Stretch

WEEKS_A_YEAR, MONTHS_A_YEAR = 52.2, 12
# Younger mothers are no children: above this an age must be said of a child.
OLDEST_MONTHS = 18 * 12
FACTORS = {"months": 1.0, "years": 12.0, "weeks": MONTHS_A_YEAR / WEEKS_A_YEAR}
MOST_WORDS_OF_A_BARE_AGE = 5


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number in the words `begin` to `end`."""

    number: float
    begin: int
    end: int


def ages(sentence: Sentence) -> Iterator[Stretch]:
    """The one age that is told, in months."""
    told = [*_whole_words(sentence)] or [*_counted(sentence)] or [*_bare(sentence)]
    if len({one.value for one in told}) == 1 and 0 <= told[0].value <= OLDEST_MONTHS:
        yield from told


def _whole_words(sentence: Sentence) -> Iterator[Stretch]:
    """One word that is an age: "dwulatek", "سنتين"."""
    ends = 0
    for met in sorted(_whole().met(sentence.words), key=lambda one: (one.begin, -one.end)):
        if met.begin >= ends and not _near("not_before", sentence.words, met.begin - 1, met.begin):
            ends = met.end
            yield _with_frame(sentence, met.begin, met.end, int(met.meaning))


def _counted(sentence: Sentence) -> Iterator[Stretch]:
    at = 0
    while at < len(sentence):
        amount = _amount(sentence, at)
        one = _aged(sentence, amount) if amount else None
        if one:
            yield one
        at = one.end if one else (amount.end if amount else at + 1)


def _bare(sentence: Sentence) -> Iterator[Stretch]:
    """Years without the word: "Sohn 5", "meine Tochter ist jetzt 3"."""
    words = sentence.words
    for at, word in enumerate(words):
        counts = _near("not_a_bare_age", words, at + 1, at + 2)
        if not word.isdecimal() or len(word) > 2 or counts or _one_of_several(words, at):
            continue
        told = _near("is", words, at - 1, at) and _near("child", words, at - 4, at - 1)
        if told or _near("child", words, at - 1, at):
            yield Stretch("age", at, at + 1, MONTHS_A_YEAR * int(word))


def _one_of_several(words: list[str], at: int) -> bool:
    """ "3 und 5"."""
    return any(word.isdecimal() for word in [*words[max(0, at - 2) : at], *words[at + 1 : at + 3]])


def _amount(sentence: Sentence, at: int) -> _Amount | None:
    """A number in digits ("1,5", "2 1/2") or as a word."""
    word = sentence.words[at]
    if not word.isdecimal():
        number = _numbers().get(word) or _joined(word)
        return _Amount(number, at, at + 1) if number else None
    if len(word) > 3 or _is_ordinal(sentence, at):
        return None
    if _and_a_half(sentence, at):
        return _Amount(int(word) + 0.5, at, at + 3)
    if at + 1 < len(sentence) and _is_decimal(sentence, at):
        return _Amount(float(f"{int(word)}.{int(sentence.words[at + 1])}"), at, at + 2)
    return _Amount(float(int(word)), at, at + 1)


def _is_ordinal(sentence: Sentence, at: int) -> bool:
    """ "20. Woche"."""
    following = sentence.text[sentence.said[at].end :]
    return following.startswith(".") and not following[1:2].isdecimal()


def _and_a_half(sentence: Sentence, at: int) -> bool:
    """ "2 1/2"."""
    half = sentence.words[at + 1 : at + 3] == ["1", "2"]
    return half and "/" in sentence.between(at + 1, at + 3)


def _is_decimal(sentence: Sentence, at: int) -> bool:
    between = sentence.text[sentence.said[at].end : sentence.said[at + 1].start]
    following = sentence.words[at + 1]
    return between in {",", "."} and following.isdecimal() and len(following) == 1


def _joined(word: str) -> float:
    """The number at the beginning of "zweijaehrige"; 0 when there is none."""
    for name, number in _numbers().items():
        if len(name) > 2 and word.startswith(name) and _unit(word.removeprefix(name), "_surely"):
            return number
    return 0.0


def _aged(sentence: Sentence, amount: _Amount) -> Stretch | None:
    """The amount with its unit, when that is somebody's age."""
    words, end = sentence.words, amount.end
    head = words[amount.begin]
    glued = not head.isdecimal() and head not in _numbers()
    if glued:
        unit, sure = _unit(_after_number(head), "_surely"), True
    elif end < len(words):
        unit, sure = _unit(words[end], "_surely"), True
        if not unit:
            unit, sure = _unit(words[end], ""), False
        end += bool(unit)
    else:
        return None
    if not unit:
        return None
    months = round(amount.number * FACTORS[unit])
    if not _is_age(sentence, amount.begin, end, sure):
        return None
    return _with_frame(sentence, amount.begin, end, months)


def _after_number(word: str) -> str:
    name = max((name for name in _numbers() if word.startswith(name)), key=len, default="")
    return word.removeprefix(name)


def _unit(word: str, sureness: str) -> str:
    """ "months", "years", "weeks", or "" when the word is no such unit."""
    return next(
        (unit for unit in FACTORS if next(_list(f"{unit}{sureness}").met([word]), None)), ""
    )


def _is_age(sentence: Sentence, begin: int, end: int, sure: bool) -> bool:
    words = sentence.words
    # Offers for the pregnant are for babies; an age beside them is that of the mother.
    if _near("not_in", words, 0, len(words)):
        return False
    if _near("not_with", words, begin - 3, end + 2) or _near("not_after", words, end, end + 2):
        return False
    if _near("not_before", words, begin - 1, begin):
        return False
    if sure or _near("old", words, end, end + 1) or _near("before", words, begin - 1, begin):
        return True
    if _near("before", words, begin - 3, end + 2):
        return True
    return len(sentence) <= MOST_WORDS_OF_A_BARE_AGE and words[begin].isdecimal()


def _with_frame(sentence: Sentence, begin: int, end: int, months: int) -> Stretch:
    """With "für" before it and "alt" after it."""
    words = sentence.words
    if begin and words[begin - 1] in {"fuer", "ab", "for", "aged", "для", "dla"}:
        begin -= 1
    if _near("old", words, end, end + 1):
        end += 1
    return Stretch("age", begin, end, months)


def _near(name: str, words: list[str], begin: int, end: int) -> bool:
    return next(_list(name).met(words[max(0, begin) : max(0, end)]), None) is not None


@lru_cache(maxsize=16)
def _list(name: str) -> PhraseBook[str]:
    return vocabulary.book(vocabulary.words()["ages"].get(name, []))


@lru_cache(maxsize=1)
def _whole() -> PhraseBook[int]:
    return PhraseBook(vocabulary.words()["ages"]["whole"].items())


@lru_cache(maxsize=1)
def _numbers() -> dict[str, float]:
    """Folded words of numbers, the longest first."""
    named = vocabulary.words()["ages"]["numbers"]
    pairs = [(form, number) for word, number in named.items() for form in folded_forms([word])]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))
