"""What of an offer is translated, and whether a translation still stands for the German text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from knotenpunkt.registers.offers.models import Offer, OfferText, TextState

PARTS = (
    "title", "sort", "summary", "description", "times_note", "costs_note", "registration_note",
    "waiting_time",
)  # fmt: skip
LONGEST_TEXT = 20_000
_WORD = re.compile(r"\w+")

Parts = dict[str, str]


def longest(part: str) -> int:
    """How many signs this part of a text may have."""
    told: int | None = getattr(OfferText._meta.get_field(part), "max_length", None)
    return told or LONGEST_TEXT


def german_parts(offer: Offer) -> Parts:
    """The German original, part by part; parts without a word are there, too, and empty."""
    return {name: getattr(offer, name).strip() for name in PARTS}


def parts_of(text: OfferText) -> Parts:
    """What a text says, part by part."""
    return {name: getattr(text, name) for name in PARTS}


def fingerprint_of(parts: Mapping[str, str]) -> str:
    """Of the words alone: a comma or a wider blank makes no translation wrong."""
    words = "\n".join(" ".join(same_words(parts.get(name, ""))) for name in PARTS)
    return hashlib.sha256(words.encode()).hexdigest()


def same_words(text: str) -> list[str]:
    """The words and numbers of a text, whatever stands between them."""
    return _WORD.findall(text.casefold())


def is_still_true(text: OfferText, offer: Offer) -> bool:
    """Whether the German text is still the one that this text stands for."""
    if text.source:
        return text.source_hash == fingerprint_of(german_parts(offer))
    return text.source_hash == _first_fingerprint(offer)


def changed_parts(text: OfferText, offer: Offer) -> list[str]:
    """The parts whose German words are others by now; of old texts nobody knows which."""
    if not text.source:
        return [] if is_still_true(text, offer) else [name for name in PARTS if german(offer, name)]
    now = german_parts(offer)
    return [
        name for name in PARTS if same_words(text.source.get(name, "")) != same_words(now[name])
    ]


def german(offer: Offer, part: str) -> str:
    """One part of the original."""
    return str(getattr(offer, part)).strip()


def settled(text: OfferText, offer: Offer) -> str:
    """The state that a text has beside this German text: outdated, or what it was before."""
    if not is_still_true(text, offer):
        return TextState.OUTDATED.value
    if text.state != TextState.OUTDATED:
        return str(text.state)
    return TextState.CHECKED.value if text.checked_at else TextState.IMPORTED.value


def _first_fingerprint(offer: Offer) -> str:
    """How texts were marked before they kept their source."""
    text = "\n".join((offer.title, offer.summary, offer.description))
    return hashlib.sha256(text.encode()).hexdigest()
