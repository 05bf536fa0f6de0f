"""Wishes in the text: "Krabbelgruppe Döbeln mittwochs" is a group, a place and a day.

What was read becomes filters that the page shows and that can be taken away; what is left of the
text is for the meaning. A field that was filled in beats the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from knotenpunkt.registers.offers.danger import danger_in
from knotenpunkt.registers.offers.danger_meaning import hearing
from knotenpunkt.registers.offers.wishes import DEFAULT_RADIUS_KM, Read, Wish
from knotenpunkt.registers.offers.wishing import filters
from knotenpunkt.registers.offers.wishing.ages import ages
from knotenpunkt.registers.offers.wishing.places import places, radii
from knotenpunkt.registers.offers.wishing.sentences import Sentence, Stretch

# Who is in danger is told of all that there is, not only of what is free or open on a day.
ALSO_IN_DANGER = ("place", "radius", "age", "language")
LONGEST_SENTENCE = 25
"""Who writes more tells a story, and a town or a day in it is no filter."""


def warm_up() -> None:
    """Read the words and the towns, so that the first wish is understood as quickly as the next."""
    understand_wish(Wish(text="Krabbelgruppe Döbeln"), near_area_keys=())
    hearing()


def understand_wish(
    typed: Wish, *, near_area_keys: Sequence[str], languages: Sequence[str] | None = None
) -> Wish:
    """The wish with the filters that its text asks for.

    `languages` are those that there are offers in; others are left in the text, where the meaning
    may find an interpreter. None: all.
    """
    sentence = Sentence.of(typed.text)
    if not 0 < len(sentence) <= LONGEST_SENTENCE:
        return typed
    met = [one for one in _all(sentence, near_area_keys) if not _stays(one, sentence, typed)]
    kept = [one for one in met if one.kind in ALSO_IN_DANGER]
    # Asked only where it matters, with the words whose meaning the search will read anyway.
    if len(kept) < len(met) and danger_in(typed.text, read_as=sentence.without(met)):
        met = kept
    if languages is not None:
        met = [one for one in met if one.kind != "language" or one.value in languages]
    if not met:
        return typed
    read = tuple(_read(sentence, met, typed))
    meant: dict[str, Any] = dict(pair for one in read for pair in one.sets)
    named = sentence.without([one for one in met if one.kind != "place"])
    return replace(
        typed, **meant, read=read, meaning=sentence.without(met), named=named, typed=typed
    )


def _all(sentence: Sentence, area_keys: Sequence[str]) -> list[Stretch]:
    """What the sentence asks for; of two readings of a word the first counts."""
    kept: list[Stretch] = []
    for one in _readings(sentence, area_keys):
        if all(one.end <= other.begin or other.end <= one.begin for other in kept):
            kept.append(one)
    if not any(one.kind == "place" for one in kept):
        kept = [one for one in kept if one.kind != "radius"]
    return sorted(kept, key=lambda one: one.begin)


def _readings(sentence: Sentence, area_keys: Sequence[str]) -> Iterator[Stretch]:
    yield from radii(sentence)
    yield from places(sentence, area_keys)
    yield from ages(sentence)
    for reading in (
        filters.languages, filters.ways, filters.step_free, filters.free, filters.days,
        filters.times,
    ):  # fmt: skip
        yield from reading(sentence)


def _stays(one: Stretch, sentence: Sentence, typed: Wish) -> bool:
    """Whether somebody took this filter away: its words are words then."""
    return sentence.between(one.begin, one.end).casefold() in {
        word.casefold() for word in typed.plain
    }


def _read(sentence: Sentence, met: Sequence[Stretch], typed: Wish) -> Iterator[Read]:
    """What becomes a filter: each kind once, where no field says something else."""
    seen: set[str] = set()
    for one in met:
        sets = dict(_sets(one))
        if one.kind not in seen and not any(_is_set(typed, name) for name in sets):
            seen.add(one.kind)
            said = sentence.between(one.begin, one.end)
            yield Read(one.kind, said, tuple(sets.items()))


def _sets(one: Stretch) -> Iterator[tuple[str, Any]]:
    match one.kind:
        case "place":
            yield "place", one.value
        case "radius":
            yield "radius_km", one.value
        case "age":
            yield "age_months", one.value
        case "way":
            yield "no_way", True
            yield "way", one.value
        case _:
            yield one.kind, one.value


def _is_set(typed: Wish, name: str) -> bool:
    """Whether a field was filled in."""
    if name == "place":
        return bool(typed.place_text)
    if name == "radius_km":
        return bool(typed.place_text) or typed.radius_km != DEFAULT_RADIUS_KM
    return getattr(typed, name) not in (None, "", False)
