"""Decisions about what is counted of searches, and what of it anybody may see."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

from knotenpunkt.foundation.core.folding import fold, folded_words

# From so many times on a text is kept and shown; before, only a keyed hash of it.
TEXT_FROM = 10
KEPT_MONTHS = 13
LONGEST_SHOWN, MOST_WORDS, MOST_DIGITS = 60, 6, 5
LONGEST_ADDRESS = 2_000

_ADDRESS = re.compile(r"@|://|\bwww\.", re.IGNORECASE)


def may_be_shown(text: str) -> bool:
    """Whether a text may be kept at all: nothing long, no telephone number, no address.

    A postal code has five digits. A long sentence tells a story, and a story has somebody in it.
    """
    return (
        len(text) <= LONGEST_SHOWN
        and 0 < len(folded_words(text)) <= MOST_WORDS
        and sum(sign.isdigit() for sign in text) <= MOST_DIGITS
        and not _ADDRESS.search(text)
    )


def is_asked_again(text: str, came_from: str) -> bool:
    """Whether the page that somebody comes from answered the same text.

    Who turns pages and sets filters has searched once. `came_from` is the address of that page.
    """
    if not came_from:
        return False
    try:
        query = urlsplit(came_from[:LONGEST_ADDRESS]).query
    except ValueError:
        return False
    return fold(text) in {fold(before) for before in parse_qs(query).get("q", ())}


def first_of_month(day: date) -> date:
    """The month that a day is counted in."""
    return day.replace(day=1)


def months_before(day: date, months: int) -> date:
    """The first day of the month so many months earlier."""
    counted = day.year * 12 + day.month - 1 - months
    return date(counted // 12, counted % 12 + 1, 1)
