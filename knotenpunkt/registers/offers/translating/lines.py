"""The languages of one offer, line by line, as the desk tells them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from knotenpunkt.foundation.core.languages import BY_CODE, OTHERS
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.translating.queries import text_of
from knotenpunkt.registers.offers.translating.wording import (
    MISSING,
    SHAPES,
    state_label,
    text_language,
    told_of,
)


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """One language of an offer, as its page tells it."""

    code: str
    name: str
    own_name: str
    title: str
    direction: str
    state: str
    shape: str
    label: str
    told: str
    url: str


def language_lines(offer: Offer) -> list[LanguageLine]:
    """All languages of an offer; its texts must be fetched."""
    return [language_line(offer, code) for code in OTHERS]


def language_line(offer: Offer, code: str) -> LanguageLine:
    text = text_of(offer, code)
    state = text.state if text else MISSING
    return LanguageLine(
        code=code,
        name=text_language(code),
        own_name=BY_CODE[code].own_name,
        title=text.title if text else "",
        direction=BY_CODE[code].direction,
        state=state,
        shape=SHAPES[state],
        label=state_label(state),
        told=told_of(text),
        url=reverse("offers_desk:text", kwargs={"offer_id": offer.pk, "code": code}),
    )
