"""The finder's form: what can be chosen, and what is chosen, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from knotenpunkt.design.texts import isolated
from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.offers.finder import Finding
from knotenpunkt.registers.offers.models import LifePhase, Setting, Topic
from knotenpunkt.registers.offers.wishes import (
    DAY_AFTER,
    DAYS,
    RADII_KM,
    TIMES,
    TODAY,
    TOMORROW,
    WEEKDAYS,
    WEEKEND,
    Read,
    Wish,
    age_in_address,
)

AGES_OFFERED = (0, 3, 6, 9, 12, 18, 24, 36, 48, 60, 72, 96, 120, 144, 168, 192)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a select field."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a wish in words, and the address without it."""

    label: str
    url: str
    is_read: bool = False
    """Whether it was read from the text."""


def age_choices(chosen: int | None) -> list[Choice]:
    """Ages as they are asked for; one that came by address is offered too."""
    months = sorted({*AGES_OFFERED, *([] if chosen is None else [chosen])})
    return [Choice("", _("any")), *(Choice(age_in_address(m), _age(m)) for m in months)]


def _age(months: int) -> str:
    return spoken.age(months) if months else _("newborn")


def radius_choices() -> list[Choice]:
    """How far somebody would go."""
    return [Choice(str(km), _("within %(km)d km") % {"km": km}) for km in RADII_KM]


def topic_choices(topics: Sequence[Topic]) -> list[tuple[str, list[Choice]]]:
    """Topics grouped below those above them."""
    groups = {
        topic.pk: (topic.name, [Choice(topic.key, _("%(topic)s (all)") % {"topic": topic.name})])
        for topic in topics
        if topic.parent_id is None
    }
    for topic in topics:
        if topic.parent_id is not None:
            groups[topic.parent_id][1].append(Choice(topic.key, topic.name))
    return list(groups.values())


def language_choices(codes: Sequence[str]) -> list[Choice]:
    """Languages in which something is offered, by name."""
    named = sorted((Choice(code, spoken.language_name(code)) for code in codes), key=_label)
    return [Choice("", _("any")), *named]


def _label(choice: Choice) -> str:
    return choice.label


def day_choices() -> list[Choice]:
    """Today, tomorrow, and the days of the week."""
    return [Choice("", _("any")), *(Choice(day, day_label(day)) for day in DAYS)]


def day_label(day: str) -> str:
    """ "heute", "morgen" or the weekday."""
    fixed = {
        TODAY: _("today"),
        TOMORROW: _("tomorrow"),
        DAY_AFTER: _("the day after tomorrow"),
        WEEKEND: _("at the weekend"),
    }
    return fixed.get(day) or spoken.weekday_name(WEEKDAYS[day])


def time_choices() -> list[Choice]:
    """Parts of the day."""
    return [Choice("", _("any")), *(Choice(time, time_label(time)) for time in TIMES)]


def time_label(time: str) -> str:
    """ "am Vormittag"."""
    return {
        "vormittag": _("in the morning"),
        "nachmittag": _("in the afternoon"),
        "abend": _("in the evening"),
    }[time]


def chips(wish: Wish, topics: Sequence[Topic], base: str) -> list[Chip]:
    """What was understood, each part with the address that takes it away; read parts first."""
    read = {name for one in wish.read for name, _value in one.sets}
    all_chips = [
        Chip(label, base + wish.address_without(*names), is_read=bool(read & {*names}))
        for label, names in _parts(wish, topics)
    ]
    return sorted(all_chips, key=lambda chip: not chip.is_read)


def _parts(wish: Wish, topics: Sequence[Topic]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each part in words, and the fields it stands in."""
    if wish.age_months is not None:
        yield _("Age: %(age)s") % {"age": _age(wish.age_months)}, ("age_months",)
    if wish.phase:
        yield str(LifePhase(wish.phase).label), ("phase",)
    if wish.place:
        yield (
            _("around %(place)s") % {"place": isolated(wish.place.label)},
            ("place_text", "place", "radius_km"),
        )
    if wish.topic:
        yield next(t.name for t in topics if t.key == wish.topic), ("topic",)
    if wish.language:
        name = spoken.language_name(wish.language)
        yield _("in %(language)s") % {"language": name}, ("language",)
    yield from _ticked(wish)


def _ticked(wish: Wish) -> Iterator[tuple[str, tuple[str, ...]]]:
    if wish.free:
        yield _("free of charge"), ("free",)
    if wish.step_free:
        yield _("step-free"), ("step_free",)
    if wish.no_way:
        label = str(Setting(wish.way).label) if wish.way else _("from home")
        yield label, ("no_way", "way")
    if wish.day:
        yield day_label(wish.day), ("day",)
    if wish.time:
        yield time_label(wish.time), ("time",)


def given_way(finding: Finding) -> list[str]:
    """What was wished in the text and had to be left out, each as a sentence."""
    if len(finding.given_way) > 1:
        words = ", ".join(one.words for one in finding.given_way)
        told = _("We found nothing with all you wrote: %(words)s. This is what there is without:")
        return [told % {"words": words}]
    return [_given_way(one) for one in finding.given_way]


def _given_way(read: Read) -> str:
    told = {
        "day": _("We found nothing that fits for “%(words)s”. On other days there is this:"),
        "time": _("We found nothing that fits for “%(words)s”. At other times there is this:"),
        "way": _("We found nothing that fits for “%(words)s”. In other ways there is this:"),
        "age": _("We found nothing that fits for “%(words)s”. For other ages there is this:"),
        "language": _("We found nothing “%(words)s”. In other languages there is this:"),
        "free": _("We know of nothing free of charge that fits. Please ask what this costs:"),
        "step_free": _("We know of nothing step-free that fits. Please ask how to get in:"),
    }.get(read.kind) or _("We found nothing that fits for “%(words)s”. Elsewhere there is this:")
    return told % {"words": read.words}
