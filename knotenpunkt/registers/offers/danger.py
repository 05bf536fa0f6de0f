"""Words of danger in a search: then the numbers that help at once come first, calmly.

What tells a danger is data (`data/danger.json`): phrases as people write them, by kind and
language, what makes them ordinary ("zum Totlachen"), and whom to call. What no phrase says is heard
by its meaning (`danger_meaning`). What is said then stands in
`data/danger_texts.json`, in the language of the words. Nothing is kept of what was found.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from knotenpunkt.foundation.core.languages import BY_CODE, EASY_GERMAN, FIRST
from knotenpunkt.registers.offers.danger_meaning import meant_danger
from knotenpunkt.registers.offers.phrases import Met, PhraseBook, cleaned, words_said

DATA = Path(__file__).parent / "data"
POISON_CENTRE = "poison"
EVERY_KIND = "*"
# Without its accents Vietnamese is another language; only who types none is read so.
ACCENTED = "vi"
# Written by those who answer for the product; other languages count once a person signed them.
SIGNED_BY_THE_MAKERS = ("de", "en")


@dataclass(frozen=True, slots=True)
class Line:
    """A number that helps at once, as it is shown and dialled, and who answers."""

    number: str
    tel: str
    label: str


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger that a text speaks of, in the language it speaks."""

    kind: str
    language: str
    land: str = ""

    @property
    def title(self) -> str:
        """A calm question or word."""
        return str(texts(self.language)[self.kind][0])

    @property
    def text(self) -> str:
        """What to do in this minute."""
        return str(texts(self.language)[self.kind][1])

    @property
    def direction(self) -> str:
        """ "ltr" or "rtl"."""
        return BY_CODE[self.language].direction

    @property
    def own_first(self) -> bool:
        """Whether the network's own child-protection telephone comes before all others."""
        return bool(_data()["kinds"][self.kind]["own_first"])

    @property
    def lines(self) -> list[Line]:
        """Whom to call, the most urgent first."""
        numbers = _data()["kinds"][self.kind]["numbers"]
        return [line for number in numbers for line in self._line(number)]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The same as they are dialled."""
        return tuple(line.tel for line in self.lines)

    def _line(self, number: str) -> Iterator[Line]:
        shown = _data()["numbers"].get(number)
        if number == POISON_CENTRE:
            shown = _data()["poison_centres"].get(self.land)
        if shown:
            label = texts(self.language)["numbers"][number]
            yield Line(shown, shown.replace(" ", ""), label)

    @property
    def is_checked(self) -> bool:
        """Whether the makers stand behind the text; in other languages somebody has to sign it."""
        return self.language in SIGNED_BY_THE_MAKERS

    @property
    def unchecked(self) -> str:
        """That nobody has checked the text yet, in its language."""
        return str(texts(self.language)["unchecked"])


@dataclass(frozen=True, slots=True)
class _Sign:
    """What a phrase tells: a kind of danger, or that there is none."""

    kind: str
    language: str
    is_danger: bool


def danger_in(
    text: str, *, land: str = "", page_language: str = FIRST, read_as: str | None = None
) -> Danger | None:
    """The gravest danger that a text speaks of, if it speaks of any.

    `land` decides on the poison centre. On a page in Leichte Sprache German words are answered so.
    `read_as` is what the search reads of the text, whose vectors are there already.
    """
    met = list(_met(cleaned(text)))
    for kind in kinds():
        if language := _language_of(kind, met):
            return _answered(kind, language, land, page_language)
    ordinary = any(not one.meaning.is_danger for one in met)
    if meant := meant_danger(text if read_as is None else read_as, ordinary=ordinary):
        return _answered(meant.kind, meant.language, land, page_language)
    return None


def _answered(kind: str, language: str, land: str, page_language: str) -> Danger:
    easy = language == FIRST and page_language == EASY_GERMAN
    return Danger(kind, EASY_GERMAN if easy else language, land)


def _met(text: str) -> Iterator[Met[_Sign]]:
    said = words_said(text)
    folded = [one.word for one in said]
    yield from _book().met(folded)
    if text.isascii():
        yield from _accented(as_typed=False).met(folded)
    else:
        yield from _accented(as_typed=True).met([one.typed for one in said])


def _language_of(kind: str, met: Sequence[Met[_Sign]]) -> str:
    """The language in which this danger is told; "" when it is not, or only seemingly."""
    ordinary = [one for one in met if not one.meaning.is_danger]
    told = [
        one
        for one in met
        if one.meaning.is_danger and one.meaning.kind == kind
        and not any(other.meaning.kind == kind and _overlap(one, other) for other in ordinary)
    ]  # fmt: skip
    anywhere = any(one.meaning.kind == EVERY_KIND for one in ordinary)
    if not told or (anywhere and _stretches(told) == 1):
        return ""
    return max(told, key=lambda one: one.end - one.begin).meaning.language


def _overlap(one: Met[_Sign], other: Met[_Sign]) -> bool:
    return one.begin < other.end and other.begin < one.end


def _stretches(met: Sequence[Met[_Sign]]) -> int:
    """How often it is told: phrases that overlap are one."""
    count, reached = 0, 0
    for one in sorted(met, key=lambda one: one.begin):
        count += one.begin >= reached
        reached = max(reached, one.end)
    return count


def kinds() -> list[str]:
    """All kinds, the most urgent first."""
    return list(_data()["kinds"])


def texts(language: str) -> Mapping[str, Any]:
    """What is said in a language: by kind title and text, the names of the numbers."""
    found: Mapping[str, Any] = _texts()[language]
    return found


def text_hash(language: str) -> str:
    """What a signature is given for: the texts of a language as they are."""
    said = json.dumps(texts(language), ensure_ascii=False, sort_keys=True)
    return sha256(said.encode()).hexdigest()


def text_languages() -> list[str]:
    """The languages there are texts in."""
    return list(_texts())


@lru_cache(maxsize=1)
def _book() -> PhraseBook[_Sign]:
    groups = {name: [words] for name, words in _data()["groups"].items()}
    return PhraseBook(
        ((said, sign) for said, sign in _signs() if sign.language != ACCENTED), groups
    )


@lru_cache(maxsize=2)
def _accented(*, as_typed: bool) -> PhraseBook[_Sign]:
    phrases = [(said, sign) for said, sign in _signs() if sign.language == ACCENTED]
    return PhraseBook(phrases, as_typed=as_typed)


def _signs() -> Iterator[tuple[str, _Sign]]:
    for kind, rows in _data()["kinds"].items():
        for language, phrases in rows["phrases"].items():
            yield from ((phrase, _Sign(kind, language, True)) for phrase in phrases)
        for language, phrases in rows["not"].items():
            yield from ((phrase, _Sign(kind, language, False)) for phrase in phrases)
    for language, phrases in _data()["not"].items():
        yield from ((phrase, _Sign(EVERY_KIND, language, False)) for phrase in phrases)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((DATA / "danger.json").read_text(encoding="utf-8"))
    return read


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((DATA / "danger_texts.json").read_text(encoding="utf-8"))
    return read
