"""The text of an offer in the language of the page, part by part, German where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.translation import get_language

from knotenpunkt.design.texts import TextIn
from knotenpunkt.foundation.core.languages import EASY_GERMAN
from knotenpunkt.registers.offers.models import Offer, OfferText, TextState
from knotenpunkt.registers.offers.translating.parts import PARTS, changed_parts, german

# A name that is no longer the name misleads; the other parts are shown with a word of warning.
NAMES = ("title", "sort")


@dataclass(frozen=True)
class Reading:
    """An offer as a page in one language says it."""

    offer: Offer
    text: OfferText | None

    def part(self, name: str) -> TextIn:
        """One part, in the language in which it is there."""
        said = getattr(self.text, name) if self.text is not None else ""
        if self.text is not None and said and not (name in NAMES and name in self._changed):
            return TextIn(said, self.text.language)
        return TextIn(german(self.offer, name), settings.LANGUAGE_CODE)

    @cached_property
    def _changed(self) -> frozenset[str]:
        if self.text is None or self.text.state != TextState.OUTDATED:
            return frozenset()
        return frozenset(changed_parts(self.text, self.offer))

    @property
    def originals(self) -> list[str]:
        """The parts that are shown in another language than they were written in."""
        if self.text is None:
            return []
        return [name for name in PARTS if getattr(self.text, name) and german(self.offer, name)]


def reading(offer: Offer, language: str | None = None) -> Reading:
    """As a page says it in this language, else in the current one; texts must be fetched."""
    wanted = language or get_language() or settings.LANGUAGE_CODE
    if wanted == settings.LANGUAGE_CODE:
        return Reading(offer, None)
    return Reading(offer, next((t for t in offer.texts.all() if t.language == wanted), None))


def easy_reading(offer: Offer) -> Reading:
    """In Leichte Sprache, for a place of its own on the German page."""
    return reading(offer, EASY_GERMAN)
