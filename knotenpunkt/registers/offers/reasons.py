"""Why an offer stands in an answer, in one line that a family reads: only what really counted.

"Passt zu: Schlafen, Baby · 2,4 km · heute, 9–11 Uhr"
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.areas.distances import spoken_distance
from knotenpunkt.registers.offers.finder import Found
from knotenpunkt.registers.offers.phrases import cleaned, words_said
from knotenpunkt.registers.offers.wishes import Wish
from knotenpunkt.tools.search.lexicon import concept_name
from knotenpunkt.tools.search.queries import Part

# A part of the score below this share did not decide anything.
LEAST_SHARE = 0.1
MOST_NAMED = 3
BETWEEN = " · "


def reason(found: Found, wish: Wish, today: date) -> str:
    """The line under the title; "" where nothing was asked that could be a reason."""
    if not wish.said:
        return ""
    parts = (_fits(found, wish), _how_far(found, wish), _when(found, wish, today))
    return BETWEEN.join(part for part in parts if part)


def _fits(found: Found, wish: Wish) -> str:
    named = list(dict.fromkeys(_named(found, wish)))[:MOST_NAMED]
    if named:
        return _("Fits: %(topics)s") % {"topics": spoken.listed(named)}
    return _("Close in meaning to what you wrote")


def _named(found: Found, wish: Wish) -> Iterator[str]:
    """What the offer and the words have in common, the strongest first."""
    typed = _typed(wish.text)
    names: list[str] = []
    for part in found.hit.parts if found.hit else ():
        name = _name(part, typed)
        if name and part.share >= LEAST_SHARE and not _told_already(name, names):
            names.append(name)
            yield name


@lru_cache(maxsize=1)
def _typed(text: str) -> dict[str, str]:
    """Words of a text as they are compared and as they were typed: the same for a whole answer."""
    text = cleaned(text)
    return {said.word: text[said.start : said.end] for said in words_said(text)}


def _name(part: Part, typed: dict[str, str]) -> str:
    if part.kind == "concept":
        return concept_name(part.key, get_language() or settings.LANGUAGE_CODE)
    if part.kind in ("word", "name"):
        return typed.get(part.label, part.label)
    return ""


def _told_already(name: str, names: list[str]) -> bool:
    """Whether a name begins like another one: "Schlafen" and "schläft"."""
    start = name.casefold()[:5]
    return any(one.casefold().startswith(start) for one in names)


def _how_far(found: Found, wish: Wish) -> str:
    if wish.place is None or found.distance_km is None:
        return ""
    return spoken_distance(found.distance_km, found.approximate)


def _when(found: Found, wish: Wish, today: date) -> str:
    """The next date, where somebody asked for a day or it is today: then it is a reason."""
    if found.next is None or not (wish.day or found.next.day == today):
        return ""
    ends = found.next.ends.time() if found.next.ends else None
    span = spoken.time_span(found.next.starts.time(), ends)
    return _("%(day)s, %(time)s") % {"day": spoken.day_name(found.next.day, today), "time": span}
