"""Personal data in the search: as good as none, and what might be some has an end."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from knotenpunkt.foundation.core.personal_data import Expired, Holding, Person
from knotenpunkt.tools.search.actions.counts import drop_old_counts, forget_searches_of
from knotenpunkt.tools.search.models import OwnWord, SearchCount

HOLDINGS = (
    Holding(
        what="how often families searched the same words in a month and a language, without"
        " anything about who searched; the words themselves from the tenth time on, and never"
        " where they are long or hold a number or an address",
        why="so that the network learns which help is looked for and not found",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="thirteen months after the month in which it was searched",
        where=("search.SearchCount.text",),
    ),
    Holding(
        what="notes on a network's own words, which may name somebody",
        why="so that whoever comes later knows where a word comes from",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="until the word is removed; an erasure lists the words that name the person",
        where=("search.OwnWord.note", "search.OwnWord.means"),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """Own words whose note names the person."""
    return [{"word": word.said, "note": word.note} for word in _naming(person)]


def erase(person: Person) -> int:
    """Searches that name the person are forgotten."""
    naming = [
        row.key for row in SearchCount.objects.exclude(text="") if person.appears_in(row.text)
    ]
    return forget_searches_of(naming)


def mentions(person: Person) -> list[str]:
    """Own words that name the person."""
    return [_("own word “%(word)s”") % {"word": word.said} for word in _naming(person)]


def expire() -> list[Expired]:
    """Counts that are older than thirteen months."""
    return drop_old_counts()


def _naming(person: Person) -> list[OwnWord]:
    return [
        word
        for word in OwnWord.objects.all()
        if person.appears_in(" ".join([word.said, *word.means, word.note]))
    ]
