"""What of an offer can be found: written downward into the search with every change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID

from knotenpunkt.registers.areas.models import Place, StepFree
from knotenpunkt.registers.offers.models import (
    Costs,
    LifePhase,
    Offer,
    Schedule,
    Setting,
    Silence,
    Status,
    TextState,
    Topic,
)
from knotenpunkt.registers.offers.times import daytimes
from knotenpunkt.tools.search.actions import (
    EntryDraft,
    prepare_entries,
    remove_entries,
    write_entries,
)

ENTRY_KIND = "offer"
BATCH = 500
OLDEST = 18 * 12
# Months at which each phase begins and ends.
PHASE_MONTHS = {
    LifePhase.AGE_0_1.value: (0, 12),
    LifePhase.AGE_1_3.value: (12, 36),
    LifePhase.AGE_3_6.value: (36, 72),
    LifePhase.AGE_6_10.value: (72, 120),
    LifePhase.AGE_10_14.value: (120, 168),
    LifePhase.AGE_14_18.value: (168, 216),
}
# What the meaning of an offer is read from, besides its topics.
SAID = frozenset({"title", "sort", "summary", "description"})
LANGUAGES_SPOKEN_ALWAYS = frozenset({"de"})

_waiting: ContextVar[dict[UUID, None] | None] = ContextVar("findable_waiting", default=None)


def touch(offer: Offer) -> None:
    """This offer changed: bring the search up to date, now or at the end of `at_the_end`."""
    waiting = _waiting.get()
    if waiting is None:
        refresh([offer.pk])
    else:
        waiting[offer.pk] = None


@contextmanager
def at_the_end() -> Iterator[None]:
    """Write the entries of many changed offers together, before the surrounding work ends."""
    token = _waiting.set({})
    try:
        yield
        refresh(_waiting.get() or ())
    finally:
        _waiting.reset(token)


@contextmanager
def left_alone() -> Iterator[None]:
    """Do not write entries for what changes here, because it is only tried out."""
    token = _waiting.set({})
    try:
        yield
    finally:
        _waiting.reset(token)


def prepare(offers: Iterable[tuple[Offer, Sequence[Topic]]]) -> None:
    """Encode what these offers will say with these topics, before a transaction saves them.

    They may be unsaved. Where one says something else in the end, only time is lost.
    """
    prepare_entries(_said(offer, topics) for offer, topics in offers)


def prepare_change(
    offer: Offer, values: Mapping[str, Any], topics: Sequence[Topic] | None = None
) -> None:
    """The same for one offer that families will find, with these values changed.

    Before the transaction begins: others who write wait for its end, and encoding takes longest.
    """
    if _waiting.get() is None:  # else its entry is written with many others, or not at all
        told = copy(offer)
        for name in SAID & values.keys():
            setattr(told, name, values[name])
        prepare([(told, list(offer.topics.all()) if topics is None else topics)])


def refresh(offer_ids: Iterable[UUID]) -> None:
    """Make the search hold exactly those of these offers that families shall find, as they are."""
    ids = iter(offer_ids)
    while batch := list(islice(ids, BATCH)):
        offers = _with_everything(batch)
        write_entries([_entry(offer) for offer in offers])
        found = {offer.pk for offer in offers}
        remove_entries(ENTRY_KIND, [one for one in batch if one not in found])


def _with_everything(ids: list[UUID]) -> list[Offer]:
    return list(
        Offer.objects.filter(pk__in=ids, status=Status.PUBLISHED)
        .exclude(silence=Silence.OUT)
        .select_related("provider__body", "provider__place")
        .prefetch_related("topics__parent", "at_places__place", "schedules", "texts")
    )


def _entry(offer: Offer) -> EntryDraft:
    places = [link.place for link in offer.at_places.all()]
    points = [_point(place) for place in places if place.has_coordinates]
    return replace(
        _said(offer, offer.topics.all()),
        named_elsewhere=_names_elsewhere(offer),
        provider=offer.provider.full_name,
        places=", ".join(sorted({name for p in places for name in (p.venue, p.town) if name})),
        points=points,
        # Without a known point nobody can say that it is too far away.
        everywhere=offer.setting != Setting.ON_SITE or not points,
        age_from=offer.age_from,
        age_to=offer.age_to,
        facets=_facets(offer, places),
    )


def _point(place: Place) -> tuple[float, float, bool]:
    return place.latitude or 0.0, place.longitude or 0.0, not place.is_approximate


def _said(offer: Offer, topics: Iterable[Topic]) -> EntryDraft:
    """The entry as far as its meaning goes."""
    return EntryDraft(
        kind=ENTRY_KIND,
        object_id=offer.pk,
        title=offer.title,
        summary=offer.summary,
        text=offer.description,
        words=_words(offer.sort, topics),
    )


def _words(sort: str, topics: Iterable[Topic]) -> str:
    """Kind and topics with the words that families use for them."""
    names = [name for topic in topics for name in (topic.names["de"], *topic.words)]
    return ", ".join(word for word in dict.fromkeys([sort, *names]) if word)


def _names_elsewhere(offer: Offer) -> str:
    """What the offer is called in other languages, where that is still its name."""
    texts = (text for text in offer.texts.all() if text.state != TextState.OUTDATED)
    names = dict.fromkeys(name for text in texts for name in (text.title, text.sort) if name)
    return ", ".join(names)


def _facets(offer: Offer, places: list[Place]) -> dict[str, list[str]]:
    return {
        "topic": sorted(_topic_keys(offer.topics.all())),
        "language": sorted(LANGUAGES_SPOKEN_ALWAYS | set(offer.languages)),
        "costs": [Costs.FREE] if offer.costs == Costs.FREE else [],
        "step_free": ["yes"] if any(p.step_free == StepFree.YES for p in places) else [],
        "setting": [offer.setting],
        "kind": [offer.kind],
        "phase": offer.phases or phases_of_ages(offer.age_from, offer.age_to),
        "slot": sorted({slot for time in offer.schedules.all() for slot in _slots(time)}),
    }


def phases_of_ages(age_from: int | None, age_to: int | None) -> list[str]:
    """The phases that an age range touches; none when no age is told."""
    if age_from is None and age_to is None:
        return []
    youngest, oldest = age_from or 0, OLDEST if age_to is None else age_to
    return [
        phase
        for phase, (begin, end) in PHASE_MONTHS.items()
        if youngest < end and (oldest > begin or oldest == youngest >= begin)
    ]


def _topic_keys(topics: Iterable[Topic]) -> set[str]:
    """Topics with those above them: who looks for "baby" also finds "schlafen"."""
    rows = list(topics)
    return {row.key for row in rows} | {row.parent.key for row in rows if row.parent}


def _slots(schedule: Schedule) -> list[str]:
    """On which weekday and in which part of the day, such as "0-morning"."""
    weekday = schedule.day.weekday() if schedule.day else schedule.weekday
    return [f"{weekday}-{daytime}" for daytime in daytimes(schedule)]
