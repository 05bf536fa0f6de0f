"""Writes of the search: what can be found, a network's own words, and how often was searched."""

from knotenpunkt.tools.search.actions.counts import settle_search, unsettle_search
from knotenpunkt.tools.search.actions.entries import (
    EntryDraft,
    prepare_entries,
    remove_entries,
    write_entries,
)
from knotenpunkt.tools.search.actions.words import remove_own_word, save_own_word

__all__ = [
    "EntryDraft",
    "prepare_entries",
    "remove_entries",
    "remove_own_word",
    "save_own_word",
    "settle_search",
    "unsettle_search",
    "write_entries",
]
