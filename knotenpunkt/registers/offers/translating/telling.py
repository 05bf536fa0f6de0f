"""What a family is told about a translation: how far it can be trusted, and the original."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knotenpunkt.design.texts import TextIn
from knotenpunkt.foundation.core.languages import EASY_GERMAN, FIRST
from knotenpunkt.registers.offers.models import OfferText, TextOrigin, TextState
from knotenpunkt.registers.offers.translating.parts import german
from knotenpunkt.registers.offers.translating.reading import Reading


@dataclass(frozen=True, slots=True)
class Original:
    """One part of the German original."""

    paragraphs: Sequence[TextIn]


@dataclass(frozen=True, slots=True)
class Translation:
    """The line of state, whether it warns, and the German original behind it."""

    note: str
    is_doubtful: bool
    originals: Sequence[Original] = ()


def translation_of(told: Reading) -> Translation | None:
    """None on the German page."""
    if told.text is None:
        is_german = (get_language() or FIRST) == FIRST
        return None if is_german else Translation(_no_text(), is_doubtful=False)
    originals = [
        Original(paragraphs(TextIn(german(told.offer, name), FIRST))) for name in told.originals
    ]
    return Translation(_state(told.text), told.text.state != TextState.CHECKED, originals)


def paragraphs(text: TextIn) -> list[TextIn]:
    """A text line by line, each line in its language."""
    lines = (part.strip() for part in text.split("\n"))
    return [TextIn(part, text.language) for part in lines if part]


def _no_text() -> str:
    if get_language() == EASY_GERMAN:
        return _("This text is not yet in easy language.")
    return _("There is no translation of this text yet. You see it in German.")


def _state(text: OfferText) -> str:
    if text.state == TextState.OUTDATED:
        return _("The German text is newer. Something here may be out of date.")
    if text.state == TextState.CHECKED:
        return _("Somebody has checked this text.")
    if text.origin == TextOrigin.SERVICE:
        return _("A program translated this text. Nobody has checked it yet.")
    return _("Nobody has checked this text yet.")
